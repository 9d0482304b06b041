import numpy as np
import pytest

from smaclab.kernel import compile_kernel
from smaclab.kernel.native import compile_program
from smaclab.kernel.native.kind import host_kind
from smaclab.kernel.native.rare import IN_C, library, used
from smaclab.network.expression import evaluate, parse
from smaclab.network.network import Function, Network, Observable, Parameter, Reaction
from smaclab.network.species import parse_species
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate
from smaclab.simulate.status import Status


def grown(text, k):
    """y after one second of dy/dt = formula of k, which does not change: the formula's value."""
    network = Network(
        parameters=(Parameter(name="k", unit="1"),),
        observables=(Observable(name="y", terms=((0, 1.0),)),),
        functions=(Function(name="f", expression=f"{text} + 0 * y"),),
        species=(parse_species("Y()"),),
        reactions=(Reaction(rule="r", reactants=(), products=(0,), rate="f"),),
    )
    cells = Cells(counts=np.zeros((1, 1)), parameters=np.array([[k]]), start_s=np.zeros(1), end_s=np.ones(1))
    looks = Looks(time_s=np.array([1.0]), observe=np.eye(1))
    program = compile_program(network, keep=False)
    ends = integrate(program, compile_kernel(network), cells, looks, Tolerance(relative=1e-8))
    assert (ends.status[0] == Status.OK) == np.isfinite(ends.counts[0, 0, 0])
    return ends.counts[0, 0, 0]


SMOOTH = " + ".join(f"{name}(k)" for name in sorted(IN_C) if name not in ("pow", "arccosh"))


@pytest.mark.parametrize(
    "text",
    [
        f"{SMOOTH} + arccosh(k + 1) + pow(k, 2.5) + abs(-k)",
        "pow(-k, 3) + pow(k, -2.5) + 2 * less(k, 1) + 4 * less_equal(k, 0.3) + 8 * equal(k, 0.3)",
        "where(logical_and(less(k, 1), logical_not(less(1, k))), 3, log(-1)) + logical_or(k, 0)",
    ],
)
def test_the_machine_code_agrees_with_the_tree(text):
    k = 0.3
    assert grown(text, k) == pytest.approx(float(evaluate(parse(text), {"k": k})), rel=1e-12)


def test_a_power_that_has_no_value_fails_its_cell():
    assert np.isnan(grown("pow(-k, 2.5)", 0.3))


def test_only_what_is_used_is_declared():
    assert used([parse("sin(x) + exp(x) * pow(x, 2)")]) == ("pow", "sin")
    assert "@sin(" in library(host_kind(), ["sin"])
    assert library(host_kind(), []) == ""
