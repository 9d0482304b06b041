"""A table as a person sees it in a spreadsheet: sheets of text cells, each with its address."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_ROWS = 10_000
MOST_COLUMNS = 256
MOST_CELLS = 500_000  # 10,000 wells with 50 columns each
MOST_CHARACTERS = 1_000  # in one cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its text, and where it stands; rows and columns are counted from 1.

    sheet: "" in a text file, which has only one.
    is_number: the spreadsheet held a number, so its text has a decimal point whatever the language.
    """

    text: str
    row: int
    column: int
    sheet: str = ""
    is_number: bool = False

    @property
    def where(self) -> str:
        """'C7', or "sheet 'TNF', C7"."""
        at = f"{column_letters(self.column)}{self.row}"
        return f"sheet {self.sheet!r}, {at}" if self.sheet else at


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The cells of one sheet, row by row from A1; rows may be of different length."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def cell(self, row: int, column: int) -> Cell:
        """The cell of a row and a column, counted from 1; a blank one outside of the table."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return Cell(text="", row=row, column=column, sheet=self.name)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(cell.text for row in self.rows for cell in row)


def column_letters(column: int) -> str:
    """1 -> 'A', 27 -> 'AA', as spreadsheets count."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clean(text: str) -> str:
    """One line without what cannot be seen: control characters, byte-order marks, spaces of any kind."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" else (" " if c.isspace() else "") for c in text)
    return " ".join(seen.split())


def sheet_of(rows: Iterable[Sequence[tuple[str, bool]]], name: str = "") -> Sheet:
    """A sheet from (text, whether it was a number), row by row."""
    return Sheet(
        name=name,
        rows=tuple(
            tuple(
                Cell(text=text, row=row, column=column, sheet=name, is_number=is_number)
                for column, (text, is_number) in enumerate(cells, start=1)
            )
            for row, cells in enumerate(rows, start=1)
        ),
    )
