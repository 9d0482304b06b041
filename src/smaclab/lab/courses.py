"""One readout over time, replicate by replicate: means, SD, and when half of it is done.

A replicate is an experiment with another seed; its value is the mean over its cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.bands import bands
from smaclab.analysis.half_time import half_time_h
from smaclab.analysis.replicates import mean_estimate, summarize
from smaclab.errors import ExperimentError
from smaclab.experiment.experiment import Experiment
from smaclab.lab.endpoint_values import own_name, with_ends
from smaclab.lab.shown import Shown
from smaclab.report import style
from smaclab.report.replicates import replicate_courses
from smaclab.report.sections import Material
from smaclab.report.tables import unit_of


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Replicates of one experiment.

    experiment: one of them; label: its words.
    time_h: (time,), h.
    values: (replicate, time), in the readout's unit. NaN: no cell is known.
    """

    experiment: Experiment
    label: str
    time_h: np.ndarray
    values: np.ndarray


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class Courses(Shown):
    """One readout of a run over time.

    readout, unit: what is measured.
    courses: one a group of replicates.
    """

    readout: str
    unit: str
    courses: tuple[Course, ...]

    def table(self) -> pd.DataFrame:
        """A row a group and time: mean, SD and n of the replicates."""
        parts = []
        for one in self.courses:
            seen = summarize(one.values)
            own = {"cell_line": one.experiment.cell_line, "treatment": one.label, "readout": self.readout}
            numbers = {"time_h": one.time_h, "mean": seen.mean, "sd": seen.sd, "n": seen.n}
            parts.append(pd.DataFrame({**own, **numbers, "unit": self.unit}))
        return pd.concat(parts, ignore_index=True)

    def half_times(self) -> pd.DataFrame:
        """A row a group: when the readout is half-way to its lowest, or to its highest, h, with an interval.

        Which of the two is decided by where the mean goes further from its start. inf: it never moves.
        """
        rows = []
        for one in self.courses:
            mean = summarize(one.values).mean
            rises = bool(mean.max() - mean[0] > mean[0] - mean.min())
            times = np.array([half_time_h(one.time_h, values, rises=rises) for values in one.values])
            rows.append(
                {
                    "cell_line": one.experiment.cell_line,
                    "treatment": one.label,
                    "readout": self.readout,
                    "moves": "up" if rises else "down",
                    "n": int(np.isfinite(times).sum()),
                    **with_ends("half_time_h", mean_estimate(times)),
                }
            )
        return pd.DataFrame(rows)

    def figure(self, cell_line: str | None = None, *, width_inches: float = 5.0) -> Figure:
        """Means with SD and every replicate as a point; of the first line by default, seven groups at most.

        Raises:
            ExperimentError: the run has no such line.
        """
        lines = list(dict.fromkeys(one.experiment.cell_line for one in self.courses))
        name = lines[0] if cell_line is None else own_name("cell line", cell_line, lines, where="this run")
        own = [one for one in self.courses if one.experiment.cell_line == name]
        own = [one for one in own if np.array_equal(one.time_h, own[0].time_h)][: style.MAX_CURVES]
        return replicate_courses(
            own[0].time_h,
            {one.label: one.values for one in own},
            title=f"{self.readout}, {name}",
            ylabel=f"{self.readout} ({self.unit})",
            width_inches=width_inches,
        )


def courses(material: Material, readout: str) -> Courses:
    """One readout of a run over time, with experiments that differ only in their seed as replicates.

    Raises:
        ExperimentError: no experiment has the readout.
    """
    means = bands(material.readouts, readout)
    table = {str(name): part for name, part in means.groupby("experimentId", sort=False)}
    groups: dict[str, list[Experiment]] = {}
    for one in material.experiments:
        if one.id in table:
            groups.setdefault(repr(replace(one, id="x", seed=0)), []).append(one)
    if not groups:
        raise ExperimentError(f"none of {len(material.experiments)} experiments has the readout {readout!r}.")
    found = tuple(_course(material, members, table) for members in groups.values())
    return Courses(readout=readout, unit=unit_of(material.readouts, readout), courses=found)


def _course(material: Material, members: Sequence[Experiment], table: dict[str, pd.DataFrame]) -> Course:
    rows = [table[one.id].sort_values("time") for one in members]
    return Course(
        experiment=members[0],
        label=material.label(members[0]),
        time_h=rows[0]["time"].to_numpy(float),
        values=np.stack([one["mean"].to_numpy(float) for one in rows]),
    )
