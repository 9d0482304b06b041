"""Small pieces of Markdown."""

import pytest

from smaclab.experiment.value import Value
from smaclab.report.markdown import (
    anchor,
    link,
    listed,
    number,
    number_with_unit,
    page,
    plain_text,
    prior_words,
    table,
    value_table,
)


def value(number, unit="nM", prior=None):
    return Value(value=number, unit=unit, evidence="assumed", source="a | guess", prior=prior)


def test_text_is_shown_as_it_is_and_code_stays_code():
    assert plain_text("a | b <c> 2*3 `x*y`\n  d") == r"a \| b \<c\> 2\*3 `x*y` d"


def test_names_are_listed_or_there_is_a_dash():
    assert listed(["a", "b"]) == "a, b"
    assert listed([]) == "–"


def test_a_table_has_a_header_and_rows():
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n|---|---|\n| 1 | 2 |"


def test_a_page_leaves_out_empty_blocks():
    assert page("T", "", "x") == "# T\n\nx\n"


def test_a_link_leads_to_its_anchor():
    assert 'id="k_on"' in anchor("k_on")
    assert link("k_on", "parameters.md") == "[`k_on`](parameters.md#k_on)"
    assert link("k_on_in_cell", "", target="k_on") == "[`k_on_in_cell`](#k_on)"


@pytest.mark.parametrize(
    ("given", "text"), [(68148.0, "68148"), (1099751.0, "1099751"), (8.0225e-6, "8.0225e-06"), (0.0, "0")]
)
def test_numbers_are_short(given, text):
    assert number(given) == text


@pytest.mark.parametrize(
    ("unit", "given", "text"),
    [("nM", 1.5, "1.5 nM"), ("dimensionless", 2.0, "2"), ("s", 28800.0, "28800 s (8 h)"), ("s", 5.0, "5 s")],
)
def test_long_times_are_said_in_hours_too(unit, given, text):
    assert number_with_unit(value(given, unit)) == text


@pytest.mark.parametrize(
    ("prior", "text"),
    [
        (None, "–"),
        ({"distribution": "log-normal", "median": 2.0, "fold": 3}, "log-normal, 2 ×/÷ 3"),
        ({"distribution": "normal", "mean": 2.0, "sd": 0.5}, "normal, 2 ± 0.5"),
        ({"distribution": "uniform", "low": 0.0, "high": 0.2}, "uniform, 0 to 0.2"),
    ],
)
def test_a_prior_in_words(prior, text):
    assert prior_words(prior) == text


def test_values_stand_with_what_is_needed_to_judge_them():
    text = value_table("amount", {"cIAP1": value(3.0)})
    assert "| cIAP1 | 3 nM | assumed | – | a \\| guess |" in text
    assert value_table("amount", {}) == ""
