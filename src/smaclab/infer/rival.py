"""A rival hypothesis judged on sets that were made with another: no chains of its own.

Sets drawn with the first hypothesis weigh (likelihood under the rival) / (likelihood under the first). The
mean weight is the ratio of the probabilities of the evidence, the Bayes factor (importance sampling; Gelman,
Meng, Stat Sci 1998;13:163, section 2). It sees the rival only where the first has sets, so it can say
that the rival does as well there, or better, but never that it would do worse with numbers of its own.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from smaclab.infer.compare import ERRORS, STRONG
from smaclab.infer.guess import effective_number
from smaclab.infer.left_out import ENOUGH, HEAVIEST, tail_shape

Array = NDArray[Any]

PREFERS: Final = "the evidence prefers it"
CANNOT_TELL: Final = "cannot tell"
WORSE_HERE: Final = "worse with these numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One rival.

    change: of the log-likelihood, the median set's; minus infinity where it cannot be predicted.
    ahead: ln of the Bayes factor, the rival over the first. error: its standard error, of independent sets.
    effective: different sets that count. tail: shape of the largest weights, as for data sets left out.
    """

    change: float
    ahead: float
    error: float
    effective: float
    tail: float

    @property
    def is_told(self) -> bool:
        """Whether enough sets count, and no heavier one is missing."""
        return self.effective >= ENOUGH and self.tail <= HEAVIEST

    @property
    def verdict(self) -> str:
        """In words. That nothing stands against it is "cannot tell"."""
        if self.is_told and self.ahead - ERRORS * self.error >= STRONG:
            return PREFERS
        # This says no more than what was seen: few sets that count may miss those that suit the rival.
        return WORSE_HERE if self.ahead + ERRORS * self.error <= -STRONG else CANNOT_TELL


def rival(first: Array, other: Array, counts: Array | None = None) -> Rival:
    """A rival against the hypothesis that the sets were made with.

    Args:
        first: (set,), log-likelihood of sets that count the same, finite.
        other: (set,), theirs under the rival; minus infinity: cannot be predicted.
        counts: (set,), how often each was drawn: a set that is there again tells nothing new. Once if None.
    """
    weight = np.asarray(other) - np.asarray(first)
    if not np.isfinite(weight).any():
        return Rival(change=-np.inf, ahead=-np.inf, error=0.0, effective=0.0, tail=np.inf)
    often = np.ones(len(weight), dtype=int) if counts is None else np.asarray(counts)
    number = int(often.sum())
    every = np.repeat(weight, often)
    ahead = float(logsumexp(every) - np.log(number))
    return Rival(
        change=float(np.median(every)),
        ahead=ahead,
        error=float(np.linalg.norm(often * (np.exp(weight - ahead) - 1.0)) / number),
        effective=effective_number(weight + np.log(often)),
        tail=tail_shape(every),
    )
