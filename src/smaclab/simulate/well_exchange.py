"""What flows between the shares of a well's medium: predicted over a macro step, measured at its end.

All cells see one medium. Each brings its own share through a macro step, with a constant inflow (the
exchange) that stands for the others. The exchange of the step that follows is what this one should have been,
carried on along its slope, and what brings the shares together that this one has left apart. The scheme is of
order two in the macro step, however the cells are solved; flows between shares keep every molecule.

Source:  the correction by a constant in each part is the rebalanced splitting of Speth, Green, MacNamara &
         Strang (2013), doi 10.1137/120878641, here for parts that are the cells themselves.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError

Array = NDArray[Any]

SAFETY = 0.8
MOST_GROWTH = 2.0
MOST_SHRINKING = 0.2
ORDER = 2  # of the scheme; the error of a step's medium goes with this power of its length


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupling:
    """How closely the cells of a well share their medium.

    tolerance: how far the medium that a cell sees may be from the shared one within a macro step, relative to
        a count plus `floor`; root mean square over the shares, the worst species.
    floor: molecules a share.
    first_s, longest_s, shortest_s: of macro steps; the first follows every change. s.
    fixed_s: where given, every macro step has this length and nothing is rejected: to measure an order.
    """

    tolerance: float = 0.01
    floor: float = 1.0
    first_s: float = 120.0
    longest_s: float = 7200.0
    shortest_s: float = 1e-3
    fixed_s: float | None = None

    def __post_init__(self) -> None:
        """Settings that cannot work are refused."""
        if not 1e-9 <= self.tolerance <= 0.1:
            raise SimulationError(f"tolerance {self.tolerance}: of the medium; between 1e-9 and 0.1.")
        if not 0 < self.floor < np.inf:
            raise SimulationError(f"floor {self.floor}: a number of molecules above 0.")
        if not 0 < self.shortest_s <= self.first_s <= self.longest_s:
            raise SimulationError(
                f"macro steps from {self.shortest_s} s over {self.first_s} s to {self.longest_s} s: these "
                "lengths are above 0 and do not fall."
            )
        if self.fixed_s is not None and not 0 < self.fixed_s < np.inf:
            raise SimulationError(f"fixed_s {self.fixed_s}: a length above 0, s, or None.")

    def error(self, apart: Array, mixed: Array) -> float:
        """Of a macro step, in tolerances; above 1 it is taken again.

        Args:
            apart: (share, medium species), molecules, how far the medium that a living cell saw was from the
                shared one.
            mixed: (medium species,), molecules a share.
        """
        if not len(apart):
            return 0.0
        allowed = self.tolerance * (np.abs(mixed) + self.floor)
        return float(np.sqrt(np.mean((apart / allowed) ** 2, axis=0)).max())

    def next_s(self, length_s: float, error: float) -> float:
        """The length of the step after one of this length and error, s."""
        if self.fixed_s is not None:
            return self.fixed_s
        if not np.isfinite(error):
            return max(length_s * MOST_SHRINKING, self.shortest_s)
        growth = SAFETY * max(error, 1e-12) ** (-1.0 / ORDER)
        longer = length_s * min(MOST_GROWTH, max(MOST_SHRINKING, growth))
        return float(min(max(longer, self.shortest_s), self.longest_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speeds:
    """How fast each share's medium changes by what its own cell and its own chemistry do.

    This is what goes on smoothly when somebody else dies; the exchange is what brings all to the same.

    speed: (share, medium species), molecules/s, at `at_s`. slope: how it changes, molecules/s^2.
    """

    speed: Array
    slope: Array
    at_s: float

    def exchange(self, middle_s: float, weight: Array) -> Array:
        """The inflows, molecules/s, of a step with this middle; together nothing."""
        return balanced(-(self.speed + self.slope * (middle_s - self.at_s)), weight)

    def then(self, speed: Array, middle_s: float) -> "Speeds":
        """After a step in whose middle the speeds were these."""
        return Speeds(speed=speed, slope=(speed - self.speed) / (middle_s - self.at_s), at_s=middle_s)

    def bow(self, length_s: float, weight: Array) -> Array:
        """How far a constant inflow leads away half-way where the right one has this slope, molecules."""
        return np.abs(balanced(self.slope, weight)) * length_s**2 / 8.0

    def of(self, kept: Array) -> "Speeds":
        """Some of the shares."""
        return Speeds(speed=self.speed[kept], slope=self.slope[kept], at_s=self.at_s)


def balanced(flow: Array, weight: Array) -> Array:
    """What flows in somewhere flows out elsewhere. flow: (share, medium species); weight: (share,)."""
    return flow - mean(flow, weight) if weight.sum() else np.zeros_like(flow)


def mean(each: Array, weight: Array) -> Array:
    """(medium species,), over all shares. each: (share, medium species); weight: (share,), not all 0."""
    # A sum of this shape gains nothing by threads, and theirs wait for each other.
    found: Array = np.einsum("s,sm->m", weight, each) / weight.sum()
    return found
