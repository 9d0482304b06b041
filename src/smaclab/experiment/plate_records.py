"""Sheets become records: what the file says about each well or row, whatever the shape of the file.

Two shapes are understood.  A *plate map* is drawn as the plate is: a header such as 1 to 12, rows such
as A to H, one such block for each layer, named by its corner, by the row above it or by its sheet.  A *long
table* has a header and a row for each well or condition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smaclab.errors import Problem, plain, shown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.fields import Letters
from smaclab.experiment.plate import SHAPES, well_name
from smaclab.experiment.plate_column import PlateColumn, column_of
from smaclab.experiment.sheet import Cell, Sheet

MOST_LETTERS = 100
"""Of one file; a wrong delimiter spoils every row of a table, and some letters tell it."""
FEWEST_HEADERS = 3
"""1, 2, 3 in a row begin a plate map; fewer may be anything."""
_HEADER_ROWS = 30  # titles and comments above the header of a long table are fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One cell, what it means, and the key under which letters about it are written."""

    column: PlateColumn
    cell: Cell
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything the file says about one well or row.

    name: "A01", or "" until a long table's own `well` is read.
    place: "row 7" or "well A01".
    key: for letters about what is missing.
    """

    name: str
    place: str
    key: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """One layer of a plate map: its name, and the cell left of the 1 of its header."""

    title: Cell
    sheet: Sheet
    row: int
    column: int
    width: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell stands inside of it, where A, B, C may be anybody's values."""
        rows = next(rows for rows, columns in SHAPES.values() if columns == self.width)
        return 0 <= row - self.row <= rows and 0 < column - self.column <= self.width


def records_of(
    sheets: Sequence[Sheet], catalogue: Catalogue, letters: Letters
) -> tuple[list[Record], int | None]:
    """The records of a file.

    Args:
        sheets: All of them; one without a table in it is a note.
        catalogue: What columns and layers can be named after.
        letters: Receives every problem of the shape.

    Returns:
        The records, and the wells of the plate for a plate map, else None.
    """
    blocks = [block for sheet in sheets for block in _blocks(sheet, catalogue, letters)]
    if blocks:
        _say_lost_layers(sheets, blocks, catalogue, letters)
        return _map_records(blocks, catalogue, letters)
    filled = [sheet for sheet in sheets if not sheet.is_blank]
    if not filled or letters.problems:
        return [], None
    tables = [sheet for sheet in filled if _known_header(sheet, catalogue)] or filled[:1]
    for extra in tables[1:]:
        letters.say(
            f"sheet {extra.name!r}",
            f"a long table is one sheet, and {tables[0].name!r} is one already. Put all rows into one.",
        )
    return list(_long_records(tables[0], catalogue, letters)), None


def _blocks(sheet: Sheet, catalogue: Catalogue, letters: Letters) -> Iterator[_Block]:
    """Every block of a sheet: rows of 1, 2, 3 ..., with A, B ... under the cell left of the 1."""
    widths = [columns for _, columns in SHAPES.values()]
    for row, cells in enumerate(sheet.rows, start=1):
        for column in range(1, len(cells)):
            if cells[column].text not in ("1", "01"):
                continue
            width = _count(sheet, row, column + 1)
            below = sheet.cell(row + 1, column)
            if _is_letter(below.text, 0) and width >= FEWEST_HEADERS and width not in widths:
                letters.say(
                    sheet.cell(row, column + width).where,
                    f"the header of a plate map ends at {width}. It runs from 1 to {_ends_of_headers()}.",
                )
            elif width in widths and not _is_letter(below.text, 0):
                letters.say(
                    below.where, f"{shown(below.text)} under the header 1 to {width}. Here begins row A."
                )
            elif width in widths:
                title = _title(sheet, sheet.cell(row, column), catalogue)
                yield _Block(title=title, sheet=sheet, row=row, column=column, width=width)


def _ends_of_headers() -> str:
    """'3, 4, 6, 8, 12 or 24'."""
    *some, last = sorted(columns for _, columns in SHAPES.values())
    return f"{', '.join(map(str, some))} or {last}"


def _count(sheet: Sheet, row: int, column: int) -> int:
    """How far a row counts 1, 2, 3 ... from a column on."""
    width = 0
    while sheet.cell(row, column + width).text in (str(width + 1), f"{width + 1:02d}"):
        width += 1
    return width


def _is_letter(text: str, number: int) -> bool:
    return text.upper() == chr(ord("A") + number)


