"""The network as a map of processes: SBGN-PD in SBGN-ML 0.3.

Scope:   one process a rule, by the smallest of its reactions, with compartments, complexes, states of sites,
         what is consumed and made, and what takes part unchanged as a catalyst.
Ignores: beauty.  Entities stand in columns by compartment and processes between them; a viewer's layout
         makes it a picture.

Source: SBGN Process Description Level 1; github.com/sbgn/libsbgn for the file.
"""

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from smaclab.exchange.links import Kind, Links
from smaclab.network.network import Network, Reaction
from smaclab.network.species import Monomer, Species

SBGN = "http://sbgn.org/libsbgn/0.3"
_CLASSES: dict[Kind, str] = {
    "protein": "macromolecule",
    "messenger RNA": "nucleic acid feature",
    "simple chemical": "simple chemical",
    "other": "unspecified entity",
}
_MAP = {"id": "map", "language": "process description"}
_PLACES = ("medium", "membrane", "cell")
WIDTH, HEIGHT, GAP, COLUMNS = 110.0, 46.0, 24.0, 6
_PROCESS = 20.0
BORDER = 40.0


@dataclass
class _Map:
    """A map while it is drawn."""

    network: Network
    links: Links
    root: ET.Element = field(default_factory=lambda: ET.Element("map", dict(_MAP)))
    glyphs: dict[int, str] = field(default_factory=dict)
    arcs: list[ET.Element] = field(default_factory=list)


def write_sbgn(network: Network, links: Links) -> str:
    """The text of an SBGN-ML file.

    Args:
        network: what reacts.
        links: of what kind each monomer is.
    """
    drawn = _Map(network, links)
    chosen = representatives(network)
    used = sorted({place for one in chosen for place in (*one.reactants, *one.products)})
    bottom = _entities(drawn, used)
    for number, one in enumerate(chosen):
        _process(drawn, number, one, bottom)
    _ends(drawn)
    drawn.root.extend(drawn.arcs)
    whole = ET.Element("sbgn", {"xmlns": SBGN})
    whole.append(drawn.root)
    ET.indent(whole)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(whole, encoding="unicode") + "\n"


def representatives(network: Network) -> list[Reaction]:
    """For each rule the reaction of the fewest monomers, ties by the order of the network."""
    found: dict[str, Reaction] = {}
    size = {number: len(one.monomers) for number, one in enumerate(network.species)}

    def weight(one: Reaction) -> int:
        return sum(size[place] for place in (*one.reactants, *one.products))

    for one in network.reactions:
        if one.rule not in found or weight(one) < weight(found[one.rule]):
            found[one.rule] = one
    return list(found.values())


# --- entities -------------------------------------------------------------------------------------


