"""Calibration: the package's own network, priors and evidence become a problem, the problem an ensemble."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import BudgetSpent
from smaclab.experiment.catalogue import Catalogue
from smaclab.infer.checkpoint import Checkpoint, Told
from smaclab.infer.ensemble import Ensemble, equal_weights
from smaclab.infer.known import Known, known, read_known
from smaclab.infer.looks import Looks
from smaclab.infer.mixing import MET
from smaclab.infer.plan import Plan
from smaclab.infer.problem import Problem, hold_out
from smaclab.infer.sample import Sampled, sample
from smaclab.infer.temper import Tempered
from smaclab.lab.bench import own_network
from smaclab.lab.door import own_catalogue
from smaclab.lab.estimates import LEFT_OUT, estimates
from smaclab.lab.measurements import Measured, own_measurements
from smaclab.lab.one_set import RTOL, Findings, OneSet
from smaclab.lab.set_workers import SetWorkers
from smaclab.network.identity import identity
from smaclab.provenance import fingerprint, versions

Array = NDArray[Any]

CHECKPOINT: Final = "predictions.bin"
COST: Final = "cost.json"
ENSEMBLE: Final = "ensemble.csv"
KNOWN: Final = "sets.npz"
HELD_OUT: Final = 0.2


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """What a part of a calibration came to.

    sampled, ensemble: None where the time was over first. cells_a_set: simulated for one parameter set.
    core_seconds: of this part, measured, for the sets simulated in it.
    """

    problem: Problem
    plan: Plan
    sampled: Sampled | None
    ensemble: Ensemble | None
    read: int
    simulated: int
    core_seconds: float
    cells_a_set: int
    without: tuple[str, ...] = field(default=())

    @property
    def is_done(self) -> bool:
        """Whether there is an ensemble."""
        return self.sampled is not None


def calibration_problem(
    findings: Findings | None,
    *,
    catalogue: Catalogue | None = None,
    measured: Sequence[Measured] | None = None,
    letters: Mapping[str, str] | None = None,
    held_out: float = HELD_OUT,
    without: Iterable[str] = (),
    workers: int = 1,
) -> tuple[Problem, int]:
    """The package's own problem, and how many cells one parameter set simulates.

    Args:
        findings: claims as constraints; None: measurements only.
        catalogue: whose numbers are free; the package's own by default.
        measured: the package's own by default.
        letters: question -> letter of the hypotheses under which the measurements are predicted.
        held_out: share of the measurements that is never used in fitting.
        without: data sets that are not used either.
        workers: processes; with more than one, a script needs its `if __name__ == "__main__":`.

    Raises:
        SmaclabError: a data set that is not known.
    """
    known = own_catalogue() if catalogue is None else catalogue
    chosen = own_measurements() if measured is None else measured
    experiments = [one.experiment(known, letters) for one in chosen]
    priors = estimates(known)
    names = [one.name for one in priors]
    asked = OneSet(known=known, measured=chosen, experiments=experiments, findings=findings)
    evidence = asked.evidence
    crew = SetWorkers(asked, workers)

    def each(values: Array, looks: Looks | None = None) -> Iterator[Array]:
        for_each = repeat(None) if looks is None else map(looks.of, range(len(values)))
        sets = (dict(zip(names, map(float, row), strict=True)) for row in values)
        return crew.predicted(zip(sets, for_each, strict=False))

    about = {
        "network": identity(own_network()),
        "versions": versions(),  # what they predict is kept, and another version may predict something else
        "numbers": repr((known.parameters, known.cell_lines, known.drugs, known.mutations)),
        "experiments": [repr(one) for one in experiments],
        "relative tolerance": RTOL,
        "findings": findings.about if findings is not None else "",
    }
    problem = Problem(
        priors=priors,
        evidence=evidence,
        predict=lambda values: np.stack(list(each(values))),
        each=each,
        units=asked.units,
        end=crew.end,
        held_out=hold_out(evidence, held_out, seed=1),
        about=fingerprint(about),
    ).without(without)
    cells = sum(one.cells for one in experiments) + (findings.cells if findings is not None else 0)
    return problem, cells


def calibrate(
    folder: Path,
    problem: tuple[Problem, int],
    plan: Plan,
    *,
    minutes: float | None = None,
    told: Told | None = None,
    without: Iterable[str] = (),
    origin: Path | None = None,
) -> Calibration:
    """Go on with the calibration in a folder, or begin it; killed at any moment, nothing is lost.

    Args:
        folder: holds the checkpoint; the same folder and the same problem go on where they stopped.
        problem: from `calibration_problem`.
        plan: how to sample.
        minutes: of this part; None: to the end.
        told: called after each parameter set.
        without: what the problem leaves out, for the record.
        origin: folder of a calibration that is done, whose chains go on here with other evidence.

    Raises:
        SmaclabError: the folder belongs to another problem, or is in use; the origin is not done.
    """
    asked, cells = problem
    begun = _core_seconds()
    first = None if origin is None else read_known(origin / KNOWN, asked)
    settings = plan.fixed() | ({} if first is None else {"origin": first.fingerprint()})
    with Checkpoint(asked, folder / CHECKPOINT, settings=settings, minutes=minutes, told=told) as kept:
        found: Sampled | None = None
        try:
            found = sample(asked, plan, kept, origin=first)
        except BudgetSpent:
            pass
        finally:
            if asked.end is not None:
                asked.end()  # what processes took is known when they have ended
            spent = _core_seconds() - begun
            _add_cost(folder / COST, kept.simulated, spent)
            _remembered(asked, plan, kept, found).write(folder / KNOWN)
    result = None if found is None else _ensemble(asked, plan, found, (cells, tuple(without), first))
    if result is not None:
        result.write(folder / ENSEMBLE)
    return Calibration(
        problem=asked,
        plan=plan,
        sampled=found,
        ensemble=result,
        read=kept.read,
        simulated=kept.simulated,
        core_seconds=spent,
        cells_a_set=cells,
        without=tuple(without),
    )


def _remembered(problem: Problem, plan: Plan, kept: Checkpoint, found: Sampled | None) -> Known:
    """All sets so far, and where the chains ended."""
    if found is None:
        return known(problem, kept.seen, None, None)
    last = slice(-plan.walkers, None)
    return known(problem, kept.seen, found.alone, (found.coordinates[last], found.predicted[last]))


def cost_so_far(folder: Path) -> dict[str, float]:
    """Parameter sets simulated and core-seconds spent, over all parts that ended by themselves."""
    try:
        found = json.loads((folder / COST).read_text(encoding="utf-8"))
        return {name: float(found[name]) for name in ("sets", "core_seconds")}
    except (OSError, ValueError, KeyError, TypeError):
        return {"sets": 0.0, "core_seconds": 0.0}


def _core_seconds() -> float:
    """Of this process and of those that it has seen the end of (none of them on Windows)."""
    return float(sum(os.times()[:4]))


def _add_cost(path: Path, sets: int, core_seconds: float) -> None:
    before = cost_so_far(path.parent)
    total = {"sets": before["sets"] + sets, "core_seconds": before["core_seconds"] + core_seconds}
    draft = path.with_name(f".{path.name}")
    draft.write_text(json.dumps(total) + "\n", encoding="utf-8")
    draft.replace(path)


def _ensemble(
    problem: Problem, plan: Plan, found: Sampled, more: tuple[int, tuple[str, ...], Known | None]
) -> Ensemble:
    cells, without, origin = more
    about = {
        "plan": plan.settings(),
        "problem": problem.identity(),
        "network": identity(own_network()),
        "versions": versions(),
        "evidence": {
            "used": [one.id for one in problem.evidence if one.id not in problem.held_out],
            "held_out": sorted(problem.held_out),
        },
        "left_out": {"data_sets": list(without), "numbers": list(LEFT_OUT)},
        "chains": plan.walkers,
        "origin": None if origin is None else origin.fingerprint(),
        "effective_families": round(found.effective_families, 2),
        "effective_sets": _spread(found.mixed.effective, 1),
        "scale_reduction": _spread(found.mixed.scale_reduction, 3),
        "accepted": [round(one, 3) for one in found.accepted],
        "mean_log_posterior_in_last_sweeps": [round(one, 3) for one in found.drift],
        **_tempering(found.tempered),
        "cost": {"parameter_sets": found.simulations, "cells_at_most": found.simulations * cells},
        "met": int(np.sum(found.mixed.scale_reduction <= MET)),
        "sampler": "sparse lines as a surrogate, then chains of surrogate transitions"
        + (" and of moves with a length for each parameter" if plan.screened else "")
        + (", refused early by groups of evidence" if problem.units and plan.rounds else ""),
    }
    return equal_weights(problem.names, problem.values(found.coordinates), found.log_posterior, about)


def _spread(numbers: Array, digits: int) -> dict[str, float | None]:
    """Of the parameters: the least, the median and the most."""
    known = numbers[np.isfinite(numbers)]
    if not len(known):
        return dict.fromkeys(("least", "median", "most"))
    found = np.quantile(known, [0.0, 0.5, 1.0])
    return dict(zip(("least", "median", "most"), (round(float(one), digits) for one in found), strict=True))


def _tempering(path: Tempered | None) -> dict[str, Any]:
    """What `compare` needs, and how it came about."""
    if path is None:
        return {"log_evidence": None}
    return {
        "powers": list(path.powers),
        "effective_at_each_step": [round(one, 1) for one in path.effective],
        "accepted_on_the_way": [round(one, 3) for one in path.accepted],
        "log_evidence": path.evidence,
        "log_evidence_error": round(path.evidence_error, 3),
    }
