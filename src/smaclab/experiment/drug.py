"""A substance that can be given: its identity, where it goes and what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from smaclab.errors import CatalogueError
from smaclab.experiment.value import Value

DrugKind = Literal["mimetic", "ligand", "neutralizer", "inhibitor", "stressor", "radiation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhibition:
    """How one drug lowers one activity; the rest is `floor + (1 - floor) / (1 + C / IC50)`."""

    activity: str  # the name of the parameter that is scaled
    ic50_nM: Value
    floor: Value

    def __post_init__(self) -> None:
        if self.ic50_nM.value <= 0:
            raise CatalogueError(f"{self.activity}: an IC50 of {self.ic50_nM.value} nM; it must be above 0.")
        if not 0 <= self.floor.value <= 1:
            raise CatalogueError(f"{self.activity}: a floor of {self.floor.value}; it lies between 0 and 1.")

    def remaining(self, concentration_nM: float) -> float:
        """The fraction of the activity that is left, between `floor` and 1."""
        floor = self.floor.value
        return floor + (1.0 - floor) / (1.0 + concentration_nM / self.ic50_nM.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One substance.

    kind: what it is; `radiation` is given in gray, everything else as a concentration.
    enters: the network's input that it is poured into; None for an inhibitor that only scales activities.
    sets: parameter name -> the value this drug brings, such as its affinities for cIAP1 and XIAP.
    molar_mass_g_per_mol: None where unknown; then only molar concentrations are understood.
    """

    name: str
    kind: DrugKind
    source: str
    aliases: tuple[str, ...] = ()
    chebi: str | None = None
    uniprot: str | None = None
    molar_mass_g_per_mol: float | None = None
    enters: str | None = None
    valency: int | None = None
    sets: Mapping[str, Value] = field(default_factory=dict)
    inhibits: tuple[Inhibition, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CatalogueError(f"A drug ({self.chebi!r}) has no name.")
        if self.kind not in get_args(DrugKind):
            raise CatalogueError(
                f"{self.name}: kind {self.kind!r} is not one of {', '.join(get_args(DrugKind))}."
            )
        if self.molar_mass_g_per_mol is not None and not self.molar_mass_g_per_mol > 0:
            raise CatalogueError(f"{self.name}: a molar mass of {self.molar_mass_g_per_mol} g/mol.")
        if self.valency not in (None, 1, 2):
            raise CatalogueError(f"{self.name}: a valency of {self.valency!r}; it is 1 or 2.")
        if self.enters is None and not self.inhibits:
            raise CatalogueError(
                f"{self.name}: enters {self.enters!r} and inhibits nothing, so it does nothing."
            )
