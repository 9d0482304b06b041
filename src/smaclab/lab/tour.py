"""The first experiment anybody runs: three lines, with and without a mimetic, with and without TNF."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Unpack, final

import numpy as np
import pandas as pd

from smaclab.analysis.events import Happened, order_of_events
from smaclab.errors import CatalogueError
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.experiment import Experiment
from smaclab.infer.ensemble import Ensemble
from smaclab.lab.bench import How, run
from smaclab.lab.cell_types import Seen, types_section
from smaclab.lab.door import load, own_catalogue
from smaclab.lab.ensembles import EnsembleRun, run_ensemble
from smaclab.lab.folder import DEMO_FOLDER, fill
from smaclab.lab.pathways import AT_H as MAP_AT_H
from smaclab.lab.pathways import COLORED_BY, fold_over
from smaclab.lab.result import Result
from smaclab.lab.tour_bands import bands_section
from smaclab.report import figures, pathway_map, style
from smaclab.report.page import Picture, Section, Table
from smaclab.report.tables import percent, unit_of
from smaclab.report.words import show_time

DEMO_SETS = 20
"""Parameter sets under which the demo runs: a few seconds."""

MIMETIC, LIGAND = "SM-164", "TNF"
ARMS = ("vehicle", "SM-164 100 nM", "TNF 10 ng/ml", "SM-164 100 nM + TNF 10 ng/ml")
PATHWAY = (
    "A mimetic of Smac makes cIAP1 and cIAP2 mark themselves for destruction. Without them NIK is no longer "
    "destroyed (the non-canonical arm of NF-κB), and the canonical arm goes on too: by RIP1 that gathers on "
    "the TNF receptor, the paper says; how, is an open question (O03 and O04 of smaclab list hypotheses). "
    "Both switch on the TNF gene where the line allows it. The cell then meets its own TNF without cIAPs to "
    "put ubiquitin on RIP1: RIP1 is released, and with FADD it activates caspase-8."
)

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

    result: of the campaign in `demo.toml`, under the package's own numbers.
    toml: the text of that file.
    cell_lines: name -> the catalogue's line.
    over_sets: the same under parameter sets that agree with the evidence; None: only the own numbers.
    """

    result: Result
    toml: str
    over_sets: EnsembleRun | None = None
    cell_lines: Mapping[str, CellLine] = field(default_factory=dict)

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
    def alive_over_sets(self) -> np.ndarray | None:
        """(5 %, median, 95 % of the parameter sets; line; arm), fraction alive at the end."""
        if self.over_sets is None:
            return None
        values = np.full((3, len(self.lines), len(ARMS)), np.nan)
        for one, found in zip(self.result.experiments, self.over_sets.alive().T, strict=True):
            values[:, self.lines.index(one.cell_line), _arm(one)] = found
        return values

    @cached_property
    def events(self) -> tuple[Happened, ...]:
        """What happened in the first line on the mimetic alone, in order."""
        index = next(i for i, one in enumerate(self.result.experiments) if _arm(one) == 1)
        median = float(self.result.median_death_h().iloc[index])
        one = self.result.experiments[index]
        return order_of_events(self.result.readouts, one.id, median_death_h=median)

    def viability_table(self) -> Table:
        """Fraction alive, a row a line and a column an arm, with how many cells were asked and failed.

        In brackets: nine of ten parameter sets.
        """
        rows = []
        for row, line in enumerate(self.lines):
            members = [i for i, one in enumerate(self.result.experiments) if one.cell_line == line]
            failed = int(np.sum(np.isnan(self.result.death_time_s[members])))
            cells = sum(self.result.experiments[i].cells for i in members)
            arms = (percent(value) + self._band(row, arm) for arm, value in enumerate(self.alive[row]))
            rows.append((line, *arms, str(cells), str(failed)))
        header = ("cell line", *ARMS, "cells", "failed")
        caption = f"Cells alive after {self._hours:g} h"
        if self.over_sets is not None:
            caption += f"; in brackets nine of ten of {len(self.over_sets.sets)} parameter sets"
        return Table(caption=caption, header=header, rows=tuple(rows))

    def _band(self, row: int, arm: int) -> str:
        if self.alive_over_sets is None:
            return ""
        low, _, high = 100.0 * self.alive_over_sets[:, row, arm]
        return f" ({low:.0f}–{high:.0f})"

    def event_table(self) -> Table:
        """The order of events, with what each time means."""
        rows = tuple((one.label, show_time(one.time_h), one.meaning) for one in self.events)
        header = ("event", "after", "counts as happened at")
        return Table(caption=f"Order of events in {self.lines[0]} on {ARMS[1]}", header=header, rows=rows)

    @cached_property
    def folds(self) -> dict[str, float]:
        """Box of the map -> how many times as much after `MAP_AT_H` on the mimetic, in the first line.

        inf: none at the start.  NaN: none at either time, or no cell is known.
        """
        return {box: self._fold(self.lines[0], readout) for box, readout in COLORED_BY.items()}

    @cached_property
    def seen(self) -> dict[str, Seen]:
        """Line -> what the run saw of it."""
        return {
            line: Seen(
                alive=(float(row[1]), float(row[2]), float(row[3])),
                cIAP1_left=self._fold(line, "cIAP1"),
                TNF_most=float(self._mean(line, "TNF_medium", arm=1).max(skipna=False)),
                caspase8_most=float(self._mean(line, "caspase8_activity", arm=3).max(skipna=False)),
            )
            for line, row in zip(self.lines, self.alive, strict=True)
        }

    def try_next(self, folder: str | PathLike[str] = DEMO_FOLDER) -> list[tuple[str, str]]:
        """What for, and the command."""
        return [(words, command.format(folder=folder)) for words, command in TRY_NEXT]

    def page(self, more: Sequence[Section] = ()) -> str:
        """The report as one self-contained HTML text.

        more: sections after the map and the types of cell.
        """
        lead = (
            f"{', '.join(self.lines)} with a Smac mimetic, with TNF, with both and with neither, "
            f"{self.result.experiments[0].cells} simulated cells each. "
            "What laboratories report, to compare with: "
            "a mimetic takes cIAP1 away; some lines then die of the TNF they make themselves, "
            "others only when TNF is added, and normal cells live."
        )
        return self.result.page(lead=lead, first=self._first(more))

    def figure(self) -> figures.Figure:
        """The demo in one picture: survival of every line under every arm."""
        return self.result.figure("viability")

    def write(
        self,
        folder: str | PathLike[str] = DEMO_FOLDER,
        *,
        force: bool = False,
        sections: Sequence[Section] = (),
        files: Mapping[str, str] | None = None,
    ) -> Path:
        """Write the run's files, the picture and the experiment's file into a folder, all or none.

        Args:
            folder: Made where it does not exist.
            force: Replace the results that are there.
            sections: See `page`.
            files: Further files, such as pages that a section links to: name -> text.

        Raises:
            ExperimentError: the folder holds results and `force` is not set, or it cannot be written.
        """
        own = {"demo.svg": style.to_svg(self.figure()), "demo.toml": self.toml}
        usual = self.result.files(page=self.page(sections))
        return fill(folder, {**usual, **(files or {}), **own}, force=force)

    @property
    def _hours(self) -> float:
        return self.result.experiments[0].duration_s / 3600.0

    def _first(self, more: Sequence[Section]) -> list[Section]:
        parts = [self._map(), self._types(), *more, self._who_lives(), self._in_which_order()]
        if self.over_sets is not None:
            parts.insert(-1, bands_section(self.over_sets, self.lines, ARMS, _arm))
        return parts

    def _mean(self, line: str, readout: str, *, arm: int) -> pd.Series:
        """Mean of a readout over time (h) in one line under one arm."""
        experiments = self.result.experiments
        wanted = next(one.id for one in experiments if one.cell_line == line and _arm(one) == arm)
        return self.result.mean(readout)[wanted]

    def _fold(self, line: str, readout: str) -> float:
        """How many times as much after `MAP_AT_H` on the mimetic as at the start."""
        mean = self._mean(line, readout, arm=1)
        return fold_over(
            float(mean.iloc[0]), float(mean.loc[MAP_AT_H]), unit_of(self.result.readouts, readout)
        )

    def _map(self) -> Section:
        title = f"{self.lines[0]}, {MAP_AT_H:g} h after {ARMS[1]}: how many times as much as at the start"
        figure = pathway_map.draw(self.folds, title=title)
        alt = "Map of the pathway from a Smac mimetic over NF-kB and TNF to the death of the cell"
        caption = (
            "Drawn after what figure 1 of Wu, Tschopp and Lin (2007) tells, with the checkpoint, cFLIP "
            "and XIAP as the model has them; a selection, not the whole network. "
            f"Colored boxes: the run, mean over the cells of {title}. "
            "IKKβ is colored by its product, phosphorylated IκBα, whose peak is earlier (see What happens "
            "first); the TNF gene by its mRNA; the caspases by their active form. Less than one copy counts "
            "as one. Plain white boxes: this run has no readout of them."
        )
        return Section(
            title="The pathway",
            paragraphs=(PATHWAY,),
            pictures=(
                Picture(svg=style.to_inline_svg(figure, name="map", alt=alt), caption=caption, is_wide=True),
            ),
        )

    def _types(self) -> Section:
        table = self.result.readouts
        units = (unit_of(table, "TNF_medium"), unit_of(table, "caspase8_activity"))
        return types_section(self.seen, self.cell_lines, at_h=MAP_AT_H, units=units)

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


