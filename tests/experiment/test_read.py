import math

import pytest

from smaclab.experiment.check import check
from smaclab.experiment.load import load


def letters(catalogue, **changed):
    return [(p.key, p.message) for p in check({"id": "a", "cell_line": "BJ", **changed}, catalogue)]


def the_letter(catalogue, **changed):
    found = letters(catalogue, **changed)
    assert len(found) == 1, found
    return found[0]


def sample(catalogue, **changed):
    return load({"id": "a", "cell_line": "BJ", **changed}, catalogue).sample_s


def test_an_unknown_key(catalogue):
    key, message = the_letter(catalogue, cell_lines=["BJ"])
    assert key == "cell_lines"
    assert message.startswith(
        "unknown key 'cell_lines'. Did you mean 'cell_line'? Known: blot, cell_line, cells, dose,"
    )


def test_id_and_cell_line_must_be_there(catalogue):
    assert [(p.key, p.message) for p in check({}, catalogue)] == [
        ("id", 'missing. Write for example: id = "my_experiment"'),
        ("cell_line", 'missing. Write for example: cell_line = "EVSA-T"'),
    ]


@pytest.mark.parametrize(
    "name", ["../up", "a/b", "C:\\temp", "/etc/passwd", "..", "a b", "a\n", "é", "x" * 65, "a\0b"]
)
def test_an_id_that_is_a_path_or_no_id(catalogue, name):
    key, message = the_letter(catalogue, id=name)
    assert key == "id"
    assert "is not an id. An id is 1 to 64 letters, digits, '_' and '-'." in message
    assert ("Give no path" in message) == ("/" in name or "\\" in name)


@pytest.mark.parametrize("name", [7, "", "  ", ["a"], None, {"a": 1}])
def test_a_name_that_is_no_text(catalogue, name):
    assert the_letter(catalogue, id=name)[0] == "id"
    assert the_letter(catalogue, cell_line=name)[0] == "cell_line"


@pytest.mark.parametrize("cells", [0, -1, 1.5, "50", True, math.nan, math.inf, 10**9, [50]])
def test_cells_is_a_whole_number(catalogue, cells):
    assert the_letter(catalogue, cells=cells) == (
        "cells",
        f"{cells!r} is not a whole number from 1 to 100,000.",
    )


@pytest.mark.parametrize("seed", [-1, 0.5, "1", 2**63])
def test_seed_is_a_whole_number(catalogue, seed):
    assert the_letter(catalogue, seed=seed)[0] == "seed"


@pytest.mark.parametrize("duration", ["0 h", "-1 h", "24", 24, "61 d", "nan h", "24 nM", "forever", None])
def test_duration_is_a_time(catalogue, duration):
    assert the_letter(catalogue, duration=duration)[0] == "duration"


def test_sample_every(catalogue):
    assert sample(catalogue, duration="1 h", sample="every 20 min") == (0.0, 1200.0, 2400.0, 3600.0)
    assert sample(catalogue, duration="1 h", sample="Every 25 min") == (0.0, 1500.0, 3000.0, 3600.0)
    assert len(sample(catalogue, duration="24 h", sample="every 10 min")) == 145
    assert sample(catalogue, duration="1 h", sample="every 2 h") == (0.0, 3600.0)


def test_sample_at_listed_times(catalogue):
    assert sample(catalogue, sample=["5 min", "24 h"]) == (300.0, 86_400.0)


@pytest.mark.parametrize(
    "given",
    [
        "10 min", "every", "every 0 min", "every -5 min", "every 1 s", "every 10", "often", 10, None, {},
        [], ["0 h", "25 h"], ["2 h", "1 h"], ["1 h", "60 min"], [0, 1], ["-1 h"], ["x"], ["0 h"] * 20_000,
    ],
)  # fmt: skip
def test_a_sample_that_is_not_understood(catalogue, given):
    found = letters(catalogue, sample=given)
    assert found
    assert {key for key, _ in found} == {"sample"}


def test_an_unknown_readout(catalogue):
    assert the_letter(catalogue, readouts=["viabilty"]) == (
        "readouts",
        "unknown readout 'viabilty'. Did you mean 'viability'? Known: cIAP1, TNF_medium, viability.",
    )


@pytest.mark.parametrize("given", ["viability", [], {}, 3])
def test_readouts_is_a_list(catalogue, given):
    assert the_letter(catalogue, readouts=given)[0] == "readouts"


def test_a_readout_is_named_once_and_in_quotes(catalogue):
    assert "are the same readout" in the_letter(catalogue, readouts=["cIAP1", "CIAP-1"])[1]
    assert "7 is not a name" in the_letter(catalogue, readouts=["cIAP1", 7])[1]


@pytest.mark.parametrize(
    ("given", "key", "says"),
    [
        ({"O66": "a"}, "hypotheses", "unknown hypothesis 'O66'. Did you mean 'O06'?"),
        ({"O06": "z"}, "hypotheses.O06", "unknown letter 'z'. Known: a, b."),
        ({"O06": 1}, "hypotheses.O06", "unknown letter 1."),
        ({"O06": "a", "o06": "b"}, "hypotheses.O06", "O06 is chosen twice"),
        (["O06"], "hypotheses", "is not understood"),
    ],
)
def test_a_hypothesis_that_is_not_understood(catalogue, given, key, says):
    found = the_letter(catalogue, hypotheses=given)
    assert found[0] == key
    assert says in found[1]


def test_keys_that_are_no_texts_and_monsters_get_letters(catalogue):
    assert letters(catalogue, **{"x" * 10_000: 1})
    assert check({7: 1, "id": "a", "cell_line": "BJ"}, catalogue)[0].key == "7"
