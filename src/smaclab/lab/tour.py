"""The first experiment anybody runs: three lines, with and without a mimetic, with and without TNF."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Unpack, final

import numpy as np

from smaclab.errors import CatalogueError
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.experiment import Experiment
from smaclab.lab.bench import How, run
from smaclab.lab.door import load
from smaclab.lab.folder import DEMO_FOLDER, fill
from smaclab.lab.result import Result
from smaclab.report import figures, style
from smaclab.report.events import Happened, order_of_events, show_time
from smaclab.report.page import Picture, Section, Table
from smaclab.report.tables import percent

MIMETIC, LIGAND = "SM-164", "TNF"
ARMS = ("vehicle", "SM-164 100 nM", "TNF 10 ng/ml", "SM-164 100 nM + TNF 10 ng/ml")

TRY_NEXT = (
    (
        "see what a file looks like, and run it again with more cells",
        "smaclab run {folder}/demo.toml --cells 20 --out again",
    ),
    (
        "find out what you can name",
        "smaclab list cell-lines      (or drugs, proteins, activities, mutations, readouts, hypotheses)",
    ),
    ("look for mistakes in your own file", "smaclab check my_experiment.toml"),
)


@final
@dataclass(frozen=True, kw_only=True)
class Demo:
    """The demo's result, and what a person looks at first.

    result: of the campaign in `demo.toml`.
    toml: the text of that file.
    """

    result: Result
    toml: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The cell lines, in the file's order."""
        return tuple(dict.fromkeys(one.cell_line for one in self.result.experiments))

    @cached_property
    def alive(self) -> np.ndarray:
        """(line, arm), fraction alive at the end.  NaN where no cell of an experiment is known."""
        values = np.full((len(self.lines), len(ARMS)), np.nan)
        for one, fraction in zip(self.result.experiments, self.result.fraction_alive(), strict=True):
            values[self.lines.index(one.cell_line), _arm(one)] = fraction
        return values

    @cached_property
    def events(self) -> tuple[Happened, ...]:
        """What happened in the first line on the mimetic alone, in order."""
        index = next(i for i, one in enumerate(self.result.experiments) if _arm(one) == 1)
        median = float(self.result.median_death_h().iloc[index])
        one = self.result.experiments[index]
        return order_of_events(self.result.readouts, one.id, median_death_h=median)

    def viability_table(self) -> Table:
        """Fraction alive, a row a line and a column an arm, with how many cells were asked and failed."""
        rows = []
        for row, line in enumerate(self.lines):
            members = [i for i, one in enumerate(self.result.experiments) if one.cell_line == line]
            failed = int(np.sum(np.isnan(self.result.death_time_s[members])))
            cells = sum(self.result.experiments[i].cells for i in members)
            rows.append((line, *(percent(value) for value in self.alive[row]), str(cells), str(failed)))
        header = ("cell line", *ARMS, "cells", "failed")
        return Table(caption=f"Cells alive after {self._hours:g} h", header=header, rows=tuple(rows))

    def event_table(self) -> Table:
        """The order of events, with what each time means."""
        rows = tuple((one.label, show_time(one.time_h), one.meaning) for one in self.events)
        header = ("event", "after", "counts as happened at")
        return Table(caption=f"Order of events in {self.lines[0]} on {ARMS[1]}", header=header, rows=rows)

    def try_next(self, folder: str | PathLike[str] = DEMO_FOLDER) -> list[tuple[str, str]]:
        """What for, and the command."""
        return [(words, command.format(folder=folder)) for words, command in TRY_NEXT]

    def page(self) -> str:
        """The report as one self-contained HTML text."""
        lead = (
            f"{', '.join(self.lines)} with a Smac mimetic, with TNF, with both and with neither, "
            f"{self.result.experiments[0].cells} simulated cells each. "
            "What laboratories report, to compare with: "
            "a mimetic takes cIAP1 away; some lines then die of the TNF they make themselves, "
            "others only when TNF is added, and normal cells live."
        )
        return self.result.page(lead=lead, first=[self._who_lives(), self._in_which_order()])

    def figure(self) -> figures.Figure:
        """The demo in one picture: survival of every line under every arm."""
        return self.result.figure("viability")

    def write(self, folder: str | PathLike[str] = DEMO_FOLDER, *, force: bool = False) -> Path:
        """Write the run's files, the picture and the experiment's file into a folder, all or none.

        Raises:
            ExperimentError: the folder holds results and `force` is not set, or it cannot be written.
        """
        files = self.result.files() | {
            "report.html": self.page(),
            "demo.svg": style.to_svg(self.figure()),
            "demo.toml": self.toml,
        }
        return fill(folder, files, force=force)

    @property
    def _hours(self) -> float:
        return self.result.experiments[0].duration_s / 3600.0

    def _who_lives(self) -> Section:
        title = f"Cells alive after {self._hours:g} h"
        figure = figures.heat_table(self.alive, self.lines, ARMS, title=title)
        svg = style.to_inline_svg(figure, name="heat", alt=title)
        caption = "Fraction of the solved cells that are alive; orange: all dead, blue: all alive."
        return Section(
            title="At a glance",
            tables=(self.viability_table(),),
            pictures=(Picture(svg=svg, caption=caption, is_wide=True),),
        )

    def _in_which_order(self) -> Section:
        table = self.event_table()
        figure = figures.events_chart(self.events, title=table.caption, end_h=self._hours)
        svg = style.to_inline_svg(figure, name="events", alt=table.caption)
        caption = (
            "Read from the mean over the cells; interpolated between samples; the time axis is logarithmic."
        )
        return Section(
            title="What happens first",
            tables=(table,),
            pictures=(Picture(svg=svg, caption=caption, is_wide=True),),
        )


def demo(*, cells: int | None = None, **how: Unpack[How]) -> Demo:
    """Run the demo; the experiments stand in `lab/demo.toml`.  `how` as for `run`."""
    text = resources.files("smaclab.lab").joinpath("demo.toml").read_text(encoding="utf-8")
    campaign = load(tomllib.loads(text), catalogue=how.get("catalogue"))
    if not isinstance(campaign, Campaign):
        raise CatalogueError(f"demo.toml gives {type(campaign).__name__}; it needs a [grid].")
    ordered = replace(campaign, experiments=_by_arm(campaign.experiments))
    result = run(ordered, cells=cells, **how)
    labels = {one.id: ARMS[_arm(one)] for one in result.experiments}
    return Demo(result=replace(result, labels=labels), toml=text)


def _arm(experiment: Experiment) -> int:
    """Place among `ARMS`: the mimetic counts one, the ligand two."""
    given = {dose.drug for dose in experiment.doses if dose.given}
    return (1 if MIMETIC in given else 0) + (2 if LIGAND in given else 0)


def _by_arm(experiments: Sequence[Experiment]) -> tuple[Experiment, ...]:
    """Line by line in the file's order, within a line in the order of `ARMS`, which colors follow."""
    lines = list(dict.fromkeys(one.cell_line for one in experiments))
    return tuple(sorted(experiments, key=lambda one: (lines.index(one.cell_line), _arm(one))))
