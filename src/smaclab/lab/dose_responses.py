"""How much drug does it take? Dose-response of every series of doses of a run.

Intervals are by what is independent. Of viability: individuals, who meet every dose and own their medium. Of
other readouts, of which a well's mean is known: seeds, where there are
two or more; else wells, and such an interval is only that of the scatter around the curve.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.cell_intervals import intervals_by_cells
from smaclab.analysis.dose_response import DoseResponse, fit_dose_response
from smaclab.analysis.dose_series import DoseSeries, dose_series
from smaclab.analysis.estimate import Estimate
from smaclab.analysis.jackknife import jackknifed
from smaclab.errors import ExperimentError
from smaclab.lab.endpoint_values import ALIVE, label_of, own_name, time_of, values_at, with_ends
from smaclab.lab.shown import Shown
from smaclab.report import style
from smaclab.report.dose_curves import DoseCurve, dose_curves
from smaclab.report.sections import Material
from smaclab.report.tables import unit_of
from smaclab.report.words import hours, table_unit, treatment


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class DoseResponses(Shown):
    """One readout at one time over the doses of every series.

    readout, unit: what is measured; viability is the percentage of cells alive.
    at_h: when, h; None: at the end of each experiment.
    series, responses: what was given, and the curve through it; in the same order.
    """

    readout: str
    unit: str
    at_h: float | None
    series: tuple[DoseSeries, ...]
    responses: tuple[DoseResponse, ...]

    def table(self) -> pd.DataFrame:
        """A row a series: Top, Bottom, LogIC50, IC50 and HillSlope with 95 % intervals, and the verdict."""
        rows = []
        for one, seen in zip(self.series, self.responses, strict=True):
            row: dict[str, object] = {
                "cell_line": one.beside.cell_line,
                "drug": one.drug,
                "beside": treatment(one.beside),
                "readout": self.readout,
                "unit": self.unit,
                "time_h": time_of(one.beside, self.at_h),
                "verdict": seen.verdict,
                "interval_by": seen.interval_by,
                "wells": seen.wells,
                "doses": len({dose for dose, _ in one.members}),
            }
            factor, unit = table_unit(one.typed_g_per_mol)
            row |= {"IC50": seen.IC50_nM.value / factor, "IC50_unit": unit}
            for name, estimate in _prism(seen).items():
                row |= with_ends(name, estimate)
            rows.append(row | {"p_no_trend": seen.p_no_trend})
        return pd.DataFrame(rows)

    def figure(self, drug: str | None = None, *, width_inches: float = 5.0) -> Figure:
        """The curves of one drug; the run's first by default, and at most seven.

        Raises:
            ExperimentError: the run has no series of that drug.
        """
        drugs = list(dict.fromkeys(one.drug for one in self.series))
        name = drugs[0] if drug is None else own_name("drug", drug, drugs, where="the series of this run")
        return next(self.panels(name, width_inches=width_inches))[1]

    def panels(self, drug: str, *, width_inches: float = 5.0) -> Iterator[tuple[str, Figure]]:
        """Title and figure of each panel of one drug, seven curves at most in each."""
        own = [(one, seen) for one, seen in zip(self.series, self.responses, strict=True) if one.drug == drug]
        for start in range(0, len(own), style.MAX_CURVES):
            part = own[start : start + style.MAX_CURVES]
            more = f" ({start + 1} to {start + len(part)} of {len(own)})" if len(own) > len(part) else ""
            title = f"{self._what()} over {drug}{more}"
            curves = [DoseCurve(label=label_of(one.beside), response=seen) for one, seen in part]
            ylabel = f"{self.readout} ({self.unit})" if self.readout != ALIVE else "cells alive (%)"
            yield (
                title,
                dose_curves(
                    curves,
                    drug=drug,
                    title=title,
                    ylabel=ylabel,
                    width_inches=width_inches,
                    g_per_mol=_shared({one.typed_g_per_mol for one, _ in part}),
                ),
            )

    def _what(self) -> str:
        when = {time_of(one.beside, self.at_h) for one in self.series}
        said = f" after {hours(3600.0 * when.pop())}" if len(when) == 1 else " at the end"
        return ("Cells alive" if self.readout == ALIVE else self.readout) + said


def dose_responses(
    material: Material, *, drug: str | None = None, readout: str = ALIVE, at_h: float | None = None
) -> DoseResponses:
    """Dose-response of every series of a run.

    Args:
        material: the run.
        drug: only its series.
        readout: the run's own name of it, or "viability".
        at_h: h; the end of each experiment by default.

    Raises:
        ExperimentError: no series of doses, or not looked at then.
    """
    series = dose_series(material.experiments)
    if not series:
        raise ExperimentError(
            f"{len(material.experiments)} experiments and no series of doses: three doses or more of one "
            "drug, and all else equal. Write for example: "
            '[grid] "dose.SM-164.concentration" = ["0 nM", "1 nM", "10 nM"]'
        )
    if drug is not None:
        drugs = list(dict.fromkeys(one.drug for one in series))
        name = own_name("drug", drug, drugs, where="the series of this run")
        series = tuple(one for one in series if one.drug == name)
    values = values_at(material, readout, at_h)
    fits = []
    for one in series:
        doses, members = zip(*one.members, strict=True)
        fit = fit_dose_response(np.array(doses), values[list(members)])
        fits.append(_with_intervals(material, members, fit, readout=readout, at_h=at_h))
    unit = "%" if readout == ALIVE else unit_of(material.readouts, readout)
    return DoseResponses(readout=readout, unit=unit, at_h=at_h, series=series, responses=tuple(fits))


def _with_intervals(
    material: Material, members: tuple[int, ...], fit: DoseResponse, *, readout: str, at_h: float | None
) -> DoseResponse:
    """The same curve with intervals by individuals, by seeds, or by wells where neither is known."""
    seeds = np.array([material.experiments[index].seed for index in members])
    if readout != ALIVE:
        each = np.unique(seeds)
        left_out = np.where(seeds == each[:, None], np.nan, fit.values)
        return jackknifed(fit, left_out, by="seeds")
    return intervals_by_cells(fit, *fates(material, members, seeds, at_h))


def _shared(masses: set[float | None]) -> float | None:
    """g/mol, where all series of a figure were typed by mass."""
    return masses.pop() if len(masses) == 1 else None


def fates(
    material: Material, members: tuple[int, ...], seeds: np.ndarray, at_h: float | None
) -> tuple[np.ndarray, np.ndarray]:
    """(cell, well), 1 alive, 0 dead, NaN not known or not in that well; and the seed of each cell."""
    each, counts = np.unique(seeds), []
    for seed in each:
        own = np.array(members)[seeds == seed]
        counts.append(max(len(material.death_time_s[index]) for index in own))
    first = np.cumsum([0, *counts])
    alive = np.full((first[-1], len(members)), np.nan)
    for well, (seed, index) in enumerate(zip(seeds, members, strict=True)):
        deaths = np.asarray(material.death_time_s[index], dtype=float)
        start = first[int(np.searchsorted(each, seed))]
        is_alive = (deaths > 3600.0 * time_of(material.experiments[index], at_h)).astype(float)
        alive[start : start + len(deaths), well] = np.where(np.isnan(deaths), np.nan, is_alive)
    return alive, np.repeat(each, counts)


def _prism(seen: DoseResponse) -> dict[str, Estimate]:
    """Estimates under the names that Prism gives them."""
    return {
        "Top": seen.top,
        "Bottom": seen.bottom,
        "LogIC50": seen.log_IC50,
        "IC50_nM": seen.IC50_nM,
        "HillSlope": seen.hill_slope,
    }
