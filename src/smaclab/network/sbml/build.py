"""From the plain data of an SBML file to the model that is simulated.

A species that reactions change is kept as an amount, so that a compartment may change its size; one with a
rate rule as what its id means; everything with an assignment rule is a formula and not kept at all.
"""

import math
from collections.abc import Mapping
from typing import Any

from smaclab.errors import ExpressionError, NetworkError, SbmlError
from smaclab.network.expression import ONE, ZERO, Call, Name, Node, Number, names, parse, to_text
from smaclab.network.network import Constant, Function, Network, Observable, Parameter, Reaction
from smaclab.network.sbml.model import TIME, Quantity, SbmlEvent, SbmlModel
from smaclab.network.sbml.size import check_size
from smaclab.network.sbml.speed import terms
from smaclab.network.species import Monomer, Species

Plain = Mapping[str, Any]


def build(data: Plain) -> SbmlModel:
    """The model that `extract` described.

    Raises:
        SbmlError: an id that leads nowhere, formulas in a circle, or what formulas here do not hold.
    """
    draft = _Draft(data)
    try:
        draft.declare()
        draft.rules()
        draft.reactions()
        return draft.model()
    except (NetworkError, ExpressionError) as problem:
        raise SbmlError(f"model {data['id']!r}: {problem}") from problem
    except RecursionError as problem:
        raise SbmlError(
            f"model {data['id']!r}: formulas lead in a circle, or are nested too deep."
        ) from problem


