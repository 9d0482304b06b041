"""python -m benchmarks [--quick] [--models FOLDER]: our solver beside libRoadRunner, cell for cell.

--quick takes fewer rounds, fewer cells of our own network and the peer at 1e-12 as the reference, leaves
`docs/performance.md` as it is, and ends with one line of JSON. --models: a folder of models of others
(BIOMD0000000255.xml ...), which are no part of this project: the one of 500 species becomes a row, and
`docs/domain-models.md` is written anew.
"""

import argparse
import logging
from pathlib import Path

from benchmarks import domain
from benchmarks.case import earm_case, own_case
from benchmarks.erbb import NUMBER, erbb_case
from benchmarks.growth import grown, sizes
from benchmarks.measure import Measured, measured
from benchmarks.report import PAGE, erbb_of, line, page, print_table, wells_of

CELLS = 200
OWN_CELLS_QUICK = 24  # the peer needs a tenth of a second for one
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
    found = _quick() if quick else _thorough()
    if models is not None and domain.file_of(models, NUMBER).is_file():
        rounds, cells = (ROUNDS_QUICK, ERBB_CELLS_QUICK) if quick else (ROUNDS, ERBB_CELLS)
        found["erbb"] = measured(erbb_case(models, cells), rounds)
    growth = grown(sizes(quick=quick))
    print_table(found, growth)
    if quick:
        print(line(found))
    else:
        before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        kept = ("" if "erbb" in found else erbb_of(before)) + wells_of(before)
        PAGE.write_text(page(found, growth) + kept, encoding="utf-8", newline="\n")
        logging.info("%s is written.", PAGE.relative_to(PAGE.parents[1]))
        if models is not None:
            domain.write(domain.rows(models), domain.PAGE)


def _quick() -> dict[str, Measured]:
    return {
        "earm": measured(earm_case(CELLS), ROUNDS_QUICK, quick=True),
        "own": measured(own_case(OWN_CELLS_QUICK), ROUNDS_QUICK, quick=True, precisions=("f64",)),
    }


def _thorough() -> dict[str, Measured]:
    logging.info("References are computed once and kept; the first run takes longer, by some five minutes.")
    return {
        "earm": measured(earm_case(CELLS), ROUNDS),
        "own": measured(own_case(CELLS), ROUNDS),
    }


if __name__ == "__main__":
    main()
