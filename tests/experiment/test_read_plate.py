import io

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from smaclab.errors import ExperimentError
from smaclab.experiment.perturbation import Inhibit, Mutate
from smaclab.experiment.plate import parse_well, well_name
from smaclab.experiment.plate_campaign import campaign_of
from smaclab.experiment.plate_default import Default
from smaclab.experiment.read_plate import examine_plate, plate_id, read_plate
from smaclab.lab import door
from tests.experiment.tables import block, text, workbook


@pytest.fixture
def write(tmp_path):
    def call(content, name="mine.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return call


WHOLE = workbook({"a": [["cell line", "TNF"], ["BJ", "1 nM"], ["BJ", 0]]}, merged={"a": ["A2:A3"]})
LINES = {f"{row}{column}": "EVSA-T" for row in "ABCDEFGH" for column in range(1, 13)}
DOSES = {"A2": "10", "A3": "0,5 µM", "B1": "1 nM"}


def facts(plate):
    return [
        (well.name, well.cell_line, [(d.drug, d.concentration_nM) for d in well.doses])
        for well in plate.wells
    ]


def test_one_plate_in_csv_tsv_and_excel_is_one_plate(write, catalogue):
    blocks = [block("cell line", LINES), block("SM-164 [nM]", DOSES)]
    files = [
        write("\ufeff" + text(*blocks, delimiter=";"), "a.csv"),
        write(text(*blocks, delimiter="\t"), "a.tsv"),
        write(workbook({"cell line": blocks[0], "SM-164": blocks[1]}), "a.xlsx"),
        write(workbook({"all": [*blocks[0], [], *blocks[1]]}), "b.xlsx"),
    ]
    plates = [read_plate(file, catalogue) for file in files]
    assert len(plates[0].wells) == 96
    assert facts(plates[0])[:4] == [
        ("A01", "EVSA-T", []),
        ("A02", "EVSA-T", [("SM-164", 10.0)]),
        ("A03", "EVSA-T", [("SM-164", 500.0)]),
        ("A04", "EVSA-T", []),
    ]
    assert all(facts(plate) == facts(plates[0]) for plate in plates)


def test_a_map_and_its_long_table_are_one_plate(write, catalogue):
    """Two shapes of one thing, written by hand here and read by two readers."""
    drawn = read_plate(
        write(text(block("cell line", LINES), block("TNF", {"C5": "1 nM"})), "m.csv"), catalogue
    )
    rows = [f"{well},EVSA-T,{'1 nM' if well == 'C5' else ''}" for well in LINES]
    listed = read_plate(write("well,cell line,TNF\n" + "\n".join(rows), "l.csv"), catalogue)
    assert facts(drawn) == facts(listed)
    assert drawn.format == listed.format == 96


def test_merged_cells_are_filled(write, catalogue):
    rows = block("cell line", {"A1": "BJ"})
    data = workbook({"cell line": rows, "TNF": block("", {"A1": "1 nM"})},
                    merged={"cell line": ["B2:M3"], "TNF": ["B2:C3"]})  # fmt: skip
    plate = read_plate(write(data, "a.xlsx"), catalogue)
    assert len(plate.wells) == 24
    assert [well.name for well in plate.wells if well.doses] == ["A01", "A02", "B01", "B02"]


def test_background_is_measured_where_no_cells_are(write, catalogue):
    blocks = [block("cell line", {"A1": "BJ"}), block("viability", {"A1": "1", "A2": "0.1", "A3": "0.1"})]
    plate = read_plate(write(text(*blocks)), catalogue)
    assert [well.name for well in plate.wells] == ["A01"]
    assert plate.notes == ("2 wells name no cell line and are taken to hold no cells.",)


def test_percent_of_a_spreadsheet_is_percent_under_any_header(write, catalogue):
    for header in ("viability", "viability [%]"):
        book = openpyxl.Workbook()
        for row in (["cell line", header], ["BJ", 0.875]):
            book.active.append(row)
        book.active["B2"].number_format = "0.0%"
        buffer = io.BytesIO()
        book.save(buffer)
        (well,) = read_plate(write(buffer.getvalue(), "a.xlsx"), catalogue).wells
        assert well.measured == {"viability": 0.875}


def test_what_a_person_wrote_travels_with_the_well(write, catalogue):
    plate = read_plate(
        write("cell line;TNF;viability [%];# mine;replicate;time\nBJ;1 nM;87,5;=x;2;6 h\n"), catalogue
    )
    (well,) = plate.wells
    assert (well.name, well.place, well.replicate, well.read_s, plate.format) == (
        "",
        "row 2",
        "2",
        21_600.0,
        None,
    )
    assert well.own == (
        ("cell line", "BJ"), ("TNF", "1 nM"), ("viability [%]", "87,5"), ("# mine", "=x"),
        ("replicate", "2"), ("time", "6 h"),
    )  # fmt: skip
    assert well.measured == {"viability": 0.875}
    assert plate.units == {"viability": "%"}


def test_wells_of_a_long_table_may_come_again_at_another_time(write, catalogue):
    rows = "well,cell line,TNF,time,viability\nA1,BJ,1 nM from 4 h,0 h,1\nA1,BJ,1 nM from 4 h,6 h,0.5\n"
    plate = read_plate(write(rows), catalogue)
    assert [(well.name, well.read_s) for well in plate.wells] == [("A01", 0.0), ("A01", 21_600.0)]


def test_large_wells_make_a_plate_of_384(write, catalogue):
    assert read_plate(write("well,cell line\nA1,BJ\nI1,BJ\n"), catalogue).format == 384
    assert read_plate(write("well,cell line\nA1,BJ\nA13,BJ\n"), catalogue).format == 384


def test_all_problems_are_told_at_once_each_with_its_cell(write, catalogue):
    rows = block("cell line", LINES | {"B2": "EVSAT-9"})
    doses = block("SM-164 [nM]", DOSES | {"C1": "x", "C2": "1 nm"})
    _, problems = examine_plate(write(workbook({"cell line": rows, "SM-164": doses}), "p.xlsx"), catalogue)
    said = {problem.key: problem.message for problem in problems}
    assert list(said) == [
        "sheet 'cell line', C3, well B02, layer 'cell line'",
        "sheet 'SM-164', B4, well C01, layer 'SM-164 [nM]'",
        "sheet 'SM-164', C4, well C02, layer 'SM-164 [nM]'",
    ]
    assert "Did you mean 'EVSA-T'?" in said["sheet 'cell line', C3, well B02, layer 'cell line'"]
    assert all(problem.file.endswith("p.xlsx") for problem in problems)


def test_one_slip_in_many_wells_is_one_letter(write, catalogue):
    doses = dict.fromkeys(LINES, "100 nm")
    _, (problem,) = examine_plate(write(text(block("cell line", LINES), block("SM-164", doses))), catalogue)
    assert problem.key.endswith("; and 93 more cells")
    assert problem.key.startswith("B12, well A01, layer 'SM-164'; C12")


@pytest.mark.parametrize(
    ("rows", "where", "words"),
    [
        ("well,cell line\nA1,BJ\na01,BJ\n", "A3, row 3, column 'well'", "well A01 stands at row 2 already"),
        (
            "well,cell line,time\nA1,BJ,1 h\nA1,EVSA-T,2 h\n",
            "A3, row 3, column 'well'",
            "treated otherwise at row 2",
        ),
        ("well,cell line\nZ9,BJ\n", "A2, row 2, column 'well'", "'Z9' is not a well"),
        ("cell line,TNF,comment\n,1 nM,x\n", "A2, row 2, column 'cell line'", "no cell line"),
        ("TNF,comment\n1 nM,x\n", "row 2", "no cell line"),
        ("cell line,comment\n,\n", "", "no well or row with a cell line"),
        ("cell line,SM-164,birinapant\nBJ,1 nM,1 nM\n", "C2, row 2, column 'birinapant'", "share"),
        ("cell line,TNF\nBJ,1 nM from 30 h\n", "B2, row 2, column 'TNF'", "the experiment ends at 24 h"),
        ("cell line,time\nBJ,99 d\n", "row 2", "is not possible"),
        ("cell line,TNF\nBJ,9999 M\n", "B2, row 2, column 'TNF'", "At most"),
    ],
)
def test_rules_of_experiments_hold_for_wells(write, catalogue, rows, where, words):
    _, problems = examine_plate(write(rows), catalogue)
    assert len(problems) == 1
    assert problems[0].key == where
    assert words in problems[0].message


def test_defaults_fill_what_the_file_leaves_open(write, catalogue):
    plate = read_plate(write("TNF,comment\n1 nM,\n"), catalogue, Default(cell_line="BJ", read_s=60.0))
    assert [(well.cell_line, well.read_s) for well in plate.wells] == [("BJ", 60.0)]


def test_an_assumption_is_said(write, catalogue):
    plate = read_plate(write("cell line,siRNA\nBJ,RIPK1\n"), catalogue)
    assert plate.notes[0].startswith("siRNA: 15 % of the protein is assumed to remain")


def test_files_that_are_not_read_are_a_letter(write, catalogue):
    with pytest.raises(ExperimentError, match="Save the table as .xlsx or CSV"):
        read_plate(write("x", "a.ods"), catalogue)


def test_the_files_name_is_the_id(tmp_path):
    assert plate_id(tmp_path / "My plate (3).xlsx") == "My_plate_3"
    assert plate_id(tmp_path / "äöü.csv") == "plate"
    assert len(plate_id(tmp_path / f"{'a' * 99}.csv")) == 48


# Whatever a table holds, it is a plate or letters, and nothing else happens.

PIECES = st.sampled_from(
    [
        *(
            "",
            "0",
            "1",
            "12",
            "A",
            "B",
            "H",
            "A1",
            "well",
            "cell line",
            "drug",
            "dose",
            "unit",
            "siRNA",
            "time",
        ),
        *("remaining", "over-express", "KO", "viability", "viability [%]", "SM-164", "SM-164 [nM]", "TNF"),
        *("measured TNF", "treatment", "EVSA-T", "BJ", "100 nM", "0,5 ng/ml", "1,000", "24 h", "nM", "RIPK1"),
        *("RIPK1 10 %", "BIRC2 x 5", "+", "=1+1", "-", "DMSO", "TNF 1 nM + SM-164 2 nM", "from", "#", "#N/A"),
        *("1 nM from 2 h until 1 h", "%", "1e999 nM", "nan", "inf nM", "é", "\u202e"),
    ]
)
CELLS = PIECES | st.text(max_size=12)


def outcome(file, catalogue):
    plate, problems = examine_plate(file, catalogue)
    assert (plate is None) == bool(problems)
    assert all(problem.message and problem.key.isprintable() for problem in problems)
    return plate


@settings(max_examples=250, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=8), max_size=8), delimiter=st.sampled_from(",;\t"))
def test_any_table_is_a_plate_or_letters(tmp_path_factory, catalogue, rows, delimiter):
    file = tmp_path_factory.mktemp("any") / "any.csv"
    file.write_bytes("\n".join(delimiter.join(row) for row in rows).encode("utf-8", "surrogatepass"))
    outcome(file, catalogue)


