"""What the things of a model are, in identifiers of public databases, as far as the catalogue knows them.

Scope:   proteins by UniProt accession and HGNC symbol, ligands by UniProt, drugs by ChEBI id, lines by
         Cellosaurus, places by GO, numbers by the papers and models that their source strings name: the
         catalogue's, the line's or the drug's, whichever number the file holds.
Ignores: what has no identifier in the catalogue.  Nothing is looked up or guessed; `unknown` lists what was
         left out.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.value import Value
from smaclab.network.network import Network

Qualifier = Literal["is", "hasPart", "isDescribedBy", "encodes", "hasTaxon", "isPartOf", "isVersionOf"]
Kind = Literal["protein", "messenger RNA", "simple chemical", "other"]

PREFIX = "http://identifiers.org/"
HUMAN = f"{PREFIX}taxonomy/9606"
MESSAGE = "m_"  # names of messenger RNAs begin so
# Cellular components of the Gene Ontology: cytoplasm, plasma membrane, extracellular region.
PLACES = {"cell": "GO:0005737", "membrane": "GO:0005886", "medium": "GO:0005576"}
COPIES = "_copies"  # {symbol}_copies: how many of a protein a cell has
# What is a protein with a change: the muteins that fit one receptor, and TNF before it is cut off the cell.
VERSIONS = {"TNF_R1": "TNF", "TNF_R2": "TNF", "TNF_precursor": "TNF"}


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
    given: Mapping[str, float] | None = None,
) -> Links:
    """Everything the catalogue knows about what is in a network.

    Args:
        network: whose monomers, compartments and parameters are looked up.
        catalogue: where.
        experiment: whose drugs stand behind the inputs, and whose line the cell is of.
        cited: from a source string to the addresses of what it names, such as `pubmed/12887920`.
        given: the cell's parameters by name; a number that is another than the catalogue's has the source of
            the line or the drug that brings it, and none where it is the cell's own. None: the catalogue's.
    """
    names = sorted({one.name for species in network.species for one in species.monomers})
    places = sorted({one.compartment or "" for species in network.species for one in species.monomers})
    monomers = {
        **_versions(names, catalogue),
        **_proteins(names, catalogue),
        **_ligands(network, catalogue),
        **_drugs(network, catalogue, experiment),
    }
    line = catalogue.find_cell_line(experiment.cell_line)
    accession = line.accession if line is not None else ""
    values = _values(network, catalogue, experiment, given or {})
    parameters = {
        name: tuple(Link(qualifier="isDescribedBy", resource=PREFIX + each) for each in found)
        for name, value in values.items()
        if value is not None and (found := cited(value.source))
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
        notes={name: _note(value, catalogue.parameters[name]) for name, value in values.items()},
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


def _values(
    network: Network, catalogue: Catalogue, experiment: Experiment, given: Mapping[str, float]
) -> dict[str, Value | None]:
    """Where each number of the catalogue is from: of a drug, the line or the catalogue, the first that fits.

    None: the cell's number is none of theirs, as after a knock-down or between cells that vary.
    """
    line = catalogue.find_cell_line(experiment.cell_line)
    amounts = {} if line is None else {f"{name}{COPIES}": one for name, one in line.amounts.items()}
    drugs = [catalogue.find_drug(dose.drug) for dose in experiment.doses]
    tables: list[Mapping[str, Value]] = [drug.sets for drug in drugs if drug is not None]
    tables += [{} if line is None else line.properties, amounts, catalogue.parameters]
    found: dict[str, Value | None] = {}
    for one in network.parameters:
        if one.name not in catalogue.parameters:
            continue
        number = given.get(one.name, catalogue.parameters[one.name].value)
        several = (table[one.name] for table in tables if one.name in table)
        found[one.name] = next((each for each in several if math.isclose(each.value, number)), None)
    return found


def _note(value: Value | None, usual: Value) -> str:
    if value is not None:
        return f"{value.evidence}: {value.source}"
    return (
        f"this cell's own; the catalogue has {usual.value:g} {usual.unit} ({usual.evidence}: {usual.source})"
    )


def _versions(names: list[str], catalogue: Catalogue) -> dict[str, tuple[Link, ...]]:
    symbols = {one.symbol: one.uniprot for one in catalogue.proteins}
    return {
        name: (Link(qualifier="isVersionOf", resource=f"{PREFIX}uniprot/{symbols[VERSIONS[name]]}"),)
        for name in names
        if symbols.get(VERSIONS.get(name, ""))
    }


def _ligands(network: Network, catalogue: Catalogue) -> dict[str, tuple[Link, ...]]:
    """Of the proteins that can be poured in, those whose input is theirs alone."""
    found: dict[str, set[str]] = {}
    for drug in catalogue.drugs:
        if drug.kind == "ligand" and drug.enters is not None and drug.enters in network.inputs:
            species = network.species[network.inputs[drug.enters]]
            if len(species.monomers) == 1:
                found.setdefault(species.monomers[0].name, set()).add(drug.uniprot or "")
    return {
        name: (Link(qualifier="is", resource=f"{PREFIX}uniprot/{next(iter(several))}"),)
        for name, several in found.items()
        if len(several) == 1 and "" not in several and name not in {one.symbol for one in catalogue.proteins}
    }


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
