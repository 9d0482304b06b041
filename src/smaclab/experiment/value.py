"""A number with what a reader needs to judge it: unit, honesty label, source, prior."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smaclab.errors import CatalogueError

EVIDENCE = ("measured", "fitted", "derived", "assumed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One number of the catalogue.

    `prior` is how the number may vary in inference, such as
    `{"distribution": "log-normal", "median": 1.0, "fold": 10}`; None where it is not free.
    """

    value: float
    unit: str
    evidence: str
    source: str
    prior: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise CatalogueError(f"{self.value!r} is not a number.")
        if not math.isfinite(self.value):
            raise CatalogueError(f"{self.value!r} is not a finite number.")
        if not self.unit:
            raise CatalogueError(f"{self.value!r} has no unit. Write '1' for a pure number.")
        if self.evidence not in EVIDENCE:
            raise CatalogueError(f"Evidence {self.evidence!r} is not one of {', '.join(EVIDENCE)}.")
        if not self.source.strip():
            raise CatalogueError(f"{self.value!r} {self.unit} has no source: a reference or a reason.")
