"""Who is alive when? Survival of every experiment of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.courses import replicate_groups
from smaclab.analysis.survival import LogRank, Survival, log_rank, survival_of
from smaclab.lab.endpoint_values import own_name, with_ends
from smaclab.lab.shown import Shown
from smaclab.report.sections import Material, panels
from smaclab.report.survival_curves import survival_curves


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class Survivals(Shown):
    """Survival of every experiment.

    material: the run.
    curves: experiment id -> curve.
    """

    material: Material
    curves: Mapping[str, Survival]

    def table(self) -> pd.DataFrame:
        """A row an experiment: cells, failed, alive at the end (%), median death (h), with intervals."""
        rows = []
        for one in self.material.experiments:
            curve = self.curves[one.id]
            row: dict[str, object] = {
                "experiment": one.id,
                "cell_line": one.cell_line,
                "treatment": self.material.label(one),
                "cells": curve.cells + curve.failed,
                "failed": curve.failed,
            }
            alive = with_ends("alive_percent", curve.at(one.duration_s / 3600.0))
            row |= {name: 100.0 * value for name, value in alive.items()}
            rows.append(row | with_ends("median_death_h", curve.median_h))
        return pd.DataFrame(rows)

    def log_rank(self, *experiments: str) -> LogRank:
        """Whether these experiments (ids; by default all) die alike.

        The same individuals are in each experiment of a line; the test takes them for strangers.

        Raises:
            ExperimentError: an id that the run has not.
            SmaclabError: fewer than two experiments.
        """
        ids = [own_name("experiment", one, list(self.curves), where="this run") for one in experiments]
        return log_rank([self.curves[one] for one in ids or self.curves])

    def figure(self, cell_line: str | None = None, *, width_inches: float = 5.0) -> Figure:
        """Curves with numbers at risk of one cell line; the first by default, and at most seven.

        Cells of experiments that differ only in their seed join one curve.

        Raises:
            ExperimentError: the run has no such line.
        """
        lines = list(dict.fromkeys(one.cell_line for one in self.material.experiments))
        name = lines[0] if cell_line is None else own_name("cell line", cell_line, lines, where="this run")
        firsts = [group[0] for group in replicate_groups(self.material.experiments)]
        title, members = next(
            (title, members)
            for title, members in panels(self.material, firsts)
            if self.material.experiments[members[0]].cell_line == name
        )
        return survival_curves(self.material.survivals(members), title=title, width_inches=width_inches)


def survivals(material: Material) -> Survivals:
    """Survival of every experiment of a run."""
    curves = (
        survival_of(deaths, end_s=one.duration_s)
        for one, deaths in zip(material.experiments, material.death_time_s, strict=True)
    )
    ids = (one.id for one in material.experiments)
    return Survivals(material=material, curves=dict(zip(ids, curves, strict=True)))
