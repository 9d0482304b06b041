import pytest

from smaclab.errors import NetworkError
from smaclab.network.pull_down import pull_down_weights
from smaclab.network.species import parse_species

SPECIES = [
    parse_species(text)
    for text in (
        "A(x!1).B(y!1)@cell",
        "A(x)@cell",
        "B(y)@cell",
        "A(x!1).A(x!2).D(p!1,q!2)@cell",
        "A(x,z!1).B(y!1)@cell",
        "C(s~on)@cell",
    )
]


def test_what_hangs_on_a_bait_is_counted_in_each_complex():
    assert list(pull_down_weights(SPECIES, {"A": ()}, "B")) == [1, 0, 0, 0, 1, 0]


def test_the_bait_itself_comes_along_as_often_as_it_is_there():
    assert list(pull_down_weights(SPECIES, {"A": ()}, "A")) == [1, 1, 0, 2, 1, 0]


def test_a_bead_that_needs_a_free_site_loses_what_fills_it():
    assert list(pull_down_weights(SPECIES, {"A": ("x",)}, "B")) == [0, 0, 0, 0, 1, 0]


def test_a_state_is_no_pocket():
    assert list(pull_down_weights(SPECIES, {"C": ("s",)}, "C")) == [0, 0, 0, 0, 0, 0]


def test_several_molecules_on_one_bead():
    assert list(pull_down_weights(SPECIES, {"A": ("x",), "C": ()}, "C")) == [0, 0, 0, 0, 0, 1]


def test_only_the_form_that_is_asked_for_counts():
    assert list(pull_down_weights(SPECIES, {"A": ()}, "A", {"x": ("bound",)})) == [1, 0, 0, 2, 0, 0]
    assert list(pull_down_weights(SPECIES, {"A": ()}, "A", {"x": ("free",)})) == [0, 1, 0, 0, 1, 0]
    assert list(pull_down_weights(SPECIES, {"C": ()}, "C", {"s": ("on",)})) == [0, 0, 0, 0, 0, 1]


def test_a_state_that_nobody_has_is_a_letter():
    with pytest.raises(NetworkError, match=r"C\(s\): unknown state 'off'. Known: on"):
        pull_down_weights(SPECIES, {"C": ()}, "C", {"s": ("off",)})
    with pytest.raises(NetworkError, match=r"C\(t\): unknown state"):
        pull_down_weights(SPECIES, {"C": ()}, "C", {"t": ("on",)})
