"""Every formula of a file that is to be written, so that the units of all of them are solved together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from smaclab.exchange.dimension import Dimension, Dimensions, dimension_of
from smaclab.exchange.sbml_math import TIME, guarded, product, time_is, weighted_sum
from smaclab.experiment.readout import Readout
from smaclab.network.expression import Call, Name, Node, Number
from smaclab.network.network import Network, Reaction
from smaclab.simulate.change import Assignment

SECOND, MOLECULES = dimension_of("s"), dimension_of("molecules")
CLOCK, READOUT = "clock", "readout "
"""Names of formulas; a network's own names hold no spaces."""


@dataclass(frozen=True)
class Formulas:
    """The trees by what they stand for, and their units; filled once by `collected`."""

    trees: dict[str, Node] = field(default_factory=dict)
    dimensions: Dimensions = field(default_factory=Dimensions)

    def add(self, owner: str, tree: Node, equals: str | Dimension | None = None) -> None:
        """One formula; see `Dimensions.formula`."""
        self.trees[owner] = guarded(tree)
        self.dimensions.formula(owner, self.trees[owner], equals)


def species_symbol(place: int) -> str:
    """The name of a species in formulas; with its space nothing else can be called so."""
    return f"species {place}"


def collected(
    network: Network,
    changes: Sequence[Assignment],
    readouts: Sequence[Readout],
    *,
    begin_s: float,
    medium_volume_pl: float,
) -> Formulas:
    """All formulas of a file.

    Args:
        network: whose constants, observables, functions and reactions are written.
        changes: events.
        readouts: formulas of observables.
        begin_s: the experiment's time at which the file's clock starts, s.
        medium_volume_pl: for readouts that are divided by it, pl.
    """
    all_of_them = Formulas()
    _declare(all_of_them.dimensions, network, readouts)
    all_of_them.add(CLOCK, Call("+", (Name(TIME), Number(begin_s))), SECOND)
    for name, tree in network.formulas.items():
        all_of_them.add(name, tree, name)
    for one in network.observables:
        terms = ((species_symbol(place), weight) for place, weight in one.terms)
        all_of_them.add(one.name, weighted_sum(terms), MOLECULES)
    for reaction_place, reaction in enumerate(network.reactions):
        owner = f"reaction {reaction_place}"
        all_of_them.add(owner, _speed(reaction), dimension_of("molecules/s"))
        if reaction.factor != 1.0:
            all_of_them.dimensions.pure(owner, 0)
    for readout in readouts:
        name = f"{READOUT}{readout.name}"
        all_of_them.add(name, readout_formula(readout, medium_volume_pl), name)
    for number, change in enumerate(changes):
        _change(all_of_them, network, number, change, begin_s)
    return all_of_them


def _declare(dimensions: Dimensions, network: Network, readouts: Sequence[Readout]) -> None:
    dimensions.declare(TIME, SECOND)
    for place in range(len(network.species)):
        dimensions.declare(species_symbol(place), MOLECULES)
    for parameter in network.parameters:
        dimensions.declare(parameter.name, dimension_of(parameter.unit))
    for name in network.formulas:
        dimensions.declare(name, None)
    for one in network.observables:
        dimensions.declare(one.name, MOLECULES)
    for readout in readouts:
        dimensions.declare(f"{READOUT}{readout.name}", dimension_of(readout.unit))


def _change(formulas: Formulas, network: Network, number: int, change: Assignment, begin_s: float) -> None:
    formulas.add(f"change {number}", time_is(change.time_s - begin_s))
    for place, value in zip(change.parameters, change.values, strict=True):
        name = network.parameters[place].name
        formulas.add(f"change {number} of {name}", Number(float(value)), name)
    for place, amount, adds in zip(change.species, change.amounts, change.adds, strict=True):
        name, new = species_symbol(place), Number(float(amount))
        tree = Call("+", (Name(name), new)) if adds else new
        formulas.add(f"change {number} of {name}", tree, name)


def readout_formula(readout: Readout, medium_volume_pl: float) -> Node:
    """A readout as a formula of observables."""
    scale = readout.scale / (medium_volume_pl if readout.per_medium_volume else 1.0)
    tree: Node = Name(readout.observable)
    if readout.per:
        tree = Call("/", (tree, Name(readout.per)))
    is_as_it_is = scale == 1.0 and dimension_of(readout.unit) == (
        dimension_of("1") if readout.per else MOLECULES
    )
    return tree if is_as_it_is else Call("*", (Number(scale), tree))


def _speed(reaction: Reaction) -> Node:
    factor: list[Node] = [] if reaction.factor == 1.0 else [Number(reaction.factor)]
    return product(
        [*factor, Name(reaction.rate), *(Name(species_symbol(place)) for place in reaction.reactants)]
    )
