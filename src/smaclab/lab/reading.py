"""What an instrument read: a table with PEtab's columns, and a picture of it."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import final

import pandas as pd
from matplotlib.figure import Figure

from smaclab.lab.pictures import origin, save_figure, save_with_table, table_of_means
from smaclab.provenance import Provenance
from smaclab.report import style
from smaclab.report.page import Table


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class Reading:
    """One assay of some samples.

    kind: such as "elisa".
    table: a row a reading: observableId, experimentId, time (h), simulation, unit, replicateId, and what the
        assay has beside them.
    draw: makes the picture, for a width in px.
    provenance: where the numbers come from.
    seed: of the bench; None: no noise.
    """

    id: str
    kind: str
    table: pd.DataFrame
    draw: Callable[[int], Figure]
    provenance: Provenance
    seed: int | None

    def figure(self, *, width_px: int = 800) -> Figure:
        """The picture, 100 dots per inch; letters keep their size."""
        return self.draw(width_px)

    def save(self, path: str | PathLike[str], *, width_px: int = 800) -> Path:
        """Write the picture, SVG or PNG by the name's end; equal readings give equal bytes.

        Raises:
            ExperimentError: another end, or it cannot be written.
        """
        return save_figure(self.figure(width_px=width_px), path, about=self._origin())

    def write(self, path: str | PathLike[str], *, width_px: int = 800, force: bool = False) -> Path:
        """Write the picture, and the table beside it as CSV.

        Raises:
            ExperimentError: another end, something is there and `force` is not set, or it cannot be written.
        """
        return save_with_table(
            self.figure(width_px=width_px), self.table, path, about=self._origin(), force=force
        )

    def _origin(self) -> str:
        return origin(self.provenance, self.seed)

    def means(self) -> Table:
        """Means over the replicates, as text."""
        unit = ", ".join(dict.fromkeys(self.table["unit"]))
        return table_of_means(self.table, f"{self.kind}, mean of the replicates, {unit}, SIMULATED")

    def __repr__(self) -> str:
        return f"Reading {self.id!r}, {self.kind}, SIMULATED\n{self.table}"

    def _repr_html_(self) -> str:
        svg = style.to_inline_svg(
            self.figure(), name=f"{self.id}-{self.kind}", alt=f"{self.kind} of {self.id}"
        )
        return f"<p>{html.escape(self.id)}, {html.escape(self.kind)}, SIMULATED</p>{svg}"
