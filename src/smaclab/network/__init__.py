"""Flat reactions: what there is and what it turns into, without a single value."""

from smaclab.network.conserve import ConservedTotal
from smaclab.network.expand import expand
from smaclab.network.identity import identity
from smaclab.network.network import (
    Constant,
    Function,
    Network,
    Observable,
    Parameter,
    Reaction,
    arranged,
)
from smaclab.network.species import Monomer, Site, Species, canonical_species, parse_species
from smaclab.network.statistics import statistics
from smaclab.network.store import read, write

__all__ = [
    "ConservedTotal",
    "Constant",
    "Function",
    "Monomer",
    "Network",
    "Observable",
    "Parameter",
    "Reaction",
    "Site",
    "Species",
    "arranged",
    "canonical_species",
    "expand",
    "identity",
    "parse_species",
    "read",
    "statistics",
    "write",
]
