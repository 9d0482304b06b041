"""What came out of a run: it shows itself, writes itself, and says where it comes from."""

import html
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.bands import bands
from smaclab.analysis.survival import median_death_s
from smaclab.errors import ExperimentError, plain
from smaclab.experiment.experiment import Experiment
from smaclab.lab import door
from smaclab.lab.courses import Courses, courses
from smaclab.lab.dose_responses import DoseResponses, dose_responses
from smaclab.lab.endpoint_values import ALIVE, own_name
from smaclab.lab.endpoints import Endpoints, endpoints_of
from smaclab.lab.folder import fill
from smaclab.lab.growth_rates import GrowthRates, growth_rates
from smaclab.lab.shared_wells import SharedWells
from smaclab.lab.sisters import Sisters, sisters_of
from smaclab.lab.survivals import Survivals, survivals
from smaclab.lab.synergies import Synergies, synergies
from smaclab.lab.well_pictures import well_pictures
from smaclab.provenance import Provenance
from smaclab.report import figures, style
from smaclab.report.page import Page, Section, Table, write_page
from smaclab.report.sections import Material, experiment_table, panels, readout_section, survival_section
from smaclab.report.tables import unit_of
from smaclab.simulate.status import ADVICE, Status
from smaclab.simulate.trajectory import fraction_alive

