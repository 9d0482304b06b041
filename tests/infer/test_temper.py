import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.plan import Plan
from smaclab.infer.sample import sample
from tests.infer.toys import judged, linear, linear_posterior


def run(problem, **more):
    return sample(problem, Plan(tempered=True, **more), Checkpoint(problem))


@pytest.mark.parametrize("rounds", [0, 2])
def test_a_linear_problem_has_its_formula(rounds):
    """Without rounds of learning the tempering does all the work, and ends at the same place."""
    problem = linear([1.0, -1.0, 0.5, 2.0])
    mean, covariance = linear_posterior(problem)
    found = run(problem, sets=600, chains=600, rounds=rounds, sweeps=5, settling=10, last_sweeps=25)
    error = 5.0 * np.sqrt(np.diag(covariance) / 300)  # five standard errors, half of the sets effective
    assert (np.abs(found.coordinates.mean(axis=0) - mean) < error).all()
    np.testing.assert_allclose(np.cov(found.coordinates.T), covariance, atol=0.35 * covariance.max())


def test_the_evidence_of_a_finding_is_its_integral():
    problem = judged()
    sd = problem.priors[0].sd
    exact = quad(lambda x: norm.cdf(x * sd) * norm.pdf(x), -8, 8)[0]
    found = run(problem, sets=2000, chains=2000, rounds=1, spread=1.0, sweeps=2, settling=2, last_sweeps=2)
    assert found.tempered.evidence == pytest.approx(np.log(exact), abs=0.06)
    assert found.coordinates.mean() > 0
    wrong = run(judged(holds=False), sets=400, chains=400, rounds=2, sweeps=3, settling=4, last_sweeps=4)
    assert wrong.coordinates.mean() < 0


def test_ancestors_tell_how_many_sets_are_their_own():
    problem = linear([3.0, -3.0, 3.0, 3.0], sd=0.1)
    found = run(problem, sets=100, chains=100, rounds=0, sweeps=2, settling=1, last_sweeps=1)
    assert 1.0 <= found.effective_families < 100
    assert all(one >= 45 for one in found.tempered.effective)
    assert found.tempered.powers[-1] == 1.0
    assert list(found.tempered.powers) == sorted(found.tempered.powers)
