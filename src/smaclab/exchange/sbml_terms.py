"""Terms of the Systems Biology Ontology for species, reactions and parameters, by what they look like.

Source: ebi.ac.uk/sbo; libSBML's check knows which branch a thing may take its term from, and a test asks it.
"""

import math

from smaclab.exchange.dimension import dimension_of
from smaclab.exchange.links import Kind, Links
from smaclab.exchange.sbml_sides import Counted, sides_of
from smaclab.network.network import Network, Reaction
from smaclab.network.species import Species

PLACE = 290  # physical compartment
MASS_ACTION = 163  # mass action rate law for irreversible reactions, continuous scheme
RATE_LAW = 1
_MATERIAL, _COMPLEX = 240, 253  # material entity; non-covalent complex
_KINDS: dict[Kind, int] = {
    "protein": 252,  # polypeptide chain
    "messenger RNA": 250,  # ribonucleic acid; libSBML counts its term for messengers as no material
    "simple chemical": 247,
    "other": _MATERIAL,
}
_BIOCHEMICAL, _BINDING, _DISSOCIATION = 176, 177, 180
_DEGRADATION, _PRODUCTION, _TRANSPORT = 179, 393, 185
_PARAMETER, _HALF_LIFE, _KD, _AMOUNT, _VOLUME = 2, 332, 282, 361, 468
_BY_UNIT = {"1/s": 35, "1/(nM s)": 36}  # forward rate constants, uni- and bimolecular, continuous case


def of_species(species: Species, links: Links) -> int:
    """The number of the term of a species."""
    if len(species.monomers) > 1:
        return _COMPLEX
    return _KINDS[links.kinds.get(species.monomers[0].name, "other")]


def of_reaction(reaction: Reaction, network: Network) -> int:
    """The number of the term of a reaction, by how many complexes go in and come out."""
    sides = sides_of(reaction)
    before, after = _molecules(sides.before), _molecules(sides.after)
    if not before or not after:
        return _DEGRADATION if before else _PRODUCTION
    if (len(before), len(after)) == (2, 1):
        return _BINDING
    if (len(before), len(after)) == (1, 2) and before[0] not in after:
        return _DISSOCIATION
    if len(before) == len(after) == 1:
        old, new = network.species[before[0]], network.species[after[0]]
        if old.compartment != new.compartment and old.composition() == new.composition():
            return _TRANSPORT
    return _BIOCHEMICAL


def _molecules(side: Counted) -> list[int]:
    """A species for each of its molecules; a part of one counts as one, and of many three are enough."""
    return [place for place, several in side for _ in range(min(3, math.ceil(several)))]


def of_parameter(name: str, unit: str) -> int:
    """The number of the term of a parameter."""
    if name.endswith("_half_life"):
        return _HALF_LIFE
    if name.endswith("_Kd"):
        return _KD
    if name.endswith("_volume"):
        return _VOLUME
    if dimension_of(unit) == dimension_of("molecules"):
        return _AMOUNT
    return _BY_UNIT.get(unit, _PARAMETER)
