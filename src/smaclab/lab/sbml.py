"""An SBML file over time, in one call."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from smaclab.errors import SimulationError, shown, unknown
from smaclab.network.sbml import read_sbml
from smaclab.simulate.sbml import Dose, SbmlCourse, simulate_model
from smaclab.simulate.sbml.run import RELATIVE

MOST_POINTS = 1_000_000
GivenDose = tuple[str, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SbmlResult:
    """What an SBML model does over time. ids: the table's columns, without time."""

    course: SbmlCourse
    ids: tuple[str, ...]

    @property
    def table(self) -> Any:
        """A row a time: `time`, then the value of each id as the model's formulas see it."""
        import pandas as pd

        places = [self.course.ids.index(name) for name in self.ids]
        columns = {"time": self.course.time}
        columns |= {name: self.course.values[:, place] for name, place in zip(self.ids, places, strict=True)}
        return pd.DataFrame(columns)


def simulate_sbml(
    path: str | Path,
    *,
    end: float,
    points: int = 51,
    start: float = 0.0,
    set: Mapping[str, float] | None = None,
    doses: Sequence[GivenDose] = (),
    select: Sequence[str] = (),
    **settings: Any,
) -> SbmlResult:
    """Follow the model of an SBML file.

    Args:
        path: the file: Level 2 or 3, core.
        end: when to stop, in the model's unit of time.
        points: how many times, evenly from start to end.
        start: when to begin.
        set: values by id, instead of the file's.
        doses: (species, amount, time): what is added on the way, in the model's unit of substance.
        select: ids of the table; all by default, without those of species references.
        settings: `relative`, `absolute`, `solver` and `seconds` of `smaclab.simulate.sbml.simulate_model`.

    Raises:
        SbmlError: the file cannot be read, or holds what is not simulated here.
        SimulationError: an id that is not there, or a solve that failed.
    """
    if not 1 <= points <= MOST_POINTS or (points == 1) != (end == start):
        raise SimulationError(f"points: {points}. Give 2 to {MOST_POINTS}, or 1 where the end is the start.")
    if not (math.isfinite(start) and math.isfinite(end) and end >= start):
        raise SimulationError(f"from {start} to {end}: both are finite, and the end is not before the start.")
    model = read_sbml(path)
    given = tuple(Dose(id=name, amount=amount, time=time) for name, amount, time in doses)
    ids = tuple(select) or tuple(
        one.id for one in model.quantities.values() if one.kind != "speciesReference"
    )
    for name in ids:
        if name not in model.quantities:
            raise SimulationError(unknown("id", name, model.quantities, where="select"))
    course = simulate_model(
        model, np.linspace(start, end, points), changes=set or {}, doses=given, **settings
    )
    return SbmlResult(course=course, ids=ids)


def read_setting(text: str) -> tuple[str, float]:
    """`ID=VALUE`.

    Raises:
        SimulationError: it does not read so.
    """
    name, found, value = text.partition("=")
    return name.strip(), _number(value, text, "ID=VALUE") if found else _number("", text, "ID=VALUE")


def read_dose(text: str) -> GivenDose:
    """`ID=AMOUNT@TIME`.

    Raises:
        SimulationError: it does not read so.
    """
    form = "ID=AMOUNT@TIME"
    name, _, rest = text.partition("=")
    amount, _, time = rest.partition("@")
    return name.strip(), _number(amount, text, form), _number(time, text, form)


def _number(text: str, whole: str, form: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise SimulationError(f"{shown(whole)} does not read as {form}, with finite numbers.")
    return value


Solver = Literal["compiled", "stepwise"]
__all__ = ["RELATIVE", "SbmlResult", "Solver", "read_dose", "read_setting", "simulate_sbml"]
