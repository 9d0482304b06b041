import numpy as np
import pytest

from smaclab.kernel import compile_kernel
from smaclab.network.network import Network, Observable, Reaction
from smaclab.network.species import parse_species
from smaclab.simulate.rest import STILL, movement, polish
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.status import Status


@pytest.mark.parametrize("algorithm", ["LSODA", "BDF"])
def test_a_cell_rests_where_synthesis_meets_decay(toy, algorithm):
    parameters = np.array([toy.COPIES, 0.5, toy.DECAY, 1.0, 0.0, 1e9, 0.0, 1.0])
    rest = SciPySolver(algorithm=algorithm).rest(toy.kernel, parameters)
    assert rest.status is Status.OK
    np.testing.assert_allclose(rest.counts, [0.5 * toy.COPIES, 0.0], rtol=1e-9, atol=1e-9)


def test_conserved_totals_are_kept(dimers):
    copies, on, off = 1.0e5, 1e-6, 1e-2
    rest = SciPySolver().rest(dimers, np.array([copies, on, off]))
    monomer, dimer = rest.counts
    assert monomer + 2 * dimer == pytest.approx(copies, rel=1e-10)
    assert 0.5 * on * monomer**2 == pytest.approx(off * dimer, rel=1e-8)
    assert movement(dimers, rest.counts, np.array([copies, on, off])) < STILL


def test_polishing_keeps_conserved_totals_and_never_makes_it_worse(dimers):
    rates = np.array([1.0e5, 1e-6, 1e-2])
    counts = SciPySolver().rest(dimers, rates).counts + np.array([2e-3, -1e-3])
    polished, settled = polish(dimers, counts, rates)
    assert settled
    assert movement(dimers, polished, rates) < movement(dimers, counts, rates)
    assert polished @ [1, 2] == pytest.approx(counts @ [1, 2], rel=1e-12)


@pytest.mark.parametrize("per_s", [1.0, 1e-6])
def test_a_protein_that_is_made_and_never_lost_has_no_rest(toy, per_s):
    network = Network(
        parameters=toy.names("rate"),
        species=(parse_species("T()"),),
        reactions=(Reaction(rule="make", reactants=(), products=(0,), rate="rate"),),
    )
    rest = SciPySolver().rest(compile_kernel(network), np.array([per_s]))
    assert rest.status is Status.NO_REST
    assert "moves after 1e+08 s" in rest.message
    assert np.all(np.isnan(rest.counts))


def test_a_state_far_from_rest_is_not_polished_into_one(dimers):
    counts = np.array([1.0e5, 0.0])
    polished, settled = polish(dimers, counts, np.array([1.0e5, 1e-6, 1e-2]))
    assert not settled
    assert polished.tolist() == counts.tolist()


def test_an_oscillation_has_no_rest(toy):
    network = Network(  # Lotka and Volterra: prey and predator go round for ever
        parameters=toy.names("prey", "eat", "die", "start"),
        observables=(Observable(name="prey_total", terms=((0, 1.0),)),),
        species=(parse_species("Prey()"), parse_species("Predator()")),
        reactions=(
            Reaction(rule="grow", reactants=(0,), products=(0, 0), rate="prey"),
            Reaction(rule="eat", reactants=(0, 1), products=(1, 1), rate="eat"),
            Reaction(rule="die", reactants=(1,), products=(), rate="die"),
        ),
        initial=((0, "start"), (1, "start")),
    )
    rest = SciPySolver(max_steps=3000).rest(compile_kernel(network), np.array([1e-3, 1e-6, 1e-3, 500.0]))
    assert rest.status is Status.NO_REST
    assert "step limit" in rest.message
