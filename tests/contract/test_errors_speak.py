"""Every `raise` carries a message with the value that is wrong."""

import pytest

from tests.contract.house import FILES, name_of, silent_raises


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_error_says_what_was_given(path):
    assert silent_raises(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source", ["raise ValueError", "raise ValueError()", "raise ValueError('wrong')", "raise E(code=2)"]
)
def test_the_judge_finds_a_silent_error(source):
    assert silent_raises(source) != []


@pytest.mark.parametrize(
    "source",
    ["raise E(f'{x} is wrong')", "raise E(problems=found)", "raise E(unknown('drug', x, y))", "raise error"],
)
def test_the_judge_is_content(source):
    assert silent_raises(source) == []
