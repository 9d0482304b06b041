"""COMBINE archives of others: which run, and how far from libRoadRunner; which are refused, and why.

    python -m benchmarks.archives FOLDER

FOLDER holds .omex files, such as the examples of github.com/biosimulators/Biosimulators_test_suite; nothing
of it is part of this project.  The distance is the largest difference of any species at any time, relative to
the species' largest value; libRoadRunner solves at 1e-10, or 1e-8 where it gives up.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from smaclab.errors import SmaclabError
from smaclab.exchange.omex_read import beside, experiments_in, read_omex
from smaclab.exchange.sedml_read import Task, read_sedml
from smaclab.lab.archive import Models, followed
from smaclab.network.sbml.child import Child

TOLERANCES = (1e-10, 1e-8)


def by_the_peer(text: str, task: Task, moments: Sequence[float], names: Sequence[str]) -> Any:
    """(time, name), by libRoadRunner; None where it fails or a change is not one of a value."""
    import roadrunner

    roadrunner.Logger.disableLogging()
    if any(attribute != "value" for _, attribute in task.changes):
        return None
    for tolerance in TOLERANCES:
        runner = roadrunner.RoadRunner(text)
        for (name, _), value in task.changes.items():
            runner[name] = value
        if task.changes:
            runner.reset()
        runner.integrator.relative_tolerance = tolerance
        runner.integrator.absolute_tolerance = tolerance * 1e-4
        runner.integrator.maximum_num_steps = 500_000
        try:
            return np.array(runner.simulate(times=list(moments), selections=["time", *names]))[:, 1:]
        except RuntimeError:
            continue
    return None


def row(path: Path, child: Child) -> list[str]:
    """A line about each SED-ML file of an archive."""
    lines = []
    files = read_omex(path)
    models = Models(files, child)
    for name in experiments_in(files):
        begin = time.perf_counter()
        far: list[float] = []
        try:
            for task in read_sedml(files[name], name).tasks.values():
                course, source = followed(task, models, name), beside(name, task.source)
                quantities = models.model(source).quantities
                species = [one.id for one in quantities.values() if one.kind == "species"]
                asked = [f"[{one}]" if quantities[one].compartment else one for one in species]
                late = course.time[0] > 0.0
                moments = [0.0, *course.time] if late else list(course.time)
                theirs = by_the_peer(files[source].decode(), task, moments, asked)
                if theirs is not None:
                    ours = course.values[:, [course.ids.index(one) for one in species]]
                    largest = np.max(np.abs(theirs), axis=0) + 1e-300
                    far.append(float(np.max(np.abs(ours - theirs[int(late) :]) / largest)))
        except SmaclabError as letter:
            lines.append(f"{path.stem}: {str(letter)[:150]}")
            continue
        beside_it = f"{max(far):.1e} from libRoadRunner" if far else "libRoadRunner: none"
        lines.append(f"{path.stem}: {name} runs, {beside_it}, {time.perf_counter() - begin:.1f} s")
    return lines


def main(arguments: Sequence[str]) -> int:
    """Print the lines; 0 where a folder was given."""
    if len(arguments) != 1:
        sys.stdout.write(__doc__ or "")
        return 2
    with Child(seconds=60.0) as child:
        for path in sorted(Path(arguments[0]).glob("*.omex")):
            sys.stdout.write("\n".join(row(path, child)) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
