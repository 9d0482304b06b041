"""What an antibody shows on a blot: bands, each at its apparent size, each one form of one protein."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from smaclab.errors import CatalogueError

LYSATE, CYTOPLASM = "lysate", "cytoplasm"
ORGANELLES = ("nucleus", "mitochondria")
FRACTIONS = (LYSATE, CYTOPLASM, *ORGANELLES)
"""What can be loaded; what an organelle does not hold is in the cytoplasm."""

Form = Mapping[str, tuple[str, ...]]
"""Site -> states, as in `experiment.pull_down`; empty: every form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One band.

    kDa: where it runs, which need not be its molar mass.
    form: of the antibody's protein.
    copies: molecules a cell of a loading control, which the network does not know; None: the form is counted.
    is_ladder: chains of ubiquitin of every length; `kDa` is the protein's without any.
    """

    name: str
    kDa: float
    form: Form = field(default_factory=dict)
    copies: float | None = None
    is_ladder: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.kDa) and self.kDa > 0):
            raise CatalogueError(f"{self.name}: {self.kDa} kDa. A band runs at a finite size above 0.")
        if self.copies is not None and not self.copies > 0:
            raise CatalogueError(f"{self.name}: {self.copies} copies. A loading control has more than 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Antibody:
    """One antibody for blots.

    protein: HGNC symbol; "" of a loading control.
    organelles: organelle -> what of the protein is in it: a form, or a readout as text.
    loads: of a loading control: the fraction that it stands under.
    in_lysate: whether a lysate holds the protein; not so if it is in the medium.
    is_selective: it shows one form only, so it is not the antibody that the name of the protein means.
    source: where the sizes are from.
    """

    name: str
    protein: str
    bands: tuple[Band, ...]
    source: str
    aliases: tuple[str, ...] = ()
    organelles: Mapping[str, Form | str] = field(default_factory=dict)
    loads: str = ""
    in_lysate: bool = True
    is_selective: bool = False

    def __post_init__(self) -> None:
        if not self.bands:
            raise CatalogueError(f"{self.name}: bands {self.bands!r}. An antibody shows at least one.")
        if not self.source.strip():
            raise CatalogueError(f"{self.name}: source {self.source!r}. Say where the sizes are from.")
        strange = [one for one in self.organelles if one not in ORGANELLES]
        if strange or self.loads not in ("", *FRACTIONS):
            raise CatalogueError(
                f"{self.name}: {(*strange, self.loads)!r} is no fraction. Known: {', '.join(FRACTIONS)}."
            )
        if bool(self.protein) == bool(self.loads):
            raise CatalogueError(
                f"{self.name}: protein {self.protein!r}, loads {self.loads!r}. Give the one or the other."
            )
