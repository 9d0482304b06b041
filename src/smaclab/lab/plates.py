"""A file of wells is read, run and given back: the person's own data beside what was simulated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Unpack, final

import pandas as pd

from smaclab.errors import ExperimentError, Problem
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.find import own_name
from smaclab.experiment.plate import Plate
from smaclab.experiment.plate_campaign import PlateCampaign, campaign_of
from smaclab.experiment.plate_default import READ_AT, default_of
from smaclab.experiment.read_plate import examine_plate as examine_file
from smaclab.experiment.read_plate import read_plate as read_file
from smaclab.lab import bench, door
from smaclab.lab.bench import How
from smaclab.lab.folder import fill
from smaclab.lab.plate_pictures import Drawn, pictures
from smaclab.lab.result import Result
from smaclab.lab.wells import agreement, condition_table, well_table
from smaclab.lab.workbook import SIMULATED, has_excel, to_csv, to_xlsx
from smaclab.report import style
from smaclab.report.page import Link, Picture, Section, Table

_PAGE_PX = 640  # the widest picture of the page; a larger one would have smaller letters


def read_plate(
    file: str | PathLike[str],
    *,
    read_at: str = READ_AT,
    cell_line: str | None = None,
    catalogue: Catalogue | None = None,
) -> Plate:
    """The plate that a CSV, TSV or Excel file describes: a plate map or a long table.

    Args:
        file: The file.
        read_at: When wells are read that name no time, such as "24 h".
        cell_line: Of wells that name none.
        catalogue: What names mean; the package's own by default.

    Raises:
        ExperimentError: something is wrong; `.problems` lists everything, with file and cell.
    """
    known = door.own_catalogue() if catalogue is None else catalogue
    return read_file(Path(file), known, default_of(read_at, cell_line, known))


def examine_plate(
    file: str | PathLike[str],
    *,
    read_at: str = READ_AT,
    cell_line: str | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[Plate | None, list[Problem]]:
    """The plate and no problem, or None and every problem of the file.  Arguments as `read_plate`."""
    known = door.own_catalogue() if catalogue is None else catalogue
    try:
        return examine_file(Path(file), known, default_of(read_at, cell_line, known))
    except ExperimentError as error:
        return None, list(error.problems)


def run_plate(
    source: str | PathLike[str] | Plate,
    *,
    readouts: Sequence[str] = (),
    cells: int | None = None,
    seed: int | None = None,
    read_at: str = READ_AT,
    cell_line: str | None = None,
    **how: Unpack[How],
) -> "PlateResult":
    """Run one experiment for each distinct condition of a plate.

    Args:
        source: A file, or what `read_plate` gave.
        readouts: What to look at beside viability and what was measured.
        cells: Simulated for each condition; 50 by default.
        seed: Of all experiments; 1 by default.
        read_at: As for `read_plate`, where `source` is a file.
        cell_line: As for `read_plate`, where `source` is a file.
        **how: workers, progress, catalogue, network and solver, see `bench.How`.

    Raises:
        ExperimentError: something is wrong with the file or an argument; `.problems` lists everything.
    """
    given = how.get("catalogue")
    known = door.own_catalogue() if given is None else given
    if isinstance(source, Plate):
        plate = source
    else:
        plate = read_plate(source, read_at=read_at, cell_line=cell_line, catalogue=known)
    wanted = tuple(_own_readout(name, known) for name in readouts)
    planned = campaign_of(
        plate, readouts=wanted, cells=50 if cells is None else cells, seed=1 if seed is None else seed
    )
    result = bench.run(planned.campaign, **(how | {"catalogue": known}))
    return PlateResult(plate=planned, result=result)


def refuse_plate_options(file: str | PathLike[str], options: Sequence[str]) -> None:
    """Options of plates say nothing about an experiment in TOML, whose file says everything.

    Raises:
        ExperimentError: there is one.
    """
    if options:
        raise ExperimentError(
            f"{file}: {' and '.join(options)} is for plates (CSV, TSV or Excel). "
            "Write it into the file instead."
        )


def _own_readout(name: str, catalogue: Catalogue) -> str:
    found, letter = own_name("readout", name, catalogue)
    if found is None:
        raise ExperimentError(f"readout: {letter}")
    return found


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class PlateResult:
    """What came out of a plate.

    plate: the wells, and which experiment each belongs to.
    result: of the campaign; a failed cell is NaN in it.
    """

    plate: PlateCampaign
    result: Result

    @property
    def exit_code(self) -> int:
        """What the command line returns: 0, or 3 when every cell failed."""
        return self.result.exit_code

    def wells(self) -> pd.DataFrame:
        """A row a well: a person's own columns, then simulated and measured values; see `well_table`."""
        return well_table(self.plate, self.result.readouts)

    def conditions(self) -> pd.DataFrame:
        """A row a condition, replicates averaged; see `wells.condition_table`."""
        return condition_table(self.plate, self.result.readouts)

    def agreement(self) -> pd.DataFrame:
        """RMSE and rank correlation of each measured readout; empty without data; see `wells.agreement`."""
        return agreement(self.plate, self.result.readouts)

    def pictures(self, *, width_px: int = 1000) -> Iterator[Drawn]:
        """The plate and the curves beside the measured points, as figures."""
        return pictures(self.plate, self.result.readouts, width_px=width_px)

    def table(self, *, most: int | None = None) -> Table:
        """A few words a condition, for a terminal; the first `most` of them."""
        conditions = self.conditions()
        shown = [str(n) for n in conditions.columns if SIMULATED in str(n) or "measured, mean" in str(n)]
        rows = [
            (
                str(row["cell line"]),
                str(row["condition"]),
                f"{row['time_h']:g}",
                str(row["wells"]),
                *(_number(row[name]) for name in shown),
            )
            for row in conditions.head(most or len(conditions)).to_dict("records")
        ]
        left = len(conditions) - len(rows)
        caption = f"Conditions (and {left} more, in conditions.csv)" if left else "Conditions"
        header = ("cell line", "condition", "time (h)", "wells", *shown)
        return Table(caption=caption, header=header, rows=tuple(rows))

    def agreement_table(self) -> Table:
        """How simulated and measured means of conditions agree; without rows where nothing was measured."""
        rows = [
            (
                str(row["readout"]),
                str(row["conditions"]),
                _number(row["RMSE"]),
                _number(row["bias"]),
                _number(row["rank correlation"]),
                str(row["unit"]),
            )
            for row in self.agreement().to_dict("records")
        ]
        header = ("readout", "conditions", "RMSE", "bias", "rank correlation", "unit")
        return Table(caption="Simulated beside measured", header=header, rows=tuple(rows))

    def failures(self) -> list[str]:
        """A sentence a kind of failure; empty if all cells were solved."""
        return self.result.failures()

    def files(self) -> dict[str, str | bytes]:
        """File name -> content of everything a run of a plate writes."""
        wells, conditions = self.wells(), self.conditions()
        files: dict[str, str | bytes] = {"results.csv": to_csv(wells), "conditions.csv": to_csv(conditions)}
        if has_excel():
            sheets = {"wells": wells, "conditions": conditions}
            numbers = self.agreement()
            files["results.xlsx"] = to_xlsx(sheets | ({"agreement": numbers} if len(numbers) else {}))
        for one in self.pictures():
            files[f"{one.name}.svg"] = style.to_svg(one.figure)
            files[f"{one.name}.png"] = style.to_png(one.figure)
        page = self.result.page(first=[self._section(files)])
        return {**files, **self.result.files(page=page)}

    def write(self, folder: str | PathLike[str], *, force: bool = False, parquet: bool = False) -> Path:
        """Write everything into a folder, all or nothing; see `files`.

        Raises:
            ExperimentError: the folder holds results and `force` is not set, or it cannot be written.
        """
        more = {"readouts.parquet": self.result.to_parquet()} if parquet else {}
        return fill(folder, {**more, **self.files()}, force=force)

    def _section(self, files: dict[str, Any]) -> Section:
        svgs = (
            Picture(
                svg=style.to_inline_svg(one.figure, name=one.name, alt=one.caption),
                caption=one.caption,
                is_wide=True,
            )
            for one in self.pictures(width_px=_PAGE_PX)
        )
        numbers = self.agreement_table()
        words = [*self.plate.plate.notes]
        if numbers.rows:
            words.append(
                "RMSE and bias compare the means of conditions; the rank correlation asks only for the "
                "order, so it needs no unit. Neither was used to fit anything."
            )
        return Section(
            title="The plate",
            paragraphs=tuple(words),
            tables=(numbers,) if numbers.rows else (),
            pictures=tuple(svgs),
            links=tuple(
                Link(words=name, target=name)
                for name in ("results.csv", "results.xlsx", "conditions.csv")
                if name in files
            ),
        )

    def __repr__(self) -> str:
        wells = len(self.plate.plate.wells)
        return f"PlateResult {self.result.id!r}: {wells} wells, {len(self.result.experiments)} conditions"


def _number(value: object) -> str:
    """Three digits; a dash where it is not known."""
    if not isinstance(value, int | float) or value != value:
        return "–"
    return f"{value:.3g}"
