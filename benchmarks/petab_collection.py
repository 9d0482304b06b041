"""The PEtab benchmark collection: our negative log-likelihood at the nominal parameters beside the published.

    python -m benchmarks.petab_collection FOLDER REFERENCES [NAME ...]

FOLDER is `Benchmark-Models` of github.com/Benchmarking-Initiative/Benchmark-Models-PEtab; REFERENCES a YAML
file of name -> {llh: value}, such as AMICI's tests/benchmark_models/benchmark_models.yaml.  Neither is
part of this project.  Where a problem brings simulated data, two more numbers are given: the largest
difference from them, relative to the largest value of their observable (rows stand in any order, so both are
sorted), and the negative log-likelihood that they themselves have with our noise, where their rows stand in
the measurements' order.  If that is another than ours, the file holds something else than the model at the
nominal parameters: Zheng's repeats the measurements, Fujita's is of other numbers.
"""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smaclab.errors import SmaclabError
from smaclab.exchange.petab import Evaluation, PetabProblem, evaluate_problem, from_petab
from smaclab.exchange.petab.evaluate import compared
from smaclab.exchange.petab.tables import read_table
from smaclab.exchange.petab.yaml_text import read_yaml
from smaclab.network.sbml.child import Child

TOLERANCE = 1e-3


def evaluated(folder: Path) -> tuple[PetabProblem, Evaluation]:
    """A problem and its evaluation at the nominal parameters."""
    with Child(seconds=60.0) as child:
        problem = from_petab(folder / f"{folder.name}.yaml", child)
    return problem, evaluate_problem(problem)


def distance(folder: Path, problem: PetabProblem, found: Evaluation) -> float | None:
    """The largest difference from the simulated data that come along; None where there are none."""
    path = folder / f"simulatedData_{folder.name}.tsv"
    if not path.exists():
        return None
    ours: dict[tuple[str, float], list[float]] = {}
    theirs: dict[tuple[str, float], list[float]] = {}
    for one, value in zip(problem.measurements, found.simulations, strict=True):
        ours.setdefault((one.observable, one.time), []).append(value)
    for line in read_table(path, ("observableId", "time", "simulation")):
        key = (line["observableId"], float(line["time"]))
        theirs.setdefault(key, []).append(float(line["simulation"]))
    if {key: len(several) for key, several in ours.items()} != {k: len(v) for k, v in theirs.items()}:
        return None
    largest: dict[str, float] = {}
    for (name, _), several in theirs.items():
        largest[name] = max(largest.get(name, 0.0), *map(abs, several))
    return max(
        abs(a - b) / (largest[key[0]] or 1.0)
        for key, several in ours.items()
        for a, b in zip(sorted(several), sorted(theirs[key]), strict=True)
    )


def of_their_own(folder: Path, problem: PetabProblem, found: Evaluation) -> float | None:
    """The negative log-likelihood of the simulated data; None where rows do not stand beside each other."""
    path = folder / f"simulatedData_{folder.name}.tsv"
    lines = read_table(path, ("observableId", "time", "simulation")) if path.exists() else []
    theirs = [(line["observableId"], float(line["time"])) for line in lines]
    if theirs != [(one.observable, one.time) for one in problem.measurements]:
        return None
    values = [float(line["simulation"]) for line in lines]
    return compared(problem, values, found.sigmas).negative_log_likelihood


def row(folder: Path, references: Mapping[str, Any]) -> str:
    """A line about one problem."""
    begin = time.perf_counter()
    try:
        problem, found = evaluated(folder)
    except SmaclabError as letter:
        return f"{folder.name:28} not evaluated: {str(letter)[:200]}"
    took = time.perf_counter() - begin
    ours, given = found.negative_log_likelihood, references.get(folder.name)
    far = distance(folder, problem, found)
    own = of_their_own(folder, problem, found) if far is not None else None
    beside = "simulated data: none" if far is None else f"simulated data: {far:.1e}"
    beside += "" if own is None else f", {own:.6f}"
    if given is None:
        return f"{folder.name:28} {ours:16.6f} no published value          {beside}  {took:.1f} s"
    theirs = -float(given["llh"])
    verdict = "holds" if abs(ours - theirs) < TOLERANCE else "DIFFERS"
    return f"{folder.name:28} {ours:16.6f} {theirs:16.6f} {verdict:9} {beside}  {took:.1f} s"


def main(arguments: Sequence[str]) -> int:
    """Print a line a problem; 0 where both files were given."""
    if len(arguments) < 2:
        sys.stdout.write(__doc__ or "")
        return 2
    root, chosen = Path(arguments[0]), set(arguments[2:])
    references = read_yaml(Path(arguments[1]).read_text())
    for folder in sorted(one for one in root.iterdir() if one.is_dir()):
        if not chosen or folder.name in chosen:
            sys.stdout.write(row(folder, references) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
