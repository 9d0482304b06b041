"""Tables of wells for tests: plate maps and long tables as text, and workbooks as bytes."""

import io


def block(title, values, rows=8, columns=12):
    """One layer as lines: values is {'A1': 'text'}."""
    lines = [[title, *(str(c + 1) for c in range(columns))]]
    for r in range(rows):
        letter = chr(ord("A") + r)
        lines.append([letter, *(values.get(f"{letter}{c + 1}", "") for c in range(columns))])
    return lines


def text(*blocks, delimiter=","):
    """Blocks below each other, a blank line between them."""
    return "\n\n".join("\n".join(delimiter.join(row) for row in rows) for rows in blocks) + "\n"


def workbook(sheets, merged=(), hidden=()):
    """A workbook of {name: rows}; merged is {name: ['A1:B2']}."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in dict(merged).get(name, ()):
            sheet.merge_cells(area)
        if name in hidden:
            sheet.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
