"""A network with one cell's numbers as SBML, Level 3 Version 2 core.

Scope:   species in molecules (substance units), time in seconds, mass action times a rate, constants,
         observables, functions and readouts as parameters, doses and other changes as events.
Ignores: death.  A file knows no end of a cell, so its curves run on; the viability readout is left out.

The model's time 0 is the experiment's, or the first change where that comes before (a pre-treatment); the
parameter `experiment_time` is the experiment's own clock.  Initial amounts are the cell's state before its
first change.  Every identifier can be read, and the name attribute holds our own name of the thing.

A constant that depends on no changed parameter is an initial assignment, so that a solver computes it once;
any other is an assignment rule.  Changes at one time are one event, whose assignments all see the state
before.  libSBML writes 15 digits, so numbers may differ from ours in the 16th.  Amounts below 1e-9 molecules
are written as 0: they are rounding, and a solver that scales its tolerance by them gives up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import NetworkError, ShapeError, unknown
from smaclab.exchange.sbml_ids import Ids, sanitized, species_wish
from smaclab.exchange.sbml_math import math_tree, product, time_is, time_tree, weighted_sum
from smaclab.exchange.sbml_units import unit_id
from smaclab.experiment.readout import Readout
from smaclab.network.expression import Call, Name, Node, Number, names, ordered
from smaclab.network.network import Network, Reaction
from smaclab.simulate.change import Assignment
from smaclab.simulate.solver import NOTHING

Array = NDArray[Any]

CLOCK = "experiment_time"
ELSEWHERE = "cell"  # compartment of a species that says none, or several


@dataclass(frozen=True, slots=True, kw_only=True)
class SbmlIds:
    """Which identifier stands for what.  species, reactions: in the network's order."""

    names: Mapping[str, str]
    """Parameters, constants, observables and functions."""

    species: tuple[str, ...]
    reactions: tuple[str, ...]
    compartments: Mapping[str, str]
    readouts: Mapping[str, str]
    clock: str


def sbml_ids(network: Network, readouts: Iterable[Readout] = ()) -> SbmlIds:
    """The identifiers that `write_sbml` gives.

    Names of the network go first and keep their spelling.  A readout is `readout_<name>`, because many share
    their name with the observable they report.
    """
    ids = Ids()
    nouns = [*network.parameter_index, *network.formulas, *network.observable_index]
    found = dict(zip(nouns, ids.take_all(nouns), strict=True))
    clock = ids.take(CLOCK)
    places = sorted({_compartment(network, place) for place in range(len(network.species))})
    return SbmlIds(
        names=found,
        clock=clock,
        compartments=dict(zip(places, ids.take_all(f"compartment_{one}" for one in places), strict=True)),
        species=tuple(ids.take_all(species_wish(one) for one in network.species)),
        readouts={one.name: ids.take(f"readout_{one.name}") for one in readouts if not one.special},
        reactions=tuple(ids.take_all(f"reaction_{one.rule}" for one in network.reactions)),
    )


def write_sbml(
    network: Network,
    *,
    counts: Array,
    parameters: Array,
    changes: Sequence[Assignment] = (),
    readouts: Iterable[Readout] = (),
    medium_volume_pl: float = 1.0,
    model_id: str = "smaclab",
) -> str:
    """The text of an SBML file.

    Args:
        network: what reacts.
        counts: (species,), molecules, before the first change: the rest of the cell that is to be written.
        parameters: (parameter,), before the first change.
        changes: what happens in time, in order; see `simulate.change.resolve`.
        readouts: what is written beside the observables; viability is left out.
        medium_volume_pl: for readouts that are divided by it, pl.
        model_id: the model's identifier; what SBML does not allow becomes _.

    Returns:
        SBML L3V2 core, without errors by libSBML's consistency check.

    Raises:
        NetworkError: libSBML is not installed, or a readout reports what the network does not observe.
        ShapeError: counts or parameters that are not those of the network, or are not finite.
    """
    _check("counts", counts, len(network.species))
    _check("parameters", parameters, len(network.parameters))
    libsbml = _libsbml()
    kept = tuple(one for one in readouts if not one.special)
    document = libsbml.SBMLDocument(3, 2)
    writer = _Writer(network, sbml_ids(network, kept), tuple(changes), document.createModel(), libsbml)
    writer.head(sanitized(model_id), model_id)
    writer.species(counts)
    writer.parameters(parameters)
    writer.constants()
    writer.observables_and_functions()
    writer.readouts(kept, medium_volume_pl)
    writer.reactions()
    writer.events()
    return str(libsbml.writeSBMLToString(document))


