"""A protein that a person can name: by gene symbol, by name, by alias."""

from dataclasses import dataclass

from smaclab.errors import CatalogueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Protein:
    """One protein of the model; `module` is the mechanism that makes and breaks it."""

    symbol: str
    name: str
    uniprot: str
    module: str
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.symbol.strip():
            raise CatalogueError(f"A protein ({self.name!r}) has no gene symbol.")
