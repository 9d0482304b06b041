"""The seam between the batch loop and an algorithm that solves many cells together."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from smaclab.kernel.kernel import Kernel
from smaclab.simulate.batch import Batch
from smaclab.simulate.chunk import Chunk
from smaclab.simulate.solver import Solver


class ManySolver(ABC):
    """Something that solves many cells together. It never raises for a cell that fails: failure is data."""

    @abstractmethod
    def chunks(self, batch: Batch, kernel: Kernel, workers: int) -> Iterator[Chunk]:
        """The batch's cells, chunk by chunk as they are done; together every cell of it, once.

        batch: what to solve. kernel: of its network. workers: threads to use.
        """

    @abstractmethod
    def describe(self) -> Mapping[str, Any]:
        """As for `Solver`."""


AnySolver = Solver | ManySolver
