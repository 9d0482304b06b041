"""python -m benchmarks.domain --models FOLDER: models of others, ours by default beside libRoadRunner.

Each file of the folder is read by our reader and followed with our default settings; libRoadRunner follows it
at a relative tolerance of 1e-12 with absolute ones far below every species, and once more as it comes.  The
files are from BioModels (CC0); they are not part of this project.
"""

import argparse
import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.domain_page import Compared, page
from smaclab.errors import SmaclabError, shown
from smaclab.network.sbml import SbmlModel, read_sbml
from smaclab.simulate.sbml import simulate_model

Array = NDArray[Any]

FLOOR = 1e-6
"""Of the largest amount that a species reaches; a difference is divided by the amount plus this."""
NOTHING = 1e-12
"""Of the largest amount of all species; one that never reaches it is not compared."""
PAGE = Path(__file__).parents[1] / "docs" / "domain-models.md"
POINTS = 101
TIGHT = 1e-12

MODELS = {  # number in BioModels: who wrote it, and how long it is followed, in the model's own unit of time
    102: ("Legewie 2006, wild type", 10_000.0),
    103: ("Legewie 2006, competitive inhibition", 10_000.0),
    139: ("Hoffmann 2002, knock-out", 4_000.0),
    140: ("Hoffmann 2002, wild type", 4_000.0),
    220: ("Albeck 2008, extrinsic apoptosis", 21_600.0),
    230: ("Ihekwaba 2004, NF-kB", 600.0),
    243: ("Neumann 2010, CD95", 1_000.0),
    255: ("Chen 2009, ErbB", 3_600.0),
    256: ("Rehm 2006, caspases", 360.0),
    407: ("Schliemann 2011, TNF", 36_000.0),
    523: ("Kallenberger 2014, CD95 1", 480.0),
    524: ("Kallenberger 2014, CD95 2", 480.0),
    525: ("Kallenberger 2014, CD95 3", 480.0),
    526: ("Kallenberger 2014, CD95 4", 480.0),
    786: ("Lipniacki 2004, NF-kB", 36_000.0),
    866: ("Simon 2019, 1", 100.0),
    868: ("Simon 2019, 2", 100.0),
    869: ("Simon 2019, 3", 100.0),
    870: ("Simon 2019, 4", 100.0),
    871: ("Simon 2019, figure 3b", 100.0),
}


def file_of(folder: Path, number: int) -> Path:
    """Where a model is looked for."""
    return folder / f"BIOMD{number:010d}.xml"


def compared(folder: Path, number: int) -> Compared:
    """One row."""
    name, end = MODELS[number]
    path = file_of(folder, number)
    if not path.is_file():
        return Compared(number=number, name=name, letter="not had")
    return compared_file(path, number, name, end)


def compared_file(path: Path, number: int, name: str, end: float) -> Compared:
    """A file, from time 0 to the end, in its own unit of time."""
    times = np.linspace(0.0, end, POINTS)
    try:
        model = read_sbml(path)
        start = time.process_time()
        course = simulate_model(model, times)
    except SmaclabError as error:
        return Compared(number=number, name=name, letter=" ".join(str(error).split())[:300])
    cpu_s = time.process_time() - start
    ids = compared_ids(model)
    mine = np.stack([course.amounts[one] for one in ids], axis=1)
    try:
        reference = tight(path, ids, times)
    except RuntimeError as error:
        return Compared(number=number, name=name, letter=f"no reference: {shown(str(error))}")
    found = differences(mine, reference)
    place = int(np.argmax(found))
    return Compared(
        number=number, name=name, species=len(ids), end=end, ours=float(found[place]), worst=ids[place],
        theirs=usual(path, ids, times, reference), cpu_s=cpu_s,
    )  # fmt: skip


def compared_ids(model: SbmlModel) -> list[str]:
    """All species."""
    return [one.id for one in model.quantities.values() if one.kind == "species"]


def differences(values: Array, reference: Array) -> Array:
    """(species,): the worst over times of |difference| / (|reference| + FLOOR x the species' largest).

    Args:
        values: (time, species), amounts.
        reference: the same.
    """
    largest = np.max(np.abs(reference), axis=0)
    seen = largest > NOTHING * np.max(largest, initial=0.0)
    floor = np.where(seen, largest * FLOOR, 1.0)
    found = np.max(np.abs(values - reference) / (np.abs(reference) + floor), axis=0)
    return np.where(np.isnan(found), np.inf, np.where(seen, found, 0.0))


def tight(path: Path, ids: list[str], times: Array) -> Array:
    """(time, species), amounts: libRoadRunner as close as it goes.

    Raises:
        RuntimeError: it gives up at every tolerance.
    """
    largest = np.max(np.abs(_peer(path, ids, times, 1e-9, None)), axis=0)
    scale = max(float(np.min(largest, where=largest > NOTHING * np.max(largest), initial=1e9)), 1e-30)
    problem: RuntimeError | None = None
    for part in (1e-14, 1e-12, 1e-10, 1e-8):
        try:
            return _peer(path, ids, times, TIGHT, part * scale)
        except RuntimeError as error:
            problem = error
    raise RuntimeError(str(problem))


def usual(path: Path, ids: list[str], times: Array, reference: Array) -> float | None:
    """How far libRoadRunner's own defaults are from the reference; None: it gives up."""
    try:
        return float(np.max(differences(_peer(path, ids, times, None, None), reference)))
    except RuntimeError:
        return None


def _peer(path: Path, ids: list[str], times: Array, relative: float | None, absolute: float | None) -> Array:
    import roadrunner

    roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
    runner = roadrunner.RoadRunner(str(path))
    if relative is not None:
        runner.integrator.relative_tolerance = relative
        runner.integrator.maximum_num_steps = 1_000_000
    if absolute is not None:
        runner.integrator.absolute_tolerance = absolute
    runner.timeCourseSelections = ids
    return np.array(runner.simulate(times=times.tolist()), dtype=float)


def rows(folder: Path, only: Sequence[int] = ()) -> list[Compared]:
    """A row for each of `MODELS`; all but those of `only`, where it names some, are left out by name."""
    found = {}
    for number, (name, _) in MODELS.items():
        if only and number not in only:
            found[number] = Compared(number=number, name=name, letter="left out of this run")
            continue
        found[number] = compared(folder, number)
        logging.info("%s", found[number])
    return list(found.values())


def write(found: Sequence[Compared], path: Path) -> None:
    """The page."""
    path.write_text(page(found), encoding="utf-8", newline="\n")


def main() -> None:
    """Compare, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.domain", description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, required=True, help="folder with BIOMD0000000102.xml ...")
    parser.add_argument("--write", type=Path, help="the page, docs/domain-models.md")
    parser.add_argument("--only", type=int, nargs="*", default=[], help="numbers of models")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    found = rows(given.models, given.only)
    if given.write:
        write(found, given.write)


if __name__ == "__main__":
    main()
