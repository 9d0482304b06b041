"""Two drugs in all combinations: what models of synergy look at."""

from dataclasses import dataclass
from typing import final

import numpy as np

from smaclab.analysis.logistic import Array
from smaclab.errors import SmaclabError


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DrugMatrix:
    """Effects of two drugs, alone and together, on one or more plates.

    drugs: names of the drug of the rows and that of the columns.
    first_nM, second_nM: (row,), (column,), nM, rising from 0.
    effect: (plate, row, column), the fraction affected: 0 as the control, 1 all dead. NaN: not known. A plate
        is one independent repeat of the whole matrix.
    """

    drugs: tuple[str, str]
    first_nM: Array
    second_nM: Array
    effect: Array

    def __post_init__(self) -> None:
        for name, doses in zip(self.drugs, (self.first_nM, self.second_nM), strict=True):
            rising = doses.ndim == 1 and len(doses) > 1 and bool((np.diff(doses) > 0).all())
            if not rising or doses[0] != 0 or not np.isfinite(doses).all():
                raise SmaclabError(f"{name}: doses {doses.tolist()} nM. A matrix has rising doses from 0.")
        wanted = (len(self.first_nM), len(self.second_nM))
        if self.effect.ndim != 3 or self.effect.shape[1:] != wanted:
            raise SmaclabError(
                f"effects {self.effect.shape} of {' and '.join(self.drugs)}; doses need (plate, {wanted[0]}, "
                f"{wanted[1]})."
            )

    @property
    def plates(self) -> int:
        """How many repeats there are."""
        return len(self.effect)


def combined(shape: tuple[int, ...]) -> Array:
    """(row, column), True where both drugs are given: only there is there a combination."""
    both = np.ones(shape[-2:], dtype=bool)
    both[0, :] = both[:, 0] = False
    return both


def beyond(effect: Array, expected: Array) -> Array:
    """Effect minus expected where both drugs are given; 0 at the edges, where nothing is combined.

    effect, expected: (plate, row, column).
    """
    return np.where(combined(effect.shape), effect - expected, 0.0)
