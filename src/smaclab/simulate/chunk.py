"""Some cells of some experiments, solved together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.simulate.audit import Audit
from smaclab.simulate.ends import Ends
from smaclab.simulate.solver import NOTHING
from smaclab.simulate.status import Status

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What became of some cells of some experiments.

    members: experiments of the batch. cells: of each. counts: (member, cell, time, observable), molecules.
    death_s: (member, cell), s, inf alive. death_kind: (member, cell), watch or -1. status: (member, cell).
    messages: (member's place, cell's place) -> words. audit: where cells were solved twice.
    """

    members: tuple[int, ...]
    cells: range
    counts: Array
    death_s: Array
    death_kind: Array
    status: Array
    messages: dict[tuple[int, int], str] = field(default_factory=dict)
    audit: tuple[Audit, ...] = ()

    @classmethod
    def blank(cls, members: Sequence[int], cells: range, kept: tuple[int, int]) -> "Chunk":
        """Nothing is known yet. kept: sample times and observables."""
        shape = (len(members), len(cells))
        return cls(
            members=tuple(members),
            cells=cells,
            counts=np.full((*shape, *kept), np.nan),
            death_s=np.full(shape, np.nan),
            death_kind=np.full(shape, -1),
            status=np.full(shape, Status.EXCEPTION),
        )

    def fail(self, cell: int, status: int, words: str) -> None:
        """A cell that has no rest fails in every arm."""
        self.status[:, cell] = status
        for arm in range(len(self.members)):
            self.messages[arm, cell] = words

    def fill(self, usable: Array, ends: Ends, max_steps: int) -> None:
        """Write what became of the cells that had a rest.

        Args:
            usable: (cell,), their places here.
            ends: arm after arm of these cells.
            max_steps: the limit that a cell may have met.
        """
        shape = (len(self.members), len(usable))
        seen = np.where(ends.counts < NOTHING, 0.0, ends.counts)  # NaN stays NaN
        self.counts[:, usable] = seen.reshape(*shape, *ends.counts.shape[1:])
        # Who dies in the pre-treatment is dead when the experiment begins.
        self.death_s[:, usable] = np.maximum(ends.death_s, 0.0).reshape(shape)
        self.death_kind[:, usable] = ends.death_kind.reshape(shape)
        status = ends.status.reshape(shape)
        self.status[:, usable] = status
        words = {
            Status.STEP_LIMIT: f"{max_steps} steps used up",
            Status.NON_FINITE: "a count or rate is not finite",
            Status.UNSUCCESSFUL: "the stepsize fell to nothing",
        }
        for arm, place in np.argwhere(status != Status.OK):
            self.messages[int(arm), int(usable[place])] = words[Status(int(status[arm, place]))]
