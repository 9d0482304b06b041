"""Profiles of single parameters, from what a calibration has simulated."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from smaclab.errors import ExperimentError, SmaclabError, unknown
from smaclab.infer.checkpoint import Told
from smaclab.infer.known import Known, read_known
from smaclab.infer.problem import Problem
from smaclab.infer.profile import OFFSETS, ROUNDS, WITHIN, Profile, profiled
from smaclab.lab.calibration import KNOWN
from smaclab.lab.pictures import save_with_table
from smaclab.report.page import Table
from smaclab.report.profile_curves import ProfileCurve, profile_curves

Array = NDArray[Any]

FEWEST: Final = 10
NAMED: Final = 3
"""Parameters that are named as those that moved along."""
MOVED: Final = 0.1
"""Of a prior standard deviation: less is not named."""


def profile(
    folder: Path,
    names: Sequence[str],
    problem: Problem,
    *,
    offsets: Sequence[float] = OFFSETS,
    rounds: int = ROUNDS,
    told: Told | None = None,
) -> list[Profile]:
    """Profiles of parameters, from the sets in a calibration's folder.

    Args:
        folder: of `smaclab calibrate`, which may not be done.
        names: of the parameters.
        problem: the one that the folder was made with.
        offsets: from the best set, in prior standard deviations.
        rounds: of optimizing.
        told: called with a stage, the sets that are done, and how many of them were read.

    Raises:
        SmaclabError: a parameter that is not known, no calibration there, or of another problem.
        ExperimentError: hardly any sets.
    """
    for name in names:
        if name not in problem.names:
            raise SmaclabError(unknown("parameter", name, problem.names, where="profile"))
    before = read_known(folder / KNOWN, problem)
    read = len(before.stage)
    if read < FEWEST:
        raise ExperimentError(f"{folder / KNOWN}: {read} parameter sets. Calibrate for longer first.")

    def more(done: int) -> None:
        if told is not None:
            told("profile", read + done, read)

    return profiled(problem, names, _seen(problem, before), offsets=offsets, rounds=rounds, told=more)


def profile_frame(problem: Problem, found: Sequence[Profile]) -> pd.DataFrame:
    """A row a parameter and value, with its unit, and what moved along.

    Columns: parameter, value, unit, prior_sd (standard coordinate), loss (of ln(posterior), from the best set
    of all), within (the 95 % interval), moved_along.
    """
    rows = []
    for one in found:
        place = problem.names.index(one.name)
        best = one.sets[int(np.argmin(one.loss))]
        for where, loss in zip(one.sets, one.loss, strict=True):
            rows.append(
                {
                    "parameter": one.name,
                    "value": float(problem.values(where[None])[0, place]),
                    "unit": problem.priors[place].unit,
                    "prior_sd": float(where[place]),
                    "loss": float(loss),
                    "within": bool(loss <= WITHIN),
                    "moved_along": _moved_along(problem, where - best, place),
                }
            )
    return pd.DataFrame(rows)


def profile_table(frame: pd.DataFrame) -> Table:
    """For a terminal."""
    rows = tuple(
        (
            row["parameter"],
            f"{row['value']:.3g} {row['unit']}",
            f"{row['prior_sd']:+.2f}",
            f"{row['loss']:.1f}" if np.isfinite(row["loss"]) else "cannot be predicted",
            "yes" if row["within"] else "none found",
            row["moved_along"],
        )
        for row in frame.to_dict("records")
    )
    header = ("parameter", "value", "prior sd", "loss", "in 95 %", "moved along")
    return Table(caption="Profiles: the best set found at each value", header=header, rows=rows)


def profile_picture(problem: Problem, found: Sequence[Profile]) -> Figure:
    """A panel a parameter: what was found, beside what the prior alone says."""
    curves = []
    for one in found:
        place = problem.names.index(one.name)
        prior = problem.priors[place]
        value = problem.values(one.sets)[:, place]
        curves.append(
            ProfileCurve(
                name=one.name, unit=prior.unit, value=value, loss=one.loss, median=prior.median, sd=prior.sd
            )
        )
    return profile_curves(curves, within=WITHIN)


def save_profiles(problem: Problem, found: Sequence[Profile], path: Path, *, force: bool = False) -> Path:
    """The picture, with its numbers beside it as CSV.

    Raises:
        ExperimentError: another end than .svg or .png, something is there, or it cannot be written.
    """
    frame = profile_frame(problem, found)
    return save_with_table(profile_picture(problem, found), frame, path, force=force)


def _moved_along(problem: Problem, change: Array, place: int) -> str:
    size = np.abs(change)
    size[place] = 0.0
    chosen = [one for one in np.argsort(-size, kind="stable")[:NAMED] if size[one] >= MOVED]
    return ", ".join(
        f"{problem.names[one]} x {np.exp(problem.priors[one].sd * change[one]):.2f}" for one in chosen
    )


def _seen(problem: Problem, before: Known) -> tuple[Array, Array]:
    """The sets that lines learn from, and the best of all, for chains may have found a better one."""
    coordinates, predicted = before.learned_from()
    if len(coordinates) < FEWEST:  # chains that went on from those of another folder
        return before.coordinates, before.predicted
    worth = problem.log_likelihood(before.predicted) - 0.5 * (before.coordinates**2).sum(axis=1)
    best = [int(np.argmax(worth))]
    return np.concatenate([coordinates, before.coordinates[best]]), np.concatenate(
        [predicted, before.predicted[best]]
    )
