"""How cells fared in the compiled program."""

from dataclasses import dataclass, replace
from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """How the cells fared.

    counts: (cell, time, observable), molecules. final: (cell, species), where the solve stopped.
    status: (cell,), `Status` numbers. death_s: (cell,), s, inf alive. death_kind: (cell,), watch or -1.
    steps, rejected: (cell,). vector_steps: of all lanes together. step_s: (cell,), s, the step that would
        come next; of no use after a death or a failure.
    """

    counts: Array
    final: Array
    status: Array
    death_s: Array
    death_kind: Array
    steps: Array
    rejected: Array
    vector_steps: int
    step_s: Array

    def of(self, places: Array) -> "Ends":
        """Some of the cells."""
        return Ends(
            counts=self.counts[places],
            final=self.final[places],
            status=self.status[places],
            death_s=self.death_s[places],
            death_kind=self.death_kind[places],
            steps=self.steps[places],
            rejected=self.rejected[places],
            vector_steps=self.vector_steps,
            step_s=self.step_s[places],
        )

    def with_some(self, places: Array | slice, others: "Ends") -> "Ends":
        """These, with what became of some cells written over."""
        for name in ("counts", "final", "status", "death_s", "death_kind", "steps", "rejected", "step_s"):
            getattr(self, name)[places] = getattr(others, name)
        return replace(self, vector_steps=others.vector_steps)
