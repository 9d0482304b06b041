"""Nouns are frozen, and their numbers say in which unit they are."""

import pytest

from tests.contract.house import FILES, name_of, room_of, thawed_dataclasses, unitless_parameters

NOUNS = [path for path in FILES if room_of(name_of(path)) in ("experiment", "network")]


@pytest.mark.parametrize("path", NOUNS, ids=name_of)
def test_every_dataclass_is_frozen(path):
    assert thawed_dataclasses(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_time_and_concentration_has_a_unit_in_its_name(path):
    assert unitless_parameters(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("decorator", ["dataclass", "dataclass()", "dataclasses.dataclass(slots=True)"])
def test_the_judge_finds_a_dataclass_that_can_change(decorator):
    assert thawed_dataclasses(f"@{decorator}\nclass A: ...") == ["A"]
    assert thawed_dataclasses("@dataclass(frozen=True)\nclass A: ...") == []


def test_the_judge_finds_a_number_without_a_unit():
    assert unitless_parameters("def run(duration, *, start_time): ...") == [
        "run(duration)",
        "run(start_time)",
    ]
    assert unitless_parameters("def run(duration_s, sometimes): ...") == []
