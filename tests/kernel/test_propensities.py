import numpy as np
import pytest

from smaclab.errors import NetworkError
from smaclab.kernel import compile_kernel
from smaclab.kernel.propensities import compile_propensities
from smaclab.network import Network, Parameter, Reaction, parse_species
from tests.kernel.native.toys import network


def test_pairs_of_one_species_are_counted_once_each():
    kernel = compile_kernel(
        network(
            2,
            [((0, 0), (1,), "k", 0.5), ((0, 1), (0, 0), "k"), ((0, 0, 0), (), "k"), ((), (1,), "k")],
            ["k"],
        )
    )
    found = compile_propensities(kernel).of(np.array([[5.0, 3.0], [1.0, 3.0]]), np.array([[2.0], [1.0]]))
    assert found.tolist() == [[20.0, 30.0, 120.0, 2.0], [0.0, 3.0, 0.0, 1.0]]


def test_functions_see_the_counts():
    kernel = compile_kernel(
        network(1, [((), (0,), "f")], ["k"], functions={"f": "k / (1 + a)"}, observables={"a": ((0, 1.0),)})
    )
    found = compile_propensities(kernel).of(np.array([[1.0], [3.0]]), np.array([[8.0], [8.0]]))
    assert found.tolist() == [[4.0], [2.0]]


def test_what_a_reaction_gains_is_written_out():
    kernel = compile_kernel(network(2, [((0, 0), (1,), "k"), ((1,), (1, 0), "k")], ["k"]))
    assert compile_propensities(kernel).change.tolist() == [[-2.0, 1.0], [1.0, 0.0]]


def test_a_part_of_a_molecule_is_refused_by_name():
    half = Reaction(rule="halves", reactants=(0,), products=(), rate="k", net=((0, -0.5),))
    whole = Network(
        parameters=(Parameter(name="k", unit="1"),), species=(parse_species("A()@cell"),), reactions=(half,)
    )
    with pytest.raises(NetworkError, match="halves"):
        compile_propensities(compile_kernel(whole))
