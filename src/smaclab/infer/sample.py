"""The sampler: a guess learned by cheap lines, and chains from where it leads that go as far as they can.

1. Learn (`learn`): rounds of sets near a start give lines for every prediction, and with them a guess at the
   posterior that costs microseconds.
2. Begin at the most likely sets of late; tempered (`temper`), at sets of the posterior that come from the
   guess by weights and moves, which takes longer and gives the probability of the evidence.
3. Screen (`screen`): each parameter is moved alone, for how far it may go.
4. Settle (`walk`): chains move, along the lines and each parameter as far as it may, in turn; moves become
   longer or shorter, and lines are drawn anew.
5. Stay: nothing is adapted any more, and evenly spaced sweeps are kept.

Steps 1 to 3 decide how much work the others have, not where they end: a far second region is not found.
`Sampled` says what was accepted, and how far the chains are from one another.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from smaclab.errors import SmaclabError
from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.guess import within
from smaclab.infer.known import Known
from smaclab.infer.learn import Learner
from smaclab.infer.mixing import Mixing, mixing
from smaclab.infer.plan import Plan
from smaclab.infer.problem import Problem
from smaclab.infer.temper import Tempered, tempered
from smaclab.infer.walk import FIRST_LENGTH, Sets, Walk
from smaclab.seeds import standard_normal

Array = NDArray[Any]

SHARE: Final = 0.2
"""Sets of each round of learning after the first, as a share of all."""
NEAR: Final = 0.999
"""Chains begin no further below the best set than all parameters together lose in so many of cases."""
RENEWALS: Final = 8
"""How often lines are drawn anew while chains settle: a resumed run must draw them again."""


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """What came out; every set counts the same.

    coordinates: (set, parameter), standard. predicted: (set, number). log_posterior: (set,), unnormalized.
    chain: (set,), which of the chains it is of. ancestor: (chain,), which of the first sets each descends
        from.
    tempered: what the tempering was like; None: there was none.
    accepted: share of moves that were, at each sweep after that. drift: mean log-posterior of the chains
        before and after each of the last sweeps.
    mixed: how well the chains agree in the last sweeps. alone: (parameter,), the log-likelihood that it cost
        to move each parameter alone by a prior standard deviation; None: that was not asked.
    """

    coordinates: Array
    predicted: Array
    log_posterior: Array
    chain: Array
    ancestor: Array
    tempered: Tempered | None
    accepted: tuple[float, ...]
    drift: tuple[float, ...]
    mixed: Mixing
    simulations: int
    alone: Array | None = None

    @property
    def effective_families(self) -> float:
        """1 / sum of squared shares of the first sets' descendants: how many starts the chains have."""
        shares = np.bincount(self.ancestor) / len(self.ancestor)
        return float(1.0 / (shares**2).sum())


def sample(
    problem: Problem,
    plan: Plan,
    checkpoint: Checkpoint,
    *,
    start: Array | None = None,
    origin: Known | None = None,
) -> Sampled:
    """Parameter sets from the posterior.

    Args:
        problem: priors, evidence and how to predict.
        plan: how many, with which seed.
        checkpoint: makes or reads the predictions.
        start: (parameter,), standard coordinates around which the first round is drawn; the priors' own
            `start` by default.
        origin: a calibration that came to its end, of the same predictions and, perhaps, other evidence:
            nothing is learned anew, and chains begin where its chains are.

    Raises:
        BudgetSpent: the checkpoint's time is over.
        SmaclabError: no set could be predicted; the origin has not come to its end.
    """
    # One thread for the algebra: with another number of them sums round in other ways, and resume must not.
    with threadpool_limits(limits=1):
        where = np.array([one.start for one in problem.priors]) if start is None else start
        learner = Learner(problem=problem, predict=checkpoint.predict, middle=where, width=plan.spread)
        if origin is not None:
            walk, sets = _going_on(learner, plan, origin)
            return _chains(walk, sets, None, checkpoint)
        if plan.rounds:
            _learn(learner, plan)
        guess = learner.guess(np.inf) if plan.rounds else within(where, np.inf)
        walk = Walk(learner=learner, plan=plan, guess=guess)
        if plan.tempered:
            path = tempered(walk)
            return _chains(walk, path.sets, path, checkpoint)
        return _chains(walk, _first(walk), None, checkpoint)


def _learn(learner: Learner, plan: Plan) -> None:
    """All rounds. A tempering needs a guess that reaches everywhere; chains only need a good place."""
    learner.begin(standard_normal(plan.seed, "infer", "learn 0", range(plan.sets), learner.problem.names))
    size = max(2, round(SHARE * plan.sets))
    moving = ceil(plan.rounds / 2) if plan.tempered else plan.rounds
    for number in range(1, plan.rounds):
        learner.go_on(number, size, plan.chance(f"learn {number}"), (moving, plan.rounds))


