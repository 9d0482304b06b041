"""A well: cells that differ and share one medium, each secreting into it and taking from it while it lives.

Scope:   one volume, mixed at all times; one line or several; doses, wash-outs, changes of medium; deaths.
Ignores: distance within the well, settling, evaporation; what a dead cell may release.

Every cell is solved with its own share of the medium, as it is alone; what flows between the shares within a
macro step is predicted, and what the prediction missed flows in the next (see `well_exchange`). A share whose
cell has died stays in the medium and goes on without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError, unknown
from smaclab.simulate.batch import Recipe

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Cells of one line in a well.

    recipe: how to write them out. cells: which individuals. doubling_s: in which one that lives becomes two,
    from time 0 on, s; inf: never (see `well_growth`).
    """

    recipe: Recipe
    cells: range
    doubling_s: float = np.inf

    def __post_init__(self) -> None:
        """Cells do not double in no time."""
        if not self.doubling_s > 0:
            raise SimulationError(f"cells that double in {self.doubling_s} s. It is a time above 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A change of medium: at `time_s` (s) a share keeps `kept` of what it holds and gets `fresh` on top.

    fresh: (medium species,), molecules a share of the recipes.
    """

    time_s: float
    kept: float
    fresh: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Well:
    """What is in a well and what is looked at.

    time_s: (time,), s. observables, observe: as in `Batch`. renewals: in order of time; what is poured in at
    the same moment comes after. together_s: how long before time 0 the media are mixed, s.
    shares_per_cell: shares of medium for each cell at the start; more than 1 where the well grows in number.
        Volume and doses of the recipes are those of such a share.
    """

    id: str
    members: tuple[Member, ...]
    time_s: Array
    observables: tuple[str, ...]
    observe: Array
    renewals: tuple[Renewal, ...] = ()
    together_s: float = 0.0
    shares_per_cell: float = 1.0

    def __post_init__(self) -> None:
        """Somebody is in it, and all are watched equally long."""
        if not self.members or any(len(one.cells) < 1 for one in self.members):
            raise SimulationError(f"{self.id}: a well of {len(self.members)} lines needs a cell of each.")
        if not 1.0 <= self.shares_per_cell < np.inf:
            raise SimulationError(
                f"{self.id}: {self.shares_per_cell} shares of medium a cell. It is a number, 1 or more."
            )
        if len({one.recipe.end_s for one in self.members}) > 1:
            raise SimulationError(f"{self.id}: the lines of one well are watched for equally long.")
        if len(self.time_s) == 0 or self.time_s[0] < 0 or np.any(np.diff(self.time_s) <= 0):
            raise SimulationError(f"{self.id}: sample times increase from 0 or later; given {self.time_s} s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WellCourse:
    """What happened in a well.

    counts: (cell, time, observable), molecules; what the medium adds is the well's, also after its
        death; the cell's own part is held at its death; NaN: failed.
    medium: (time, medium species), molecules for each cell at the start. species: their names.
    death_time_s: (cell,), s, inf alive, NaN failed. death_kind: (cell,), text. status: (cell,).
    member: (cell,), which of the well's members. cell: (cell,), number of the individual in its line.
    doubling_s: (member,), s, of each line; inf: it does not grow in number.
    macro_s: (step + 1,), s, the borders of the macro steps. rejected: how many were tried and taken again.
    messages: words of failed cells.
    balance: by cause, (medium species,), molecules for each cell at the start: what "cells" gave net of what
        they took, what the "medium"'s own reactions made net of what they took, what was "poured" in and
        "renewed"; and "gained", which is their sum. Empty without a ledger.
    """

    counts: Array
    medium: Array
    species: tuple[str, ...]
    time_s: Array
    death_time_s: Array
    death_kind: Array
    status: Array
    member: Array
    cell: Array
    macro_s: Array
    rejected: int
    messages: Mapping[int, str] = field(default_factory=dict)
    doubling_s: tuple[float, ...] = ()
    balance: Mapping[str, Array] = field(default_factory=dict)

    def of(self, species: str) -> Array:
        """(time,), molecules for each cell at the start, of one medium species.

        Raises:
            SimulationError: the medium has no such species.
        """
        if species not in self.species:
            raise SimulationError(unknown("species of the medium", species, self.species))
        found: Array = self.medium[:, self.species.index(species)]
        return found
