"""A blot that was done: a picture that shows itself, and the densitometry of every replicate."""

import html
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.assay.immunoblot import Exposed, Immunoblot
from smaclab.errors import ExperimentError
from smaclab.experiment.antibody import LYSATE
from smaclab.lab.pictures import origin, save_figure, save_with_table, table_of_means
from smaclab.lab.samples import Taken
from smaclab.provenance import Provenance
from smaclab.report import style
from smaclab.report.blot import draw
from smaclab.report.blot_sheet import Panel
from smaclab.report.lanes import describe
from smaclab.report.page import Table

COLUMNS = (
    *("observableId", "experimentId", "time", "simulation", "unit", "replicateId"),
    *("lane", "panel", "kDa", "saturated", "loading", "normalized", "copies"),
)


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class Blot:
    """A blot: a picture of one replicate, and the densitometry of all.

    taken: the samples, in the order of the lanes.
    exposed: the strips, from top to bottom.
    instrument: how it was done. seed: of the bench; None: no noise.
    provenance: where the numbers come from.
    """

    id: str
    taken: Taken
    exposed: tuple[Exposed, ...]
    instrument: Immunoblot
    seed: int | None
    provenance: Provenance

    @property
    def replicates(self) -> int:
        """How many times the same samples were run."""
        return len(self.exposed[0].film)

    def densitometry(self) -> pd.DataFrame:
        """A row a band, lane and replicate, with PEtab's columns.

        Returns:
            observableId (antibody, and band where it has several), experimentId, time (h), simulation
            (volume of the band, a.u.), unit, replicateId, lane (from 1), panel, kDa, saturated, loading
            (volume of the loading control in that lane), normalized (simulation over it, NaN where the panel
            has none), copies (what is there, molecules a cell). NaN where all cells of a sample failed.
        """
        controls = {one.strip.panel: one.volume[:, :, 0] for one in self.exposed if one.strip.is_loading}
        blocks = [
            self._rows(one, group, controls.get(one.strip.panel))
            for one in self.exposed
            for group in range(len(one.strip.labels))
        ]
        return pd.concat(blocks, ignore_index=True)

    def figure(self, *, replicate: int = 1, width_px: int = 1000) -> Figure:
        """The picture, 100 dots per inch.

        Args:
            replicate: from 1.
            width_px: letters keep their size, lanes shrink.

        Raises:
            ExperimentError: there is no such replicate, or the picture is too narrow for the lanes.
        """
        if not 1 <= replicate <= self.replicates:
            raise ExperimentError(f"Replicate {replicate}: there are {self.replicates}, counted from 1.")
        panels: dict[str, list[Exposed]] = {}
        for one in self.exposed:
            panels.setdefault(one.strip.panel, []).append(one)
        is_plain = list(panels) == [LYSATE]
        titles = {name: "" if is_plain else f"{name[0].upper()}{name[1:]}" for name in panels}
        lanes = describe(
            self.taken.experiments, [one.time_h for one in self.taken.samples], self.taken.masses()
        )
        return draw(
            [Panel(title=titles[name], strips=strips) for name, strips in panels.items()],
            lanes,
            replicate=replicate - 1,
            note=self._note(replicate),
            width_px=width_px,
        )

    def save(self, path: str | PathLike[str], *, replicate: int = 1, width_px: int = 1000) -> Path:
        """Write the picture, SVG or PNG by the name's end; equal blots give equal bytes.

        Raises:
            ExperimentError: another end, or it cannot be written.
        """
        figure = self.figure(replicate=replicate, width_px=width_px)
        return save_figure(figure, path, about=origin(self.provenance, self.seed))

    def write(
        self, path: str | PathLike[str], *, replicate: int = 1, width_px: int = 1000, force: bool = False
    ) -> Path:
        """Write the picture, and the densitometry beside it as CSV.

        Raises:
            ExperimentError: another end, something is there and `force` is not set, or it cannot be written.
        """
        figure = self.figure(replicate=replicate, width_px=width_px)
        about = origin(self.provenance, self.seed)
        return save_with_table(figure, self.densitometry(), path, about=about, force=force)

    def means(self) -> Table:
        """Means of the densitometry over the replicates, as text."""
        caption = f"Densitometry, mean of {self.replicates}, a.u., SIMULATED"
        return table_of_means(self.densitometry(), caption)

    def __repr__(self) -> str:
        names = ", ".join(dict.fromkeys(one.strip.name for one in self.exposed))
        return f"Blot {self.id!r}, SIMULATED: {names}; {len(self.taken.samples)} lanes, n = {self.replicates}"

    def _repr_html_(self) -> str:
        svg = style.to_inline_svg(self.figure(width_px=800), name=f"{self.id}-blot", alt=repr(self))
        return f"<p>{html.escape(self.id)}, SIMULATED</p>{svg}"

    def _note(self, replicate: int) -> str:
        """What a reader of the picture needs to know of how it was made."""
        noise = "no noise" if self.seed is None else f"replicate {replicate} of {self.replicates}"
        given, times = self.instrument.exposure, self.instrument.times
        words = f"{given} exposure (× {times:g})" if isinstance(given, str) else f"exposure × {times:g}"
        how = "" if times == 1.0 else f", {words}"
        return f"smaclab: {self.instrument.detector}{how}, {noise}"

    def _rows(self, one: Exposed, group: int, loading: np.ndarray | None) -> pd.DataFrame:
        """loading: (replicate, sample)."""
        strip, n = one.strip, len(self.taken.samples)
        label = strip.labels[group]
        name = strip.name if len(strip.labels) == 1 else f"{strip.name}: {label}"
        volume = one.volume[:, :, group]
        control = np.full_like(volume, np.nan) if loading is None or strip.is_loading else loading
        with np.errstate(divide="ignore", invalid="ignore"):
            normalized = volume / control
        columns = {
            "observableId": name,
            "experimentId": [sample.experiment for sample in self.taken.samples] * self.replicates,
            "time": [sample.time_h for sample in self.taken.samples] * self.replicates,
            "simulation": volume.ravel(),
            "unit": "a.u.",
            "replicateId": np.repeat(np.arange(1, self.replicates + 1), n),
            "lane": list(range(1, n + 1)) * self.replicates,
            "panel": strip.panel,
            "kDa": strip.sizes_kDa[group],
            "saturated": one.is_saturated[:, :, group].ravel(),
            "loading": control.ravel(),
            "normalized": normalized.ravel(),
            "copies": np.tile(one.copies[:, group], self.replicates),
        }
        return pd.DataFrame(columns, columns=list(COLUMNS))
