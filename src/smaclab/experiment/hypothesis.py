"""A named switch between competing mechanisms, with a default."""

from collections.abc import Mapping
from dataclasses import dataclass

from smaclab.errors import CatalogueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One open question of the field.

    values: letter -> the mechanism in words.
    settings: letter -> parameter -> value; what choosing that letter sets.
    """

    id: str
    question: str
    values: Mapping[str, str]
    default: str
    settings: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        letters = ", ".join(self.values)
        if self.default not in self.values:
            raise CatalogueError(f"{self.id}: default {self.default!r} is not one of {letters}.")
        if set(self.settings) != set(self.values):
            given = ", ".join(self.settings)
            raise CatalogueError(
                f"{self.id}: settings are given for {given or 'nothing'}, but its letters are {letters}."
            )
