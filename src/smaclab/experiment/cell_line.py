"""A cell line: who it is, how much of each protein it has, and what it can do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from smaclab.errors import CatalogueError
from smaclab.experiment.value import Value

Origin = Literal["tumor", "normal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One line, with a source for every number.

    amounts: gene symbol -> copies per cell.
    properties: parameter name -> its value in this line, such as its competence to make TNF.
    variability: the standard deviation of ln(amount) between cells of the line.
    kind: shown to people; no equation reads it.
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
        for symbol, amount in self.amounts.items():
            if amount.value < 0:
                raise CatalogueError(
                    f"{self.name}: {amount.value} copies of {symbol}; it cannot be negative."
                )
