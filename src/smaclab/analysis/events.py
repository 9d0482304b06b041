"""In which order things happened: the time of each event, read from the mean over the cells.

Scope: one experiment's means, as `bands` gives them.  Times between two samples are
interpolated linearly, so an event is known no better than the sampling is fine.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smaclab.analysis.bands import bands
from smaclab.analysis.half_time import first_crossing_h
from smaclab.analysis.logistic import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing to look for: which readout, and when it counts as happened."""

    label: str
    readout: str
    rule: Callable[[Array, Array], float]  # (time h, mean) -> h; inf: never
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event and its time in hours.  inf: not within the run.  NaN: no cell is known."""

    label: str
    time_h: float
    meaning: str


def falls_to_half(time_h: Array, mean: Array) -> float:
    """First time at half of the value at time zero."""
    return first_crossing_h(time_h, mean[0] / 2.0 - mean) if mean[0] > 0 else math.inf


def doubles(time_h: Array, mean: Array) -> float:
    """First time at twice the value at time zero; never, if that value is zero."""
    return first_crossing_h(time_h, mean - 2.0 * mean[0]) if mean[0] > 0 else math.inf


def first_peak(time_h: Array, mean: Array, *, before_h: float = 2.0) -> float:
    """Time of the maximum within the first hours, if it lies a tenth above the value at zero."""
    early = time_h <= before_h
    top = int(np.argmax(np.where(early, mean, -np.inf)))
    return float(time_h[top]) if mean[top] > 1.1 * mean[0] else math.inf


def half_rise(time_h: Array, mean: Array, *, within_h: float = math.inf) -> float:
    """First time half-way from the value at zero to the maximum within `within_h`; only if it doubles."""
    top = float(np.max(mean[time_h <= within_h]))
    if top <= 2.0 * mean[0]:
        return math.inf
    return first_crossing_h(time_h, mean - (mean[0] + top) / 2.0)


def half_maximum_of_8_h(time_h: Array, mean: Array) -> float:
    """First time at half of the maximum of the first 8 hours."""
    top = float(np.max(mean[time_h <= 8.0]))
    return first_crossing_h(time_h, mean - top / 2.0) if top > 2.0 * mean[0] else math.inf


MIMETIC_EVENTS: Final = (
    Event(
        label="cIAP1 halved",
        readout="cIAP1",
        rule=falls_to_half,
        meaning="half of its amount before the drug is left",
    ),
    Event(
        label="IκB phosphorylated",
        readout="p_IkBa",
        rule=first_peak,
        meaning="highest phospho-IκB of the first 2 h",
    ),
    Event(
        label="NIK at half of its maximum",
        readout="NIK",
        rule=half_maximum_of_8_h,
        meaning="half of the maximum of the first 8 h",
    ),
    Event(
        label="p52 doubled",
        readout="p52",
        rule=doubles,
        meaning="twice its amount before the drug",
    ),
    Event(
        label="TNF mRNA",
        readout="TNF_mRNA",
        rule=half_rise,
        meaning="half-way from rest to its maximum",
    ),
    Event(
        label="TNF secreted",
        readout="TNF_medium",
        rule=half_rise,
        meaning="half-way from rest to the maximum in the medium",
    ),
    Event(
        label="caspase-8 active",
        readout="caspase8_activity",
        rule=half_rise,
        meaning="half-way from rest to its maximum",
    ),
    Event(
        label="caspase-3 active",
        readout="caspase3_activity",
        rule=half_rise,
        meaning="half-way from rest to its maximum",
    ),
)


def order_of_events(
    readouts: pd.DataFrame,
    experiment: str,
    *,
    median_death_h: float,
    events: Sequence[Event] = MIMETIC_EVENTS,
) -> tuple[Happened, ...]:
    """The events of one experiment, the earliest first, those that never happened last.

    Args:
        readouts: Readouts table.
        experiment: Its experimentId.
        median_death_h: Time by which half of the cells are dead, h (`survival.median_death_s`).
        events: What to look for.  An event whose readout the table lacks is left out.

    Returns:
        One entry an event, and "half of the cells dead".
    """
    found = [_happened(readouts, experiment, event) for event in events]
    death = Happened(label="half of the cells dead", time_h=median_death_h, meaning="median time of death")
    known = [one for one in found if one is not None]
    return tuple(sorted([*known, death], key=lambda one: (math.isnan(one.time_h), one.time_h)))


def _happened(readouts: pd.DataFrame, experiment: str, event: Event) -> Happened | None:
    table = bands(readouts, event.readout)
    rows = table[table["experimentId"] == experiment].sort_values("time")
    if rows.empty:
        return None
    time_h = rows["time"].to_numpy(dtype=float)
    mean = rows["mean"].to_numpy(dtype=float)
    time = math.nan if np.isnan(mean).any() else event.rule(time_h, mean)
    return Happened(label=event.label, time_h=time, meaning=event.meaning)
