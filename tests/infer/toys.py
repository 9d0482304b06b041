"""Problems that cost microseconds and whose truth is known."""

import numpy as np

from smaclab.infer.evidence import Constraint, Course
from smaclab.infer.prior import Prior
from smaclab.infer.problem import Problem

TIMES = np.array([0.5, 1.0, 2.0, 4.0])
MATRIX = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, -1.0], [0.3, 0.3, 0.3], [1.0, 0.0, 1.0]])


def priors(number=3, fold=3.0):
    return [Prior(name=f"k{place}", median=1.0, fold=fold) for place in range(number)]


def linear(measured, sd=0.5):
    """Linear in the logarithms: the posterior is normal and has a formula."""

    def predict(values):
        return np.log(values) @ MATRIX.T

    evidence = [
        Course(id=f"y{place}", dataset="y", value=(float(number),), sd=(sd,))
        for place, number in enumerate(measured)
    ]
    return Problem(priors=priors(), evidence=evidence, predict=predict)


def decay(measured, sd=0.1):
    """An amount that decays, and a share of it that saturates: curved in all three parameters."""
    evidence = [Course(id="decay", dataset="decay", value=tuple(measured), sd=(sd,) * len(measured))]
    return Problem(priors=priors(), evidence=evidence, predict=decay_of)


def decay_of(values):
    amount, rate, half = (values[:, place, None] for place in range(3))
    left = amount * np.exp(-rate * TIMES)
    return np.concatenate([left, left / (half + left)], axis=1)


def judged(holds=True):
    """One parameter and one finding: it is at least 1."""

    def predict(values):
        return np.log(values[:, :1]) * (1.0 if holds else -1.0)

    return Problem(
        priors=priors(1), evidence=[Constraint(id="C", dataset="claims", mistaken=0.0)], predict=predict
    )


def linear_posterior(problem, sd=0.5):
    """Mean and covariance in standard coordinates, by the formula of conjugate normals."""
    slopes = MATRIX * np.array([one.sd for one in problem.priors])
    value = np.array([one.value[0] for one in problem.evidence])
    precision = np.eye(3) + slopes.T @ slopes / sd**2
    covariance = np.linalg.inv(precision)
    return covariance @ slopes.T @ value / sd**2, covariance


def many(size=120, findings=150, points=20):
    """More parameters than sets: sparse findings that saturate, and measured points; and where to start."""
    random = np.random.default_rng(5)
    slopes = np.zeros((findings + points, size))
    for row in slopes:
        # Most of them hang on the first twenty numbers; of the others little can be learned.
        among = 20 if random.random() < 0.7 else size
        row[random.choice(among, 5, replace=False)] = 2.0 * random.standard_normal(5)
    truth = 0.7 * random.standard_normal(size)
    offset = random.exponential(6.0, findings)

    def predict(values):
        moved = (np.log(values) - truth) @ slopes.T
        return np.concatenate(
            [offset + 4.0 * np.tanh(moved[:, :findings] / 4.0), moved[:, findings:]], axis=1
        )

    one_sd = float(np.exp(1.959963984540054))  # a fold whose standard deviation is 1
    start = truth.copy()
    start[:20] += 0.3 * random.standard_normal(20)
    named = [
        Prior(name=f"k{place}", median=1.0, fold=one_sd, shipped=float(np.exp(one)))
        for place, one in enumerate(start)
    ]
    evidence = [Constraint(id=f"C{place}", dataset="claims") for place in range(findings)]
    evidence += [
        Course(id=f"y{place}", dataset="y", value=(float(0.4 * random.standard_normal()),), sd=(0.4,))
        for place in range(points)
    ]
    return Problem(priors=named, evidence=evidence, predict=predict), truth
