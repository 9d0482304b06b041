"""What the page of a run holds: the table of its experiments, survival, and every readout over time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smaclab.analysis.bands import bands
from smaclab.analysis.courses import courses_of, replicate_groups
from smaclab.analysis.survival import Survival, median_death_s, survival_of
from smaclab.experiment.experiment import Experiment
from smaclab.report import figures, style
from smaclab.report.page import Picture, Section, Table
from smaclab.report.replicates import replicate_courses
from smaclab.report.survival_curves import survival_curves
from smaclab.report.tables import percent, unit_of
from smaclab.report.words import hours, treatment

MAX_PICTURES = 60
"""A page with more figures than this opens slowly; the rest stays in `readouts.csv`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a page is made of.

    experiments: in the order of the first axis.
    readouts: the readouts table.
    death_time_s: one (cell,) array an experiment, s.  inf: survived.  NaN: the solve failed, so unknown.
    labels: experiment id -> its words in legends; where one is missing, its treatment is written out.
    """

    experiments: Sequence[Experiment]
    readouts: pd.DataFrame
    death_time_s: Sequence[np.ndarray]
    labels: Mapping[str, str]

    def label(self, experiment: Experiment) -> str:
        """The words for one experiment."""
        return self.labels.get(experiment.id) or treatment(experiment)

    def words(self, members: Sequence[int]) -> dict[str, str]:
        """Experiment id -> label of the experiments with these indices, in order."""
        return {self.experiments[index].id: self.label(self.experiments[index]) for index in members}

    def own_labels(self, members: Iterable[int]) -> list[str]:
        """Words for the experiments with these indices; equal words are told apart by the id."""
        found: list[str] = []
        for index in members:
            label = self.label(self.experiments[index])
            found.append(f"{label} ({self.experiments[index].id})" if label in found else label)
        return found

    def survivals(self, members: Sequence[int]) -> dict[str, Survival]:
        """Survival curves of the experiments with these indices, by their words, in order.

        Cells of experiments that differ only in their seed are other individuals: they join the curve.
        """
        groups = {group[0]: group for group in replicate_groups(self.experiments)}
        curves = (
            survival_of(
                np.concatenate([self.death_time_s[one] for one in groups.get(index, (index,))]),
                end_s=self.experiments[index].duration_s,
            )
            for index in members
        )
        return dict(zip(self.own_labels(members), curves, strict=True))

    def curves(self, members: Sequence[int]) -> list[figures.Curve]:
        """Survival curves of the experiments with these indices, in order."""
        return [
            figures.Curve(
                label=self.label(self.experiments[index]),
                death_time_s=self.death_time_s[index],
                end_s=self.experiments[index].duration_s,
            )
            for index in members
        ]


def alive_at_end(death_time_s: np.ndarray) -> float:
    """Fraction of the known cells that never died; NaN where no cell is known.

    death_time_s: (cell,), s.  inf: survived.  NaN: the solve failed, so unknown.
    """
    known = death_time_s[~np.isnan(death_time_s)]
    return float(np.mean(np.isinf(known))) if len(known) else float("nan")


def experiment_table(material: Material) -> Table:
    """One row an experiment: who, what was done, how many cells, how many live."""
    rows = []
    for experiment, deaths in zip(material.experiments, material.death_time_s, strict=True):
        median = float(median_death_s(deaths[np.newaxis])[0])
        rows.append(
            (
                experiment.id,
                experiment.cell_line,
                material.label(experiment),
                str(len(deaths)),
                str(int(np.isnan(deaths).sum())),
                f"{percent(alive_at_end(deaths))} at {hours(experiment.duration_s)}",
                hours(median) if np.isfinite(median) else "–",
            )
        )
    header = ("experiment", "cell line", "treatment", "cells", "failed", "alive", "median death")
    return Table(caption="Experiments", header=header, rows=tuple(rows))


def panels(material: Material, members: Iterable[int] | None = None) -> Iterator[tuple[str, list[int]]]:
    """Title and indices of the experiments of each panel: one cell line, at most seven curves.

    members: only these experiments; all by default.
    """
    by_line: dict[str, list[int]] = {}
    for index in range(len(material.experiments)) if members is None else members:
        by_line.setdefault(material.experiments[index].cell_line, []).append(index)
    for line, own in by_line.items():
        size = style.MAX_CURVES
        for start in range(0, len(own), size):
            part = own[start : start + size]
            more = f" ({start + 1} to {start + len(part)} of {len(own)})" if len(own) > size else ""
            yield f"{line}{more}", part


def survival_section(material: Material) -> Section:
    """Who is alive when: the table and one survival panel a cell line."""
    pictures = []
    wanted = list(panels(material, [group[0] for group in replicate_groups(material.experiments)]))
    for number, (title, members) in enumerate(wanted[:MAX_PICTURES]):
        svg = style.to_inline_svg(
            survival_curves(material.survivals(members), title=title),
            name=f"alive{number}",
            alt=f"Cells alive over time, {title}",
        )
        caption = f"{title}: cells alive over time (Kaplan-Meier), and how many are still at risk."
        pictures.append(Picture(svg=svg, caption=caption))
    return Section(
        title="Who lives",
        paragraphs=(
            "Curves that would lie on each other are drawn half a percent apart. Bands, where there are "
            "three curves or fewer: 95 % intervals of the fraction alive. Failed cells are left out; cells "
            "of equal experiments with other seeds are taken together.",
            *_left_out(wanted),
        ),
        tables=(experiment_table(material),),
        pictures=tuple(pictures),
    )


def readout_section(material: Material, descriptions: Mapping[str, str]) -> Section:
    """Every readout but viability over time, one panel a cell line; replicates as points where there are any.

    descriptions: readout -> what it is, for the caption.
    """
    if any(len(group) > 1 for group in replicate_groups(material.experiments)):
        return _replicate_section(material, descriptions)
    names = [str(name) for name in material.readouts["observableId"].unique() if name != "viability"]
    wanted = [(name, title, members) for name in names for title, members in panels(material)]
    pictures = []
    tables = {name: bands(material.readouts, name) for name in names}
    for number, (name, title, members) in enumerate(wanted[:MAX_PICTURES]):
        figure = figures.time_course(
            tables[name], {f"{name}, {title}": material.words(members)}, unit=unit_of(material.readouts, name)
        )
        svg = style.to_inline_svg(figure, name=f"course{number}", alt=f"{name} over time, {title}")
        pictures.append(Picture(svg=svg, caption=descriptions.get(name, "")))
    text = [
        "Line: mean over cells. Band: from the 5th to the 95th percentile of cells. "
        "After its death a cell keeps its last values."
    ]
    return Section(
        title="What happens inside", paragraphs=(*text, *_left_out(wanted)), pictures=tuple(pictures)
    )


def _replicate_section(material: Material, descriptions: Mapping[str, str]) -> Section:
    """Every readout but viability over time: means, SD and replicates."""
    names = [str(name) for name in material.readouts["observableId"].unique() if name != "viability"]
    wanted = []
    for name in names:
        courses = {one.members[0]: one for one in courses_of(material.readouts, name, material.experiments)}
        looks: dict[bytes, list[int]] = {}  # a panel has one set of times
        for first, one in courses.items():
            looks.setdefault(one.time_h.tobytes(), []).append(first)
        wanted += [
            (name, title, [(index, courses[index]) for index in members])
            for own in looks.values()
            for title, members in panels(material, own)
        ]
    pictures = []
    for number, (name, title, parts) in enumerate(wanted[:MAX_PICTURES]):
        labels = material.own_labels(index for index, _ in parts)
        figure = replicate_courses(
            parts[0][1].time_h,
            {label: one.values for label, (_, one) in zip(labels, parts, strict=True)},
            title=f"{name}, {title}",
            ylabel=unit_of(material.readouts, name),
        )
        svg = style.to_inline_svg(figure, name=f"course{number}", alt=f"{name} over time, {title}")
        pictures.append(Picture(svg=svg, caption=descriptions.get(name, "")))
    text = (
        "Points: replicates, which are seeds; each is the mean over its cells. Line and bars: mean and SD of "
        "the replicates. After its death a cell keeps its last values."
    )
    return Section(
        title="What happens inside", paragraphs=(text, *_left_out(wanted)), pictures=tuple(pictures)
    )


def _left_out(wanted: Sequence[object]) -> tuple[str, ...]:
    """A sentence about the panels that the page has no room for, if there are any."""
    more = len(wanted) - MAX_PICTURES
    return (f"{more} more panels are left out; their numbers are in readouts.csv.",) if more > 0 else ()
