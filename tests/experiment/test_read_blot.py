"""`[blot]` of a file."""

import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.blot_plan import BlotPlan
from smaclab.experiment.fields import Letters
from smaclab.experiment.read_blot import blot_of, read_blot
from smaclab.lab import check, own_catalogue

KNOWN = own_catalogue()


def read(**table):
    letters = Letters("file.toml")
    return read_blot({"blot": table}, KNOWN, letters), [str(one) for one in letters.problems]


def test_a_file_says_what_is_blotted_and_how_long_the_film_is_exposed():
    plan, problems = read(proteins="cIAP1, PARP", at=["0 h", "4 h"], exposure="long", fractions=["nucleus"])
    assert problems == []
    assert plan == BlotPlan(
        proteins=("cIAP1", "PARP"), at=("0 h", "4 h"), fractions=("nucleus",), exposure="long"
    )
    assert read(proteins=["RIP1"], ip="caspase-8", detector="imager", exposure=3)[0] == BlotPlan(
        proteins=("RIP1",), bait="caspase-8", detector="imager", exposure=3
    )
    assert blot_of({"id": "x"}, KNOWN) is None


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        ({"proteins": "cIAP11"}, "blot.proteins", "Did you mean 'cIAP1'?"),
        ({}, "blot.proteins", "missing. Write for example: proteins ="),
        ({"proteins": [1]}, "blot.proteins", "is not a list of texts"),
        ({"proteins": "cIAP1", "exposure": "lnog"}, "blot.exposure", "Did you mean 'long'?"),
        ({"proteins": "cIAP1", "exposure": 0}, "blot.exposure", "above 0 and at most 1000"),
        ({"proteins": "cIAP1", "exposure": True}, "blot.exposure", "is no exposure"),
        ({"proteins": "cIAP1", "detector": "flim"}, "blot.detector", "Did you mean 'film'?"),
        ({"proteins": "cIAP1", "at": ["4"]}, "blot.at", "has no unit"),
        ({"proteins": "cIAP1", "ip": "caspase-88"}, "blot.ip", "Did you mean 'caspase-8'?"),
        ({"proteins": "cIAP1", "ip": "TRAF2", "fractions": "nucleus"}, "blot.fractions", "Leave out"),
        ({"proteins": "cIAP1", "fractions": "nucleas"}, "blot.fractions", "Did you mean 'nucleus'?"),
        ({"proteins": "cIAP1", "exposuer": "long"}, "blot", "Did you mean 'exposure'?"),
    ],
)
def test_what_is_wrong_gets_a_letter_with_its_key(table, key, words):
    plan, problems = read(**table)
    assert plan is None
    assert len(problems) == 1
    assert f"file.toml, [{key}]" in problems[0]
    assert words in problems[0]


def test_a_blot_that_is_no_table_gets_a_letter():
    letters = Letters("f")
    assert read_blot({"blot": "cIAP1"}, KNOWN, letters) is None
    assert "is not a table. Write [blot]" in str(letters.problems[0])


def test_checking_a_file_looks_at_its_blot_once_and_a_run_of_it_refuses():
    raw = {"id": "x", "cell_line": "EVSA-T", "blot": {"proteins": "cIAP1", "exposure": "lnog"}}
    assert [one.key for one in check(raw)] == ["blot.exposure"]
    gridded = raw | {"grid": {"cell_line": ["EVSA-T", "BJ"]}}
    assert [one.key for one in check(gridded)] == ["blot.exposure"]
    with pytest.raises(ExperimentError, match="lnog"):
        blot_of(raw, KNOWN)


def test_a_file_that_cannot_be_read_is_left_to_those_who_run_it(tmp_path):
    assert blot_of(tmp_path / "none.toml", KNOWN) is None
