"""Numbers for the page: means, bands, the viability table.

All functions read the readouts table of `assay.measure`: observableId, experimentId, cell, time
(h), simulation, unit.  `cell` is a number while there are few cells, or the name of a statistic
("mean", "q05", ... "q95") where there were many, or empty where an instrument sees the population.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

LOW, HIGH = 0.05, 0.95
"""The band that figures show: nine cells in ten are inside."""


def bands(readouts: pd.DataFrame, readout: str) -> pd.DataFrame:
    """Mean and band of one readout over the cells whose solve worked.

    Returns:
        Columns experimentId, time (h), mean, low, high; rows in the table's order of experiments.
        NaN where no cell is known; low and high NaN where only the population was seen.
    """
    rows = readouts[readouts["observableId"] == readout]
    label = rows["cell"].astype(str)
    is_statistic = label.isin(["mean", "q05", "q95"])
    parts = []
    if is_statistic.any():
        parts.append(_from_statistics(rows[is_statistic], label[is_statistic]))
    is_cell = label.str.fullmatch(r"\d+(\.0)?")
    if is_cell.any():
        parts.append(_from_cells(rows[is_cell]))
    is_population = label.isin(["", "nan", "None", "<NA>"])
    if is_population.any():
        seen = rows.loc[is_population, ["experimentId", "time", "simulation"]]
        seen = seen.rename(columns={"simulation": "mean"})
        parts.append(seen.assign(low=np.nan, high=np.nan))
    if not parts:
        return pd.DataFrame(columns=["experimentId", "time", "mean", "low", "high"])
    return pd.concat(parts, ignore_index=True)


def _from_cells(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby(["experimentId", "time"], sort=False)["simulation"]
    table = pd.DataFrame({"mean": groups.mean(), "low": groups.quantile(LOW), "high": groups.quantile(HIGH)})
    return table.reset_index()


def _from_statistics(rows: pd.DataFrame, label: pd.Series) -> pd.DataFrame:
    names = {"mean": "mean", "q05": "low", "q95": "high"}
    keyed = rows.assign(statistic=label.map(names))
    wide = keyed.pivot_table(
        index=["experimentId", "time"],
        columns="statistic",
        values="simulation",
        sort=False,
        dropna=False,
    )
    wide = wide.reindex(columns=["mean", "low", "high"])
    wide.columns.name = None
    return wide.reset_index()


def unit_of(readouts: pd.DataFrame, readout: str) -> str:
    """The unit that the table states for a readout, or "" where it states none."""
    units = readouts.loc[readouts["observableId"] == readout, "unit"].dropna()
    return str(units.iloc[0]) if len(units) else ""


def median_death_s(death_time_s: np.ndarray) -> np.ndarray:
    """Time by which half of an experiment's known cells are dead.

    Args:
        death_time_s: (experiment, cell), s.  inf: survived.  NaN: the solve failed, so unknown.

    Returns:
        (experiment,), s.  inf where fewer than half died; NaN where no cell is known.
    """
    medians = []
    for row in death_time_s:
        known = np.sort(row[~np.isnan(row)])
        # The ceil(n/2)-th death, never a mean of two: a mean with inf would be inf.
        medians.append(known[(len(known) - 1) // 2] if len(known) else np.nan)
    return np.array(medians)


def survival_curve(death_time_s: np.ndarray, *, end_s: float) -> tuple[np.ndarray, np.ndarray]:
    """Steps of the fraction alive of one experiment.

    Args:
        death_time_s: (cell,), s.  inf: survived.  NaN: the solve failed, so unknown.
        end_s: The end of the run, s; every cell was watched until then.

    Returns:
        times in h and fractions alive, both (step,), from 0 to the end.  Empty where no cell is
        known.
    """
    known = np.sort(death_time_s[~np.isnan(death_time_s)])
    if not len(known):
        return np.empty(0), np.empty(0)
    deaths = known[known <= end_s]
    times = np.concatenate([[0.0], deaths, [end_s]]) / 3600.0
    left = 1.0 - np.arange(len(deaths) + 1) / len(known)
    return times, np.concatenate([left, left[-1:]])


def percent(fraction: float) -> str:
    """'42 %'; 'no cell solved' where it is NaN."""
    return "no cell solved" if np.isnan(fraction) else f"{100 * fraction:.0f} %"


def heat_rows(
    values: Mapping[tuple[str, str], float], rows: Sequence[str], columns: Sequence[str]
) -> np.ndarray:
    """(row, column) array of `values`; NaN where a pair was not asked."""
    return np.array([[values.get((row, column), np.nan) for column in columns] for row in rows])
