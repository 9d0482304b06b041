"""What the things of a model are, in identifiers of public databases, as far as the catalogue knows them.

Scope:   proteins by UniProt accession and HGNC symbol, drugs by ChEBI id, lines by Cellosaurus, places by GO,
         numbers by the papers and models that their source strings name.
Ignores: what has no identifier in the catalogue.  Nothing is looked up or guessed; `unknown` lists what was
         left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.network.network import Network

Qualifier = Literal["is", "hasPart", "isDescribedBy", "encodes", "hasTaxon", "isPartOf"]
Kind = Literal["protein", "messenger RNA", "simple chemical", "other"]

PREFIX = "http://identifiers.org/"
HUMAN = f"{PREFIX}taxonomy/9606"
MESSAGE = "m_"  # names of messenger RNAs begin so
# Cellular components of the Gene Ontology: cytoplasm, plasma membrane, extracellular region.
PLACES = {"cell": "GO:0005737", "membrane": "GO:0005886", "medium": "GO:0005576"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One statement: the thing `qualifier` the resource."""

    qualifier: Qualifier
    resource: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What is known about each thing by its name in the network.

    monomers, compartments, parameters: name -> links. kinds: what a monomer is. model: of the whole.
    notes: parameter -> its honesty label and source, in words.
    unknown: monomers and compartments without an identifier.
    """

    monomers: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    compartments: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    parameters: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    model: tuple[Link, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file says of its model: its identifier, and links.

    movable: parameters that other files may change in time, beside those that events change.
    """

    id: str = "smaclab"
    links: Links = field(default_factory=Links)
    movable: frozenset[str] = frozenset()


def links_of(
    network: Network,
    catalogue: Catalogue,
    experiment: Experiment,
    cited: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> Links:
    """Everything the catalogue knows about what is in a network.

    Args:
        network: whose monomers, compartments and parameters are looked up.
        catalogue: where.
        experiment: whose drugs stand behind the inputs, and whose line the cell is of.
        cited: from a source string to the addresses of what it names, such as `pubmed/12887920`.
    """
    names = sorted({one.name for species in network.species for one in species.monomers})
    places = sorted({one.compartment or "" for species in network.species for one in species.monomers})
    monomers = _proteins(names, catalogue) | _drugs(network, catalogue, experiment)
    line = catalogue.find_cell_line(experiment.cell_line)
    accession = line.accession if line is not None else ""
    parameters = {
        one.name: tuple(Link(qualifier="isDescribedBy", resource=PREFIX + each) for each in found)
        for one in network.parameters
        if one.name in catalogue.parameters and (found := cited(catalogue.parameters[one.name].source))
    }
    unknown = [name for name in names if name not in monomers]
    return Links(
        monomers=monomers,
        kinds=_kinds(names, network, catalogue),
        compartments={
            name: (Link(qualifier="is", resource=f"{PREFIX}go/{PLACES[name]}"),)
            for name in places
            if name in PLACES
        },
        parameters=parameters,
        notes={
            one.name: f"{value.evidence}: {value.source}"
            for one in network.parameters
            if (value := catalogue.parameters.get(one.name)) is not None
        },
        model=(
            *((Link(qualifier="hasTaxon", resource=HUMAN),) if catalogue.proteins else ()),
            *(
                (Link(qualifier="isPartOf", resource=f"{PREFIX}cellosaurus/{accession}"),)
                if accession
                else ()
            ),
        ),
        unknown=(*unknown, *(name for name in places if name and name not in PLACES)),
    )


def _proteins(names: list[str], catalogue: Catalogue) -> dict[str, tuple[Link, ...]]:
    symbols = {one.symbol: one for one in catalogue.proteins}
    found: dict[str, tuple[Link, ...]] = {}
    for name in names:
        protein = symbols.get(name.removeprefix(MESSAGE))
        if protein is None or not protein.uniprot:
            continue
        qualifier: Qualifier = "encodes" if name.startswith(MESSAGE) else "is"
        resources = (f"uniprot/{protein.uniprot}", f"hgnc.symbol/{protein.symbol}")
        found[name] = tuple(Link(qualifier=qualifier, resource=PREFIX + one) for one in resources)
    return found


def _drugs(network: Network, catalogue: Catalogue, experiment: Experiment) -> dict[str, tuple[Link, ...]]:
    """The one drug that an experiment pours into an input is what the input's monomer stands for."""
    found: dict[str, set[str]] = {}
    for dose in experiment.doses:
        drug = catalogue.find_drug(dose.drug)
        if drug is not None and drug.enters is not None and drug.enters in network.inputs:
            species = network.species[network.inputs[drug.enters]]
            if len(species.monomers) == 1:
                found.setdefault(species.monomers[0].name, set()).add(drug.chebi or "")
    return {
        name: (Link(qualifier="is", resource=f"{PREFIX}chebi/{next(iter(several))}"),)
        for name, several in found.items()
        if len(several) == 1 and "" not in several
    }


def _kinds(names: list[str], network: Network, catalogue: Catalogue) -> dict[str, Kind]:
    symbols = {one.symbol for one in catalogue.proteins}
    poured = {one.enters or "" for one in catalogue.drugs if one.kind in ("mimetic", "stressor")}
    chemicals = {
        network.species[place].monomers[0].name for name, place in network.inputs.items() if name in poured
    }
    kinds: dict[str, Kind] = {}
    for name in names:
        if name in symbols:
            kinds[name] = "protein"
        elif name.startswith(MESSAGE):
            kinds[name] = "messenger RNA"
        else:
            kinds[name] = "simple chemical" if name in chemicals else "other"
    return kinds
