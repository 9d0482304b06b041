import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.looks import Unit, grouped
from smaclab.infer.plan import Plan
from smaclab.infer.problem import Problem
from smaclab.infer.sample import sample
from tests.infer.toys import linear, linear_posterior


def unit(name, cost=1.0):
    return Unit(evidence=frozenset({name}), cost=cost)


def test_what_scatters_most_for_its_cost_comes_first():
    random = np.random.default_rng(1)
    sizes = np.array([1.0, 0.0, 3.0, 0.1])
    likely = sizes[:, None] * random.standard_normal((4, 200))
    groups = grouped((unit("a"), unit("b"), unit("c"), unit("d", 100.0)), likely)
    # c has nine tenths of the variance, a nearly all of the rest; d has little and costs much.
    assert groups == (frozenset("c"), frozenset("a"), frozenset("bd"))
    assert grouped((unit("a", 0.01), unit("c")), likely[[0, 2]])[0] == frozenset("ac")


def test_a_set_that_is_lost_does_not_decide_the_order():
    likely = np.array([[0.0, 0.0, 0.0, 0.0, -1e6, -np.inf], [4.0, -4.0, 8.0, -5.0, 9.0, -6.0]])
    assert grouped((unit("a"), unit("b")), likely)[0] == frozenset("b")


def test_units_of_which_nothing_is_known_are_one_group():
    assert grouped((unit("a"), unit("b")), np.array([[1.0, 2.0], [-np.inf, -np.inf]])) == (frozenset("ab"),)


@pytest.mark.parametrize("make", [lambda: unit("a", 0.0), lambda: Unit(evidence=frozenset(), cost=1.0)])
def test_a_unit_without_cost_or_evidence_gets_a_letter(make):
    with pytest.raises(SmaclabError, match="both are above 0"):
        make()


class Partial:
    """A problem whose pieces are simulated one group after the other, and counted."""

    def __init__(self, whole):
        self.whole, self.simulated = whole, np.zeros(len(whole.evidence), dtype=int)

    def each(self, values, looks=None):
        for place, row in enumerate(values):
            predicted = self.whole.predict(row[None])[0]
            if looks is None:
                self.simulated += 1
                yield predicted
                continue
            shown, one = np.full(len(predicted), np.nan), looks.of(place)
            for number, ids in enumerate(looks.groups):
                wanted = np.array([piece.id in ids for piece in self.whole.evidence])
                shown[wanted] = predicted[wanted]
                self.simulated += wanted
                if self.whole.log_likelihood(shown[None], ids & looks.fitted)[0] < one.floors[0, number]:
                    break
            yield shown

    def problem(self):
        return Problem(
            priors=self.whole.priors,
            evidence=self.whole.evidence,
            predict=self.whole.predict,
            each=self.each,
            units=tuple(unit(one.id) for one in self.whole.evidence),
        )


@pytest.mark.parametrize("screened", [True, False])
def test_chains_that_look_in_groups_have_the_posterior_and_simulate_less(screened, tmp_path):
    whole = linear([1.0, -1.0, 0.5, 2.0])
    partial = Partial(whole)
    mean, covariance = linear_posterior(whole)
    plan = Plan(sets=800, rounds=2, chains=40, screened=screened, settling=20, last_sweeps=120)
    with Checkpoint(partial.problem(), tmp_path / "kept", settings=plan.fixed()) as kept:
        found = sample(partial.problem(), plan, kept)
    error = 5.0 * np.sqrt(np.diag(covariance) / 400)
    assert (np.abs(found.coordinates.mean(axis=0) - mean) < error).all()
    np.testing.assert_allclose(np.cov(found.coordinates.T), covariance, atol=0.35 * covariance.max())
    assert np.isfinite(found.predicted).all()
    assert partial.simulated.max() == found.simulations
    if screened:  # along lines, which are exact here, hardly a proposal is refused
        assert partial.simulated.min() < 0.8 * found.simulations
    # What is kept whole, or predicted whole, gives the same chains.
    with Checkpoint(partial.problem(), tmp_path / "kept", settings=plan.fixed()) as kept:
        again = sample(partial.problem(), plan, kept)
        assert kept.simulated == 0
    assert again.coordinates.tobytes() == found.coordinates.tobytes()
    with Checkpoint(partial.problem()) as kept:
        again = sample(partial.problem(), plan, kept)  # all at once: sums are rounded in another order
    np.testing.assert_allclose(again.coordinates, found.coordinates, atol=1e-6)


def test_units_hold_all_evidence_once():
    whole = linear([1.0, -1.0, 0.5, 2.0])
    for names in (["y0", "y1"], ["y0", "y0", "y1", "y2", "y3"]):
        with pytest.raises(SmaclabError, match="give all 4, each once"):
            Problem(
                priors=whole.priors,
                evidence=whole.evidence,
                predict=whole.predict,
                units=tuple(unit(one) for one in names),
            )
