"""Formulas that grow without end are refused by their size, before anything is made of them."""

import pytest

from smaclab.errors import SbmlError
from smaclab.network.expression import parse
from smaclab.network.sbml import size
from smaclab.network.sbml.size import check_size


def formulas(**texts):
    return {name: parse(text) for name, text in texts.items()}


@pytest.mark.parametrize(
    ("given", "operations"),
    [
        ({"v_a": "x + 1"}, 3),
        ({"v_a": "x + 1", "v_b": "v_a * v_a"}, 3 + 7),
        ({"v_b": "v_a * v_a", "v_a": "x + 1"}, 3 + 7),
        ({"v_c": "v_b - exp(v_a)", "v_a": "x + 1", "v_b": "v_a * v_a"}, 3 + 7 + 1 + 7 + 4),
    ],
)
def test_every_formula_counts_with_all_that_it_names(given, operations, monkeypatch):
    monkeypatch.setattr(size, "MOST_OPERATIONS", operations)
    check_size(formulas(**given))
    monkeypatch.setattr(size, "MOST_OPERATIONS", operations - 1)
    with pytest.raises(SbmlError, match=rf"more than {operations - 1} operations"):
        check_size(formulas(**given))


def test_what_doubles_sixty_times_is_refused():
    rows = {"v_a0": "x + 1"} | {f"v_a{n}": f"v_a{n - 1} + v_a{n - 1}" for n in range(1, 60)}
    with pytest.raises(SbmlError, match=r"up to 'a18'.*2,000,000 operations"):
        check_size(formulas(**rows))


def test_a_long_row_is_no_recursion():
    # 1,200 formulas, each naming the next: 1 + (3 + ... ) of 2 n + 1 operations each, 1.4 million together.
    rows = {f"v_{n:05}": f"v_{n + 1:05} + 1" for n in range(1_200)}
    check_size(formulas(**rows))


def test_a_circle_is_somebody_elses_letter():
    check_size(formulas(v_a="v_b + 1", v_b="v_a + v_c", v_c="v_a"))
