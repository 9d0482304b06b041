"""A file of wells to start from: it passes the check as it is, and its values are there to be replaced."""

import csv
import io
from os import PathLike
from pathlib import Path

import pandas as pd

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.plate import PLATES, SHAPES, well_name
from smaclab.lab.workbook import to_xlsx

_LINES = ("EVSA-T", "HCT 116")
_DOSES = (0, 0, 1, 10, 100, 1000)
_LAYERS = ("cell line", "SM-164 [nM]", "TNF [ng/ml]", "siRNA", "viability [%]")
_LONG = (
    *("well", "cell line", "drug", "dose", "unit", "drug 2", "dose 2", "unit 2"),
    *("siRNA", "time", "replicate", "viability [%]", "comment"),
)


def write_template(
    out: str | PathLike[str], *, wells: int = 96, long: bool = False, force: bool = False
) -> Path:
    """Write a plate map, or a long table, with a few wells filled in as an example.

    Args:
        out: The file; .xlsx becomes a workbook with a sheet for each layer, .tsv has tabs, all else commas.
        wells: one of `SHAPES`.
        long: A row a well, and not a map.
        force: Replace the file that is there.

    Raises:
        ExperimentError: the file is there or cannot be written, or there is no such plate.
    """
    if wells not in SHAPES:
        raise ExperimentError(f"a plate of {shown(wells)} wells. It has {PLATES}.")
    path = Path(out)
    tables = {"wells": _long_rows()} if long else {name: _layer(name, wells) for name in _LAYERS}
    try:
        if path.exists() and not force:
            raise ExperimentError(f"{path} is there already. Give another --out, or replace it with --force.")
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".xlsx":
            path.write_bytes(to_xlsx({_sheet_name(name): pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
                                      for name, rows in tables.items()}))  # fmt: skip
        else:
            path.write_text(
                _text(tables, "\t" if path.suffix.lower() == ".tsv" else ","), "utf-8", newline=""
            )
    except (OSError, ValueError) as error:  # a name that is too long, or with a NUL
        words = getattr(error, "strerror", None) or error
        raise ExperimentError(f"{path}: cannot be written ({words}). Give another --out.") from error
    return path


def _layer(name: str, wells: int) -> list[list[str]]:
    """One block: the layer's name in the corner, 1 to 12 beside it, A to H below it."""
    rows, columns = SHAPES[wells]
    header = [name, *(str(column + 1) for column in range(columns))]
    body = [
        [chr(ord("A") + row), *(_example(name, row, column) for column in range(columns))]
        for row in range(rows)
    ]
    return [header, *body]


def _example(layer: str, row: int, column: int) -> str:
    """Two lines in two rows each, the second with TNF, over a series of the mimetic."""
    if row >= 2 * len(_LINES) or column >= len(_DOSES):
        return ""
    if layer == "cell line":
        return _LINES[row // 2]
    if layer == "SM-164 [nM]":
        return str(_DOSES[column])
    return ("10" if row % 2 else "0") if layer == "TNF [ng/ml]" else ""


def _long_rows() -> list[list[str]]:
    rows = [list(_LONG)]
    for row in range(2 * len(_LINES)):
        for column, dose in enumerate(_DOSES):
            tnf = ["TNF", "10", "ng/ml"] if row % 2 else ["", "", ""]
            first = [well_name(row, column), _LINES[row // 2], "SM-164", str(dose), "nM", *tnf]
            rows.append([*first, "", "24 h", "1", "", ""])
    return rows


def _text(tables: dict[str, list[list[str]]], delimiter: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    for number, rows in enumerate(tables.values()):
        writer.writerows([*([[]] if number else []), *rows])
    return buffer.getvalue()


def _sheet_name(layer: str) -> str:
    """Sheets may not hold brackets; the corner of the block says the full name."""
    return layer.split(" [")[0]
