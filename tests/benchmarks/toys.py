"""A case small enough for a test: one species that decays, in cells with different amounts."""

import numpy as np

from benchmarks.case import Case
from smaclab.kernel import compile_kernel
from smaclab.network.network import Constant, Network, Observable, Parameter, Reaction
from smaclab.network.species import parse_species

RATE = 1e-3


def decay_case(n_cells=4):
    network = Network(
        parameters=(Parameter(name="A_0", unit="molecules"), Parameter(name="k", unit="1/s")),
        constants=(Constant(name="half", expression="k / 2"),),
        observables=(Observable(name="A_total", terms=((0, 1.0),)),),
        species=(parse_species("A()"),),
        reactions=(Reaction(rule="decays", reactants=(0,), products=(), rate="half", factor=2.0),),
        initial=((0, "A_0"),),
    )
    kernel = compile_kernel(network)
    amounts = 1000.0 * (1.0 + np.arange(n_cells))
    parameters = np.stack([amounts, np.full(n_cells, RATE)], axis=1)
    return Case(
        name="decay", kernel=kernel, counts=kernel.initial(kernel.constants(parameters)),
        parameters=parameters,
        observables=("A_total",), time_s=np.array([100.0, 1000.0]),
    )  # fmt: skip


def truth(case):
    """(cell, time, observable)."""
    return (case.counts * np.exp(-RATE * case.time_s))[:, :, None]
