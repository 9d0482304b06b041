"""The twin is the definition, so it is checked by hand on one reaction of each kind."""

import numpy as np
import pytest

from smaclab.kernel.reference import constants_reference, derivative_reference, jacobian_reference
from smaclab.network import Constant, Function, Network, Observable, Parameter, Reaction, parse_species


@pytest.fixture
def network():
    def step(left, right, rate, factor=1.0):
        return Reaction(rule="r", reactants=left, products=right, rate=rate, factor=factor)

    return Network(
        parameters=(Parameter(name="k", unit="1/s"),),
        constants=(Constant(name="c", expression="3*k"),),
        observables=(Observable(name="o", terms=((0, 1.0), (1, 2.0))),),
        functions=(Function(name="f", expression="k*o**2"),),
        species=(parse_species("A(a)"), parse_species("A(a!1).A(a!1)")),
        reactions=(step((0, 0), (1,), "c", 0.5), step((), (0,), "f"), step((1,), (), "k", 2.0)),
    )


def test_one_reaction_of_each_kind(network):
    values = constants_reference(network, np.array([0.1]))
    np.testing.assert_allclose(values, [0.1, 0.3])
    counts = np.array([4.0, 5.0])
    pairs, made, lost = 0.5 * 0.3 * 16, 0.1 * 14**2, 2 * 0.1 * 5
    np.testing.assert_allclose(
        derivative_reference(network, counts, values), [-2 * pairs + made, pairs - lost], rtol=1e-14
    )
    slopes = [[-2 * 0.5 * 0.3 * 8 + 0.1 * 28, 0.1 * 56], [0.5 * 0.3 * 8, -0.2]]
    np.testing.assert_allclose(jacobian_reference(network, counts, values), slopes, rtol=1e-8)
