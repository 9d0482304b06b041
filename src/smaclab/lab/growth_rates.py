"""Growth-rate inhibition (GR) of every series of doses of a run.

Cells of a run are founders of lineages. So a count is a sum over these, by one assumption: who lives at the
end has divided as the line does, whatever the drug, and who died has left nobody. Drugs that only slow
the division of survivors are not seen.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.dose_response import fit_dose_response
from smaclab.analysis.dose_series import DoseSeries
from smaclab.analysis.growth_rate import GrowthRate, fit_growth_rate, growth_rate_inhibition
from smaclab.errors import ExperimentError
from smaclab.lab.dose_responses import DoseResponses, fates
from smaclab.lab.endpoint_values import ALIVE, label_of, time_of, values_at, with_ends
from smaclab.lab.shown import Shown
from smaclab.report.dose_curves import DoseCurve, dose_curves
from smaclab.report.sections import Material
from smaclab.report.words import treatment

MOST_BLOCKS = 20
"""Blocks of individuals; with more, Student's t hardly gets narrower, and each is a fit."""


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class GrowthRates(Shown):
    """GR metrics of every series.

    at_h: when, h; None: at the end of each experiment.
    series: what was given.
    doubling_h: (series,), of the lines, h.
    values: for each series (well,), GR, in the order of its members without the controls.
    found: the metrics, in the same order.
    """

    at_h: float | None
    series: tuple[DoseSeries, ...]
    doubling_h: tuple[float, ...]
    values: tuple[np.ndarray, ...]
    found: tuple[GrowthRate, ...]

    def table(self) -> pd.DataFrame:
        """A row a series: GR50, GRmax, the area over the curve, and GRinf, GEC50 and hGR with intervals."""
        rows = []
        for one, doubling, seen in zip(self.series, self.doubling_h, self.found, strict=True):
            row: dict[str, object] = {
                "cell_line": one.beside.cell_line,
                "drug": one.drug,
                "beside": treatment(one.beside),
                "time_h": time_of(one.beside, self.at_h),
                "doubling_h": doubling,
                "GR50_nM": seen.GR50_nM,
                "GR_max": seen.GR_max,
                "GR_AOC": seen.GR_AOC,
            }
            for name in ("GR_inf", "GEC50_nM", "h_GR"):
                row |= with_ends(name, getattr(seen, name))
            rows.append(row | {"p_no_trend": seen.p_no_trend})
        return pd.DataFrame(rows)

    def figure(self, *, width_inches: float = 5.0) -> Figure:
        """GR over the dose of the first drug, seven series at most."""
        drug = self.series[0].drug
        curves = []
        for one, values in zip(self.series, self.values, strict=True):
            if one.drug == drug:
                doses = np.array([dose for dose, _ in one.members if dose > 0])
                response = fit_dose_response(np.append(0.0, doses), np.append(1.0, values))
                curves.append(DoseCurve(label=label_of(one.beside), response=response))
        when = {time_of(one.beside, self.at_h) for one in self.series}
        title = "Growth-rate inhibition" + (f" after {when.pop():g} h" if len(when) == 1 else "")
        return dose_curves(curves[:7], drug=drug, title=title, ylabel="GR", width_inches=width_inches)


def growth_rates(
    material: Material, doses: DoseResponses, doubling_h: float | None, known_h: dict[str, float]
) -> GrowthRates:
    """GR metrics of every series of a run.

    Args:
        material: the run.
        doses: its series, and when to look.
        doubling_h: of the lines, h; None: what is known of each.
        known_h: cell line -> doubling time, h.

    Raises:
        ExperimentError: a series without a control, or whose control does not grow, or a line of which no
            doubling time is known.
    """
    found, all_values, doublings = [], [], []
    alive = values_at(material, ALIVE, doses.at_h) / 100.0
    for one in doses.series:
        doubling = known_h.get(one.beside.cell_line) if doubling_h is None else doubling_h
        if doubling is None or not doubling > 0:
            raise ExperimentError(
                f"{one.beside.cell_line}: no doubling time is known ({doubling}). Give one: doubling_h=24."
            )
        growth = 2.0 ** (time_of(one.beside, doses.at_h) / doubling)
        amounts = np.array([dose for dose, _ in one.members])
        members = tuple(index for _, index in one.members)
        if not (amounts == 0).any():
            raise ExperimentError(
                f"{one.drug} in {label_of(one.beside)}: no well without the drug. GR needs a control, 0 nM."
            )
        owners = np.array([material.experiments[index].seed for index in members])
        each, _ = fates(material, members, owners, doses.at_h)
        blocks = min(MOST_BLOCKS, len(each))
        block = np.arange(len(each)) % blocks
        rows = [alive[list(members)], *(_alive(each[block != place]) for place in range(blocks))]
        inhibited = np.stack([_inhibited(row, amounts, growth, one) for row in rows])
        given = amounts > 0
        found.append(fit_growth_rate(amounts[given], inhibited[0], inhibited[1:]))
        all_values.append(inhibited[0])
        doublings.append(float(doubling))
    return GrowthRates(
        at_h=doses.at_h,
        series=doses.series,
        doubling_h=tuple(doublings),
        values=tuple(all_values),
        found=tuple(found),
    )


def _alive(fates: np.ndarray) -> np.ndarray:
    """(well,): the fraction alive of (cell, well) fates; NaN where no cell is known."""
    known = ~np.isnan(fates)
    count = known.sum(axis=0)
    total = np.where(known, fates, 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)


def _inhibited(alive: np.ndarray, doses: np.ndarray, growth: float, one: DoseSeries) -> np.ndarray:
    """GR of the wells with the drug, by the mean of those without."""
    control = float(np.nanmean(alive[doses == 0])) * growth
    if not control > 1.0:
        raise ExperimentError(
            f"{one.drug} in {label_of(one.beside)}: the control shrinks to {control:.2f} of its start, and "
            "GR needs one that grows. Look earlier, or leave out what kills it."
        )
    return growth_rate_inhibition(alive[doses > 0] * growth, start=1.0, control=control)