@settings(max_examples=150, deadline=None)
@given(
    header=st.lists(PIECES, min_size=2, max_size=6),
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=6), min_size=1, max_size=5),
)
def test_any_long_table_is_a_plate_or_letters(tmp_path_factory, catalogue, header, rows):
    file = tmp_path_factory.mktemp("long") / "long.csv"
    lines = [["cell line", *header], *(["BJ", *row] for row in rows)]
    file.write_bytes("\n".join("\t".join(line) for line in lines).encode("utf-8", "surrogatepass"))
    outcome(file, catalogue)


@settings(max_examples=60, deadline=None)
@given(
    layers=st.dictionaries(
        PIECES, st.dictionaries(st.sampled_from(sorted(LINES)), CELLS, max_size=6), max_size=4
    )
)
def test_any_plate_map_is_a_plate_or_letters(tmp_path_factory, catalogue, layers):
    file = tmp_path_factory.mktemp("map") / "map.csv"
    blocks = [block("cell line", LINES), *(block(title, values) for title, values in layers.items())]
    clean = [
        [[cell.replace("\t", " ").replace("\n", " ") for cell in row] for row in rows] for rows in blocks
    ]
    file.write_bytes(text(*clean, delimiter="\t").encode("utf-8", "surrogatepass"))
    outcome(file, catalogue)


