"""A set that is looked at in part first: most proposals are refused, and a few telling claims refuse them.

The evidence is split into groups. A proposal is accepted group by group, each by its own ratio, and refused
at the first that refuses it, so the rest need not be simulated (delayed acceptance: Christen, Fox, J Comput
Graph Stat 2005;14:795). Chains stay exact, whatever the groups; these only decide what it costs. On moves of
an earlier calibration six claims and the measurements, a fifth of the cells, refuse three proposals of five.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError

Array = NDArray[Any]

SHARES: Final = (0.7, 0.99)
"""Of what scatters: the first group has so much of it, the first and second together."""
FURTHEST: Final = 5.0
"""Below the median a log-likelihood counts no further: one that is lost is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Evidence that is simulated together. evidence: its ids. cost: in any unit that all share."""

    evidence: frozenset[str]
    cost: float

    def __post_init__(self) -> None:
        if not self.evidence or not self.cost > 0:
            raise SmaclabError(f"a unit of {len(self.evidence)} pieces, cost {self.cost}: both are above 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """In what order sets are looked at, and when that ends.

    groups: ids of the evidence, all of it, in order. fitted: ids of what counts.
    floors: (set, group), the log-likelihood of a group below which a set is not looked at any further.
    """

    groups: tuple[frozenset[str], ...]
    fitted: frozenset[str]
    floors: Array

    def of(self, place: int) -> "Looks":
        """Of one set."""
        return Looks(groups=self.groups, fitted=self.fitted, floors=self.floors[place : place + 1])

    def behind(self, first: int) -> "Looks":
        """Of all sets but so many of the first."""
        return Looks(groups=self.groups, fitted=self.fitted, floors=self.floors[first:])


def grouped(units: tuple[Unit, ...], likely: Array) -> tuple[frozenset[str], ...]:
    """Units in two or three groups: those that scatter most for what they cost come first.

    Args:
        units: of all evidence.
        likely: (unit, set), log-likelihood of each unit in likely sets.
    """
    finite = np.where(np.isfinite(likely), likely, np.nan)
    if not len(units) or np.isnan(finite).all(axis=1).any():
        return (frozenset().union(*(one.evidence for one in units)),)
    middle = np.nanmedian(finite, axis=1, keepdims=True)
    held = np.where(np.isnan(finite), middle - FURTHEST, np.maximum(finite, middle - FURTHEST))
    scatter = held.var(axis=1)
    order = np.argsort(-scatter / np.array([one.cost for one in units]), kind="stable")
    before = np.cumsum(scatter[order]) - scatter[order]
    place = np.searchsorted(np.array(SHARES), before / max(float(scatter.sum()), 1e-300), side="right")
    groups = (
        frozenset().union(*(units[one].evidence for one in order[place == number]))
        for number in range(len(SHARES) + 1)
    )
    return tuple(one for one in groups if one)
