"""Pictures of wells for the page: fractional killing, times of death, single cells."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.estimate import Estimate
from smaclab.experiment.experiment import Experiment
from smaclab.lab.shared_wells import SharedWells
from smaclab.report import style
from smaclab.report.page import Picture
from smaclab.report.tables import unit_of
from smaclab.report.well_plots import cell_traces, death_times, killed_fractions
from smaclab.simulate.well_plan import lines_of

MOST_PICTURES = 12
"""A page with more pictures of wells opens slowly; the rest stands in the files."""


def well_pictures(wells: SharedWells, readouts: pd.DataFrame) -> tuple[Picture, ...]:
    """For the page: at most `MOST_PICTURES`.

    Args:
        wells: of a run.
        readouts: the readouts table, in which single cells stand up to 50 a well.
    """
    pictures = []
    for number, (figure, caption) in enumerate(well_figures(wells, readouts)):
        if number >= MOST_PICTURES:
            break
        svg = style.to_inline_svg(figure, name=f"well{number}", alt=caption)
        pictures.append(Picture(svg=svg, caption=caption))
    return tuple(pictures)


def well_figures(wells: SharedWells, readouts: pd.DataFrame) -> Iterator[tuple[Figure, str]]:
    """(figure, caption) of all: fractional killing first, then by well its deaths and its single cells."""
    killing = wells.fractional_killing()
    rows = [
        (f"{one['experiment']}, {one['cell_line']}", Estimate(
            value=one["dead"], low=one["dead_low"], high=one["dead_high"]), int(one["wells"]))
        for one in killing.to_dict("records")
    ]  # fmt: skip
    for first in range(0, len(rows), style.MAX_CURVES * 2):
        yield (
            killed_fractions(rows[first : first + style.MAX_CURVES * 2], title="Fractional killing"),
            "Cells dead at the end, with the 95 % interval over wells that differ in their seed.",
        )
    names = [str(name) for name in readouts["observableId"].unique() if name != "viability"]
    for one in wells.experiments:
        course = wells.courses[one.id]
        lines = [line for line, _ in lines_of(one)]
        by_line = {line: course.death_time_s[course.member == n] / 3600.0 for n, line in enumerate(lines)}
        title = f"Times of death, {one.id}"
        yield (
            death_times(by_line, end_h=one.duration_s / 3600.0, title=title),
            f"{title}: of all simulated cells.",
        )
        own = readouts[(readouts["experimentId"] == one.id) & readouts["cell"].notna()]
        for name in names:
            yield from _traces(own[own["observableId"] == name], one, wells, name)


def _traces(
    rows: pd.DataFrame, one: Experiment, wells: SharedWells, name: str
) -> Iterator[tuple[Figure, str]]:
    """Nothing where the readout has no single cells: it is of the population, or there are too many cells."""
    if not len(rows):
        return
    table = rows.pivot_table(index="cell", columns="time", values="simulation", dropna=False, sort=True)
    values = table.to_numpy(float)
    if len(table.columns) < 2 or np.nanmax(np.ptp(values, axis=0)) == 0.0:
        return  # one look, or the same in every cell, such as TNF in their medium
    course = wells.courses[one.id]
    cells = table.index.to_numpy(dtype=int)
    death_h, member = course.death_time_s[cells] / 3600.0, course.member[cells]
    groups = {
        line: (values[member == number], death_h[member == number])
        for number, (line, _) in enumerate(lines_of(one))
    }
    title = f"{name}, {one.id}"
    time_h = table.columns.to_numpy(dtype=float)
    yield (
        cell_traces(time_h, groups, title=title, ylabel=unit_of(rows, name)),
        f"{title}: single cells; a dot is a death.",
    )