def _going_on(learner: Learner, plan: Plan, origin: Known) -> tuple[Walk, Sets]:
    """Chains of other evidence, where the chains of the origin are."""
    if not len(origin.last) or plan.tempered or not plan.rounds:
        raise SmaclabError(
            f"{len(origin.last)} chains to begin with, {plan.rounds} rounds, tempered {plan.tempered}: those "
            "of another calibration go on only from its end, with lines, and nothing is tempered."
        )
    learner.recall(*origin.learned_from())
    walk = Walk(learner=learner, plan=plan, guess=learner.guess(np.inf))
    walk.length.value = FIRST_LENGTH
    if plan.screened and len(origin.alone):
        walk.reach = np.asarray(origin.alone**-0.5)
    places = np.resize(np.arange(len(origin.last)), plan.walkers)
    sets = walk.beside(origin.last[places], origin.last_predicted[places])
    if not np.isfinite(sets.log_posterior).any():
        raise SmaclabError(f"none of the {plan.walkers} sets to begin with is known. Calibrate them again.")
    return walk, sets


def _first(walk: Walk) -> Sets:
    """Where chains begin: the most likely sets of late, or the prior where nothing was learned."""
    plan = walk.plan
    walk.length.value = FIRST_LENGTH
    if plan.rounds:
        coordinates, predicted = walk.learner.best(plan.walkers)
        likely = walk.learner.problem.log_likelihood(predicted)
        # A set far out in a tail that lines know nothing of would stay there: where lines find a place less
        # likely than it is, hardly any move from it is accepted.
        near = np.flatnonzero(likely >= likely[0] - 0.5 * chi2.ppf(NEAR, len(coordinates[0])))
        places = np.resize(near, plan.walkers)
        sets = walk.beside(coordinates[places], predicted[places])
    else:
        names = walk.learner.problem.names
        sets = walk.judged("first", standard_normal(plan.seed, "infer", "first", range(plan.walkers), names))
    if not np.isfinite(sets.log_posterior).any():
        raise SmaclabError(
            f"none of the first {plan.walkers} parameter sets could be predicted. Narrow the priors."
        )
    return sets


def _chains(walk: Walk, sets: Sets, path: Tempered | None, checkpoint: Checkpoint) -> Sampled:
    """From where chains begin to what is kept."""
    plan = walk.plan
    accepted: list[float] = []
    if plan.screened and walk.reach is None:
        walk.screen(sets)
    if plan.rounds and walk.learner.problem.units:
        walk.look_in_groups()
    every = max(1, plan.settling // RENEWALS)
    for sweep in range(plan.settling):
        if sweep % every == 0:
            sets = walk.renewed(sets)
        sets, share = _swept(walk, "settle", sweep, sets)
        accepted.append(share)
        (walk.part if _is_alone(plan, sweep) else walk.length).adapt(share)
    seen = [sets]
    for sweep in range(plan.last_sweeps):  # moves no longer change: from here on a plain Markov chain
        sets, share = _swept(walk, "last", sweep, sets)
        accepted.append(share)
        seen.append(sets)
    step = max(1, plan.last_sweeps // plan.visits)
    kept = [seen[-1 - step * place] for place in reversed(range(plan.visits))]
    chosen = slice(len(kept) * plan.walkers - plan.sets, None)
    return Sampled(
        coordinates=np.concatenate([one.coordinates for one in kept])[chosen],
        predicted=np.concatenate([one.predicted for one in kept])[chosen],
        log_posterior=np.concatenate([one.log_posterior for one in kept])[chosen],
        chain=np.tile(np.arange(plan.walkers), len(kept))[chosen],
        ancestor=np.arange(plan.walkers) if path is None else path.ancestor,
        tempered=path,
        accepted=tuple(accepted),
        drift=tuple(float(one.log_posterior.mean()) for one in seen),
        mixed=mixing(np.stack([one.coordinates for one in seen[1:]])) if len(seen) > 1 else _unmixed(sets),
        simulations=checkpoint.read + checkpoint.simulated,
        alone=None if walk.reach is None else walk.reach**-2.0,
    )


def _is_alone(plan: Plan, sweep: int) -> bool:
    """Whether each parameter goes as far as it may; every other sweep goes along the lines."""
    return plan.screened and sweep % 2 == 1


def _swept(walk: Walk, stage: str, sweep: int, sets: Sets) -> tuple[Sets, float]:
    move = walk.moved_within_prior if _is_alone(walk.plan, sweep) else walk.moved
    return move(f"{stage} {sweep}", sets)


def _unmixed(sets: Sets) -> Mixing:
    return mixing(sets.coordinates[None])
