"""Where everything stands."""

import numpy as np
import pytest

from smaclab.kernel.native.layout import Layout
from smaclab.network.expression import ZERO
from smaclab.network.ordering import jacobian_pattern
from tests.kernel.native.toys import network
from tests.network.networks import random_network


@pytest.fixture(params=range(8))
def layout(request):
    return Layout(network=random_network(request.param))


def test_factors_hold_the_jacobian_and_the_diagonal_once_each(layout):
    places = layout.factor_places
    assert sorted(places.values()) == list(range(len(places)))
    assert set(jacobian_pattern(layout.network)) <= places.keys()
    assert {(species, species) for species in range(len(layout.network.species))} <= places.keys()


def test_factors_stand_column_after_column_in_the_order_of_elimination(layout):
    rank = {species: place for place, species in enumerate(layout.ordering.order)}
    stands = [(rank[column], rank[row]) for row, column in layout.factor_places]
    assert stands == sorted(stands)
    for column, rows in layout.columns.items():
        assert [rank[row] for row in rows] == sorted(rank[row] for row in rows)
        assert all((row, column) in layout.factor_places for row in rows)
    assert sum(map(len, layout.columns.values())) == len(layout.factor_places)


def test_elimination_never_leaves_the_pattern(layout):
    """Numbers that cannot cancel by chance: whatever Gauss fills, the layout has room for."""
    size, order = len(layout.network.species), list(layout.ordering.order)
    matrix = np.zeros((size, size))
    rng = np.random.default_rng(0)
    for row, column in jacobian_pattern(layout.network):
        matrix[row, column] = rng.uniform(0.1, 1)
    matrix += np.eye(size) * 50
    filled = matrix[np.ix_(order, order)].copy()
    for pivot in range(size):
        filled[pivot + 1 :, pivot] /= filled[pivot, pivot]
        filled[pivot + 1 :, pivot + 1 :] -= np.outer(filled[pivot + 1 :, pivot], filled[pivot, pivot + 1 :])
    found = {(order[row], order[column]) for row, column in np.argwhere(filled != 0)}
    assert found <= layout.factor_places.keys()


def test_a_cell_brings_along_only_what_is_used():
    toy = network(
        2,
        [((0,), (1,), "used"), ((1,), (0,), "f")],
        ("unused", "used", "inside"),
        constants={"spare": "2*unused", "made": "2*used"},
        functions={"f": "inside*a", "g": "unused*a", "h": "f + made"},
        observables={"a": ((0, 1.0),), "b": ((1, 1.0),)},
    )
    layout = Layout(network=toy)
    assert layout.functions == ("f",)
    assert layout.value_names == ("used", "inside")
    assert (layout.rate("used"), layout.rate("f")) == (("values", 0), ("functions", 0))


def test_slopes_that_are_always_zero_are_left_out():
    toy = network(
        2,
        [((0,), (1,), "f"), ((0,), (1,), "g")],
        ("k",),
        functions={"f": "k*a + b - b", "g": "k*a/(1 + b)"},
        observables={"a": ((0, 1.0),), "b": ((1, 1.0),)},
    )
    slopes = Layout(network=toy).slopes
    assert [(function, observable) for function, observable, _ in slopes][-2:] == [("g", "a"), ("g", "b")]
    assert all(slope != ZERO for _, _, slope in slopes)


def test_a_function_of_functions_uses_what_they_use():
    toy = network(
        1,
        [((), (0,), "g")],
        ("k", "K"),
        functions={"f": "k*a", "g": "f/(K + f)"},
        observables={"a": ((0, 1.0),)},
    )
    layout = Layout(network=toy)
    assert layout.value_names == ("k", "K")
    assert [(function, observable) for function, observable, _ in layout.slopes] == [("g", "a")]
