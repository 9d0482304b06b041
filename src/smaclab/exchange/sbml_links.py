"""Links and ontology terms in an SBML file: RDF with MIRIAM qualifiers, by way of libSBML.

A species of one monomer `is` what its monomer is; a complex `hasPart` each of them.  A reaction is described
by whatever describes a parameter behind its rate.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from smaclab.exchange.links import Link, Links, Qualifier
from smaclab.network.expression import names
from smaclab.network.network import Network
from smaclab.network.species import Species

_BIOLOGICAL: dict[Qualifier, str] = {
    "is": "BQB_IS",
    "hasPart": "BQB_HAS_PART",
    "isDescribedBy": "BQB_IS_DESCRIBED_BY",
    "encodes": "BQB_ENCODES",
    "hasTaxon": "BQB_HAS_TAXON",
    "isPartOf": "BQB_IS_PART_OF",
    "isVersionOf": "BQB_IS_VERSION_OF",
}


def annotate(element: Any, links: Iterable[Link], libsbml: Any) -> None:
    """Write links beside an element; its metaid is made from its identifier."""
    together: dict[Qualifier, dict[str, None]] = {}
    for one in links:
        together.setdefault(one.qualifier, {})[one.resource] = None
    if not together:
        return
    element.setMetaId(f"meta_{element.getId()}")
    for qualifier, resources in together.items():
        term = libsbml.CVTerm(libsbml.BIOLOGICAL_QUALIFIER)
        term.setBiologicalQualifierType(getattr(libsbml, _BIOLOGICAL[qualifier]))
        for resource in resources:
            term.addResource(resource)
        element.addCVTerm(term)


def of_species(species: Species, links: Links) -> tuple[Link, ...]:
    """What a species is, or what its parts are."""
    if len(species.monomers) == 1:
        return links.monomers.get(species.monomers[0].name, ())
    parts = sorted(species.composition())
    return tuple(
        Link(qualifier="hasPart", resource=link.resource)
        for name in parts
        for link in links.monomers.get(name, ())
        if link.qualifier == "is"
    )


def behind_rates(network: Network, links: Links) -> dict[str, tuple[Link, ...]]:
    """By name of a rate: links of every parameter that it is computed from."""
    formulas = network.formulas
    known: dict[str, frozenset[str]] = {}

    def parameters(name: str) -> frozenset[str]:
        if name not in known:
            inside = names(formulas[name]) if name in formulas else ()
            itself = frozenset({name}) if name in links.parameters else frozenset()
            known[name] = itself.union(*(parameters(one) for one in inside))
        return known[name]

    return {
        rate: tuple(link for one in sorted(parameters(rate)) for link in links.parameters[one])
        for rate in {one.rate for one in network.reactions}
    }


def counted(network: Network, links: Links) -> Mapping[str, tuple[int, int]]:
    """How many species, compartments, parameters and reactions have a link, and of how many."""
    rates = behind_rates(network, links)
    places = {one.compartment for species in network.species for one in species.monomers} - {None}
    return {
        "species": (
            sum(bool(of_species(one, links)) for one in network.species),
            len(network.species),
        ),
        "compartments": (sum(one in links.compartments for one in places), len(places)),
        "parameters": (
            sum(one.name in links.parameters for one in network.parameters),
            len(network.parameters),
        ),
        "reactions": (sum(bool(rates[one.rate]) for one in network.reactions), len(network.reactions)),
    }
