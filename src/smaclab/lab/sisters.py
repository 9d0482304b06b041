"""Do sister cells die alike? Correlations of every experiment that has sisters, and their picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import final

import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.sister_pairs import SisterPairs, sister_pairs
from smaclab.experiment.experiment import Experiment
from smaclab.lab.endpoint_values import with_ends
from smaclab.lab.shown import Shown
from smaclab.report import style
from smaclab.report.page import Picture, Section, Table
from smaclab.report.sections import Material
from smaclab.report.sister_plot import sister_plot, squared
from smaclab.simulate.well_plan import lines_of

TITLE = "Sisters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Sisters of one line in one experiment. since_h: since their mothers' division, h."""

    experiment: Experiment
    cell_line: str
    since_h: float
    pairs: SisterPairs


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class Sisters(Shown):
    """Sisters of a run. material: the run. seen: a line of an experiment each."""

    material: Material
    seen: tuple[Seen, ...]

    def table(self) -> pd.DataFrame:
        """A row an experiment and cell line: time since division (h), pairs by fate, correlation, R².

        The correlation is of the times of death of pairs of which both died, with its 95 % interval; NaN
        where these are fewer than four.
        """
        rows = []
        for one in self.seen:
            found = one.pairs.correlation()
            row: dict[str, object] = {
                "experiment": one.experiment.id,
                "cell_line": one.cell_line,
                "since_division_h": one.since_h,
                "pairs": len(one.pairs.death_h),
                "both_dead": len(one.pairs.both_dead),
                "one_dead": one.pairs.one_dead,
                "both_alive": one.pairs.both_alive,
                "failed": one.pairs.failed,
            }
            rows.append(row | with_ends("correlation", found) | with_ends("r_squared", squared(found)))
        return pd.DataFrame(rows)

    def figure(self, *, width_inches: float = 6.4) -> Figure:
        """Pairs of times of death, and R² over time since division; at most seven groups.

        Experiments that differ only in the time since division are one group.
        """
        groups = dict(list(self._groups().items())[: style.MAX_CURVES])
        return sister_plot(groups, title="Sister cells", width_inches=width_inches)

    def shown(self) -> Table:
        """As text."""
        rows = tuple(
            (
                one.experiment.id,
                one.cell_line,
                f"{one.since_h:g}",
                str(len(one.pairs.death_h)),
                f"{len(one.pairs.both_dead)} / {one.pairs.one_dead} / {one.pairs.both_alive}",
                squared(one.pairs.correlation()).words(2),
            )
            for one in self.seen
        )
        header = (
            "experiment", "cell line", "since division (h)", "pairs", "both, one, none dead",
            "R² of times of death",
        )  # fmt: skip
        return Table(caption="Sister cells, with 95 % intervals", header=header, rows=rows)

    def section(self) -> Section:
        """For the page."""
        svg = style.to_inline_svg(self.figure(), name="sisters", alt="Times of death of sister cells")
        return Section(
            title=TITLE,
            paragraphs=(
                "Sisters have their mother's amounts but for chance at division, and drift apart. R² is of "
                "the times of death of pairs of which both died.",
            ),
            tables=(self.shown(),),
            pictures=(Picture(svg=svg, caption="Sister cells: pairs of times of death."),),
        )

    def _groups(self) -> Mapping[str, Sequence[tuple[float, SisterPairs]]]:
        groups: dict[str, list[tuple[float, SisterPairs]]] = {}
        for one in self.seen:
            alike = replace(one.experiment, population=None)
            words = f"{one.cell_line}, {self.material.label(alike)}"
            how = one.experiment.population
            if how is not None and how.correlation:
                words += f", amounts correlate by {how.correlation:.3g}"
            if one.experiment.seed != self.seen[0].experiment.seed:
                words += f", seed {one.experiment.seed}"
            groups.setdefault(words, []).append((one.since_h, one.pairs))
        return {words: sorted(group, key=lambda one: one[0]) for words, group in groups.items()}


def sisters_of(material: Material) -> Sisters | None:
    """Sisters of a run; None where no experiment has any."""
    seen = []
    for one, deaths in zip(material.experiments, material.death_time_s, strict=True):
        if one.population is None or one.population.since_division_s is None:
            continue
        first = 0
        for line, count in lines_of(one):
            pairs = sister_pairs(deaths[first : first + count])
            since_h = one.population.since_division_s / 3600.0
            seen.append(Seen(experiment=one, cell_line=line, since_h=since_h, pairs=pairs))
            first += count
    return Sisters(material=material, seen=tuple(seen)) if seen else None
