"""The slow twin of the driver: one cell, one step after another, in NumPy."""

import math
from dataclasses import dataclass

import numpy as np

from smaclab.kernel.rosenbrock import RODAS5
from smaclab.simulate.lanes import FIRST_STEP


@dataclass
class Course:
    """What became of a cell: the accepted states, (step, species), their times, and rejected steps."""

    time_s: list
    counts: list
    rejected: int = 0

    @property
    def steps(self):
        return len(self.time_s) - 1 + self.rejected


def rosenbrock_step(derivative, jacobian, counts, h, method=RODAS5):
    """(new state, error estimate, increments) of one step."""
    size = len(counts)
    matrix = np.eye(size) / (h * method.gamma) - jacobian(counts)
    increments = []
    for stage in range(method.stages):
        state, right = counts.copy(), np.zeros(size)
        for weight, other, u in zip(
            method.a[stage - 1] if stage else (),
            method.c[stage - 1] if stage else (),
            increments,
            strict=True,
        ):
            state, right = state + weight * u, right + other / h * u
        increments.append(np.linalg.solve(matrix, derivative(state) + right))
    return state + increments[-1], increments[-1], increments


def dense(method, old, new, increments, x):
    """The dense output at the fraction x of a step."""
    rows = [sum(w * u for w, u in zip(row, increments, strict=False)) for row in method.dense]
    inside = sum(x**power * row for power, row in enumerate(rows))
    return (1 - x) * old + x * (new + (1 - x) * inside)


def run(derivative, jacobian, counts, stop_s, rtol, floor=1.0, method=RODAS5):
    """Follow a cell from time 0. Step control after Hairer & Wanner 1996, IV.8, with its predictions."""

    def clipped(shrink):
        return min(max(shrink, 0.1), 5.0)

    def norm(error, amount):
        return math.sqrt(np.mean((error / (rtol * floor + rtol * amount)) ** 2))

    course, power = Course([0.0], [counts]), 1 / method.order
    t, h_old, error_old, was_rejected = 0.0, 0.0, 1.0, False
    h = min(FIRST_STEP / norm(derivative(counts), np.abs(counts)), 0.1 * stop_s)
    while t < stop_s:
        t_new = t + h
        if h * (1 + 1e-9) >= stop_s - t:
            h, t_new = stop_s - t, stop_s
        new, error, _ = rosenbrock_step(derivative, jacobian, counts, h, method)
        size = norm(error, np.maximum(np.abs(counts), np.abs(new)))
        shrink = clipped(size**power / 0.8)
        if size <= 1:
            if h_old:
                shrink = max(shrink, clipped(h_old / h * (size**2 / error_old) ** power / 0.8))
            if was_rejected:
                shrink = max(shrink, 1.0)
            t, counts, h_old, error_old, was_rejected = t_new, new, h, max(size, 1e-2), False
            course.time_s.append(t)
            course.counts.append(counts)
        else:
            shrink = max(shrink, 1.0) if was_rejected else shrink
            course.rejected, was_rejected = course.rejected + 1, True
        h /= shrink
    return course
