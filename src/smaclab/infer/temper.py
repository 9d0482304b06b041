"""Tempering: from sets of the guess to sets of the posterior, and the probability of the evidence.

Sets drawn from the guess are weighted by (posterior / guess)^power. The power rises from 0 to 1 in steps that
keep half of the sets effective; after each, sets are drawn again by weight and moved (Del Moral, Doucet,
Jasra, J R Stat Soc B 2006;68:411).
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from smaclab.errors import SmaclabError
from smaclab.infer.guess import drawn, effective_number, next_power, resampled
from smaclab.infer.walk import Sets, Walk

Array = NDArray[Any]

KEPT: Final = 0.5
"""Each step of the power keeps this share of the sets effective."""
SWEEPS: Final = 100
"""Of the first sets within the guess, so that those of one ancestor are strangers."""


@dataclass(slots=True, kw_only=True)
class Tempered:
    """Where the sets are on the way from the guess to the posterior, and what the way was like.

    ancestor: (set,), which of the first sets each descends from. evidence: ln of its probability so far.
    before: sets that were effective at each step from the guess's reference to the guess. powers: after each
    step. effective: sets that were effective at each. accepted: share of moves that were.
    """

    sets: Sets
    ancestor: Array
    evidence: float
    before: tuple[float, ...]
    powers: list[float] = field(default_factory=list)
    effective: list[float] = field(default_factory=list)
    accepted: list[float] = field(default_factory=list)

    @property
    def evidence_error(self) -> float:
        """A standard error of `evidence`, from the scatter of the weights at each step.

        Of independent sets; with few sweeps sets depend on each other, and it is larger.
        """
        number = len(self.ancestor)
        return float(np.sqrt(sum(1.0 / one - 1.0 / number for one in (*self.before, *self.effective))))


def tempered(walk: Walk) -> Tempered:
    """Sets of the posterior.

    Raises:
        SmaclabError: no set from the guess could be predicted.
    """
    plan, power = walk.plan, 0.0
    begun = drawn(walk.guess, plan.walkers, SWEEPS, plan.chance("first"))
    sets = walk.judged("first", begun.coordinates)
    if not np.isfinite(sets.excess).any():
        raise SmaclabError(
            f"none of the first {plan.walkers} parameter sets could be predicted. Narrow the priors."
        )
    path = Tempered(
        sets=sets, ancestor=np.arange(plan.walkers), evidence=begun.log_mass, before=begun.effective
    )
    while power < 1.0:
        sets, weight, power = _next_step(walk, path.sets, power)
        path.evidence += float(logsumexp(weight) - np.log(plan.walkers))
        chance = float(plan.chance(f"draw {len(path.powers)}").random())
        chosen = resampled(np.exp(weight - logsumexp(weight)), chance)
        path.effective.append(effective_number(weight))
        path.sets, path.ancestor = sets.at(chosen), path.ancestor[chosen]
        path.powers.append(power)
        for sweep in range(plan.sweeps):
            path.sets, share = walk.moved(f"temper {len(path.powers)} {sweep}", path.sets, power)
            path.accepted.append(share)
            walk.length.adapt(share)
    return path


def _next_step(walk: Walk, sets: Sets, power: float) -> tuple[Sets, Array, float]:
    """The sets beside the guess for the next step, the logarithm of each one's weight for it, and the power.

    Lines through all sets that were predicted by now may make a better guess. It takes the old one's place
    where it lets the power rise further, though the sets must then be weighted for that, too.
    """
    following = next_power(sets.excess, power, KEPT)
    weight = _weight(sets.excess, following - power, 0.0)
    if not walk.plan.rounds or following >= 1.0:
        return sets, weight, following
    other = walk.learner.guess(np.inf)
    excess = sets.log_posterior - other.log_density(sets.coordinates)
    with np.errstate(invalid="ignore"):  # sets that cannot be predicted
        begun = (1.0 - power) * (sets.excess - excess)
    further = next_power(excess, power, KEPT, begun)
    if further <= following:
        return sets, weight, following
    walk.guess = other
    return replace(sets, excess=excess), _weight(excess, further - power, begun), further


def _weight(excess: Array, rise: float, begun: Array | float) -> Array:
    """Logarithm of each set's weight, (set,); minus infinity for one that cannot be predicted."""
    is_known = np.isfinite(excess)
    return np.where(is_known, begun + rise * np.where(is_known, excess, 0.0), -np.inf)
