"""SciPy's LSODA and BDF behind the solver seam: correct, slow, and the judge of anything faster.

Twin:    this is the slow twin of every later solver.
Source:  LSODA: Hindmarsh 1983, Petzold 1983. BDF: Shampine & Reichelt 1997, as in SciPy.

The integration is cut at every change and started again there. The absolute tolerance of a species is `rtol`
times its own amount, but never more than `rtol` times one molecule and never less than `rtol` times 1e-3
molecules: one constant for drugs (1e8 molecules) and scarce triggers (1) would be wrong for one of them.
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import BDF, LSODA, OdeSolver
from scipy.sparse import csc_matrix
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from smaclab.errors import SimulationError
from smaclab.kernel.kernel import Kernel
from smaclab.simulate.death import Death, already_dead, first_death
from smaclab.simulate.rest import find_rest
from smaclab.simulate.solver import CellProblem, CellSolution, Recorder, Rest, Solver, failed
from smaclab.simulate.status import Status

Array = NDArray[Any]
Algorithm = Literal["LSODA", "BDF"]

KISAO: dict[str, str] = {"LSODA": "KISAO:0000088", "BDF": "KISAO:0000288"}
FLOOR = 1e-3  # molecules
CEILING = 1.0  # molecules
REST_RTOL = 1e-7
SHORTEST = 1e-12  # of the time: two changes that only rounding holds apart; LSODA gives up on such a step


class _Failure(Exception):
    """A solve that ended early; carries its status."""

    def __init__(self, status: Status, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SciPySolver(Solver):
    """One cell at a time with SciPy.

    algorithm: LSODA uses a dense Jacobian, BDF a sparse one. max_steps: of one cell, rest and run each.
    """

    algorithm: Algorithm = "LSODA"
    rtol: float = 1e-6
    max_steps: int = 50_000

    def __post_init__(self) -> None:
        """Settings that cannot work are refused before the first cell."""
        if self.algorithm not in KISAO:
            raise SimulationError(f"unknown algorithm {self.algorithm!r}. Known: {', '.join(KISAO)}.")
        if not 1e-12 <= self.rtol <= 1e-2:
            raise SimulationError(f"rtol {self.rtol}: the relative tolerance lies between 1e-12 and 1e-2.")
        if self.max_steps < 1:
            raise SimulationError(f"max_steps {self.max_steps}: at least 1 step.")

    def describe(self) -> Mapping[str, Any]:
        """Name, KiSAO ids and tolerances."""
        return {
            "name": f"SciPy {self.algorithm}",
            "kisao": KISAO[self.algorithm],
            "relative_tolerance": {"kisao": "KISAO:0000209", "value": self.rtol},
            "absolute_tolerance": {
                "kisao": "KISAO:0000211",
                "value": f"{self.rtol:g} * clip(amount at the start, {FLOOR:g}, {CEILING:g}) molecules",
            },
            "max_steps": self.max_steps,
        }

    def rest(self, kernel: Kernel, parameters: Array) -> Rest:
        """The steady state reached from the network's initial amounts; see `rest.find_rest`."""
        n_species = len(kernel.network.species)
        nothing = np.full(n_species, np.nan)
        try:
            with _quiet():
                rates = kernel.constants(parameters)
                start = kernel.initial(rates)
                stepper = _Stepper(self, kernel, min(self.rtol, REST_RTOL))

                def follow(counts: Array, from_s: float, to_s: float) -> tuple[Array, Status, str]:
                    try:
                        for solver in stepper.steps(counts, rates, from_s, to_s):
                            counts = solver.y
                    except _Failure as failure:
                        return counts, failure.status, failure.message
                    return counts, Status.OK, ""

                return find_rest(kernel, start, rates, follow)
        except Exception as error:  # noqa: BLE001 - one bad cell must not stop the others
            return Rest(counts=nothing, status=Status.EXCEPTION, message=f"{type(error).__name__}: {error}")

    def solve(self, problem: CellProblem) -> CellSolution:
        """The cell's course; a failure of any kind becomes its status."""
        try:
            with _quiet():
                return _solve(problem, _Stepper(self, problem.kernel, self.rtol))
        except _Failure as failure:
            return failed(problem, failure.status, failure.message)
        except Exception as error:  # noqa: BLE001 - one bad cell must not stop the others
            return failed(problem, Status.EXCEPTION, f"{type(error).__name__}: {error}")


@lru_cache
def _blas() -> ThreadpoolController:
    # From some 200 species on, several threads of BLAS would change the last bits with the number of cores,
    # and where processes share the cores they wait for each other (10 times slower, measured at 260 species).
    return ThreadpoolController()


@contextmanager
def _quiet() -> Iterator[None]:
    """One thread; overflows and LSODA's complaints are told once, as a status, not as warnings on the way."""
    with warnings.catch_warnings(), np.errstate(all="ignore"), _blas().limit(limits=1, user_api="blas"):
        warnings.simplefilter("ignore")
        yield


