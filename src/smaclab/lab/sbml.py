"""An SBML file over time, in one call."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Literal

import numpy as np

from smaclab.errors import SimulationError, shown, unknown
from smaclab.network.sbml import SbmlModel, read_sbml
from smaclab.network.sbml.limit import ANSWER_S
from smaclab.simulate.sbml import Dose, SbmlCourse, simulate_model
from smaclab.simulate.sbml.run import RELATIVE, Settings

MOST_POINTS = 1_000_000
LEAST_S = 0.5  # for solving, however long reading took
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
            Without `seconds`, solving gets what reading has left of `limit.ANSWER_S`.

    Raises:
        SbmlError: the file cannot be read, or holds what is not simulated here.
        SimulationError: an id that is not there, a number that is none, or a setting that is not known.
        SolveError: the solve failed.
    """
    changes = {name: _plain(value, f"set {name}") for name, value in (set or {}).items()}
    given = tuple(_dose(one) for one in doses)
    start, end = _plain(start, "start"), _plain(end, "end")
    for name in settings.keys() - Settings.__annotations__.keys():
        raise SimulationError(unknown("setting", name, Settings.__annotations__))
    if end < start:
        raise SimulationError(f"from {start:g} to {end:g}: the end is not before the start.")
    if not isinstance(points, int) or not 1 <= points <= MOST_POINTS or (points == 1) != (end == start):
        raise SimulationError(
            f"points: {shown(points)}. Give 2 to {MOST_POINTS}, or 1 where the end is the start."
        )
    begun_s = monotonic()
    model = read_sbml(path)
    try:
        ids = _selected(model, select)
        settings.setdefault("seconds", max(ANSWER_S - (monotonic() - begun_s), LEAST_S))
        course = simulate_model(
            model, np.linspace(start, end, points), changes=changes, doses=given, **settings
        )
    except SimulationError as letter:
        raise type(letter)(f"{Path(path).name}: {letter}") from letter
    return SbmlResult(course=course, ids=ids)


def _selected(model: SbmlModel, select: Sequence[str]) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(select))
    for name in ids:
        if name not in model.quantities:
            raise SimulationError(unknown("id", name, model.quantities, where="select"))
    return ids or tuple(one.id for one in model.quantities.values() if one.kind != "speciesReference")


def _dose(given: Any) -> Dose:
    try:
        name, amount, time = given
    except (TypeError, ValueError):
        raise SimulationError(
            f"dose {shown(given)}: give (species, amount, time), as ('TNF', 50, 10)."
        ) from None
    where = f"dose of {name}"
    return Dose(id=name, amount=_plain(amount, where), time=_plain(time, where))


def _plain(value: Any, where: str) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise SimulationError(f"{where}: {shown(value)}. Give a finite number.")
    return found


def read_settings(texts: Sequence[str]) -> dict[str, float]:
    """Each `ID=VALUE`, by id.

    Raises:
        SimulationError: one does not read so, or an id comes twice.
    """
    found: dict[str, float] = {}
    for text in texts:
        name, _, value = text.partition("=")
        name = name.strip()
        if name in found:
            raise SimulationError(f"set {name}: given twice. Give one value.")
        found[name] = _number(value, f"set {shown(text)}", "ID=VALUE")
    return found


def read_dose(text: str) -> GivenDose:
    """`ID=AMOUNT@TIME`.

    Raises:
        SimulationError: it does not read so.
    """
    form = "ID=AMOUNT@TIME"
    name, _, rest = text.partition("=")
    amount, _, time = rest.partition("@")
    where = f"dose {shown(text)}"
    return name.strip(), _number(amount, where, form), _number(time, where, form)


def _number(text: str, where: str, form: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise SimulationError(f"{where} does not read as {form}, with finite numbers.")
    return value


Solver = Literal["compiled", "stepwise"]
__all__ = ["RELATIVE", "SbmlResult", "Solver", "read_dose", "read_settings", "simulate_sbml"]
