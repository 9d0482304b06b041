"""Reactions as a biologist writes them: 'cIAP1(open):TRAF2 + X ⇌ ...', one line a rule.

Scope:   one representative for each rule, the smallest of its reactions, with its reverse where there is one.
Ignores: sites, bonds and compartments, except that a species in the medium says so, and that a site which
         `Words.bound` names is shown where it is bound.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from smaclab.network.network import Network, Reaction
from smaclab.network.species import Monomer, Species

REVERSE = "(reverse)"
"""What the name of a rule ends with in the reactions that undo it."""

NOTHING = "nothing"
MEDIUM = "medium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How species are called.

    names: monomer -> everyday name; a monomer that is missing keeps its own.
    states: state of a site -> word; "" hides it, a state that is missing is shown as it is.
    bound: sites that are named where they are bound, site -> word: which of two pockets is filled.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    bound: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One rule as text.

    reactions: how many concrete reactions it stands for, those of its reverse included.
    rates: names of its rates, forward first, then back.
    """

    rule: str
    text: str
    reactions: int
    rates: tuple[str, ...]


def arrows(network: Network, words: Words) -> tuple[Arrow, ...]:
    """Every rule of the network, sorted by name."""
    rules: dict[str, tuple[list[Reaction], list[Reaction]]] = {}
    for reaction in network.reactions:
        forward, back = rules.setdefault(reaction.rule.removesuffix(REVERSE), ([], []))
        (back if reaction.rule.endswith(REVERSE) else forward).append(reaction)
    return tuple(_arrow(network, words, rule, *both) for rule, both in sorted(rules.items()))


def _arrow(network: Network, words: Words, rule: str, forward: list[Reaction], back: list[Reaction]) -> Arrow:
    sign = "⇌" if forward and back else "→"
    texts = [_written(network, words, reaction, sign) for reaction in forward or back]
    return Arrow(
        rule=rule,
        text=min(texts)[-1],
        reactions=len(forward) + len(back),
        rates=tuple(dict.fromkeys(reaction.rate for reaction in (*forward, *back))),
    )


def _written(network: Network, words: Words, reaction: Reaction, sign: str) -> tuple[int, int, str]:
    """How many molecules take part and how long the text is, small first, and the text."""
    sides = [[network.species[place] for place in side] for side in (reaction.reactants, reaction.products)]
    text = f" {sign} ".join(side_words(side, words) for side in sides)
    return sum(len(species.monomers) for side in sides for species in side), len(text), text


def side_words(species: Iterable[Species], words: Words) -> str:
    """One side of an arrow: 'A + 2 B', or 'nothing'."""
    counted = Counter(species_words(one, words) for one in species)
    return " + ".join(f"{n} {one}" if n > 1 else one for one, n in counted.items()) or NOTHING


def species_words(species: Species, words: Words) -> str:
    """One species: 'cIAP1(open):TRAF2', 'TNF in medium'."""
    text = ":".join(_monomer_words(monomer, words) for monomer in species.monomers)
    return f"{text} in {MEDIUM}" if species.compartment == MEDIUM else text


def _monomer_words(monomer: Monomer, words: Words) -> str:
    labels = [words.states.get(one.state, one.state) for one in monomer.sites if one.state is not None]
    labels += [words.bound.get(one.site, "") for one in monomer.sites if one.bond is not None]
    shown = ", ".join(label for label in labels if label)
    name = words.names.get(monomer.name, monomer.name)
    return f"{name}({shown})" if shown else name
