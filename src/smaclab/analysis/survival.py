"""Who is alive when: the curve of Kaplan and Meier, its median, and the log-rank test.

Scope:   a failed cell (NaN) never counts as a survivor: it is left out, and how many there are is told.
Source:  Kaplan and Meier (1958), doi 10.2307/2281868; the variance of Greenwood (1926), with limits on the
         scale of log(-log S) (Kalbfleisch and Prentice 1980); the median's limits as Brookmeyer and Crowley
         (1982), doi 10.2307/2530286; the test of Mantel (1966) with the hypergeometric variance.
Valid:   for cells that die independently. All cells of one simulated well meet the same medium, and the same
         individuals meet every dose; the test takes them for strangers, which makes it careful, not bold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.special import chdtrc, ndtri

from smaclab.analysis.estimate import LEVEL, Estimate
from smaclab.analysis.logistic import Array
from smaclab.errors import SmaclabError


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """A survival curve: steps at the times at which somebody died.

    time_h: (step,), h, the first 0.
    alive, low, high: (step,), the fraction alive from this time to the next, and the ends of its interval.
    at_risk: (step,), alive and watched just before this time.
    deaths: (step,), at this time.
    end_h: the last look, h.
    cells: known ones; `failed`: those of which nothing is known.
    death_h, is_death: (cell,), the known cells: when each died, or was last seen alive.
    """

    time_h: Array
    alive: Array
    low: Array
    high: Array
    at_risk: Array
    deaths: Array
    end_h: float
    cells: int
    failed: int
    death_h: Array
    is_death: Array

    def at(self, at_h: float) -> Estimate:
        """The fraction alive at a time, h, with its interval; NaN where no cell is known."""
        if not self.cells or at_h > self.end_h * (1 + 1e-9):
            return Estimate(value=np.nan)
        step = int(np.searchsorted(self.time_h, at_h, side="right")) - 1
        return Estimate(value=float(self.alive[step]), low=float(self.low[step]), high=float(self.high[step]))

    def number_at_risk(self, at_h: Array) -> Array:
        """(time,) cells that are alive and watched just before each time, h: what stands under a curve."""
        return np.array([int(np.sum(self.death_h >= at)) for at in np.atleast_1d(at_h)])

    @property
    def median_h(self) -> Estimate:
        """Time by which half is dead, h; inf: fewer died. NaN: no cell is known."""
        if not self.cells:
            return Estimate(value=np.nan)
        value, low, high = (self._first(line) for line in (self.alive, self.low, self.high))
        return Estimate(value=value, low=low, high=high)

    def _first(self, line: Array) -> float:
        below = np.flatnonzero(line <= 0.5 + 1e-12)
        return float(self.time_h[below[0]]) if len(below) else float("inf")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank:
    """chi_square, with one degree of freedom less than groups; p: so much difference by chance.

    observed, expected: (group,), deaths. NaN everywhere where nobody died, or only one group has cells.
    """

    chi_square: float
    p: float
    freedom: int
    observed: Array
    expected: Array


def kaplan_meier(
    time_h: Array,
    is_death: Array,
    *,
    end_h: float | None = None,
    failed: int = 0,
    level: float = LEVEL,
) -> Survival:
    """The survival curve of cells that were watched for different times.

    Args:
        time_h: (cell,), h: of the death, or of the last look at a living cell.
        is_death: (cell,), whether the cell died then.
        end_h: the last look, h; by default the latest time of all.
        failed: cells of which nothing is known, only to be told.
        level: of the interval.

    Returns:
        The curve; all NaN with one step where no cell is known.

    Raises:
        SmaclabError: times that are negative or not finite, or not as many as marks of death.
    """
    times, died = np.asarray(time_h, dtype=float), np.asarray(is_death, dtype=bool)
    if times.ndim != 1 or times.shape != died.shape or not (np.isfinite(times) & (times >= 0)).all():
        raise SmaclabError(
            f"{times.shape} times and {died.shape} marks of death. Give a finite time, 0 or more, and a mark "
            "for each cell; a failed cell is left out."
        )
    steps = np.unique(np.concatenate([[0.0], times[died]]))
    at_risk = np.array([np.sum(times >= one) for one in steps])
    deaths = np.array([np.sum(died & (times == one)) for one in steps])
    with np.errstate(invalid="ignore", divide="ignore"):
        alive = np.cumprod(np.where(at_risk > 0, 1.0 - deaths / at_risk, np.nan))
        spread = np.cumsum(deaths / (at_risk * (at_risk - deaths)))
    low, high = _limits(alive, spread, len(times), level)
    return Survival(
        time_h=steps,
        alive=alive,
        low=low,
        high=high,
        at_risk=at_risk,
        deaths=deaths,
        end_h=float(times.max(initial=0.0)) if end_h is None else end_h,
        cells=len(times),
        failed=failed,
        death_h=times,
        is_death=died,
    )


def survival_of(death_time_s: Array, *, end_s: float, level: float = LEVEL) -> Survival:
    """The survival curve of simulated cells, all watched to the end.

    Args:
        death_time_s: (cell,), s. inf: survived. NaN: the solve failed, so unknown: left out and counted.
        end_s: end of the run, s.
        level: of the interval.
    """
    known = death_time_s[~np.isnan(death_time_s)]
    died = known <= end_s
    times = np.where(died, known, end_s) / 3600.0
    failed = len(death_time_s) - len(known)
    return kaplan_meier(times, died, end_h=end_s / 3600.0, failed=failed, level=level)


def log_rank(groups: Sequence[Survival]) -> LogRank:
    """Whether groups die alike.

    groups: survival curves, at least two.

    Raises:
        SmaclabError: fewer than two groups.
    """
    if len(groups) < 2:
        raise SmaclabError(f"{len(groups)} groups. A comparison needs two or more.")
    freedom = len(groups) - 1
    times = np.unique(np.concatenate([one.death_h[one.is_death] for one in groups]))
    at_risk = np.array([[np.sum(one.death_h >= at) for at in times] for one in groups], dtype=float)
    deaths = np.array([[np.sum(one.is_death & (one.death_h == at)) for at in times] for one in groups])
    observed, all_risk, all_deaths = deaths.sum(axis=1), at_risk.sum(axis=0), deaths.sum(axis=0)
    share = np.divide(at_risk, all_risk, out=np.zeros_like(at_risk), where=all_risk > 0)
    expected = (share * all_deaths).sum(axis=1)
    scale = np.zeros_like(all_risk)
    many = all_risk > 1
    scale[many] = all_deaths[many] * (all_risk - all_deaths)[many] / (all_risk - 1)[many]
    covariance = np.einsum("t,it,jt->ij", -scale, share, share) + np.diag((scale * share).sum(axis=1))
    rest = (observed - expected)[:-1]
    inner = covariance[:-1, :-1]
    if np.linalg.matrix_rank(inner) < freedom:  # nobody died, or a group without cells
        nothing = np.full(len(groups), np.nan)
        return LogRank(chi_square=np.nan, p=np.nan, freedom=freedom, observed=nothing, expected=nothing)
    chi_square = float(rest @ np.linalg.solve(inner, rest))
    p = float(chdtrc(freedom, chi_square))
    return LogRank(chi_square=chi_square, p=p, freedom=freedom, observed=observed, expected=expected)


def median_death_s(death_time_s: Array) -> Array:
    """Time by which half of an experiment's known cells are dead.

    Args:
        death_time_s: (experiment, cell), s. inf: survived. NaN: the solve failed, so unknown.

    Returns:
        (experiment,), s. inf where fewer than half died; NaN where no cell is known.
    """
    medians = []
    for row in death_time_s:
        known = np.sort(row[~np.isnan(row)])
        # The ceil(n/2)-th death, never a mean of two: a mean with inf would be inf.
        medians.append(known[(len(known) - 1) // 2] if len(known) else np.nan)
    return np.array(medians)


def _limits(alive: Array, spread: Array, cells: int, level: float) -> tuple[Array, Array]:
    """Ends of the interval of each step; where all live or all are dead, by the binomial of all cells.

    Greenwood's variance is 0 or unknown there, and an interval of no width would be a lie.
    """
    z = ndtri(0.5 + level / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        log = np.log(alive)
        reach = z * np.sqrt(spread) / np.abs(log)
        low, high = alive ** np.exp(reach), alive ** np.exp(-reach)
    edge = ((1.0 - level) / 2) ** (1.0 / cells) if cells else np.nan
    low, high = np.where(alive == 1.0, edge, low), np.where(alive == 1.0, 1.0, high)
    return np.where(alive == 0.0, 0.0, low), np.where(alive == 0.0, 1.0 - edge, high)
