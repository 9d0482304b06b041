"""A named switch between competing mechanisms, with a default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from smaclab.errors import CatalogueError

About = Literal["network", "lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One open question of the field.

    values: letter -> the mechanism in words.
    settings: letter -> parameter -> value; what choosing that letter sets.
    about: "network", where a letter sets the same in every line, or "lines", where the default leaves a line
        as its file has it and any other letter is a set of values in that file.
    """

    id: str
    question: str
    values: Mapping[str, str]
    default: str
    settings: Mapping[str, Mapping[str, float]]
    about: About = "network"

    def __post_init__(self) -> None:
        letters = ", ".join(self.values)
        if self.default not in self.values:
            raise CatalogueError(f"{self.id}: default {self.default!r} is not one of {letters}.")
        if set(self.settings) != set(self.values):
            given = ", ".join(self.settings)
            raise CatalogueError(
                f"{self.id}: settings are given for {given or 'nothing'}, but its letters are {letters}."
            )
        if self.about not in get_args(About):
            raise CatalogueError(
                f"{self.id}: about {self.about!r} is not one of {', '.join(get_args(About))}."
            )
        if self.about == "lines" and any(self.settings.values()):
            raise CatalogueError(f"{self.id} is about lines. What its letters set stands in a line's file.")
