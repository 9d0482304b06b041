import io
import json

import pytest

from smaclab.network.sbml.serve import HEADER, answer, answer_all


def message(data: bytes) -> bytes:
    return len(data).to_bytes(HEADER, "little") + data


def test_one_answer_a_file():
    out = io.BytesIO()
    answer_all(
        io.BytesIO(message(b"one") + message(b"") + b"cut"), out, lambda d: {"model": {"n": len(d)}}, 1e6
    )
    assert out.getvalue() == message(b'{"model": {"n": 3}}') + message(b'{"model": {"n": 0}}')


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("deep"), KeyError("x" * 10_000)])
def test_what_goes_wrong_is_an_answer(error):
    def read(data):
        raise error

    found = json.loads(answer(b"", read))["failed"]
    assert found["kind"] == type(error).__name__
    assert len(found["message"]) <= 500


def test_an_answer_that_is_no_json_is_a_failure():
    assert json.loads(answer(b"", lambda data: {"model": object()}))["failed"]["kind"] == "TypeError"