class _Draft:
    """A model while it is put together."""

    def __init__(self, data: Plain) -> None:
        self.data = data
        self.assigned = {
            one["variable"]: parse(one["math"]) for one in data["rules"] if _is(one, "assignment")
        }
        self.rated = {one["variable"]: parse(one["math"]) for one in data["rules"] if _is(one, "rate")}
        self.initial = {one["symbol"]: parse(one["math"]) for one in data["initial"]}
        self.targets = {each["variable"] for one in data["events"] for each in one["assignments"]}
        self.quantities: dict[str, Quantity] = {}
        self.starting: dict[str, Node | None] = {}
        self.states: dict[str, int] = {}
        self.parameters: list[str] = []
        self.constants: list[Constant] = []
        self.functions: dict[str, Node] = {}
        self.steps: list[Reaction] = []
        sized = self.assigned.keys() | self.rated.keys() | self.initial.keys()
        self.empty = {
            one["id"]
            for one in data["compartments"]
            if not one["dimensions"] and one["size"] is None and one["id"] not in sized
        }

    # --- what there is --------------------------------------------------------------------------------

    def declare(self) -> None:
        """Every id with a value: what it means and what of it is kept."""
        for one in self.data["compartments"]:
            self._plain(one["id"], "compartment", one["size"])
        for one in self.data["parameters"]:
            self._plain(one["id"], "parameter", one["value"])
        changing = {
            side["species"]
            for one in self.data["reactions"]
            for side in (*one["reactants"], *one["products"])
        }
        for one in self.data["species"]:
            self._species(one, changes=one["id"] in changing and not one["boundary"] and not one["constant"])
        for one in self.data["reactions"]:
            for side in (*one["reactants"], *one["products"]):
                if side["id"]:
                    self._plain(side["id"], "speciesReference", side["stoichiometry"])
            for name, value in one["local"].items():
                self._keep(name, _number(value), is_state=False)

    def _plain(self, name: str, kind: str, value: float | None) -> None:
        meaning = f"v_{name}"
        if name in self.assigned:
            self.functions[meaning] = self.assigned[name]
            self.quantities[name] = Quantity(id=name, kind=kind, meaning=meaning)
            return
        start = self.initial.get(name, _number(value))
        self._keep(meaning, start, is_state=name in self.rated)
        self.quantities[name] = Quantity(id=name, kind=kind, meaning=meaning, raw=meaning)

    def _species(self, one: Plain, *, changes: bool) -> None:
        name, meaning = one["id"], f"v_{one['id']}"
        size = "" if one["compartment"] in self.empty else f"v_{one['compartment']}"
        divisor = "" if one["only_substance"] else size
        if name in self.assigned:
            self.functions[meaning] = self.assigned[name]
            self.quantities[name] = Quantity(
                id=name, kind="species", meaning=meaning, compartment=divisor, home=one["compartment"]
            )
            return
        kept = f"x_{name}" if divisor and name not in self.rated else meaning
        is_amount = kept != meaning
        if is_amount:
            self.functions[meaning] = Call("/", (Name(kept), Name(divisor)))
        start = self._start(one, size, is_amount=is_amount, is_concentration=bool(divisor))
        self._keep(kept, start, is_state=changes or name in self.rated)
        self.quantities[name] = Quantity(
            id=name,
            kind="species",
            meaning=meaning,
            raw=kept,
            compartment=divisor,
            is_amount=is_amount,
            home=one["compartment"],
        )

    def _start(self, one: Plain, size: str, *, is_amount: bool, is_concentration: bool) -> Node | None:
        """The starting value of what is kept, from whatever the file gives."""
        if one["id"] in self.initial:
            return _times(self.initial[one["id"]], size) if is_amount else self.initial[one["id"]]
        if one["concentration"] is not None:
            given = _known(one["concentration"])
            return given if is_concentration and not is_amount else _times(given, size)
        if one["amount"] is None:
            return None
        given = _known(one["amount"])
        return Call("/", (given, Name(size))) if is_concentration and not is_amount else given

    def _keep(self, name: str, start: Node | None, *, is_state: bool) -> None:
        if name in self.starting:
            raise SbmlError(f"the id {name[2:]!r} is given twice. Each may be given once.")
        self.starting[name] = start
        if is_state:
            self.states[name] = len(self.states)
        else:
            self.parameters.append(name)

    # --- what changes ---------------------------------------------------------------------------------

    def rules(self) -> None:
        """Rate rules; assignment rules are formulas already."""
        for one in self.data["reactions"]:
            law = ZERO if one["law"] is None else parse(one["law"])
            self.functions[f"v_{one['id']}"] = law
            self.quantities[one["id"]] = Quantity(id=one["id"], kind="reaction", meaning=f"v_{one['id']}")
        sides = [
            parse(side["math"])
            for one in self.data["reactions"]
            for side in (*one["reactants"], *one["products"])
            if side["math"] is not None
        ]
        check_size(self.functions)
        used = frozenset().union(*map(names, (*self.functions.values(), *self.rated.values(), *sides)))
        if TIME in used:
            self._keep(TIME, ZERO, is_state=True)
            self._step("time", ONE, ((self.states[TIME], 1.0),))
        for name, rate in self.rated.items():
            if name not in self.quantities:
                raise SbmlError(f"rate rule of {name!r}: there is no such id.")
            self._step(name, rate, ((self.states[self.quantities[name].raw], 1.0),))

    def reactions(self) -> None:
        """Reactions, by what they change; a stoichiometry that is a formula makes a step of its own."""
        species = {one["id"]: one for one in self.data["species"]}
        for one in self.data["reactions"]:
            if one["law"] is None:
                continue
            net: dict[int, float] = {}
            for sign, side in ((-1.0, "reactants"), (1.0, "products")):
                for reference in one[side]:
                    self._reference(one, reference, sign, species, net)
            change = tuple(sorted((place, gain) for place, gain in net.items() if gain))
            if change:
                self._step(one["id"], Name(f"v_{one['id']}"), change)

    def _reference(
        self, one: Plain, reference: Plain, sign: float, species: Mapping[str, Plain], net: dict[int, float]
    ) -> None:
        name = reference["species"]
        if name not in species:
            raise SbmlError(f"reaction {one['id']}: there is no species {name!r}.")
        given = species[name]
        if given["boundary"] or given["constant"]:
            return
        raw = self.quantities[name].raw
        if raw not in self.states:
            raise SbmlError(f"species {name} is changed by a reaction and by a rule. One of them may.")
        conversion = given["conversion"] or self.data["conversion"]
        weight = self._weight(reference, one["id"])
        if isinstance(weight, float) and not conversion:
            net[self.states[raw]] = net.get(self.states[raw], 0.0) + sign * weight
            return
        rate: Node = Name(f"v_{one['id']}")
        rate = Call("*", (Number(sign * weight) if isinstance(weight, float) else weight, rate))
        if conversion:
            rate = Call("*", (Name(f"v_{conversion}"), rate))
        factor = sign if not isinstance(weight, float) else 1.0
        self._step(one["id"], rate, ((self.states[raw], factor),))

    def _weight(self, reference: Plain, reaction: str) -> float | Node:
        """The stoichiometry: a number where nothing changes it."""
        name = reference["id"]
        if reference["math"] is not None:
            return parse(reference["math"])
        if name and (
            name in self.assigned or name in self.rated or name in self.initial or name in self.targets
        ):
            return Name(f"v_{name}")
        if reference["stoichiometry"] is None:
            raise SbmlError(
                f"reaction {reaction}: no stoichiometry of {reference['species']!r}. Write one, such as 1."
            )
        return float(reference["stoichiometry"])

    def _step(self, rule: str, rate: Node, net: tuple[tuple[int, float], ...]) -> None:
        """Mass action where it is, else a function."""
        fixed = set(self.parameters)
        for part, several in terms(rate, self.states, fixed, self.functions) or [(rate, ())]:
            number = len(self.steps)
            if several or names(part) <= fixed:
                self.constants.append(Constant(name=f"c_{number}", expression=to_text(part)))
            else:
                self.functions[f"c_{number}"] = part
            reactants = tuple(sorted(self.states[name] for name in several))
            self.steps.append(
                Reaction(rule=rule, reactants=reactants, products=(), rate=f"c_{number}", net=net)
            )

    # --- the whole ------------------------------------------------------------------------------------

    def model(self) -> SbmlModel:
        """All of it, checked."""
        network = Network(
            parameters=tuple(Parameter(name=name, unit="1") for name in self.parameters),
            constants=tuple(self.constants),
            observables=tuple(Observable(name=name, terms=((n, 1.0),)) for name, n in self.states.items()),
            functions=tuple(
                Function(name=name, expression=to_text(one)) for name, one in self.functions.items()
            ),
            species=tuple(_named(name) for name in self.states),
            reactions=tuple(self.steps),
        )
        events = tuple(self._event(one) for one in self.data["events"] if one["trigger"] is not None)
        return SbmlModel(
            id=self.data["id"],
            network=network,
            starting=self.starting,
            quantities=self.quantities,
            events=events,
        )

    def _event(self, one: Plain) -> SbmlEvent:
        for each in one["assignments"]:
            if each["variable"] not in self.quantities or not self.quantities[each["variable"]].raw:
                raise SbmlError(f"{one['id']}: {each['variable']!r} is no id that an event may set.")
        return SbmlEvent(
            id=one["id"],
            trigger=parse(one["trigger"]),
            initial=one["initial"],
            is_persistent=one["persistent"],
            from_trigger=one["from_trigger"],
            priority=None if one["priority"] is None else parse(one["priority"]),
            assignments=tuple((each["variable"], parse(each["math"])) for each in one["assignments"]),
        )


def _is(one: Plain, kind: str) -> bool:
    return bool(one["kind"] == kind)


def _number(value: float | None) -> Node | None:
    return None if value is None else _known(value)


def _known(value: float) -> Node:
    """A number; one that is infinite is written as a division by zero, as formulas hold finite numbers."""
    if math.isinf(value):
        return Call("/", (Number(math.copysign(1.0, value)), ZERO))
    return Number(value)


def _times(value: Node, size: str) -> Node:
    return Call("*", (value, Name(size))) if size else value


def _named(name: str) -> Species:
    return Species(name=f"{name}()", monomers=(Monomer(name=name, sites=()),))