class _Stepper:
    """Steps of one cell with a common step limit."""

    def __init__(self, settings: SciPySolver, kernel: Kernel, rtol: float) -> None:
        self.kernel, self.rtol = kernel, rtol
        self.algorithm, self.left = settings.algorithm, settings.max_steps
        self.max_steps = settings.max_steps

    def steps(self, counts: Array, rates: Array, start_s: float, stop_s: float) -> Iterator[OdeSolver]:
        """The solver after each of its steps, up to `stop_s`.

        Raises:
            _Failure: step limit, a count that is no number, or a solver that gave up.
        """
        solver = self._solver(counts, rates, start_s, stop_s)
        while solver.status == "running":
            if self.left == 0:
                raise _Failure(Status.STEP_LIMIT, f"{self.max_steps} steps used up at {solver.t / 3600:g} h")
            self.left -= 1
            message = solver.step()
            if not np.all(np.isfinite(solver.y)):
                raise _Failure(Status.NON_FINITE, f"a count is not finite at {solver.t / 3600:g} h")
            if solver.status == "failed":
                raise _Failure(
                    Status.UNSUCCESSFUL, f"{self.algorithm} stopped at {solver.t / 3600:g} h: {message}"
                )
            yield solver

    def _solver(self, counts: Array, rates: Array, start_s: float, stop_s: float) -> OdeSolver:
        kernel = self.kernel
        if not np.all(np.isfinite(counts)) or not np.all(np.isfinite(kernel.derivative(counts, rates))):
            raise _Failure(Status.NON_FINITE, f"a count or rate is not finite at {start_s / 3600:g} h")
        settings = {"rtol": self.rtol, "atol": self.rtol * np.clip(np.abs(counts), FLOOR, CEILING)}
        rows, columns = kernel.jacobian_pattern
        shape = (len(counts), len(counts))

        def derivative(_time_s: float, y: Array) -> Array:
            return kernel.derivative(y, rates)

        if self.algorithm == "LSODA":
            matrix = np.zeros(shape)  # one for all calls: LSODA copies it, and only the pattern ever changes

            def dense(_time_s: float, y: Array) -> Array:
                matrix[rows, columns] = kernel.jacobian(y, rates)
                return matrix

            return LSODA(derivative, start_s, counts, stop_s, jac=dense, **settings)

        def sparse(_time_s: float, y: Array) -> csc_matrix:
            return csc_matrix((kernel.jacobian(y, rates), (rows, columns)), shape=shape)

        return BDF(derivative, start_s, counts, stop_s, jac=sparse, **settings)


def _solve(problem: CellProblem, stepper: _Stepper) -> CellSolution:
    recorder = Recorder(problem.time_s, problem.observe)
    counts, parameters = problem.rest, problem.parameters
    changes = [change for change in problem.changes if change.time_s <= problem.end_s]
    first_s = min([0.0, *(change.time_s for change in changes)])
    death = already_dead(problem.watches, first_s, counts, parameters)
    starts = sorted({first_s, *(change.time_s for change in changes)})
    at = {change.time_s: change for change in changes}
    for start_s, stop_s in zip(starts, [*starts[1:], problem.end_s], strict=True):
        if death is None:
            if start_s in at:
                counts, parameters = at[start_s].apply(counts, parameters)
            death = already_dead(problem.watches, start_s, counts, parameters)
        if death is None:
            last = stop_s == problem.end_s and start_s == starts[-1]
            counts, death = _period(problem, stepper, recorder, (start_s, stop_s, last), (counts, parameters))
    if death is None:
        return CellSolution(counts=recorder.counts, death_time_s=np.inf, death_kind="", status=Status.OK)
    recorder.hold(death.counts)
    # Who dies in the pre-treatment is dead when the experiment begins.
    time_s = max(death.time_s, 0.0)
    return CellSolution(counts=recorder.counts, death_time_s=time_s, death_kind=death.kind, status=Status.OK)


def _period(
    problem: CellProblem,
    stepper: _Stepper,
    recorder: Recorder,
    span: tuple[float, float, bool],
    state: tuple[Array, Array],
) -> tuple[Array, Death | None]:
    """From one change to the next. A sample at the stop belongs to the next period, after the change."""
    (start_s, stop_s, last), (counts, parameters) = span, state
    now = recorder.due(start_s, inclusive=True)
    recorder.take(np.repeat(counts[:, None], len(now), axis=1))
    if stop_s - start_s <= SHORTEST * max(abs(stop_s), 1.0):
        late = recorder.due(stop_s, inclusive=last)
        recorder.take(np.repeat(counts[:, None], len(late), axis=1))
        return counts, None
    rates = problem.kernel.constants(parameters)
    for solver in stepper.steps(counts, rates, start_s, stop_s):
        dense = solver.dense_output()
        death = first_death(problem.watches, dense, solver.t_old, solver.t, parameters)
        until_s = solver.t if death is None else death.time_s
        due = recorder.due(until_s, inclusive=death is None and (last or until_s < stop_s))
        if len(due):
            recorder.take(dense(due))
        if death is not None:
            return counts, death
        counts = solver.y
    return counts, None