def demo(*, cells: int | None = None, ensemble: Ensemble | None = None, **how: Unpack[How]) -> Demo:
    """Run the demo; the experiments stand in `lab/demo.toml`.  `how` as for `run`.

    ensemble: whose sets give the bands; None: no bands.
    """
    text = resources.files("smaclab.lab").joinpath("demo.toml").read_text(encoding="utf-8")
    catalogue = how.get("catalogue") or own_catalogue()
    campaign = load(tomllib.loads(text), catalogue=catalogue)
    if not isinstance(campaign, Campaign):
        raise CatalogueError(f"demo.toml gives {type(campaign).__name__}; it needs a [grid].")
    ordered = replace(campaign, experiments=_by_arm(campaign.experiments))
    over_sets = None
    if ensemble is None:
        result = run(ordered, cells=cells, **how)
    else:
        over_sets = run_ensemble(ordered, DEMO_SETS, ensemble=ensemble, cells=cells, **how)
        result = over_sets.shipped
    labels = {one.id: ARMS[_arm(one)] for one in result.experiments}
    lines = {one.name: one for one in catalogue.cell_lines}
    return Demo(result=replace(result, labels=labels), toml=text, cell_lines=lines, over_sets=over_sets)


def _arm(experiment: Experiment) -> int:
    """Place among `ARMS`: the mimetic counts one, the ligand two."""
    given = {dose.drug for dose in experiment.doses if dose.given}
    return (1 if MIMETIC in given else 0) + (2 if LIGAND in given else 0)


def _by_arm(experiments: Sequence[Experiment]) -> tuple[Experiment, ...]:
    """Line by line in the file's order, within a line in the order of `ARMS`, which colors follow."""
    lines = list(dict.fromkeys(one.cell_line for one in experiments))
    return tuple(sorted(experiments, key=lambda one: (lines.index(one.cell_line), _arm(one))))
