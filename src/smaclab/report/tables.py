"""Words for the page's tables: units, percentages, rows of a heat table."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd


def unit_of(readouts: pd.DataFrame, readout: str) -> str:
    """The unit that the table states for a readout, or "" where it states none."""
    units = readouts.loc[readouts["observableId"] == readout, "unit"].dropna()
    return str(units.iloc[0]) if len(units) else ""


def percent(fraction: float) -> str:
    """'42 %'; 'no cell solved' where it is NaN."""
    return "no cell solved" if np.isnan(fraction) else f"{100 * fraction:.0f} %"


def heat_rows(
    values: Mapping[tuple[str, str], float], rows: Sequence[str], columns: Sequence[str]
) -> np.ndarray:
    """(row, column) array of `values`; NaN where a pair was not asked."""
    return np.array([[values.get((row, column), np.nan) for column in columns] for row in rows])
