import numpy as np
import pytest

from smaclab.kernel import compile_kernel
from smaclab.kernel.native import compile_program, totals
from smaclab.kernel.native.engine import declarations, load, object_code
from smaclab.kernel.native.kind import host_kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.program import aligned
from smaclab.kernel.native.text import ATTRIBUTES
from smaclab.network import Network, Parameter, Reaction, parse_species
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate
from tests.kernel.classic_problems import e5, robertson


@pytest.fixture(params=[robertson, e5], ids=["robertson", "e5"])
def compiled(request):
    problem = request.param()
    layout, kind = Layout(network=problem.network), host_kind()
    texts = [declarations(kind), ATTRIBUTES, totals.totals(layout, kind), totals.keep_totals(layout, kind)]
    return problem, layout, kind, load([object_code("\n".join(texts))])


def sums(layout, counts):
    """(total, lane), one by one."""
    return np.array([sum(weight * counts[species] for species, weight in terms) for terms in layout.totals])


def arrays(problem, layout, kind):
    n, lanes = len(problem.start), kind.lanes
    counts = aligned(n * lanes, np.float64).reshape(n, lanes)
    counts[:] = np.random.default_rng(1).lognormal(size=counts.shape)
    kept = aligned(2 * len(layout.totals) * lanes, np.float64).reshape(-1, lanes)
    return counts, kept


def keep(loaded, counts, kept):
    """Totals, their inverses behind them, and the correction."""
    half = len(kept) // 2
    kept[half:] = np.divide(1.0, kept[:half], out=np.zeros_like(kept[:half]), where=kept[:half] > 0)
    loaded.function("keep_totals", 2)(counts.ctypes.data, kept.ctypes.data)


def test_totals_are_the_weighted_sums(compiled):
    problem, layout, kind, loaded = compiled
    counts, kept = arrays(problem, layout, kind)
    loaded.function("totals", 2)(counts.ctypes.data, kept.ctypes.data)
    assert len(layout.totals) > 0
    assert kept[: len(layout.totals)] == pytest.approx(sums(layout, counts), rel=1e-14, abs=1e-14)


def test_what_is_missing_is_shared_in_proportion(compiled):
    problem, layout, kind, loaded = compiled
    counts, kept = arrays(problem, layout, kind)
    kept[: len(layout.totals)] = sums(layout, counts) + 1e-9
    before = counts.copy()
    keep(loaded, counts, kept)
    assert sums(layout, counts) == pytest.approx(kept[: len(layout.totals)], rel=1e-15, abs=1e-14)
    change = (counts - before) / before
    assert np.allclose(np.abs(change), np.abs(change[0]), rtol=1e-4)  # all species of the one total alike


def test_a_total_of_nothing_stays_nothing(compiled):
    problem, layout, kind, loaded = compiled
    counts, kept = arrays(problem, layout, kind)
    counts[:], kept[:] = 0.0, 1.0
    keep(loaded, counts, kept)
    assert np.all(counts == 0.0)


@pytest.mark.claim("Conserved totals hold to 1e-10 over a long stiff run", source="numerics brief")
@pytest.mark.parametrize("problem", [robertson(), e5()], ids=["robertson", "e5"])
def test_totals_hold_over_a_long_run(problem):
    kernel, program = compile_kernel(problem.network), compile_program(problem.network, keep=False)
    cells = Cells(
        counts=problem.start[None, :], parameters=problem.parameters[None, :], start_s=np.zeros(1),
        end_s=np.array([problem.end_s]),
    )  # fmt: skip
    looks = Looks(time_s=problem.time_s, observe=np.eye(len(problem.start)))
    found = integrate(program, kernel, cells, looks, Tolerance(relative=1e-6, floor=problem.floor)).counts[0]
    layout = Layout(network=problem.network)
    wanted = sums(layout, problem.start)
    for counts in found:
        scale = [
            sum(abs(weight) * abs(counts[species]) for species, weight in terms) for terms in layout.totals
        ]
        assert np.all(np.abs(sums(layout, counts) - wanted) <= 1e-10 * np.array(scale))


def test_a_network_that_makes_and_loses_everything_has_no_totals():
    network = Network(
        parameters=(Parameter(name="k", unit="1/s"),),
        species=(parse_species("A()"),),
        reactions=(
            Reaction(rule="made", reactants=(), products=(0,), rate="k"),
            Reaction(rule="lost", reactants=(0,), products=(), rate="k"),
        ),
    )
    assert Layout(network=network).totals == ()
    assert compile_program(network, keep=False).sections.n_totals == 0
