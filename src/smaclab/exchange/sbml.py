"""A network with one cell's numbers as SBML, Level 3 Version 2 core.

Scope:   species in molecules (substance units), time in seconds, mass action times a rate, constants,
         observables, functions and readouts as parameters, doses and other changes as events; a unit on
         everything, literals too; links to databases and ontology terms.
Ignores: death.  A file knows no end of a cell, so its curves run on; the viability readout is left out.

The model's time 0 is the experiment's, or the first change where that comes before (a pre-treatment); the
parameter `experiment_time` is the experiment's own clock.  Initial amounts are the cell's state before its
first change.  Every identifier can be read, and the name attribute holds our own name of the thing.

A constant that depends on no changed parameter is an initial assignment, so that a solver computes it once;
any other is an assignment rule.  Changes at one time are one event, whose assignments all see the state
before.  libSBML writes 15 digits, so numbers may differ from ours in the 16th.  Amounts below 1e-9 molecules
are written as 0: they are rounding, and a solver that scales its tolerance by them gives up.  A network of
others may count in moles: where no amount reaches 1, it is 1e-9 of the largest.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import NetworkError, ShapeError, unknown
from smaclab.exchange import sbml_terms
from smaclab.exchange.dimension import Dimension, dimension_of
from smaclab.exchange.links import About, Links
from smaclab.exchange.sbml_events import add_events, set_by_events, write_events
from smaclab.exchange.sbml_formulas import (
    CLOCK,
    MOLECULES,
    READOUT,
    SECOND,
    Formulas,
    collected,
    species_symbol,
)
from smaclab.exchange.sbml_ids import SbmlIds, compartment_of, sanitized, sbml_ids
from smaclab.exchange.sbml_links import annotate, behind_rates, of_species
from smaclab.exchange.sbml_math import TIME, condition_tree, math_tree
from smaclab.exchange.sbml_sides import sides_of
from smaclab.exchange.sbml_units import unit_id
from smaclab.experiment.readout import Readout
from smaclab.network.expression import names, ordered
from smaclab.network.network import Network
from smaclab.network.sbml import SbmlModel
from smaclab.simulate.change import Assignment
from smaclab.simulate.solver import NOTHING

Array = NDArray[Any]

_XHTML = "http://www.w3.org/1999/xhtml"

__all__ = ["SbmlIds", "sbml_ids", "start_s", "write_sbml"]


def write_sbml(
    subject: Network | SbmlModel,
    *,
    counts: Array,
    parameters: Array,
    changes: Sequence[Assignment] = (),
    readouts: Iterable[Readout] = (),
    medium_volume_pl: float = 1.0,
    about: About | None = None,
) -> str:
    """The text of an SBML file.

    Args:
        subject: what reacts; a model that was read from SBML brings its events along.
        counts: (species,), molecules, before the first change: the rest of the cell that is to be written.
        parameters: (parameter,), before the first change.
        changes: what happens in time, in order; see `simulate.change.resolve`.
        readouts: what is written beside the observables; viability is left out.
        medium_volume_pl: for readouts that are divided by it, pl.
        about: the model's identifier, of which what SBML does not allow becomes _, and what things are in
            public databases; see `links.links_of`.

    Returns:
        SBML L3V2 core, without errors by libSBML's consistency check; without warnings too, where the
        network's units agree.

    Raises:
        NetworkError: libSBML is not installed, or a readout reports what the network does not observe.
        ShapeError: counts or parameters that are not those of the network, or are not finite.
    """
    model = subject if isinstance(subject, SbmlModel) else None
    network = subject.network if isinstance(subject, SbmlModel) else subject
    _check("counts", counts, len(network.species))
    _check("parameters", parameters, len(network.parameters))
    libsbml = _libsbml()
    kept = tuple(one for one in readouts if not one.special)
    _check_observed(network, kept)
    changes = tuple(changes)
    formulas = collected(network, changes, kept, begin_s=start_s(changes), medium_volume_pl=medium_volume_pl)
    if model is not None:
        add_events(formulas, model)
    document = libsbml.SBMLDocument(3, 2)
    writer = _Writer(network, sbml_ids(network, kept), formulas, document.createModel(), libsbml)
    about = About() if about is None else about
    writer.links = about.links
    moved = {network.parameters[place].name for one in changes for place in one.parameters}
    writer.changed = moved | about.movable | (set() if model is None else set_by_events(model))
    writer.head(sanitized(about.id), about.id)
    writer.species(counts)
    writer.parameters(parameters)
    writer.constants()
    writer.observables_and_functions()
    writer.readouts(kept)
    writer.reactions()
    writer.events(changes)
    if model is not None:
        write_events(model, writer.model, writer.symbols, writer.math)
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


def _check_observed(network: Network, readouts: Sequence[Readout]) -> None:
    for one in readouts:
        for name in [one.observable, *([one.per] if one.per else [])]:
            if name not in network.observable_index:
                known = network.observable_index
                raise NetworkError(unknown("observable of the network", name, known, where=one.name))


class _Writer:
    """Fills one model, section by section."""

    def __init__(self, network: Network, ids: SbmlIds, formulas: Formulas, model: Any, libsbml: Any) -> None:
        self.network, self.ids, self.formulas = network, ids, formulas
        self.model, self.libsbml = model, libsbml
        self.links = Links()
        self.changed: set[str] = set()
        species = [species_symbol(place) for place in range(len(network.species))]
        self.symbols = dict(ids.names) | dict(zip(species, ids.species, strict=True)) | {TIME: TIME}

    def head(self, identifier: str, name: str) -> None:
        """Identity, units, compartments, and the experiment's clock."""
        model = self.model
        model.setId(identifier)
        model.setName(name)
        annotate(model, self.links.model, self.libsbml)
        molecules = self._unit(MOLECULES)
        model.setTimeUnits(self._unit(SECOND))
        model.setSubstanceUnits(molecules)
        model.setExtentUnits(molecules)
        model.setVolumeUnits("dimensionless")
        for name_, identifier_ in self.ids.compartments.items():
            compartment = model.createCompartment()
            compartment.setId(identifier_)
            compartment.setName(name_)
            compartment.setSpatialDimensions(3)
            compartment.setSize(1.0)  # never used: species are amounts, and volumes are named parameters
            compartment.setUnits("dimensionless")
            compartment.setConstant(True)
            compartment.setSBOTerm(sbml_terms.PLACE)
            annotate(compartment, self.links.compartments.get(name_, ()), self.libsbml)
        clock = self._parameter(self.ids.clock, "time of the experiment", SECOND, constant=False)
        self._rule(clock, CLOCK)

    def species(self, counts: Array) -> None:
        """Species with their initial amounts, molecules."""
        least = NOTHING * min(1.0, float(np.max(np.abs(counts), initial=0.0)))
        for place, one in enumerate(self.network.species):
            species = self.model.createSpecies()
            species.setId(self.ids.species[place])
            species.setName(one.name)
            species.setCompartment(self.ids.compartments[compartment_of(self.network, place)])
            amount = float(counts[place])
            species.setInitialAmount(amount if abs(amount) >= least else 0.0)
            species.setSubstanceUnits(self._unit(MOLECULES))
            species.setHasOnlySubstanceUnits(True)
            species.setBoundaryCondition(False)
            species.setConstant(False)
            species.setSBOTerm(sbml_terms.of_species(one, self.links))
            annotate(species, of_species(one, self.links), self.libsbml)

    def parameters(self, values: Array) -> None:
        """Parameters; those that an event changes are not constant."""
        for one, value in zip(self.network.parameters, values, strict=True):
            parameter = self._parameter(
                self.ids.names[one.name],
                one.name,
                dimension_of(one.unit),
                constant=one.name not in self.changed,
            )
            parameter.setValue(float(value))
            parameter.setSBOTerm(sbml_terms.of_parameter(one.name, one.unit))
            annotate(parameter, self.links.parameters.get(one.name, ()), self.libsbml)
            if one.name in self.links.notes:
                parameter.setNotes(f'<p xmlns="{_XHTML}">{escape(self.links.notes[one.name])}</p>')

    def constants(self) -> None:
        """Constants: initial assignments, or rules where a changed parameter is behind them."""
        moving = set(self.changed)
        fixed = {constant.name for constant in self.network.constants}
        for name in ordered(self.network.formulas):
            if name not in fixed:
                continue
            identifier, dimension = self.ids.names[name], self.formulas.dimensions.of(name)
            if names(self.network.formulas[name]) & moving:
                moving.add(name)
                self._rule(self._parameter(identifier, name, dimension, constant=False), name)
            else:
                self._parameter(identifier, name, dimension, constant=True)
                assignment = self.model.createInitialAssignment()
                assignment.setSymbol(identifier)
                assignment.setMath(self.math(name))

    def observables_and_functions(self) -> None:
        """Observables as weighted sums of species, then functions, each after those it uses."""
        functions = {one.name for one in self.network.functions}
        computed = [name for name in ordered(self.network.formulas) if name in functions]
        for name in [*(one.name for one in self.network.observables), *computed]:
            dimension = self.formulas.dimensions.of(name)
            self._rule(self._parameter(self.ids.names[name], name, dimension, constant=False), name)

    def readouts(self, readouts: Iterable[Readout]) -> None:
        """Readouts as formulas of observables."""
        for one in readouts:
            owner = f"{READOUT}{one.name}"
            identifier, dimension = self.ids.readouts[one.name], self.formulas.dimensions.of(owner)
            self._rule(self._parameter(identifier, one.name, dimension, constant=False), owner)

    def reactions(self) -> None:
        """Reactions with their kinetic laws: factor * rate * reactants."""
        links = behind_rates(self.network, self.links)
        functions = {one.name for one in self.network.functions}
        for number, (one, identifier) in enumerate(
            zip(self.network.reactions, self.ids.reactions, strict=True)
        ):
            reaction = self.model.createReaction()
            reaction.setId(identifier)
            reaction.setName(one.rule)
            reaction.setReversible(False)
            reaction.setSBOTerm(sbml_terms.of_reaction(one, self.network))
            sides = sides_of(one)
            for place, several in sides.before:
                self._partner(reaction.createReactant(), place, several)
            for place, several in sides.after:
                self._partner(reaction.createProduct(), place, several)
            for place in sides.modifiers:
                reaction.createModifier().setSpecies(self.ids.species[place])
            law = reaction.createKineticLaw()
            law.setMath(self.math(f"reaction {number}"))
            is_law = one.rate in functions
            law.setSBOTerm(sbml_terms.RATE_LAW if is_law else sbml_terms.MASS_ACTION)
            annotate(reaction, links[one.rate], self.libsbml)

    def events(self, changes: Sequence[Assignment]) -> None:
        """One event for each time at which something changes."""
        for number, change in enumerate(changes):
            event = self.model.createEvent()
            event.setId(f"change_{number + 1}")
            event.setName(f"at {change.time_s / 3600:g} h")
            event.setUseValuesFromTriggerTime(True)
            trigger = event.createTrigger()
            # False before the start, so that a change at the very start happens too.
            trigger.setInitialValue(False)
            trigger.setPersistent(True)
            trigger.setMath(self.math(f"change {number}", condition_tree))
            targets = [self.network.parameters[place].name for place in change.parameters]
            for name in [*targets, *(species_symbol(place) for place in change.species)]:
                assignment = event.createEventAssignment()
                assignment.setVariable(self.symbols[name])
                assignment.setMath(self.math(f"change {number} of {name}"))

    def math(self, owner: str, tree: Callable[..., Any] = math_tree) -> Any:
        """The formula of this owner as a tree."""
        units = iter([self._unit(one) for one in self.formulas.dimensions.literals(owner)])
        return tree(self.formulas.trees[owner], self.symbols, self.libsbml, units)

    # --- the small parts ------------------------------------------------------------------------------

    def _unit(self, dimension: Dimension | None) -> str | None:
        return None if dimension is None else unit_id(dimension, self.model, self.libsbml)

    def _parameter(self, identifier: str, name: str, dimension: Dimension | None, *, constant: bool) -> Any:
        parameter = self.model.createParameter()
        parameter.setId(identifier)
        parameter.setName(name)
        parameter.setConstant(constant)
        if (unit := self._unit(dimension)) is not None:
            parameter.setUnits(unit)
        return parameter

    def _rule(self, parameter: Any, owner: str) -> None:
        rule = self.model.createAssignmentRule()
        rule.setVariable(parameter.getId())
        rule.setMath(self.math(owner))

    def _partner(self, reference: Any, place: int, number: float) -> None:
        reference.setSpecies(self.ids.species[place])
        reference.setStoichiometry(number)
        reference.setConstant(True)