def start_s(changes: Sequence[Assignment]) -> float:
    """The experiment's time at which the file's clock starts, s: 0, or the first change if it is earlier."""
    return min([0.0, *(change.time_s for change in changes)])


def _libsbml() -> Any:
    try:
        import libsbml
    except ModuleNotFoundError as problem:
        raise NetworkError(
            f"{problem.name} is not installed. Writing SBML needs the extra [sbml]: "
            "pip install 'smaclab[sbml]'."
        ) from problem
    return libsbml


def _check(what: str, values: Array, size: int) -> None:
    if np.shape(values) != (size,):
        raise ShapeError(f"{what} has shape {np.shape(values)}; the network needs {(size,)}.")
    if not np.all(np.isfinite(values)):
        raise ShapeError(f"{what} holds {np.sum(~np.isfinite(values))} values that are not finite.")


def _compartment(network: Network, place: int) -> str:
    return network.species[place].compartment or ELSEWHERE


class _Writer:
    """Fills one model, section by section."""

    def __init__(
        self, network: Network, ids: SbmlIds, changes: tuple[Assignment, ...], model: Any, libsbml: Any
    ) -> None:
        self.network, self.ids, self.changes = network, ids, changes
        self.model, self.libsbml = model, libsbml
        self.start_s = start_s(changes)
        species = [f"species {place}" for place in range(len(network.species))]
        self.symbols = dict(ids.names) | dict(zip(species, ids.species, strict=True))

    def head(self, identifier: str, name: str) -> None:
        """Identity, units, compartments, and the experiment's clock."""
        model = self.model
        model.setId(identifier)
        model.setName(name)
        second = unit_id("s", model, self.libsbml)
        molecules = unit_id("molecules", model, self.libsbml)
        model.setTimeUnits(second)
        model.setSubstanceUnits(molecules)
        model.setExtentUnits(molecules)
        model.setVolumeUnits("dimensionless")
        for name_, identifier_ in self.ids.compartments.items():
            compartment = model.createCompartment()
            compartment.setId(identifier_)
            compartment.setName(name_)
            compartment.setSpatialDimensions(3)
            compartment.setSize(1.0)  # never used: species are amounts, and volumes are named parameters
            compartment.setConstant(True)
        clock = self._parameter(self.ids.clock, "time of the experiment", "s", constant=False)
        self._rule(clock, self._sum(time_tree(self.libsbml), self.start_s))

    def species(self, counts: Array) -> None:
        """Species with their initial amounts, molecules."""
        for place, one in enumerate(self.network.species):
            species = self.model.createSpecies()
            species.setId(self.ids.species[place])
            species.setName(one.name)
            species.setCompartment(self.ids.compartments[_compartment(self.network, place)])
            amount = float(counts[place])
            species.setInitialAmount(amount if abs(amount) >= NOTHING else 0.0)
            species.setSubstanceUnits(unit_id("molecules", self.model, self.libsbml))
            species.setHasOnlySubstanceUnits(True)
            species.setBoundaryCondition(False)
            species.setConstant(False)

    def parameters(self, values: Array) -> None:
        """Parameters; those that an event changes are not constant."""
        changed = self._changed()
        for one, value in zip(self.network.parameters, values, strict=True):
            parameter = self._parameter(
                self.ids.names[one.name], one.name, one.unit, constant=one.name not in changed
            )
            parameter.setValue(float(value))

    def constants(self) -> None:
        """Constants: initial assignments, or rules where a changed parameter is behind them."""
        moving = self._changed()
        fixed = {constant.name for constant in self.network.constants}
        for name in ordered(self.network.formulas):
            if name not in fixed:
                continue
            tree, identifier = self.network.formulas[name], self.ids.names[name]
            if names(tree) & moving:
                moving.add(name)
                self._rule(self._parameter(identifier, name, "", constant=False), self._math(tree))
            else:
                self._parameter(identifier, name, "", constant=True)
                assignment = self.model.createInitialAssignment()
                assignment.setSymbol(identifier)
                assignment.setMath(self._math(tree))

    def observables_and_functions(self) -> None:
        """Observables as weighted sums of species, then functions, each after those it uses."""
        for one in self.network.observables:
            tree = weighted_sum((f"species {place}", weight) for place, weight in one.terms)
            self._assigned(self.ids.names[one.name], one.name, "molecules", tree)
        functions = {one.name for one in self.network.functions}
        for name in ordered(self.network.formulas):
            if name in functions:
                self._assigned(self.ids.names[name], name, "", self.network.formulas[name])

    def readouts(self, readouts: Iterable[Readout], medium_volume_pl: float) -> None:
        """Readouts as formulas of observables."""
        for one in readouts:
            needed = [one.observable, *([one.per] if one.per else [])]
            for name in needed:
                if name not in self.network.observable_index:
                    known = self.network.observable_index
                    raise NetworkError(unknown("observable of the network", name, known, where=one.name))
            scale = one.scale / (medium_volume_pl if one.per_medium_volume else 1.0)
            tree: Node = Name(one.observable)
            if one.per:
                tree = Call("/", (tree, Name(one.per)))
            tree = tree if scale == 1.0 else Call("*", (Number(scale), tree))
            self._assigned(self.ids.readouts[one.name], one.name, one.unit, tree)

    def reactions(self) -> None:
        """Reactions with their kinetic laws: factor * rate * reactants."""
        for one, identifier in zip(self.network.reactions, self.ids.reactions, strict=True):
            reaction = self.model.createReaction()
            reaction.setId(identifier)
            reaction.setName(one.rule)
            reaction.setReversible(False)
            for place, number in _counted(one.reactants):
                self._partner(reaction.createReactant(), place, number)
            for place, number in _counted(one.products):
                self._partner(reaction.createProduct(), place, number)
            reaction.createKineticLaw().setMath(self._math(_speed(one)))

    def events(self) -> None:
        """One event for each time at which something changes."""
        for number, change in enumerate(self.changes):
            event = self.model.createEvent()
            event.setId(f"change_{number + 1}")
            event.setName(f"at {change.time_s / 3600:g} h")
            event.setUseValuesFromTriggerTime(True)
            trigger = event.createTrigger()
            # False before the start, so that a change at the very start happens too.
            trigger.setInitialValue(False)
            trigger.setPersistent(True)
            trigger.setMath(time_is(change.time_s - self.start_s, self.libsbml))
            for place, value in zip(change.parameters, change.values, strict=True):
                name = self.network.parameters[place].name
                self._assign(event, self.ids.names[name], Number(float(value)))
            for place, amount, adds in zip(change.species, change.amounts, change.adds, strict=True):
                name, new = f"species {place}", Number(float(amount))
                tree = Call("+", (Name(name), new)) if adds else new
                self._assign(event, self.ids.species[place], tree)

    # --- the small parts ------------------------------------------------------------------------------

    def _changed(self) -> set[str]:
        return {self.network.parameters[place].name for one in self.changes for place in one.parameters}

    def _math(self, tree: Node) -> Any:
        return math_tree(tree, self.symbols, self.libsbml)

    def _sum(self, tree: Any, number: float) -> Any:
        whole = self.libsbml.ASTNode(self.libsbml.AST_PLUS)
        whole.addChild(tree)
        whole.addChild(self._math(Number(number)))
        return whole

    def _parameter(self, identifier: str, name: str, unit: str, *, constant: bool) -> Any:
        parameter = self.model.createParameter()
        parameter.setId(identifier)
        parameter.setName(name)
        parameter.setConstant(constant)
        if unit and (found := unit_id(unit, self.model, self.libsbml)):
            parameter.setUnits(found)
        return parameter

    def _rule(self, parameter: Any, tree: Any) -> None:
        rule = self.model.createAssignmentRule()
        rule.setVariable(parameter.getId())
        rule.setMath(tree)

    def _assigned(self, identifier: str, name: str, unit: str, tree: Node) -> None:
        self._rule(self._parameter(identifier, name, unit, constant=False), self._math(tree))

    def _partner(self, reference: Any, place: int, number: int) -> None:
        reference.setSpecies(self.ids.species[place])
        reference.setStoichiometry(float(number))
        reference.setConstant(True)

    def _assign(self, event: Any, identifier: str, tree: Node) -> None:
        assignment = event.createEventAssignment()
        assignment.setVariable(identifier)
        assignment.setMath(self._math(tree))


def _counted(places: Sequence[int]) -> list[tuple[int, int]]:
    return [(place, places.count(place)) for place in sorted(set(places))]


def _speed(reaction: Reaction) -> Node:
    factor: list[Node] = [] if reaction.factor == 1.0 else [Number(reaction.factor)]
    return product(
        [*factor, Name(reaction.rate), *(Name(f"species {place}") for place in reaction.reactants)]
    )