def _entities(drawn: _Map, used: list[int]) -> float:
    """Every compartment with its entities, one below the other; returns the lowest y."""
    homes = {place: _home(drawn.network.species[place]) for place in used}
    names = [*_PLACES, *sorted(set(homes.values()) - set(_PLACES))]
    top = BORDER
    for name in names:
        inside = [place for place in used if homes[place] == name]
        if not inside:
            continue
        rows = -(-len(inside) // COLUMNS)
        tall = rows * (2 * HEIGHT + GAP) + 2 * GAP
        wide = COLUMNS * (WIDTH + GAP) + GAP
        _glyph(drawn.root, f"compartment_{name}", "compartment", name, (BORDER, top, wide, tall))
        for number, place in enumerate(inside):
            row, column = divmod(number, COLUMNS)
            x = BORDER + GAP + column * (WIDTH + GAP)
            y = top + 2 * GAP + row * (2 * HEIGHT + GAP)
            _entity(drawn, place, name, x, y)
        top += tall + GAP
    return top


def _home(species: Species) -> str:
    """Where it is drawn: a complex across places, where the most of it is."""
    if species.compartment:
        return species.compartment
    places = sorted(one.compartment or "cell" for one in species.monomers)
    return max(places, key=places.count)


def _entity(drawn: _Map, place: int, home: str, x: float, y: float) -> None:
    species, identifier = drawn.network.species[place], f"entity_{place}"
    drawn.glyphs[place] = identifier
    if len(species.monomers) == 1:
        one = species.monomers[0]
        glyph = _glyph(drawn.root, identifier, _class(drawn, one), one.name, (x, y, WIDTH, HEIGHT))
        _states(glyph, identifier, one, x, y)
    else:
        glyph = _glyph(drawn.root, identifier, "complex", "", (x, y, WIDTH, 2 * HEIGHT))
        tall = 2 * HEIGHT / len(species.monomers)
        for number, one in enumerate(species.monomers):
            part, box = f"{identifier}_{number}", (x + 4, y + number * tall + 2, WIDTH - 8, tall - 4)
            inner = _glyph(glyph, part, _class(drawn, one), one.name, box)
            _states(inner, part, one, box[0], box[1])
    glyph.set("compartmentRef", f"compartment_{home}")


def _class(drawn: _Map, one: Monomer) -> str:
    return _CLASSES[drawn.links.kinds.get(one.name, "other")]


def _states(glyph: ET.Element, identifier: str, one: Monomer, x: float, y: float) -> None:
    shown = [(site, state) for site, state, _ in one.sites if state is not None]
    for number, (site, state) in enumerate(shown):
        state_glyph = ET.SubElement(
            glyph, "glyph", {"class": "state variable", "id": f"{identifier}_s{number}"}
        )
        ET.SubElement(state_glyph, "state", {"value": state, "variable": site})
        _box(state_glyph, (x + 4 + number * 36, y - 6, 34, 12))


# --- processes ------------------------------------------------------------------------------------


def _process(drawn: _Map, number: int, one: Reaction, bottom: float) -> None:
    row, column = divmod(number, 3 * COLUMNS)
    x, y = BORDER + column * 2.5 * _PROCESS, bottom + GAP + row * 3 * _PROCESS
    identifier = f"process_{number}"
    catalysts = set(one.reactants) & set(one.products)
    before = [place for place in one.reactants if place not in catalysts]
    after = [place for place in one.products if place not in catalysts]
    kind = {(2, 1): "association", (1, 2): "dissociation"}.get((len(before), len(after)), "process")
    glyph = _glyph(drawn.root, identifier, kind, "", (x, y, _PROCESS, _PROCESS))
    for side, at in (("in", x), ("out", x + _PROCESS)):
        port = {"id": f"{identifier}_{side}", "x": f"{at:g}", "y": f"{y + _PROCESS / 2:g}"}
        ET.SubElement(glyph, "port", port)
    _side(drawn, identifier, "consumption", before, (x - 1.5 * _PROCESS, y))
    _side(drawn, identifier, "production", after, (x + 2.5 * _PROCESS, y))
    for place in sorted(catalysts):
        _arc(drawn, "catalysis", drawn.glyphs[place], identifier)


def _side(drawn: _Map, process: str, kind: str, places: list[int], at: tuple[float, float]) -> None:
    """What goes in or comes out; where nothing does, an empty set."""
    names = [drawn.glyphs[place] for place in places]
    if not names:
        names = [f"{process}_empty_{kind}"]
        _glyph(drawn.root, names[0], "source and sink", "", (*at, _PROCESS / 2, _PROCESS / 2))
    for name in dict.fromkeys(names):
        port = f"{process}_in" if kind == "consumption" else f"{process}_out"
        ends = (name, port) if kind == "consumption" else (port, name)
        arc = _arc(drawn, kind, *ends)
        if names.count(name) > 1:
            _glyph(arc, f"{arc.get('id')}_n", "cardinality", str(names.count(name)), (*at, 12.0, 12.0))


def _arc(drawn: _Map, kind: str, source: str, target: str) -> ET.Element:
    arc = ET.Element("arc", {"class": kind, "id": f"arc_{len(drawn.arcs)}"})
    arc.attrib |= {"source": source, "target": target}
    drawn.arcs.append(arc)
    return arc


def _ends(drawn: _Map) -> None:
    """Where each arc begins and ends: at the center of a glyph, or at a port; the last of an arc's parts."""
    at: dict[str, tuple[str, str]] = {}
    for one in drawn.root.iter():
        if one.tag == "port":
            at[one.get("id", "")] = (one.get("x", ""), one.get("y", ""))
        elif one.tag == "glyph" and (box := one.find("bbox")) is not None:
            x, y, wide, tall = (float(box.get(name, "0")) for name in ("x", "y", "w", "h"))
            at[one.get("id", "")] = (f"{x + wide / 2:g}", f"{y + tall / 2:g}")
    for arc in drawn.arcs:
        for end, name in (("start", "source"), ("end", "target")):
            x_text, y_text = at[arc.get(name, "")]
            ET.SubElement(arc, end, {"x": x_text, "y": y_text})


def _glyph(
    parent: ET.Element, identifier: str, kind: str, label: str, box: tuple[float, float, float, float]
) -> ET.Element:
    glyph = ET.SubElement(parent, "glyph", {"class": kind, "id": identifier})
    if label:
        ET.SubElement(glyph, "label", {"text": label})
    _box(glyph, box)
    return glyph


def _box(glyph: ET.Element, box: tuple[float, float, float, float]) -> None:
    names = ("x", "y", "w", "h")
    ET.SubElement(glyph, "bbox", {name: f"{value:g}" for name, value in zip(names, box, strict=True)})
