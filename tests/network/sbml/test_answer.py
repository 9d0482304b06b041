import json

import pytest

from smaclab.errors import SbmlError
from smaclab.network.sbml.answer import MOST_DEPTH, MOST_REFUSALS, checked, sound


def test_a_model_comes_through_as_it_is():
    model = {"id": "m", "species": [{"id": "A", "value": 1.5}, {"id": "B", "value": None}], "size": 1e999}
    assert checked(json.dumps({"model": model}).encode()) == {"model": model}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"", "not understood"),
        (b"Segmentation fault", "not understood"),
        (b'{"model": {"a": NaN}}', "NaN"),
        (b"[" * 100_000, "not understood"),
        (b'{"model": ' + b"[" * 200 + b"]" * 200 + b"}", "deep"),
        (b"\xff\xfe", "not understood"),
        (b'{"model": 1' + b"0" * 5000 + b"}", "not understood"),
        (b'{"model": 3}', "no model"),
        (b'{"model": {}, "refused": []}', "no model"),
        (b"[]", "no model"),
        (b'{"refused": []}', "without saying why"),
        (b'{"refused": [1]}', "without saying why"),
        (b'{"refused": "all"}', "without saying why"),
        (b'{"failed": {"kind": "MemoryError"}}', "memory"),
        (b'{"failed": {"kind": "RecursionError", "message": "x"}}', "nested too deep"),
        (b'{"failed": {"kind": "KeyError", "message": "x"}}', "KeyError, 'x'"),
        (b'{"failed": 1}', "no model"),
    ],
)
def test_anything_else_is_a_letter(text, word):
    with pytest.raises(SbmlError, match=word) as caught:
        checked(text)
    assert len(str(caught.value)) < 500


def test_everything_that_is_refused_is_named():
    found = [
        {"what": "a delay", "where": "event e", "remedy": "Take it out."},
        {"what": "a fast reaction.", "where": "", "remedy": None},
    ]
    with pytest.raises(SbmlError) as caught:
        checked(json.dumps({"refused": found}).encode())
    assert str(caught.value) == "event e: a delay. Take it out.\na fast reaction."


def test_a_long_list_of_refusals_is_cut():
    found = [{"what": f"delay {n}", "where": "", "remedy": ""} for n in range(1000)]
    with pytest.raises(SbmlError) as caught:
        checked(json.dumps({"refused": found}).encode())
    assert str(caught.value).count("\n") == MOST_REFUSALS
    assert str(caught.value).endswith("... and 980 more.")


def test_depth_is_counted_without_recursion():
    value: list = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(SbmlError, match=f"more than {MOST_DEPTH} deep"):
        sound(value)
    while value:  # taking it down recursively would be Python's own overflow
        value = value.pop()
