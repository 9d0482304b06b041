"""PEtab's test suite: how many of its SBML cases hold, at its own tolerances.

    python -m benchmarks.petab_suite FOLDER [CASE ...]

FOLDER is `petabtests/cases` of github.com/PEtab-dev/petab_test_suite; nothing of it is part of this project.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from smaclab.errors import SmaclabError
from smaclab.exchange.petab import PetabProblem, evaluate_problem, from_petab
from smaclab.exchange.petab.evaluate import log_priors
from smaclab.exchange.petab.tables import read_table
from smaclab.exchange.petab.yaml_text import read_yaml
from smaclab.network.sbml.child import Child


def case(folder: Path, child: Child) -> str:
    """What does not hold of a case; "" where everything does."""
    name = folder.name
    try:
        solution = read_yaml((folder / f"_{name}_solution.yaml").read_text())
        problem = from_petab(folder / f"_{name}.yaml", child)
        found = evaluate_problem(problem)
    except SmaclabError as letter:
        return str(letter)
    wrong = []
    for what, ours in (("llh", -found.negative_log_likelihood), ("chi2", found.chi2)):
        theirs, allowed = float(solution[what]), float(solution[f"tol_{what}"])
        if not abs(ours - theirs) < allowed:
            wrong.append(f"{what} {ours:.6g} for {theirs:.6g}")
    expected = [
        float(row["simulation"])
        for one in solution["simulation_files"]
        for row in read_table(folder / one, ("simulation",))
    ]
    distance = float(np.mean(np.abs(np.array(expected) - np.array(found.simulations))))
    if not distance < float(solution["tol_simulations"]):
        wrong.append(f"simulations {distance:.2g} apart")
    return "; ".join([*wrong, *_priors(problem, solution, -found.negative_log_likelihood)])


def _priors(problem: PetabProblem, solution: dict[str, object], likelihood: float) -> list[str]:
    if "unnorm_log_posterior" not in solution:
        return []
    theirs = float(str(solution["unnorm_log_posterior"]))
    ours = likelihood + sum(log_priors(problem).values())
    return [] if abs(ours - theirs) < 1e-3 else [f"posterior {ours:.6g} for {theirs:.6g}"]


def main(arguments: Sequence[str]) -> int:
    """Print a line a case and the counts; 0 where a folder was given."""
    if not arguments:
        sys.stdout.write(__doc__ or "")
        return 2
    root, chosen = Path(arguments[0]), set(arguments[1:])
    with Child(seconds=30.0) as child:
        for version in ("v1.0.0", "v2.0.0"):
            folders = [one for one in sorted((root / version / "sbml").glob("[0-9]*")) if one.is_dir()]
            results = {one.name: case(one, child) for one in folders if not chosen or one.name in chosen}
            for name, wrong in results.items():
                sys.stdout.write(f"{version} {name} {wrong or 'holds'}\n")
            held = sum(not one for one in results.values())
            sys.stdout.write(f"{version}: {held} of {len(results)} hold\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
