"""One readout over time, replicate by replicate: means, SD, and when half of it is done.

A replicate is an experiment with another seed; its value is the mean over its cells.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.courses import Course, courses_of
from smaclab.analysis.half_time import half_time_h
from smaclab.analysis.replicates import mean_estimate, summarize
from smaclab.errors import ExperimentError
from smaclab.lab.endpoint_values import own_name, with_ends
from smaclab.lab.shown import Shown
from smaclab.report import style
from smaclab.report.replicates import replicate_courses
from smaclab.report.sections import Material
from smaclab.report.tables import unit_of

LEAST_MOVE = 0.01
"""A part of the largest value; less is rounding or drift, not an effect. Assumed."""


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class Courses(Shown):
    """One readout of a run over time.

    readout, unit: what is measured.
    material: the run.
    courses: one a group of replicates.
    """

    readout: str
    unit: str
    material: Material
    courses: tuple[Course, ...]

    def table(self) -> pd.DataFrame:
        """A row a group and time: mean, SD and n of the replicates."""
        parts = []
        for one in self.courses:
            seen = summarize(one.values)
            own = {**self._who(one), "readout": self.readout}
            numbers = {"time_h": one.time_h, "mean": seen.mean, "sd": seen.sd, "n": seen.n}
            parts.append(pd.DataFrame({**own, **numbers, "unit": self.unit}))
        return pd.concat(parts, ignore_index=True)

    def half_times(self) -> pd.DataFrame:
        """A row a group: when the readout is half-way to its lowest, or to its highest, h, with an interval.

        Which of the two is decided by where the mean goes further from its start; a mean that goes less than
        `LEAST_MOVE` of its largest value "stays" and has no half-time. looked_h: the looks between which the
        half-times lie. The interval is that of replicates; no time is known better than looks are close.
        """
        rows = []
        for one in self.courses:
            mean = summarize(one.values).mean
            moves = _moves(mean)
            times = np.full(len(one.values), np.nan)
            if moves != "stays":
                rises = moves == "up"
                times = np.array([half_time_h(one.time_h, values, rises=rises) for values in one.values])
            rows.append(
                {
                    **self._who(one),
                    "readout": self.readout,
                    "moves": moves,
                    "n": int(np.isfinite(times).sum()),
                    **with_ends("half_time_h", mean_estimate(times)),
                    "looked_h": _looks(one.time_h, times),
                }
            )
        return pd.DataFrame(rows)

    def figure(self, cell_line: str | None = None, *, width_inches: float = 5.0) -> Figure:
        """Means with SD and every replicate as a point; of the first line by default, seven groups at most.

        Groups that were looked at at other times than the first are left out.

        Raises:
            ExperimentError: the run has no such line.
        """
        lines = list(dict.fromkeys(self._who(one)["cell_line"] for one in self.courses))
        name = lines[0] if cell_line is None else own_name("cell line", cell_line, lines, where="this run")
        own = [one for one in self.courses if self._who(one)["cell_line"] == name]
        own = [one for one in own if np.array_equal(one.time_h, own[0].time_h)][: style.MAX_CURVES]
        return replicate_courses(
            own[0].time_h,
            {self._who(one)["treatment"]: one.values for one in own},
            title=f"{self.readout}, {name}",
            ylabel=f"{self.readout} ({self.unit})",
            width_inches=width_inches,
        )

    def _who(self, one: Course) -> dict[str, str]:
        first = self.material.experiments[one.members[0]]
        return {"cell_line": first.cell_line, "treatment": self.material.label(first)}


def _moves(mean: np.ndarray) -> str:
    """'up', 'down' or 'stays'; the last also where nothing is known."""
    up, down = float(np.max(mean) - mean[0]), float(mean[0] - np.min(mean))
    if not max(up, down) > LEAST_MOVE * float(np.max(np.abs(mean))):
        return "stays"
    return "up" if up > down else "down"


def _looks(time_h: np.ndarray, times: np.ndarray) -> str:
    """'0 to 1': the look before the first of some times, and that after the last of them."""
    known = times[np.isfinite(times)]
    if not len(known):
        return ""
    before = time_h[time_h <= known.min()].max()
    return f"{before:g} to {time_h[time_h >= known.max()].min():g}"


def courses(material: Material, readout: str) -> Courses:
    """One readout of a run over time, with experiments that differ only in their seed as replicates.

    Raises:
        ExperimentError: no experiment has the readout.
    """
    found = courses_of(material.readouts, readout, material.experiments)
    if not found:
        raise ExperimentError(f"none of {len(material.experiments)} experiments has the readout {readout!r}.")
    return Courses(
        readout=readout, unit=unit_of(material.readouts, readout), material=material, courses=found
    )
