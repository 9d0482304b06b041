"""Who takes part in a reaction as SBML counts it: reactants, products, modifiers."""

from collections import Counter
from dataclasses import dataclass

from smaclab.network.network import Reaction

Counted = tuple[tuple[int, float], ...]
"""(species, how many), by species."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The sides of a reaction. modifiers: species in the rate law that stand on neither side."""

    before: Counted
    after: Counted
    modifiers: tuple[int, ...] = ()


def sides_of(reaction: Reaction) -> Sides:
    """The sides as they are to be written.

    A reaction that says what it changes is written by that; its `reactants` are what its speed depends on:
    they may be gained, or be neither gained nor lost.
    """
    if reaction.net is None:
        return Sides(before=_counted(reaction.reactants), after=_counted(reaction.products))
    change = reaction.change()
    return Sides(
        before=tuple((place, -gain) for place, gain in change.items() if gain < 0),
        after=tuple((place, gain) for place, gain in change.items() if gain > 0),
        modifiers=tuple(place for place in sorted(set(reaction.reactants)) if place not in change),
    )


def _counted(places: tuple[int, ...]) -> Counted:
    return tuple((place, float(several)) for place, several in sorted(Counter(places).items()))
