"""What an SBML file says of its elements beside the mathematics: units, annotations, notes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from smaclab.exchange.plain_xml import local_name, read_xml

KINDS = {
    "listOfCompartments": "compartment",
    "listOfSpecies": "species",
    "listOfParameters": "parameter",
    "listOfReactions": "reaction",
}
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
MOST_BYTES = 64 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of one element.

    links: qualifier -> addresses. has_units: of its own or by the model. is_computed: by a rule or an initial
    assignment, so that its value comes from nowhere else.
    """

    id: str
    kind: str
    has_units: bool = True
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has_notes: bool = False
    is_computed: bool = False

    @property
    def is_linked(self) -> bool:
        """Whether any database is named."""
        return bool(self.links)


def said_of(data: bytes, name: str) -> tuple[Said, tuple[Said, ...]]:
    """What is said of the model, its compartments, species, parameters (local ones too) and reactions.

    Args:
        data: the file.
        name: what to call it in a letter.

    Raises:
        SbmlError: no XML, or one that may do harm.
    """
    root = read_xml(data, name, most_bytes=MOST_BYTES)
    model = next((one for one in root if local_name(one) == "model"), ET.Element("model"))
    level = root.get("level", "3")
    named = {one.get("id", "") for one in model.iter() if local_name(one) == "unitDefinition"}
    found = (*_elements(model, level, named), *_local(model))
    return Said(id=model.get("id", ""), kind="model", links=_links(model), has_notes=_noted(model)), found


def _elements(model: ET.Element, level: str, named: set[str]) -> Iterator[Said]:
    computed = {
        one.get("variable") or one.get("symbol")
        for one in model.iter()
        if local_name(one) in ("assignmentRule", "initialAssignment")
    }
    for several in model:
        kind = KINDS.get(local_name(several))
        for one in several if kind else ():
            if local_name(one) == kind:
                yield Said(
                    id=one.get("id", ""),
                    kind=kind or "",
                    has_units=_has_units(one, kind or "", model, level, named),
                    links=_links(one),
                    has_notes=_noted(one),
                    is_computed=one.get("id") in computed,
                )


def _local(model: ET.Element) -> Iterator[Said]:
    """Parameters inside kinetic laws, as `reaction.parameter`."""
    for reaction in (one for one in model.iter() if local_name(one) == "reaction"):
        for one in reaction.iter():
            if local_name(one) in ("localParameter", "parameter"):
                yield Said(
                    id=f"{reaction.get('id', '')}.{one.get('id', '')}",
                    kind="parameter",
                    has_units=bool(one.get("units")),
                    links=_links(one),
                    has_notes=_noted(one),
                )


def _has_units(one: ET.Element, kind: str, model: ET.Element, level: str, named: set[str]) -> bool:
    """Whether its unit can be known: its own, the model's, or in Level 2 the built-in one."""
    if kind == "reaction":
        return True
    if kind == "parameter":
        return bool(one.get("units"))
    if kind == "species":
        return bool(one.get("substanceUnits") or model.get("substanceUnits")) or level == "2"
    own = one.get("units") or model.get("volumeUnits") or ("volume" in named and "volume")
    return bool(own) or level == "2"


def _links(one: ET.Element) -> dict[str, tuple[str, ...]]:
    """Qualifier -> addresses, of the element's own annotation."""
    found: dict[str, tuple[str, ...]] = {}
    for annotation in (each for each in one if local_name(each) == "annotation"):
        for statement in annotation.iter():
            addresses = tuple(
                each.get(_RESOURCE, "") for bag in statement for each in bag if each.get(_RESOURCE)
            )
            if addresses:
                name = local_name(statement)
                found[name] = (*found.get(name, ()), *addresses)
    return found


def _noted(one: ET.Element) -> bool:
    return any(local_name(each) == "notes" and "".join(each.itertext()).strip() for each in one)
