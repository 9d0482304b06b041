"""How to sample: how many sets, chains and moves."""

from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

import numpy as np

from smaclab.errors import SmaclabError
from smaclab.seeds import stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to sample.

    sets: how many parameter sets come out.
    seed: of all random numbers.
    rounds: of learning; 0 starts from the prior.
    spread: of the sets of the first round around the start, in prior standard deviations.
    chains: how many, at most `sets`; each gives as many sets, from evenly spaced ones of the last sweeps.
    screened: whether in every other sweep each parameter goes as far as it may alone; else, all are within a
        guess.
    settling: sweeps in which the moves are still adapted.
    last_sweeps: moves of every chain after that.
    tempered: whether chains begin at a tempering from the guess, for the evidence's probability.
    sweeps: moves after each step of the tempering.
    """

    sets: int = 200
    seed: int = 1
    rounds: int = 12
    spread: float = 0.25
    chains: int = 8
    screened: bool = True
    settling: int = 60
    last_sweeps: int = 250
    tempered: bool = False
    sweeps: int = 1

    def __post_init__(self) -> None:
        least = min(self.rounds, self.sweeps, self.settling, self.last_sweeps)
        if self.sets < 2 or self.chains < 2 or least < 0 or not self.spread > 0:
            raise SmaclabError(f"{self}: two sets and chains or more, no negative numbers, a spread above 0.")
        if self.visits > max(1, self.last_sweeps):
            raise SmaclabError(
                f"{self.sets} sets of {self.chains} chains are {self.visits} of each, more than "
                f"{self.last_sweeps} last sweeps. Take more chains or more last sweeps."
            )

    @property
    def walkers(self) -> int:
        """How many chains there are."""
        return min(self.chains, self.sets)

    @property
    def visits(self) -> int:
        """How many sets of each chain are kept."""
        return ceil(self.sets / self.walkers)

    def settings(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    def fixed(self) -> dict[str, Any]:
        """The settings that a run cannot change any more; with more last sweeps, chains go on."""
        return {name: value for name, value in asdict(self).items() if name != "last_sweeps"}

    def chance(self, stage: str) -> np.random.Generator:
        """A generator that belongs to the seed and the stage alone, so that a resumed run has the same."""
        return stream(self.seed, "infer", stage, 0)