VALUES = CELLS | st.integers(-5, 400) | st.floats() | st.booleans() | st.none() | st.dates() | st.just("=A1")


@settings(max_examples=60, deadline=None)
@given(
    sheets=st.dictionaries(
        st.sampled_from(["cell line", "TNF", "notes", "x"]),
        st.lists(st.lists(VALUES, max_size=6), max_size=6),
        min_size=1,
    )
)
def test_any_workbook_is_a_plate_or_letters(tmp_path_factory, catalogue, sheets):
    legal = {
        name: [[ILLEGAL_CHARACTERS_RE.sub("", v) if isinstance(v, str) else v for v in row] for row in rows]
        for name, rows in sheets.items()
    }
    file = tmp_path_factory.mktemp("book") / "any.xlsx"
    try:
        file.write_bytes(workbook(legal))
    except UnicodeEncodeError:  # half of a pair of surrogates, which no spreadsheet writes
        assume(False)
    outcome(file, catalogue)


@settings(max_examples=120, deadline=None)
@given(
    places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
    end=st.integers(0, 10_000),
)
def test_any_damaged_workbook_is_a_plate_or_letters(tmp_path_factory, catalogue, places, end):
    data = bytearray(WHOLE)
    for at, byte in places:
        data[at % len(data)] = byte
    file = tmp_path_factory.mktemp("bad") / "bad.xlsx"
    file.write_bytes(bytes(data)[: len(data) - end % 40 * 100] if end % 3 == 0 else bytes(data))
    outcome(file, catalogue)


