"""python -m benchmarks [--quick] [--models FOLDER]: our solver beside libRoadRunner, cell for cell.

--quick solves fewer cells in fewer rounds, leaves `docs/performance.md` as it is, and ends with one line of
JSON. --models: a folder of models of others (BIOMD0000000255.xml ...), which are no part of this project: the
one of 500 species becomes a row, and `docs/domain-models.md` is written anew.
"""

import argparse
import logging
from pathlib import Path

from benchmarks import domain
from benchmarks.case import earm_case, own_case
from benchmarks.erbb import NUMBER, erbb_case
from benchmarks.growth import grown, sizes
from benchmarks.measure import measured
from benchmarks.report import PAGE, line, page, print_table

EARM_CELLS, EARM_CELLS_QUICK = 200, 100
OWN_CELLS, OWN_CELLS_QUICK = 200, 24
ERBB_CELLS, ERBB_CELLS_QUICK = 48, 4  # libRoadRunner takes a second for one
ROUNDS, ROUNDS_QUICK = 7, 3


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer cells and rounds, and one line of JSON")
    parser.add_argument("--models", type=Path, help="folder of models of others, as BIOMD0000000255.xml")
    given = parser.parse_args()
    quick, models = given.quick, given.models
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.info(
        "References are computed once and kept; the first run takes longer, by minutes for all cells."
    )
    rounds = ROUNDS_QUICK if quick else ROUNDS
    found = {
        "earm": measured(earm_case(EARM_CELLS_QUICK if quick else EARM_CELLS), rounds),
        "own": measured(own_case(OWN_CELLS_QUICK if quick else OWN_CELLS), rounds),
    }
    if models is not None and domain.file_of(models, NUMBER).is_file():
        found["erbb"] = measured(erbb_case(models, ERBB_CELLS_QUICK if quick else ERBB_CELLS), rounds)
    growth = grown(sizes(quick=quick))
    print_table(found, growth)
    if quick:
        print(line(found))
    else:
        PAGE.write_text(page(found, growth), encoding="utf-8", newline="\n")
        logging.info("%s is written.", PAGE.relative_to(PAGE.parents[1]))
        if models is not None:
            domain.write(domain.rows(models), domain.PAGE)


if __name__ == "__main__":
    main()
