import pytest

from smaclab.errors import Problem
from smaclab.experiment.fields import Letters
from smaclab.experiment.plate_records import grouped, records_of
from smaclab.experiment.sheet import sheet_of
from tests.experiment.tables import block


def sheet(rows, name=""):
    return sheet_of([[(text, False) for text in row] for row in rows], name)


def read(catalogue, *sheets):
    letters = Letters("x.csv")
    records, wells = records_of(sheets, catalogue, letters)
    return records, wells, [(problem.key, problem.message) for problem in letters.problems]


def said(record):
    return {entry.column.header: entry.cell.text for entry in record.entries}


LINES = {"A1": "BJ", "H12": "EVSA-T"}


def test_a_map_is_read_well_by_well_layer_by_layer(catalogue):
    rows = [*block("cell line", LINES), [], *block("SM-164 [nM]", {"A1": "10"})]
    records, wells, letters = read(catalogue, sheet(rows))
    assert (wells, letters) == (96, [])
    assert [record.name for record in records] == ["A01", "H12"]
    assert said(records[0]) == {"cell line": "BJ", "SM-164 [nM]": "10"}
    assert records[0].entries[1].key == "B12, well A01, layer 'SM-164 [nM]'"


def test_384_wells_have_16_rows_and_24_columns(catalogue):
    records, wells, letters = read(catalogue, sheet(block("cell line", {"P24": "BJ"}, 16, 24)))
    assert (wells, letters) == (384, [])
    assert [record.name for record in records] == ["P24"]


@pytest.mark.parametrize(("wells", "rows", "columns"), [(6, 2, 3), (12, 3, 4), (24, 4, 6), (48, 6, 8)])
def test_small_plates_have_their_own_headers(catalogue, wells, rows, columns):
    last = f"{chr(64 + rows)}{columns}"
    drawn = block("cell line", {"A1": "BJ", last: "EVSA-T"}, rows, columns)
    records, found, letters = read(catalogue, sheet(drawn))
    assert (found, letters) == (wells, [])
    assert [record.name for record in records] == ["A01", f"{last[0]}{columns:02d}"]


def test_a_large_plate_with_a_short_header_is_no_small_one(catalogue):
    records, _, letters = read(catalogue, sheet(block("cell line", LINES, 8, 6)))
    assert records == []
    assert letters[0][0] == "A6"
    assert "row E below a header that ends at 6: a plate of 24 wells has rows A to D" in letters[0][1]


@pytest.mark.parametrize(
    "rows",
    [
        [["cell line"], *block("", LINES)],
        [["", "cell line"], *block("", LINES)],
        [["A title, then"], [], ["cell line"], *block("", LINES)],
        [["", *row] for row in [[], ["cell line"], *block("", LINES)]],
    ],
    ids=["above the corner", "above the 1", "under a title", "shifted"],
)
def test_a_layer_may_be_named_above_its_corner_and_stand_anywhere(catalogue, rows):
    records, _, letters = read(catalogue, sheet(rows))
    assert letters == []
    assert [said(record) for record in records] == [{"cell line": "BJ"}, {"cell line": "EVSA-T"}]


def test_a_sheet_names_its_layer_and_a_note_is_a_note(catalogue):
    sheets = [
        sheet(block("", LINES), "cell line"),
        sheet([["Plate 7 of Monday"], *block("", {"A1": "10 nM"})], "SM-164"),
        sheet([["remember", "the milk"]], "notes"),
    ]
    records, _, letters = read(catalogue, *sheets)
    assert letters == []
    assert said(records[0]) == {"cell line": "BJ", "SM-164": "10 nM"}
    assert records[0].entries[1].key == "sheet 'SM-164', B3, well A01, layer 'SM-164'"


def test_blocks_may_stand_beside_each_other(catalogue):
    left, right = block("cell line", LINES), block("TNF", {"A1": "1 nM"})
    rows = [[*a, "", *b] for a, b in zip(left, right, strict=True)]
    records, _, letters = read(catalogue, sheet(rows))
    assert letters == []
    assert said(records[0]) == {"cell line": "BJ", "TNF": "1 nM"}


@pytest.mark.parametrize(
    ("spoil", "where", "words"),
    [
        (lambda rows: rows[0].__setitem__(12, "13"), "L1", "ends at 11"),
        (lambda rows: rows[0].append("13"), "N1", "ends at 13"),
        (lambda rows: rows[3].__setitem__(0, "X"), "A4", "'X' where row C"),
        (lambda rows: rows.pop(), "A9", "'' where row H"),
        (lambda rows: rows[1].__setitem__(0, "1"), "A2", "Here begins row A"),
        (lambda rows: rows[2].append("stray"), "N3", "in no well"),
        (lambda rows: rows[0].__setitem__(0, "cel line"), "A1", "Did you mean 'cell line'?"),
        (lambda rows: rows[0].__setitem__(0, ""), "A1", "has no name"),
        (lambda rows: rows[0].__setitem__(0, "well"), "A1", "is no layer"),
    ],
    ids=["short", "long", "gap", "cut", "numbers", "stray", "name", "no name", "well"],
)
def test_a_map_that_is_not_drawn_right_is_a_letter_with_its_cell(catalogue, spoil, where, words):
    rows = block("cell line", LINES)
    spoil(rows)
    _, _, letters = read(catalogue, sheet(rows))
    assert len(letters) == 1
    assert letters[0][0] == where
    assert words in letters[0][1]


