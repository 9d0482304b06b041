"""A cell line: who it is, how much of each protein it has, and what it can do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from smaclab.errors import CatalogueError
from smaclab.experiment.value import Value

Origin = Literal["tumor", "normal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What else could be true of a line, if an open question about lines had this answer.

    amounts, properties: as in `CellLine`; they stand in the place of the line's own, all others stay.
    """

    amounts: Mapping[str, Value] = field(default_factory=dict)
    properties: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.amounts and not self.properties:
            raise CatalogueError(
                f"A set: amounts {dict(self.amounts)}, properties {dict(self.properties)}. Name at least one."
            )
        _refuse_negative("A set", self.amounts)


def _refuse_negative(whose: str, amounts: Mapping[str, Value]) -> None:
    for symbol, amount in amounts.items():
        if amount.value < 0:
            raise CatalogueError(f"{whose}: {amount.value} copies of {symbol}; it cannot be negative.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One line, with a source for every number.

    amounts: gene symbol -> copies per cell.
    properties: parameter name -> its value in this line, such as its competence to make TNF.
    variability: the standard deviation of ln(amount) between cells of the line.
    kind: shown to people; no equation reads it.
    answers: open question about lines -> the letter that amounts and properties hold as they stand.
    alternatives: open question about lines -> another letter -> what that letter sets.
    """

    name: str
    accession: str
    description: str
    doubling_time_s: Value
    variability: Value
    kind: Origin
    aliases: tuple[str, ...] = ()
    amounts: Mapping[str, Value] = field(default_factory=dict)
    properties: Mapping[str, Value] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    alternatives: Mapping[str, Mapping[str, Alternative]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CatalogueError(f"A cell line ({self.accession!r}) has no name.")
        if self.kind not in get_args(Origin):
            raise CatalogueError(
                f"{self.name}: kind {self.kind!r} is not one of {', '.join(get_args(Origin))}."
            )
        if self.doubling_time_s.value <= 0:
            raise CatalogueError(f"{self.name}: a doubling time of {self.doubling_time_s.value} s.")
        if self.variability.value < 0:
            raise CatalogueError(
                f"{self.name}: a variability of {self.variability.value}; it cannot be negative."
            )
        _refuse_negative(self.name, self.amounts)
        for question, letter in self.answers.items():
            if letter in self.alternatives.get(question, {}):
                raise CatalogueError(
                    f"{self.name}: {question} {letter} is what the file holds as it stands, and a set of "
                    "values too. Keep one of the two."
                )

    def letters(self, question: str) -> tuple[str, ...]:
        """The letters of a question about lines that this line has values for."""
        own = (self.answers[question],) if question in self.answers else ()
        return (*own, *self.alternatives.get(question, {}))

    def chosen(self, letters: Mapping[str, str]) -> tuple[Alternative, ...]:
        """What the chosen letters (question -> letter) put in the place of the line's own values."""
        found = [self.alternatives.get(question, {}).get(letter) for question, letter in letters.items()]
        return tuple(one for one in found if one is not None)
