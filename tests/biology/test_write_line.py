import tomllib

import pytest

from smaclab.biology.write_line import written_line
from smaclab.experiment.value import Value

PRIOR = {"distribution": "log-normal", "median": 1200, "fold": 3}


def value(number, prior=None):
    return Value(value=number, unit="copies", evidence="derived", source="a ratio of a test", prior=prior)


def test_what_is_written_reads_back():
    text = written_line(
        {"name": "x", "aliases": ["y"]}, {"amounts.A": value(1200, PRIOR), "spread": value(0.25)}
    )
    assert tomllib.loads(text) == {
        "name": "x",
        "aliases": ["y"],
        "amounts": {
            "A": {
                "value": 1200,
                "unit": "copies",
                "evidence": "derived",
                "source": "a ratio of a test",
                "prior": PRIOR,
            }
        },
        "spread": {"value": 0.25, "unit": "copies", "evidence": "derived", "source": "a ratio of a test"},
    }


@pytest.mark.parametrize("name", ['a "quote"', "back\\slash", "Zellinie µ", "tab\tnew\nline", "del\x7f"])
def test_any_text_survives(name):
    assert tomllib.loads(written_line({"name": name}, {}))["name"] == name


@pytest.mark.parametrize("number", [0.0, 4.97e-05, 1e-7, 1099751.0])
def test_any_number_survives(number):
    assert tomllib.loads(written_line({}, {"a": value(number)}))["a"]["value"] == number
