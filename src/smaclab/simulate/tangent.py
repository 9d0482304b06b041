"""How a course answers to its parameters: its derivative, along any directions at a time.

Each step of the Rosenbrock method is differentiated as it stands. The matrix of a step is factorized once,
for the course and for all of its tangents; so n directions cost n more solves a stage, not n more courses.

Twin:    differences of two courses, and the differential equation of the tangents under SciPy (the tests).
Scope:   one cell, from given counts, with parameters that stay; the step control looks at the course alone.
Ignores: changes in time and deaths. A run may be cut at a change and begun again with `counts_along`.
Source:  the method: `kernel.rosenbrock`; dense output and step control: Hairer & Wanner 1996, IV.7.

Derivatives along a direction are complex steps (Squire & Trapp 1998, doi 10.1137/S003614459631241X), exact to
rounding. The derivative of J u needs a central difference beside it, which is exact, too, for mass action of
one or two molecules.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lu_factor, lu_solve

from smaclab.errors import SimulationError
from smaclab.kernel.kernel import Kernel
from smaclab.kernel.rosenbrock import RODAS5

Array = NDArray[Any]

TINY = 1e-30  # of a complex step
SMALL = 1e-4  # of a difference, relative to the largest entry of a direction
SHORTEST = 1e-14  # of the time: no shorter step is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a course begins.

    counts: (species,), molecules. parameters: (parameter,). along: (direction, parameter), by how much each
    direction moves each parameter. counts_along: (direction, species), by how much it moves the start.
    """

    counts: Array
    parameters: Array
    along: Array
    counts_along: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Tangents:
    """A course and its derivatives.

    counts: (time, species), molecules. along: (time, direction, species), molecules for a whole direction.
    steps: how many were taken.
    """

    counts: Array
    along: Array
    steps: int


def simulate_tangents(
    kernel: Kernel, start: Start, time_s: Array, *, rtol: float = 1e-6, floor: float = 1.0,
    most_steps: int = 50_000,
) -> Tangents:  # fmt: skip
    """The course of one cell from time 0, and its derivative along each direction.

    Args:
        kernel: of the network.
        start: counts, parameters and directions.
        time_s: (time,), s, increasing, above 0; the last is the end.
        rtol: of the course, per step.
        floor: molecules; counts below it are followed to `rtol * floor`.
        most_steps: accepted and rejected.

    Raises:
        SimulationError: arrays that do not fit, too many steps, or a course that is not finite.
    """
    _check(kernel, start)
    here = _Tangent(kernel, start)
    counts, along = np.array(start.counts, dtype=float), np.array(start.counts_along, dtype=float)
    shown, shown_along = [], []
    end, t, steps, taken = float(time_s[-1]), 0.0, 0, 0
    h = _first_step(here, counts, rtol, floor, end)
    while t < end:
        step = _Step(here, counts, along, min(h, end - t))
        size = step.error(rtol, floor)
        steps += 1
        if steps > most_steps or h <= SHORTEST * (t + 1.0) or not np.isfinite(h):
            raise SimulationError(
                f"the course of the tangents ended at {t:g} s of {end:g} s, in step {steps}."
            )
        if size <= 1.0:
            last = end if step.h == end - t else t + step.h
            while taken < len(time_s) and time_s[taken] <= last:
                seen = step.at((time_s[taken] - t) / step.h)
                shown.append(seen[0])
                shown_along.append(seen[1:])
                taken += 1
            t, counts, along = last, step.new[0], step.new[1:]
        h = step.h * (0.1 if not np.isfinite(size) else min(6.0, max(0.2, 0.8 * max(size, 1e-10) ** -0.2)))
    return Tangents(counts=np.array(shown), along=np.array(shown_along), steps=steps)


