import numpy as np

from smaclab.infer.learn import WIDEST, Learner
from tests.infer.toys import linear, linear_posterior, many


def taught(problem, start, *, rounds, sets=30, width=0.25):
    asked = []

    def predict(stage, coordinates):
        asked.append((stage, coordinates))
        return problem.predict(problem.values(coordinates))

    learner = Learner(problem=problem, predict=predict, middle=start, width=width)
    random = np.random.default_rng(1)
    learner.begin(random.standard_normal((sets, len(start))))
    for number in range(1, rounds):
        learner.go_on(number, sets, random, (rounds // 2, rounds))
    return learner, asked


def test_a_region_moves_to_the_posterior_and_then_widens():
    problem = linear([1.0, -1.0, 0.5, 2.0], sd=0.1)
    mean, covariance = linear_posterior(problem, sd=0.1)
    start = mean + 3.0
    learner, asked = taught(problem, start, rounds=12)
    # Its middle is of the best sets, not of all: within the posterior is near enough.
    assert np.abs(learner.middle - mean).max() < 3.0 * np.sqrt(covariance.max())
    assert learner.width == WIDEST
    assert [stage for stage, _ in asked] == [f"learn {number}" for number in range(12)]


def test_rounds_become_more_likely_also_in_more_dimensions_than_sets():
    problem, truth = many(size=60, findings=60, points=10)
    learner, asked = taught(problem, truth + 0.3, rounds=4)
    likely = [
        np.median(problem.log_likelihood(problem.predict(problem.values(coordinates))))
        for _, coordinates in asked
    ]
    assert likely[3] > likely[0] + 20.0
    assert learner.guess(np.inf).sd.max() == 1.0
