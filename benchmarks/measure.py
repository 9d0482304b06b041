"""One case measured: errors first, then both solvers in turns, so that a busy machine slows both alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import ours as our_side
from benchmarks.case import Case
from benchmarks.peer import ATOL, RTOL, Peer, Run
from benchmarks.reference import cross_checked, errors, quick_reference, reference
from smaclab.simulate.rosenbrock import LARGEST_CHUNK

Array = NDArray[Any]

LONG_ENOUGH_S = 0.5  # CPU seconds; a shorter round would measure the clock
MOST_REPEATS = 50
Ours = Callable[[Case, float, float, str], Run]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One solver on one case.

    per_s: trajectories per CPU second. error_*: over cells. ratio: peer's time over ours, median of the
    rounds; low, high: its range. steps: of a trajectory, mean; None: not told. matched: the 95th percentile
    of the error is at most the peer's.
    """

    case: str
    solver: str
    precision: str
    setting: str
    cells: int
    per_s: float
    error_median: float
    error_p95: float
    failed: int
    codegen_s: float
    steps: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    matched: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A case's rows, the peer first, and how well two references agree."""

    rows: tuple[Row, ...]
    agreement: float

    def row(self, precision: str) -> Row | None:
        """Ours in this precision, None where there is none."""
        return next((one for one in self.rows[1:] if one.precision == precision), None)


PRECISIONS = ("f64", "f32")


def measured(
    case: Case,
    rounds: int,
    ours: Ours | None = None,
    *,
    quick: bool = False,
    precisions: Sequence[str] = PRECISIONS,
) -> Measured:
    """The rows of one case.

    Args:
        case: what is solved.
        rounds: how often both solve it in turns.
        ours: our side; `benchmarks.ours.ours` by default.
        quick: whether the peer at 1e-12 is the reference, which costs seconds instead of minutes.
        precisions: of ours.
    """
    ours = our_side.ours if ours is None else ours
    peer = Peer(case)
    if quick:
        truth, agreement = quick_reference(case, peer)
    else:
        truth = reference(case)
        agreement = cross_checked(case, truth, peer)
    theirs = peer.solve(range(case.n_cells))
    their_errors = errors(theirs.values, truth)
    some = case.first(our_side.MOST_CELLS or case.n_cells)
    tried = [chosen(some, truth, ours, precision, their_errors) for precision in precisions]
    rows, per_s = timed(case, peer, ours, [one for one in tried if one is not None], rounds)
    first = Row(
        case=case.name, solver=f"libRoadRunner {peer.version}", precision="f64",
        setting=f"{RTOL:g} / {ATOL:g}", cells=case.n_cells, per_s=per_s,
        codegen_s=peer.codegen_s, **summary(their_errors),
    )  # fmt: skip
    return Measured(rows=(first, *rows), agreement=agreement)


def summary(error: Array) -> dict[str, Any]:
    """Median, 95th percentile and failures; error: (cell,), inf where a cell failed."""
    return {
        "error_median": float(np.quantile(error, 0.5, method="higher")),
        "error_p95": float(np.quantile(error, 0.95, method="higher")),
        "failed": int(np.sum(np.isinf(error))),
    }


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A setting of ours, and what it gave on the case's cells."""

    rtol: float
    atol: float
    precision: str
    case: Case
    run: Run
    error: Array
    matched: bool


def chosen(case: Case, truth: Array, ours: Ours, precision: str, their_errors: Array) -> Choice | None:
    """Our fastest setting as accurate as the peer, else the most accurate; None: no such precision."""
    allowed = summary(their_errors)["error_p95"]
    tried: list[Choice] = []
    for rtol, atol in our_side.settings(precision):
        try:
            run = ours(case, rtol, atol, precision)
        except NotImplementedError:
            return None
        error = errors(run.values, truth[: case.n_cells])
        fits = summary(error)["error_p95"] <= allowed
        tried.append(
            Choice(rtol=rtol, atol=atol, precision=precision, case=case, run=run, error=error, matched=fits)
        )
        if fits:
            return tried[-1]
    return min(tried, key=lambda one: summary(one.error)["error_p95"])


def timed(
    case: Case, peer: Peer, ours: Ours, choices: Sequence[Choice], rounds: int
) -> tuple[list[Row], float]:
    """Our rows, and the peer's trajectories per CPU second; a round is the peer, then each of ours."""
    theirs, speeds = [], []
    for _ in range(rounds):
        theirs.append(case.n_cells / peer.solve(range(case.n_cells)).cpu_s)
        speeds.append([_speed(choice, ours) for choice in choices])
    rows = [
        _row(case, choice, [round_[place] for round_ in speeds], theirs)
        for place, choice in enumerate(choices)
    ]
    return rows, float(np.median(theirs))


def _speed(choice: Choice, ours: Ours) -> float:
    """Our trajectories per CPU second, in chunks of the size the solver works in, until it can be timed."""
    wanted = int(np.clip(np.ceil(LONG_ENOUGH_S / max(choice.run.cpu_s, 1e-9)), 1, MOST_REPEATS))
    together = min(wanted, max(1, LARGEST_CHUNK // choice.case.n_cells))
    cells, cpu_s, done = choice.case.times(together), 0.0, 0
    while done < wanted:
        cpu_s += ours(cells, choice.rtol, choice.atol, choice.precision).cpu_s
        done += together
    return done * choice.case.n_cells / cpu_s


def _row(case: Case, choice: Choice, speeds: Sequence[float], theirs: Sequence[float]) -> Row:
    ratios = [ours / peers for ours, peers in zip(speeds, theirs, strict=True)]
    return Row(
        case=case.name, solver=our_side.NAME, precision=choice.precision,
        setting=f"{choice.rtol:g} / {choice.atol:g}", cells=choice.case.n_cells,
        per_s=float(np.median(speeds)), codegen_s=choice.run.codegen_s, ratio=float(np.median(ratios)),
        low=min(ratios), high=max(ratios), matched=choice.matched,
        steps=choice.run.steps / choice.case.n_cells, **summary(choice.error),
    )  # fmt: skip