class _Tangent:
    """The right-hand side, and its derivatives along the directions."""

    def __init__(self, kernel: Kernel, start: Start) -> None:
        self.kernel = kernel
        self.values = kernel.constants(np.asarray(start.parameters, dtype=float))
        moved = np.asarray(start.parameters, dtype=float) + 1j * TINY * np.asarray(start.along, dtype=float)
        found = [np.broadcast_to(one, len(moved)) for one in kernel.compute_constants.arrays(list(moved.T))]
        constants = np.array(found, dtype=complex).reshape(len(found), len(moved)).T
        self.values_along = np.concatenate((np.asarray(start.along, float), constants.imag / TINY), axis=1)

    def slope(self, counts: Array) -> Array:
        """(species,)."""
        return self.kernel.derivative(counts, self.values)

    def _imaginary(self, counts: Any, values: Any) -> Array:
        """The imaginary part of the slope over that of its arguments: the slope's own derivative."""
        return self.kernel.derivative(counts, values).imag / TINY

    def slope_along(self, counts: Array, along: Array) -> Array:
        """(direction, species): how the slope moves with counts and values."""
        return self._imaginary(counts + 1j * TINY * along, self.values + 1j * TINY * self.values_along)

    def product_along(self, counts: Array, along: Array, u: Array) -> Array:
        """(direction, species): how J u moves with counts and values while u stands."""
        scale = np.max(np.abs(along) / (np.abs(counts) + 1.0), axis=1, initial=0.0)
        known = np.abs(self.values) > 0.0
        of_values = np.abs(self.values_along[:, known]) / np.abs(self.values[known])
        scale = np.maximum(scale, np.max(of_values, axis=1, initial=0.0))[:, None]
        reach = SMALL / np.where(scale > 0.0, scale, 1.0)
        ahead, behind = (
            self._imaginary(
                counts + sign * reach * along + 1j * TINY * u, self.values + sign * reach * self.values_along
            )
            for sign in (1.0, -1.0)
        )
        return (ahead - behind) / (2.0 * reach)


class _Step:
    """One step of the course and its tangents: row 0 is the course, the others its directions."""

    def __init__(self, here: _Tangent, counts: Array, along: Array, h: float) -> None:
        self.h, self.old = h, np.concatenate((counts[None], along))
        matrix = np.eye(len(counts)) / (h * RODAS5.gamma) - here.kernel.jacobian_dense(counts, here.values)
        factors = lu_factor(matrix, check_finite=False)
        self.u: list[Array] = []
        for stage in range(RODAS5.stages):
            state, right = self._sums(stage)
            u = lu_solve(factors, here.slope(state[0]) + right[0], check_finite=False)
            bent = here.slope_along(state[0], state[1:]) + right[1:] + here.product_along(counts, along, u)
            bent = lu_solve(factors, bent.T, check_finite=False).T
            self.u.append(np.concatenate((u[None], bent)))
        self.new = self._sums(RODAS5.stages - 1)[0] + self.u[-1]

    def _sums(self, stage: int) -> tuple[Array, Array]:
        """Where a stage looks, and what is added to its right-hand side."""
        state, right = self.old, np.zeros_like(self.old)
        if stage:
            for weight, other, u in zip(RODAS5.a[stage - 1], RODAS5.c[stage - 1], self.u, strict=False):
                state, right = state + weight * u, right + (other / self.h) * u
        return state, right

    def error(self, rtol: float, floor: float) -> float:
        """The error of the course relative to its tolerance."""
        larger = np.maximum(np.abs(self.old[0]), np.abs(self.new[0]))
        return float(np.sqrt(np.mean((self.u[-1][0] / (rtol * (larger + floor))) ** 2)))

    def at(self, x: float) -> Array:
        """(1 + direction, species) at a fraction of the step, by its dense output."""
        inside = np.zeros_like(self.old)
        for row in reversed(RODAS5.dense):
            inside = inside * x + sum((w * u for w, u in zip(row, self.u, strict=False)), np.zeros(1))
        return (1 - x) * self.old + x * (self.new + (1 - x) * inside)


def _first_step(here: _Tangent, counts: Array, rtol: float, floor: float, end: float) -> float:
    """The step that moves the state by about a hundred tolerances."""
    size = float(np.sqrt(np.mean((here.slope(counts) / (rtol * (np.abs(counts) + floor))) ** 2)))
    return min(0.1 * end, 100.0 / size) if size > 0.0 else 0.1 * end


def _check(kernel: Kernel, start: Start) -> None:
    n_species, n_parameters = len(kernel.network.species), len(kernel.network.parameters)
    n_directions = len(start.along)
    given = [np.shape(one) for one in (start.counts, start.parameters, start.along, start.counts_along)]
    needed = [(n_species,), (n_parameters,), (n_directions, n_parameters), (n_directions, n_species)]
    if given != needed:
        raise SimulationError(
            f"counts, parameters, along and counts_along have shapes {given}; this network needs {needed}."
        )
