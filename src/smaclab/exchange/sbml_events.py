"""Events of a model that was read from SBML, on their way back into a file."""

from collections.abc import Callable, Iterator
from typing import Any

from smaclab.exchange.sbml_formulas import Formulas, species_symbol
from smaclab.exchange.sbml_math import TIME, condition_tree, math_tree
from smaclab.network.expression import Call, Name, Node, substitute
from smaclab.network.sbml.model import TIME as CLOCK
from smaclab.network.sbml.model import SbmlModel

Math = Callable[..., Any]
"""(owner of a formula, maker of trees) -> libSBML's tree."""


def set_by_events(model: SbmlModel) -> set[str]:
    """Names of parameters of the network that an event sets: they are not constant."""
    fixed = model.network.parameter_index
    raws = {model.quantities[name].raw for one in model.events for name, _ in one.assignments}
    return {raw for raw in raws if raw in fixed}


def add_events(formulas: Formulas, model: SbmlModel) -> None:
    """Triggers, priorities and assignments among the formulas whose units are solved together."""
    for number, one in enumerate(model.events):
        formulas.add(f"event {number}", _timed(one.trigger))
        if one.priority is not None:
            formulas.add(f"event {number} first", _timed(one.priority))
        for symbol, value in _assigned(model, number):
            formulas.add(f"event {number} of {symbol}", _timed(value))


def write_events(model: SbmlModel, written: Any, symbols: dict[str, str], math: Math) -> None:
    """The events into libSBML's model; `add_events` has met the formulas before."""
    for number, one in enumerate(model.events):
        event = written.createEvent()
        event.setId(f"event_{number + 1}")
        event.setName(one.id)
        event.setUseValuesFromTriggerTime(one.from_trigger)
        trigger = event.createTrigger()
        trigger.setInitialValue(one.initial)
        trigger.setPersistent(one.is_persistent)
        trigger.setMath(math(f"event {number}", condition_tree))
        if one.priority is not None:
            event.createPriority().setMath(math(f"event {number} first", math_tree))
        for symbol, _ in _assigned(model, number):
            assignment = event.createEventAssignment()
            assignment.setVariable(symbols[symbol])
            assignment.setMath(math(f"event {number} of {symbol}", math_tree))


def _assigned(model: SbmlModel, number: int) -> Iterator[tuple[str, Node]]:
    """What is set, as a name in formulas, and to what: of a concentration, the amount is kept."""
    places = {name: place for place, name in enumerate(model.states)}
    for name, value in model.events[number].assignments:
        one = model.quantities[name]
        kept = Call("*", (value, Name(one.compartment))) if one.is_amount else value
        yield species_symbol(places[one.raw]) if one.raw in places else one.raw, kept


def _timed(node: Node) -> Node:
    """The file's own clock; that of the network is a state, and only there where a rate asks for it."""
    return substitute(node, {CLOCK: Name(TIME)})
