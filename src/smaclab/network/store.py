"""The network's file: sorted plain text, a reaction a line, species named by their canonical pattern.

    # smaclab network 1

    [parameters]            name : unit
    [constants]             name = formula
    [observables]           name, then one indented line a species: weight * species
    [functions]             name = formula
    [species]               species
    [initial]               species = parameter or constant
    [inputs]                name = species
    [reactions]             rule | species + species -> species | factor * rate

No generator's numbers stand in it, so a change of the biology reads as a change of a few lines. `0` stands
for nothing (synthesis, decay); a factor or weight of 1 is left out; `#` at the start of a line is a comment.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from smaclab.errors import NetworkError, shown, unknown
from smaclab.network.expression import names, number_text, parse
from smaclab.network.network import Constant, Function, Network, Observable, Parameter, Reaction, arranged
from smaclab.network.species import Species, parse_species

HEADER = "# smaclab network 1"


# --- writing --------------------------------------------------------------------------------------


def write(network: Network) -> str:
    """The network as text, in its canonical order. `read` gives `arranged(network)` back."""
    network = arranged(network)
    species = [one.name for one in network.species]
    sections = {
        "parameters": [f"{one.name} : {one.unit}" for one in network.parameters],
        "constants": [f"{one.name} = {one.expression}" for one in network.constants],
        "observables": [line for one in network.observables for line in _observable_lines(one, species)],
        "functions": [f"{one.name} = {one.expression}" for one in network.functions],
        "species": species,
        "initial": [f"{species[place]} = {amount}" for place, amount in network.initial],
        "inputs": [f"{name} = {species[place]}" for name, place in network.inputs.items()],
        "reactions": [_reaction_line(one, species) for one in network.reactions],
    }
    blocks = ["\n".join([f"[{name}]", *lines]) for name, lines in sections.items()]
    return "\n\n".join([HEADER, *blocks]) + "\n"


def _observable_lines(observable: Observable, species: list[str]) -> list[str]:
    terms = [f"    {_scaled(weight, species[place])}" for place, weight in observable.terms]
    return [observable.name, *terms]


def _reaction_line(reaction: Reaction, species: list[str]) -> str:
    left = " + ".join(species[place] for place in reaction.reactants) or "0"
    right = " + ".join(species[place] for place in reaction.products) or "0"
    line = f"{reaction.rule} | {left} -> {right} | {_scaled(reaction.factor, reaction.rate)}"
    if reaction.net is None:
        return line
    gains = " + ".join(f"{number_text(gain)} * {species[place]}" for place, gain in reaction.net) or "0"
    return f"{line} | gains {gains}"


def _scaled(factor: float, what: str) -> str:
    return what if factor == 1.0 else f"{number_text(factor)} * {what}"


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Draft:
    """What has been read so far; species are looked up at the end, so sections may stand in any order."""

    parameters: list[Parameter] = field(default_factory=list)
    constants: list[Constant] = field(default_factory=list)
    observables: list[tuple[str, list[tuple[str, float]]]] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    species: list[Species] = field(default_factory=list)
    initial: list[tuple[str, str]] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    reactions: list[tuple[str, list[str], list[str], float, str, "Gains"]] = field(default_factory=list)
    given: dict[tuple[str, str], int] = field(default_factory=dict)
    mentioned: list[tuple[int, str]] = field(default_factory=list)
    used: list[tuple[int, str, str]] = field(default_factory=list)
    """(line, section, name): to be found among the names that the section may use."""

    def once(self, kind: str, name: str, line: int) -> str:
        """The name, if it was not given before."""
        before = self.given.setdefault((kind, name), line)
        if before != line:
            raise NetworkError(
                f"{kind} {shown(name)} was given before, in line {before}. Each may be given once."
            )
        return name

    def mention(self, text: str, line: int) -> str:
        """The canonical name of a species that must be in [species], sooner or later."""
        name = parse_species(text).name
        self.mentioned.append((line, name))
        return name


def read(text: str, *, name: str = "network file") -> Network:
    """The network a text describes, in canonical order.

    Args:
        text: what `write` gave, perhaps edited by a person.
        name: how errors call the text, such as its file's name.

    Raises:
        NetworkError: the first line that cannot be understood, with its number.
    """
    lines = text.splitlines()
    if not lines or lines[0].strip() != HEADER:
        first = shown(lines[0]) if lines else "nothing"
        raise NetworkError(
            f"{name}, line 1: {first} stands where {HEADER!r} should. This is not a network's file."
        )
    draft, section = _Draft(), ""
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if line.startswith("["):
                section = draft.once("section", _section(line), number)
            else:
                _reader(section, line)(draft, line, number)
        except NetworkError as problem:
            raise NetworkError(f"{name}, line {number}: {problem}") from problem
    _check_draft(draft, name)
    try:
        return _network(draft)
    except NetworkError as problem:
        raise NetworkError(f"{name}: {problem}") from problem


def _check_draft(draft: _Draft, file: str) -> None:
    """What `Network` would notice too, but without the line."""
    species = {one.name for one in draft.species}
    for number, name in draft.mentioned:
        if name not in species:
            raise NetworkError(f"{file}, line {number}: species {shown(name)} does not stand in [species].")
    fixed = {one.name for one in draft.parameters} | {constant.name for constant in draft.constants}
    rates = fixed | {function.name for function in draft.functions}
    everything = rates | {name for name, _ in draft.observables}
    allowed = {"constants": fixed, "initial": fixed, "functions": everything, "reactions": rates}
    for number, section, name in draft.used:
        if name not in allowed[section]:
            where = f"{file}, line {number}"
            raise NetworkError(unknown("name", name, allowed[section], where=where))


def _network(draft: _Draft) -> Network:
    place = {species.name: index for index, species in enumerate(draft.species)}
    return arranged(
        Network(
            parameters=tuple(draft.parameters),
            constants=tuple(draft.constants),
            observables=tuple(
                Observable(name=name, terms=tuple((place[species], weight) for species, weight in terms))
                for name, terms in draft.observables
            ),
            functions=tuple(draft.functions),
            species=tuple(draft.species),
            reactions=tuple(
                Reaction(
                    rule=rule,
                    reactants=tuple(place[species] for species in left),
                    products=tuple(place[species] for species in right),
                    rate=rate,
                    factor=factor,
                    net=None if gains is None else tuple((place[species], gain) for species, gain in gains),
                )
                for rule, left, right, factor, rate, gains in draft.reactions
            ),
            initial=tuple((place[species], amount) for species, amount in draft.initial),
            inputs={name: place[species] for name, species in draft.inputs},
        )
    )


def _section(line: str) -> str:
    name = line.strip().removeprefix("[").removesuffix("]")
    if name not in _READERS or not line.strip().endswith("]"):
        raise NetworkError(unknown("section", name, _READERS))
    return name


def _reader(section: str, line: str) -> "Reader":
    if not section:
        raise NetworkError(f"{shown(line)} stands before the first section. Known: {', '.join(_READERS)}.")
    return _READERS[section]


def _split(line: str, mark: str, form: str) -> tuple[str, str]:
    """What stands before and behind the first mark."""
    left, found, right = line.partition(mark)
    if not found or not left.strip() or not right.strip():
        raise NetworkError(f"{shown(line)} does not read as: {form}.")
    return left.strip(), right.strip()


def _parameter(draft: _Draft, line: str, number: int) -> None:
    name, unit = _split(line, ":", "name : unit")
    draft.parameters.append(Parameter(name=_given(draft, name, number), unit=unit))


def _formula(draft: _Draft, line: str, number: int, section: str) -> tuple[str, str]:
    name, formula = _split(line, "=", "name = formula")
    draft.used.extend((number, section, used) for used in sorted(names(parse(formula))))
    return _given(draft, name, number), formula


def _constant(draft: _Draft, line: str, number: int) -> None:
    name, formula = _formula(draft, line, number, "constants")
    draft.constants.append(Constant(name=name, expression=formula))


def _function(draft: _Draft, line: str, number: int) -> None:
    name, formula = _formula(draft, line, number, "functions")
    draft.functions.append(Function(name=name, expression=formula))


def _observable(draft: _Draft, line: str, number: int) -> None:
    if not line[0].isspace():
        draft.observables.append((_given(draft, line.strip(), number), []))
        return
    if not draft.observables:
        raise NetworkError(
            f"{shown(line)} belongs to no observable. First the observable's name, then its species."
        )
    weight, species = _unscaled(line.strip())
    draft.observables[-1][1].append((draft.mention(species, number), weight))


def _species(draft: _Draft, line: str, number: int) -> None:
    species = parse_species(line)
    draft.once("species", species.name, number)
    draft.species.append(species)


def _initial(draft: _Draft, line: str, number: int) -> None:
    species, amount = _split(line, "=", "species = parameter or constant")
    draft.used.append((number, "initial", amount))
    draft.initial.append((draft.once("starting amount of", draft.mention(species, number), number), amount))


def _input(draft: _Draft, line: str, number: int) -> None:
    name, species = _split(line, "=", "name = species")
    draft.inputs.append((draft.once("input", name, number), draft.mention(species, number)))


def _reaction(draft: _Draft, line: str, number: int) -> None:
    parts = [part.strip() for part in line.split("|")]
    sides = parts[1].split("->") if len(parts) in (3, 4) else []
    if len(sides) != 2 or not all(parts):
        raise NetworkError(
            f"{shown(line)} does not read as: rule | species + species -> species | factor * rate."
        )
    left, right = (
        [] if side.strip() == "0" else [draft.mention(species, number) for species in side.split("+")]
        for side in sides
    )
    factor, rate = _unscaled(parts[2])
    draft.used.append((number, "reactions", rate))
    gains = _gains(draft, parts[3], number) if len(parts) == 4 else None
    draft.reactions.append((parts[0], left, right, factor, rate, gains))


def _gains(draft: _Draft, text: str, number: int) -> "Gains":
    """`gains 0.5 * A() + -1 * B()`: what a reaction changes, where its sides do not say it."""
    word, _, rest = text.partition(" ")
    if word != "gains" or not rest.strip():
        raise NetworkError(f"{shown(text)} does not read as: gains number * species + number * species.")
    found = [] if rest.strip() == "0" else [_unscaled(part.strip()) for part in rest.split(" + ")]
    return [(draft.mention(species, number), gain) for gain, species in found]


def _unscaled(text: str) -> tuple[float, str]:
    """The factor, 1 where none is written, and what it multiplies."""
    first, found, rest = text.partition("*")
    if not found:
        return 1.0, text.strip()
    try:
        factor = float(first)
    except ValueError as problem:
        raise NetworkError(f"{shown(first.strip())} in {shown(text)} is not a number.") from problem
    if not math.isfinite(factor):
        raise NetworkError(f"{shown(first.strip())} in {shown(text)}: the number must be finite.")
    return factor, rest.strip()


def _given(draft: _Draft, name: str, number: int) -> str:
    if not name.isidentifier():
        raise NetworkError(
            f"{shown(name)} is not a name. Use letters, digits and _, not starting with a digit."
        )
    return draft.once("name", name, number)


Gains = list[tuple[str, float]] | None
Reader = Callable[[_Draft, str, int], None]
_READERS: dict[str, Reader] = {
    "parameters": _parameter,
    "constants": _constant,
    "observables": _observable,
    "functions": _function,
    "species": _species,
    "initial": _initial,
    "inputs": _input,
    "reactions": _reaction,
}
