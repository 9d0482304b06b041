"""Mean and band over cells, of one readout over time.

Reads the readouts table of `assay.measure`: observableId, experimentId, cell, time (h), simulation, unit.
`cell` is a number while there are few cells, or the name of a statistic ("mean", "q05", ... "q95") where
there were many, or empty where an instrument sees the population.
"""

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