def _title(sheet: Sheet, corner: Cell, catalogue: Catalogue) -> Cell:
    """The layer's name: in the corner, in the row above it, or the sheet's own; the first that is known."""
    above = [sheet.cell(corner.row - 1, corner.column + shift) for shift in (0, 1)]
    if len(above[0].text) == 1:  # the last row, such as H, of a block that stands close above
        above = []
    own = Cell(text=sheet.name, row=corner.row, column=corner.column, sheet=sheet.name)
    named = [cell for cell in (corner, *above, own) if cell.text and not cell.is_number]
    known = [cell for cell in named if column_of(cell.text, catalogue)[0] is not None]
    layers = [cell for cell in known if plain(cell.text) != "row"]
    return next(iter((*layers, *named, corner)))


def _say_lost_layers(
    sheets: Sequence[Sheet], blocks: Sequence[_Block], catalogue: Catalogue, letters: Letters
) -> None:
    """What is no note and would be lost: a sheet named like a layer, a long table, a block half drawn."""
    used = {block.sheet.name for block in blocks}
    for sheet in sheets:
        if sheet.name in used:
            _say_half_drawn(sheet, [block for block in blocks if block.sheet is sheet], letters)
        if sheet.name in used or sheet.is_blank:
            continue
        column, _ = column_of(sheet.name, catalogue)
        key = f"sheet {sheet.name!r}"
        if column is not None and column.meaning != "note":
            letters.say(
                key,
                "named like a layer, but no plate is drawn in it: a header such as 1 to 12, and rows such as "
                "A to H.",
            )
        elif _known_header(sheet, catalogue):
            letters.say(key, "a long table beside a plate map. Draw its columns as layers, or remove it.")


def _say_half_drawn(sheet: Sheet, blocks: Sequence[_Block], letters: Letters) -> None:
    """A, B, C below each other in no block: a layer whose header is missing or misspelled."""
    for row, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            is_start = _is_letter(cell.text, 0) and all(
                _is_letter(sheet.cell(row + step, column).text, step) for step in (1, 2)
            )
            is_drawn = any(
                block.holds(row, column) or (block.row + 1 == row and block.column == column)
                for block in blocks
            )
            if is_start and not is_drawn:
                letters.say(
                    cell.where,
                    "rows A, B, C without a header above them: 1 to 12 (of 96 wells) in the row above, from "
                    "the next column on.",
                )


def _map_records(
    blocks: Sequence[_Block], catalogue: Catalogue, letters: Letters
) -> tuple[list[Record], int | None]:
    wells = next(wells for wells, (_, columns) in SHAPES.items() if columns == blocks[0].width)
    layers: list[tuple[PlateColumn, _Block]] = []
    for block in blocks:
        if block.width != blocks[0].width:
            letters.say(
                block.title.where, f"{block.width} columns, but the first layer has {blocks[0].width}."
            )
            continue
        if not block.title.text:
            letters.say(
                block.title.where, "this layer has no name. Write it here, such as cell line or SM-164 [nM]."
            )
            continue
        column = _column(block.title, catalogue, letters)
        if column is not None and column.meaning == "well":
            letters.say(
                block.title.where, f"{shown(block.title.text)} is no layer: the place in the map is the well."
            )
        elif column is not None and _check_rows(block, wells, letters):
            layers.append((column, block))
    pairs = [(column, block.title) for column, block in layers]
    _say_twice(pairs, letters)
    _say_ambiguous(pairs, letters)
    rows, columns = SHAPES[wells]
    records = []
    for row in range(rows):
        for number in range(columns):
            name = well_name(row, number)
            entries = tuple(
                _map_entry(column, block.sheet.cell(block.row + 1 + row, block.column + 1 + number), name)
                for column, block in layers
            )
            if any(entry.cell.text for entry in entries):
                records.append(Record(name=name, place=f"well {name}", key=f"well {name}", entries=entries))
    return records, wells


def _map_entry(column: PlateColumn, cell: Cell, name: str) -> Entry:
    return Entry(column=column, cell=cell, key=f"{cell.where}, well {name}, layer {column.header!r}")


def _check_rows(block: _Block, wells: int, letters: Letters) -> bool:
    """Whether A to H (or P) stand below each other, and nothing of the plate beside it."""
    rows, _ = SHAPES[wells]
    for number in range(rows):
        cell = block.sheet.cell(block.row + 1 + number, block.column)
        if not _is_letter(cell.text, number):
            wanted = chr(ord("A") + number)
            letters.say(
                cell.where,
                f"{shown(cell.text)} where row {wanted} of the layer {shown(block.title.text)} must begin. "
                f"A plate of {wells} wells has rows A to {chr(ord('A') + rows - 1)}, without gaps.",
            )
            return False
    below = block.sheet.cell(block.row + 1 + rows, block.column)
    if _is_letter(below.text, rows):
        letters.say(
            below.where,
            f"row {below.text} below a header that ends at {block.width}: a plate of {wells} wells has rows "
            f"A to {chr(ord('A') + rows - 1)}. Does the header lack columns? A plate of 96 has 1 to 12.",
        )
        return False
    for row in range(block.row, block.row + rows + 1):
        beyond = block.sheet.cell(row, block.column + block.width + 1)
        if beyond.text and row > block.row:
            letters.say(
                beyond.where, f"{shown(beyond.text)} stands right of column {block.width} and in no well."
            )
            return False
    return True