def test_layers_say_a_thing_once_and_are_equally_wide(catalogue):
    rows = [*block("TNF", {}), [], *block("tnf [nM]", {}), [], *block("cell line", {}, 16, 24)]
    _, _, letters = read(catalogue, sheet(rows))
    assert letters[0] == ("A21", "24 columns, but the first layer has 12.")
    assert letters[1][0] == "A11"
    assert "says the same as 'TNF' at A1" in letters[1][1]


def test_a_sheet_that_is_named_like_a_layer_and_draws_no_plate_is_a_letter(catalogue):
    sheets = [sheet(block("", LINES), "cell line"), sheet([["10", "100"]], "SM-164")]
    ((where, words),) = read(catalogue, *sheets)[2]
    assert where == "sheet 'SM-164'"
    assert "no plate is drawn" in words


def test_a_long_table_is_read_row_by_row(catalogue):
    rows = [
        ["# mine", "", ""],
        ["A title"],
        [],
        ["Cell line", "SM-164 [nM]", "comment"],
        [],
        ["BJ", "1"],
        ["#", "x"],
    ]
    records, wells, letters = read(catalogue, sheet(rows))
    assert (wells, letters) == (None, [])
    assert [said(record) for record in records] == [{"Cell line": "BJ", "SM-164 [nM]": "1", "comment": ""}]
    assert records[0].entries[1].key == "B6, row 6, column 'SM-164 [nM]'"


@pytest.mark.parametrize(
    ("rows", "where", "words"),
    [
        ([["cell line", "SM-146"], ["BJ", "1 nM"]], "B1", "Did you mean 'SM-164'?"),
        ([["cell line", "TNF", "TNFα"], ["BJ"]], "C1", "says the same"),
        ([["cell line", "TNF"], ["BJ", "0", "5 nM"]], "C2", "read as a delimiter?"),
        ([["cell line"], ["BJ"]], "", "neither a plate map nor a long table"),
    ],
)
def test_a_long_table_that_is_not_right_is_a_letter_with_its_cell(catalogue, rows, where, words):
    _, _, letters = read(catalogue, sheet(rows))
    assert letters[0][0] == where
    assert words in letters[0][1]


def test_a_second_long_table_is_a_letter_and_a_note_is_none(catalogue):
    one, note = [["cell line", "TNF"], ["BJ", "1 nM"]], [["to do", "milk"], ["and", "bread"]]
    ((where, words),) = read(catalogue, sheet(one, "a"), sheet(one, "b"))[2]
    assert where == "sheet 'b'"
    assert "'a' is one already" in words
    records, _, letters = read(catalogue, sheet(note, "about"), sheet(one, "a"), sheet(note, "more"))
    assert letters == []
    assert [said(record) for record in records] == [{"cell line": "BJ", "TNF": "1 nM"}]


@pytest.mark.parametrize("header", [["TNF"], ["TNF", "C1", "C2"], ["TNF", "", "2", "3"]])
def test_a_layer_whose_header_is_wrong_is_not_lost(catalogue, header):
    rows = [*block("cell line", LINES), [], header, *block("", {"A1": "1 nM"})[1:]]
    ((where, words),) = read(catalogue, sheet(rows))[2]
    assert where == "A12"
    assert "without a header above them" in words


def test_values_a_b_c_in_a_layer_are_values(catalogue):
    rows = block("replicate", {"C3": "A", "D3": "B", "E3": "C"} | {"A1": "x"})
    assert read(catalogue, sheet(rows))[2] == []


def test_a_long_table_beside_a_map_is_not_lost(catalogue):
    sheets = [sheet(block("cell line", LINES), "map"), sheet([["well", "viability"], ["A1", "1"]], "data")]
    ((where, words),) = read(catalogue, *sheets)[2]
    assert where == "sheet 'data'"
    assert "beside a plate map" in words


def test_equal_letters_are_one():
    problems = [Problem(file="f", key=f"A{n}", message="wrong") for n in range(9)]
    problems.append(Problem(file="f", key="B1", message="other"))
    assert [(one.key, one.message) for one in grouped(problems)] == [
        ("A0; A1; A2; and 6 more cells", "wrong"),
        ("B1", "other"),
    ]


def test_a_spoiled_table_does_not_flood_the_screen():
    problems = [Problem(file="f", key=f"A{n}", message=f"wrong {n}") for n in range(150)]
    found = grouped(problems)
    assert len(found) == 101
    assert found[-1] == Problem(file="f", key="", message="50 more letters like these.")


def test_a_drugs_name_beside_a_column_of_drugs_is_asked_about(catalogue):
    """Was it given, or measured by ELISA?  Taken for the other it would change what is simulated."""
    header = ["cell line", "drug", "dose", "TNF [pg/ml]"]
    ((where, words),) = read(catalogue, sheet([header, ["BJ", "SM-164", "1 nM", "500"]]))[2]
    assert where == "D1"
    assert "was TNF given, or measured? Write 'TNF dose' or 'measured TNF'." in words
    for name in ("TNF dose [pg/ml]", "measured TNF [pg/ml]"):
        assert read(catalogue, sheet([[*header[:3], name], ["BJ", "SM-164", "1 nM", "500"]]))[2] == []
