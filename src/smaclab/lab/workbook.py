"""Tables as CSV and as Excel: no text of a stranger becomes a formula, and equal tables are equal bytes."""

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import pandas as pd

from smaclab.errors import ExperimentError

SIMULATED = "SIMULATED"
"""In the name of every column whose numbers come from the model."""

_WRITER = "openpyxl"
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four: full-width forms
_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?\s*%?", re.ASCII)
_NEVER = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def safe_text(text: str) -> str:
    """The text with a quote before it where a spreadsheet would read it as a formula.

    Numbers with a sign stay as they are: a spreadsheet reads them as numbers.
    """
    bare = text.lstrip()
    if not bare.startswith(_FORMULA) or _NUMBER.fullmatch(bare):
        return text
    return f"'{text}"


def to_csv(table: pd.DataFrame) -> str:
    """The table as CSV: NaN where a simulated cell is not known, empty where nothing was measured."""
    return _safe(table).to_csv(index=False, lineterminator="\n", float_format="%.10g")


def has_excel() -> bool:
    """Whether the extra [excel] is installed."""
    return find_spec(_WRITER) is not None


def to_xlsx(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """A workbook with a sheet for each table.

    Raises:
        ExperimentError: openpyxl, the extra [excel], is not installed.
    """
    if not has_excel():
        raise ExperimentError(
            f"{_WRITER!r} is not installed; Excel needs the extra [excel]: pip install 'smaclab[excel]'."
        )
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "smaclab"
    book.properties.description = "SIMULATED columns are computed from a model."
    book.properties.created = datetime.datetime(*_NEVER[:3])
    for name, table in tables.items():
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for row, values in enumerate([list(table.columns), *_safe(table).values.tolist()], start=1):
            for column, value in enumerate(values, start=1):
                cell = sheet.cell(row, column, _excel_value(value))
                if isinstance(value, str):
                    cell.data_type = "s"  # a text, whatever it begins with
                if row == 1:
                    cell.value, cell.data_type, cell.font = safe_text(str(value)), "s", Font(bold=True)
        for column in sheet.columns:
            widest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(48, widest + 2)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_dates(buffer.getvalue())


def _excel_value(value: Any) -> Any:
    """Numbers as numbers; a float that Excel has no number for as text or blank."""
    if isinstance(value, float) and value != value:
        return None
    return value


def _safe(table: pd.DataFrame) -> pd.DataFrame:
    """The table with safe texts and headers; NaN as a word in simulated columns."""
    safe = pd.DataFrame(index=table.index)
    columns = []
    for place, name in enumerate(table.columns):
        values = table.iloc[:, place]
        if SIMULATED in str(name):
            values = values.astype(object).where(values.notna(), "NaN")
        elif values.dtype == object or pd.api.types.is_string_dtype(values.dtype):
            values = values.map(lambda one: safe_text(one) if isinstance(one, str) else one)
        columns.append(values.rename(safe_text(str(name))))
    return pd.concat(columns, axis=1) if columns else safe


def _without_dates(data: bytes) -> bytes:
    """The same workbook, with no date in it and none on its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in sorted(old.infolist(), key=lambda one: one.filename):
            content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", old.read(info))
            stamped = zipfile.ZipInfo(info.filename, date_time=_NEVER)
            stamped.compress_type, stamped.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(stamped, content)
    return buffer.getvalue()
