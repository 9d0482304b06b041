"""python -m benchmarks [--quick]: our solver beside libRoadRunner, cell for cell.

--quick solves fewer cells in fewer rounds, leaves `docs/performance.md` as it is, and ends with one line of
JSON.
"""

import argparse
import logging

from benchmarks.case import earm_case, own_case
from benchmarks.growth import grown, sizes
from benchmarks.measure import measured
from benchmarks.report import PAGE, line, page, print_table, wells_of

EARM_CELLS, EARM_CELLS_QUICK = 200, 100
OWN_CELLS, OWN_CELLS_QUICK = 200, 24
ROUNDS, ROUNDS_QUICK = 7, 3


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer cells and rounds, and one line of JSON")
    quick = parser.parse_args().quick
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.info(
        "References are computed once and kept; the first run takes longer, by minutes for all cells."
    )
    rounds = ROUNDS_QUICK if quick else ROUNDS
    found = {
        "earm": measured(earm_case(EARM_CELLS_QUICK if quick else EARM_CELLS), rounds),
        "own": measured(own_case(OWN_CELLS_QUICK if quick else OWN_CELLS), rounds),
    }
    growth = grown(sizes(quick=quick))
    print_table(found, growth)
    if quick:
        print(line(found))
    else:
        wells = wells_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else ""
        PAGE.write_text(page(found, growth) + wells, encoding="utf-8", newline="\n")
        logging.info("%s is written.", PAGE.relative_to(PAGE.parents[1]))


if __name__ == "__main__":
    main()