@settings(max_examples=60, deadline=None)
@given(
    wells=st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 11)),
        st.tuples(
            st.sampled_from(["EVSA-T", "BJ", "HCT 116"]),
            st.sampled_from([0, 0.1, 1, 3, 10, 1000]),
            st.sampled_from([0, 1, 50]),
        ),
        min_size=1,
        max_size=20,
    ),
    mark=st.sampled_from(".,"),
    delimiter=st.sampled_from("\t;"),
)
def test_a_map_says_back_what_was_written(tmp_path_factory, catalogue, wells, mark, delimiter):
    names = {f"{chr(65 + row)}{column + 1}": what for (row, column), what in wells.items()}
    layers = [
        block("cell line", {name: line for name, (line, _, _) in names.items()}),
        block("SM-164 [nM]", {name: str(dose).replace(".", mark) for name, (_, dose, _) in names.items()}),
        block("TNF", {name: f"{tnf} nM" for name, (_, _, tnf) in names.items()}),
    ]
    file = tmp_path_factory.mktemp("back") / "map.csv"
    file.write_text(text(*layers, delimiter=delimiter))
    plate = outcome(file, catalogue)
    back = {
        well.name: (
            well.cell_line,
            sum(d.concentration_nM for d in well.doses if d.drug == "SM-164"),
            sum(d.concentration_nM for d in well.doses if d.drug == "TNF"),
        )
        for well in plate.wells
    }
    assert back == {well_name(*parse_well(name)): what for name, what in names.items()}


def test_a_long_table_may_say_all_that_an_experiment_can(write):
    """Clamps, mutations, alleles, activities and hypotheses of a table are those of the experiment."""
    known = door.own_catalogue()
    rows = (
        "cell line,TNF,mutation,genotype,inhibit,hypotheses\n"
        "EVSA-T,1 nM clamped,BIRC2 RING-dead,,,\n"
        "EVSA-T,1 nM,,TRAF2 +/-,RIPK1 kinase 5 %,O06 a\n"
        "EVSA-T,1 nM,,TRAF2 +/-,RIPK1 kinase 5 %,\n"
    )
    plate = read_plate(write(rows), known)
    first, second, third = campaign_of(plate).campaign.experiments  # a hypothesis makes a condition
    assert first.doses[0].clamped
    assert not second.doses[0].clamped
    assert first.perturbations == (Mutate(symbol="BIRC2", mutation="RING-dead"),)
    assert second.perturbations == third.perturbations
    assert second.perturbations[1] == Inhibit(activity="RIPK1 kinase", remaining=0.05)
    assert (second.hypotheses, third.hypotheses) == ({"O06": "a"}, {})
    assert "mutations, alleles, inhibited activities; hypotheses: O06 a" in plate.summary()


def test_the_rules_of_an_experiment_hold_for_a_table_too(write):
    known = door.own_catalogue()
    rows = "cell line,knock-out,mutation\nEVSA-T,BIRC2,BIRC2 RING-dead\n"
    _, problems = examine_plate(write(rows), known)
    assert len(problems) >= 1
    assert "row 2" in problems[0].key
