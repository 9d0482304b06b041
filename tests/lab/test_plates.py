"""A plate through the whole laboratory, on the toy."""

import csv
import io
import math

import openpyxl
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError
from smaclab.lab.bench import run_many

ROWS = """well,cell line,SM-164 [nM],viability [%],cIAP1 measured,comment
A1,EVSA-T,0,98,1.0,=evil()
A2,evsat,100,4,0.1,
A3,EVSAT,100,8,0.2,
B1,HCT116,0,99,1.1,
B2,HCT 116,100,101,0.1,
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("plate") / "mine.csv"
    path.write_text(
        ROWS.replace("evsat,", "evsa-t,").replace("EVSAT,", "Evsa T,").replace("HCT116", "hct-116")
    )
    return path


@pytest.fixture(scope="module")
def done(file, bench):
    return lab.run_plate(file, cells=3, readouts=["p52"], **bench)


def test_a_plate_is_run_condition_by_condition(done):
    assert [one.id for one in done.result.experiments] == ["mine__001", "mine__002", "mine__003", "mine__004"]
    assert done.plate.experiment_ids == ("mine__001", "mine__002", "mine__002", "mine__003", "mine__004")
    assert done.result.experiments[0].readouts == ("viability", "cIAP1", "p52")
    assert done.exit_code == 0
    assert repr(done) == "PlateResult 'mine': 5 wells, 4 conditions"


def test_a_well_gets_what_its_experiment_gives_when_run_alone(done, bench):
    """The slow twin: every condition as an experiment of its own, without a plate around it."""
    table = done.wells()
    for one, (_, row) in zip(
        [done.result.experiments[n] for n in (0, 1, 1, 2, 3)], table.iterrows(), strict=True
    ):
        alone = run_many([one], **bench)
        assert row["viability SIMULATED [fraction alive]"] == alone.fraction_alive().iloc[0]
        assert row["cIAP1 SIMULATED [molecules per cell]"] == pytest.approx(
            alone.mean("cIAP1").iloc[-1, 0], rel=1e-9
        )


def test_the_toy_dies_on_the_mimetic_and_agreement_says_so(done):
    (alive, ciap1) = done.agreement().to_dict("records")
    assert alive["readout"] == "viability"
    assert alive["RMSE"] < 0.05
    assert ciap1["readout"] == "cIAP1"
    assert math.isnan(ciap1["RMSE"])  # no unit was stated
    assert done.agreement_table().rows[1][2] == "–"


@pytest.fixture(scope="module")
def folder(done, tmp_path_factory):
    return done.write(tmp_path_factory.mktemp("done") / "out")


def test_everything_is_written_and_the_persons_own_data_stand_beside_ours(folder):
    names = sorted(one.name for one in folder.iterdir())
    for name in ("results.csv", "results.xlsx", "conditions.csv", "report.html", "run.json", "readouts.csv",
                 "plate-viability.svg", "plate-viability.png"):  # fmt: skip
        assert name in names
    rows = list(csv.DictReader(io.StringIO((folder / "results.csv").read_text(encoding="utf-8"))))
    assert rows[0]["comment"] == "'=evil()"
    assert [row["viability [%]"] for row in rows] == ["98", "4", "8", "99", "101"]
    assert [float(row["viability SIMULATED [fraction alive]"]) for row in rows] == [1, 0, 0, 1, 1]
    assert [float(row["viability measured [fraction alive]"]) for row in rows] == [
        0.98,
        0.04,
        0.08,
        0.99,
        1.01,
    ]
    book = openpyxl.load_workbook(folder / "results.xlsx")
    assert book.sheetnames == ["wells", "conditions", "agreement"]
    assert book["wells"].max_row == 6
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "The plate" in page
    assert 'href="results.xlsx"' in page
    assert "rank correlation" in page


def test_equal_runs_are_equal_bytes(folder, file, bench):
    again = lab.run_plate(file, cells=3, readouts=["p52"], **bench).files()
    as_bytes = {name: text if isinstance(text, bytes) else text.encode() for name, text in again.items()}
    assert as_bytes == {one.name: one.read_bytes() for one in folder.iterdir()}


def test_the_table_for_a_terminal_can_be_cut(done):
    assert len(done.table().rows) == 4
    short = done.table(most=2)
    assert len(short.rows) == 2
    assert "2 more" in short.caption


def test_a_plate_made_in_python_is_run_too(file, bench):
    plate = lab.read_plate(file, catalogue=bench["catalogue"])
    assert lab.run_plate(plate, cells=1, seed=0, **bench).result.provenance.seeds == (0,)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"read_at": "24"}, "no unit"),
        ({"read_at": "0 h"}, "is not possible"),
        ({"read_at": "99 d"}, "is not possible"),
        ({"cell_line": "EVSAT-9"}, "Did you mean 'EVSA-T'?"),
        ({"readouts": ["cIAP3"]}, "Did you mean 'cIAP"),
    ],
)
def test_arguments_that_are_not_understood_are_letters(file, bench, how, words):
    with pytest.raises(ExperimentError, match="(?s)" + words.replace("?", r"\?")):
        lab.run_plate(file, **how, **bench)


def test_examining_tells_all_problems_and_raises_never(file, tmp_path, bench):
    known = bench["catalogue"]
    assert lab.examine_plate(file, catalogue=known)[1] == []
    bad = tmp_path / "bad.csv"
    bad.write_text(ROWS.replace("100,", "100 nm,"))
    plate, (problem,) = lab.examine_plate(bad, catalogue=known)
    assert plate is None
    assert "Did you mean 'nM'?" in problem.message
    assert lab.examine_plate(bad, read_at="x", catalogue=known)[1][0].message.startswith("duration: 'x'")


def test_options_of_plates_say_nothing_about_an_experiment(tmp_path):
    lab.refuse_plate_options("a.toml", [])
    with pytest.raises(ExperimentError, match="a.toml: --duration is for plates"):
        lab.refuse_plate_options("a.toml", ["--duration"])