def _long_records(sheet: Sheet, catalogue: Catalogue, letters: Letters) -> Iterator[Record]:
    header = _header(sheet, catalogue)
    if header is None:
        letters.say("", "neither a plate map nor a long table: no row names several columns.")
        return
    columns: dict[int, PlateColumn] = {}
    for cell in header:
        column = _column(cell, catalogue, letters)
        if column is not None:
            columns[cell.column] = column
    pairs = [(column, header[at - 1]) for at, column in columns.items()]
    _say_twice(pairs, letters)
    _say_ambiguous(pairs, letters)
    for row in sheet.rows[header[0].row :]:
        if not any(cell.text for cell in row) or row[0].text.startswith("#"):
            continue
        number = row[0].row
        for cell in row[len(header) :]:
            if cell.text:
                letters.say(
                    cell.where,
                    f"{shown(cell.text)} stands right of the last column. "
                    "Is a decimal comma read as a delimiter?",
                )
        entries = tuple(
            Entry(column=column, cell=cell, key=f"{cell.where}, row {number}, column {column.header!r}")
            for at, column in columns.items()
            for cell in (sheet.cell(number, at),)
        )
        place = f"row {number}"
        where = f"sheet {sheet.name!r}, {place}" if sheet.name else place
        yield Record(name="", place=place, key=where, entries=entries)


def _header(sheet: Sheet, catalogue: Catalogue) -> tuple[Cell, ...] | None:
    """The first row that names two known columns, or else two columns; titles and comments stand above."""
    return _known_header(sheet, catalogue) or next(iter(_wide_rows(sheet)), None)


def _known_header(sheet: Sheet, catalogue: Catalogue) -> tuple[Cell, ...] | None:
    for row in _wide_rows(sheet):
        found = (column_of(cell.text, catalogue)[0] for cell in row if cell.text)
        if sum(column is not None and column.meaning != "note" for column in found) >= 2:
            return row
    return None


def _wide_rows(sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    """The first rows that say two different things, so that they may name columns."""
    for row in sheet.rows[:_HEADER_ROWS]:
        if row and not row[0].text.startswith("#") and len({cell.text for cell in row if cell.text}) >= 2:
            yield row


def _column(cell: Cell, catalogue: Catalogue, letters: Letters) -> PlateColumn | None:
    column, letter = column_of(cell.text, catalogue)
    if column is None:
        letters.say(cell.where, letter)
    return column


def _say_twice(columns: Sequence[tuple[PlateColumn, Cell]], letters: Letters) -> None:
    first: dict[tuple[str, str, int], Cell] = {}
    for column, cell in columns:
        if column.meaning == "note":
            continue
        earlier = first.setdefault(column.key, cell)
        if earlier is not cell:
            letters.say(
                cell.where,
                f"{shown(cell.text)} says the same as {shown(earlier.text)} at {earlier.where}. Keep one, or "
                "put # before the name of the other.",
            )


def _say_ambiguous(columns: Sequence[tuple[PlateColumn, Cell]], letters: Letters) -> None:
    """Beside a column of drugs, one that is named after a drug may be a dose or what was measured of it."""
    if not any(column.meaning == "drug" for column, _ in columns):
        return
    for column, cell in columns:
        if column.meaning == "dose" and column.name and not column.is_explicit:
            letters.say(
                cell.where,
                f"{shown(cell.text)} beside a column of drugs: was {column.name} given, or measured? Write "
                f"'{column.name} dose' or 'measured {column.name}'.",
            )


def grouped(problems: Sequence[Problem], most: int = 3) -> list[Problem]:
    """Equal letters about many cells as one: the first few places, and how many more; at most a hundred."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in problems:
        keys = places.setdefault((one.file, one.message), [])
        if one.key not in keys:
            keys.append(one.key)
    found = []
    for (file, message), keys in places.items():
        more = f"; and {len(keys) - most} more cells" if len(keys) > most else ""
        found.append(Problem(file=file, key="; ".join(keys[:most]) + more, message=message))
    if len(found) > MOST_LETTERS:
        rest = f"{len(found) - MOST_LETTERS} more letters like these."
        return [*found[:MOST_LETTERS], Problem(file=found[0].file, key="", message=rest)]
    return found
