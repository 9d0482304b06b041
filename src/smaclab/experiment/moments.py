"""When samples are taken of an experiment: hours, or text such as "0, 30 min, 4 h"."""

from collections.abc import Sequence

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.experiment import Experiment
from smaclab.units import parse

At = float | str | Sequence[float | str] | None
"""Hours, or text with units, in which a bare number is hours; several after commas. None: the end."""


def moments_s(experiment: Experiment, at: At) -> list[float]:
    """The times of the samples of one experiment, s, in the order given.

    Raises:
        ExperimentError: no time is named, one is no time, or one lies outside of the experiment.
    """
    if at is None:
        return [experiment.duration_s]
    given = [at] if isinstance(at, str | int | float) else list(at)
    parts = [part for one in given for part in (one.split(",") if isinstance(one, str) else [one])]
    times = [_moment_s(one) for one in parts]
    if not times:
        raise ExperimentError(f"at {shown(at)}: name at least one time.")
    for time in times:
        if not 0.0 <= time <= experiment.duration_s:
            raise ExperimentError(
                f"{experiment.id}: no sample at {time / 3600.0:g} h. It runs from 0 to "
                f"{experiment.duration_s / 3600.0:g} h."
            )
    return times


def _moment_s(given: float | str) -> float:
    """One time, s: a number of hours, or text with a unit."""
    try:
        return round(3600.0 * float(given), 6)
    except ValueError:
        return parse(given, "time")
    except TypeError as error:
        raise ExperimentError(f"{shown(given)} is no time. Write hours, or text such as '30 min'.") from error