COLUMNS = ("observableId", "experimentId", "cell", "time", "simulation", "unit")


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class Result:
    """Everything known after a run.

    id: of the experiment or campaign.
    experiments: in the order of the first axis of all arrays.
    readouts: observableId, experimentId, cell, time (h), simulation, unit; NaN where a cell failed.
    death_time_s: (experiment, cell), s.  inf: survived.  NaN: the solve failed, so unknown.
    death_kind: (experiment, cell), text; empty where the cell lives or is unknown.
    status: (experiment, cell), numbers of `simulate.status.Status`; 0 is OK.
    messages: words of failed cells, by (experiment, cell).
    provenance: where the numbers come from.
    descriptions: readout -> what it is.
    labels: experiment id -> its words in legends, where its treatment written out would be too long.
    every_cell: makes the readouts with a row for every cell, beyond 50 cells too.
    wells: where cells share their medium, what happened in the wells.
    """

    id: str
    experiments: tuple[Experiment, ...]
    readouts: pd.DataFrame
    death_time_s: np.ndarray
    death_kind: np.ndarray
    status: np.ndarray
    provenance: Provenance
    messages: Mapping[tuple[int, int], str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    every_cell: Callable[[], pd.DataFrame] | None = None
    wells: SharedWells | None = None

    @property
    def exit_code(self) -> int:
        """What the command line returns: 0, or 3 when every cell failed."""
        return 3 if np.all(self.status != Status.OK) else 0

    def fraction_alive(self, *, at_h: float | None = None) -> pd.Series:
        """Fraction of the known cells alive at a time, by experimentId; NaN where no cell is known.

        at_h: h; the end of each experiment by default.
        """
        rows = []
        for index, experiment in enumerate(self.experiments):
            at_s = experiment.duration_s if at_h is None else 3600.0 * at_h
            rows.append(fraction_alive(self.death_time_s[index : index + 1], np.array([at_s]))[0, 0])
        return pd.Series(rows, index=self._ids(), name="fraction_alive", dtype=float)

    def median_death_h(self) -> pd.Series:
        """Time by which half of the known cells are dead, h, by experimentId; inf where fewer died."""
        hours = median_death_s(self.death_time_s) / 3600.0
        return pd.Series(hours, index=self._ids(), name="median_death_h", dtype=float)

    def mean(self, readout: str) -> pd.DataFrame:
        """Mean over the known cells of one readout: a row a time (h), a column an experiment.

        Raises:
            ExperimentError: the run has no such readout.
        """
        readout = self._own(readout)
        wide = bands(self.readouts, readout).pivot_table(
            index="time", columns="experimentId", values="mean", sort=False, dropna=False
        )
        return wide.sort_index().reindex(columns=self._ids())

    def figure(self, readout: str = "viability", *, cell_line: str | None = None) -> Figure:
        """A matplotlib figure of one readout over time, a panel a cell line.

        Args:
            readout: One of the run's; "viability" draws the fraction alive.
            cell_line: Only this line's panels.

        Raises:
            ExperimentError: the run has no such readout or cell line.
        """
        material = self._material()
        lines = list(dict.fromkeys(one.cell_line for one in self.experiments))
        if cell_line is not None:
            cell_line = own_name("cell line", cell_line, lines, where=self.id)
        wanted = [
            (title, members)
            for title, members in panels(material)
            if cell_line in (None, self.experiments[members[0]].cell_line)
        ]
        if plain(readout) == "viability":
            return figures.survival({title: material.curves(members) for title, members in wanted})
        readout = self._own(readout)
        named = {f"{readout}, {title}": material.words(members) for title, members in wanted}
        return figures.time_course(bands(self.readouts, readout), named, unit=unit_of(self.readouts, readout))

    def dose_response(
        self, drug: str | None = None, *, readout: str = ALIVE, at_h: float | None = None
    ) -> DoseResponses:
        """Dose-response of every series of doses: Top, Bottom, IC50 and HillSlope with 95 % intervals.

        Args:
            drug: Only its series; all by default.
            readout: One of the run's; "viability" is the percentage of cells alive.
            at_h: When, h; the end of each experiment by default.

        Raises:
            ExperimentError: no series of three doses or more, or no such drug, readout or time.
        """
        named = ALIVE if plain(readout) == ALIVE else self._own(readout)
        return dose_responses(self._material(), drug=drug, readout=named, at_h=at_h)

    def synergy(self, model: str | None = None, *, at_h: float | None = None) -> Synergies:
        """Synergy of every matrix of two drugs, by the percentage of cells dead.

        Args:
            model: "Bliss", "HSA", "Loewe" or "ZIP"; all four by default.
            at_h: When, h; the end by default.

        Raises:
            ExperimentError: no matrix, or no such model.
        """
        return synergies(self._material(), model=model, at_h=at_h)

    def growth_rate(
        self, drug: str | None = None, *, at_h: float | None = None, doubling_h: float | None = None
    ) -> GrowthRates:
        """Growth-rate inhibition (GR) of every series of doses; survivors divide as their line does.

        Args:
            drug: Only its series; all by default.
            at_h: When, h; the end of each experiment by default.
            doubling_h: Of the cells, h; what the package's own lines say by default.

        Raises:
            ExperimentError: no series, no control that grows, or no doubling time of a line.
        """
        material = self._material()
        doses = dose_responses(material, drug=drug, at_h=at_h)
        lines = door.own_catalogue().cell_lines if doubling_h is None else ()
        known_h = {line.name: line.doubling_time_s.value / 3600.0 for line in lines}
        return growth_rates(material, doses, doubling_h, known_h)

    def survival(self) -> Survivals:
        """Kaplan-Meier curves of every experiment, with intervals, medians and the log-rank test."""
        return survivals(self._material())

    def sisters(self) -> Sisters:
        """Times of death of sister cells, and how they correlate.

        Raises:
            ExperimentError: no experiment has sisters.
        """
        found = sisters_of(self._material())
        if found is None:
            raise ExperimentError(
                f"{self.id}: no experiment has sisters. Write [population] with sisters = true and "
                'since_division = "2 h".'
            )
        return found

    def courses(self, readout: str) -> Courses:
        """One readout over time: means, SD and half-times, with seeds as replicates.

        Raises:
            ExperimentError: the run has no such readout.
        """
        return courses(self._material(), self._own(readout))

    @cached_property
    def endpoints(self) -> Endpoints:
        """Dose-response and synergy, as far as the run has series of doses and matrices."""
        return endpoints_of(self._material())

    def failures(self) -> list[str]:
        """A sentence a kind of failure: how many cells, why, what to try; empty if all were solved."""
        lines = []
        for kind in Status:
            where = np.argwhere(self.status == kind)
            if kind == Status.OK or not len(where):
                continue
            experiment, cell = (int(number) for number in where[0])
            words = self.messages.get((experiment, cell), "")
            lines.append(
                f"{len(where)} of {self.status.size} cells failed with {kind.name}, the first being "
                f"cell {cell} of {self.experiments[experiment].id}. {ADVICE[kind]}"
                f"{' It said: ' + words if words else ''}"
            )
        return lines

    def table(self) -> Table:
        """Who lives, a row an experiment, as text."""
        return experiment_table(self._material())

    def summary(self) -> str:
        """A few lines for a terminal: who lives, what failed."""
        table = self.table()
        rows = [table.header, *table.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(table.header))]
        lines = [
            "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows
        ]
        return "\n".join([line.rstrip() for line in lines] + self.failures())

    def page(self, *, lead: str | None = None, first: Sequence[Section] = ()) -> str:
        """The report as one self-contained HTML text.

        lead: One paragraph under the title.
        first: Sections to put before those that every run has.
        """
        material = self._material()
        count = len(self.experiments)
        usual = f"{count} simulated experiment{'s' if count > 1 else ''}, {self.status.shape[1]} cells each."
        usual_sections = [survival_section(material), readout_section(material, self.descriptions)]
        wells = []
        if self.wells is not None:
            pictures = well_pictures(self.wells, self.readouts)
            growth = self.wells.growth()
            tables = (self.wells.shown(), *(() if growth is None else (growth,)))
            wells = [Section(title="Wells", tables=tables, pictures=pictures)]
        sections = [*first, *wells, *self.endpoints.sections(), *usual_sections]
        return write_page(
            Page(
                title=self.id,
                lead=lead or usual,
                sections=[one for one in sections if one.tables or one.pictures or one.links],
                provenance=self.provenance,
                warnings=tuple(self.failures()),
            )
        )

    def files(self, *, page: str | None = None) -> dict[str, str]:
        """File name -> text of everything a run writes.

        page: `report.html` in place of the run's own, whose pictures are not drawn then.
        """
        return {
            "readouts.csv": self.to_csv(),
            "report.html": self.page() if page is None else page,
            "run.json": self.provenance.to_json(),
            **self.endpoints.files(),
            **(self.wells.files() if self.wells is not None else {}),
        }

    def to_csv(self) -> str:
        """The readouts table as text: NaN for what is unknown, an empty cell for the population."""
        table = self.readouts.loc[:, list(COLUMNS)]
        cell = table["cell"].astype(object).where(table["cell"].notna(), "")
        return table.assign(cell=cell).to_csv(index=False, na_rep="NaN", lineterminator="\n")

    def to_parquet(self) -> bytes:
        """The readouts of every cell as Parquet; the columns are those of `readouts.csv`.

        Raises:
            ExperimentError: pyarrow, the extra [parquet], is not installed.
        """
        refuse_without_pyarrow()
        table = self.readouts if self.every_cell is None else self.every_cell()
        buffer = io.BytesIO()
        table.loc[:, list(COLUMNS)].to_parquet(buffer, index=False)
        return buffer.getvalue()

    def write(self, folder: str | PathLike[str], *, force: bool = False, parquet: bool = False) -> Path:
        """Write `run.json`, `readouts.csv` and `report.html` into a folder, all or none.

        A campaign with series of doses adds `dose_response.csv`, one with matrices `synergy.csv` and
        `synergy_wells.csv`.

        parquet: `readouts.parquet` too, with every cell.

        Raises:
            ExperimentError: the folder holds results and `force` is not set, or it cannot be written.
        """
        more = {"readouts.parquet": self.to_parquet()} if parquet else {}
        return fill(folder, {**more, **self.files()}, force=force)

    def __repr__(self) -> str:
        return f"Result {self.id!r}\n{self.summary()}"

    def _repr_html_(self) -> str:
        table = self.table()
        head = "".join(f"<th>{html.escape(name)}</th>" for name in table.header)
        rows = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in table.rows)
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        picture = style.to_inline_svg(self.figure(), name=f"{self.id}-alive", alt="Cells alive over time")
        failures = "".join(f"<p>{html.escape(line)}</p>" for line in self.failures())
        return (
            f"<p>{html.escape(self.id)}, SIMULATED</p><table><tr>{head}</tr>{body}</table>{failures}{picture}"
        )

    def _ids(self) -> list[str]:
        return [one.id for one in self.experiments]

    def _material(self) -> Material:
        return Material(
            experiments=self.experiments,
            readouts=self.readouts,
            death_time_s=tuple(self.death_time_s),
            labels=self.labels,
        )

    def _own(self, readout: str) -> str:
        known = [str(name) for name in self.readouts["observableId"].unique()]
        return own_name("readout", readout, known, where=f"the results of {self.id}")


def refuse_without_pyarrow() -> None:
    """Say before a long run, not after it, that Parquet cannot be written.

    Raises:
        ExperimentError: pyarrow is not installed.
    """
    writer = "pyarrow"
    if find_spec(writer) is None:
        raise ExperimentError(
            f"{writer!r} is not installed; Parquet needs the extra [parquet]: pip install 'smaclab[parquet]'."
        )
