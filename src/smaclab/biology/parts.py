"""What a pathway file writes with: monomers, rules with named rates, expressions, observables.

A thin, explicit wrapper around PySB.  PySB's own operators do the writing; this class only looks up
names, so that a rate which does not stand in `parameters.toml` cannot be used, and converts units once.
"""

import re
from collections.abc import Mapping
from typing import Any, final

import sympy
from pysb import Compartment, Expression, Initial, Model, Monomer, Observable, Parameter, Rule

from smaclab.errors import NetworkError
from smaclab.experiment.value import Value

COPIES_PER_NM_PL = 602.214  # molecules in one picoliter of a one-nanomolar solution (Avogadro)


@final
class ModelParts:
    """One PySB model under construction, with every number looked up by name."""

    def __init__(self, parameters: Mapping[str, Value]) -> None:
        """parameters: what `parameters.toml` holds, in canonical units."""
        self.model = Model(name="smaclab", _export=False)
        self.values = parameters
        self.inputs: dict[str, str] = {}
        self.poured: dict[str, Any] = {}  # input: the free form in the medium
        self._rates: dict[str, Any] = {}
        unit_volume = Parameter("compartment_scale", 1.0, _export=False)
        self.model.add_component(unit_volume)  # BioNetGen wants a size; our rates carry the volumes
        medium = Compartment("medium", None, 3, unit_volume, _export=False)
        membrane = Compartment("membrane", medium, 2, unit_volume, _export=False)
        cell = Compartment("cell", membrane, 3, unit_volume, _export=False)
        self._rates["nothing"] = Parameter("nothing", 0.0, _export=False)
        self.model.add_component(self._rates["nothing"])  # inputs start empty; BioNetGen must know they exist
        for place in (medium, membrane, cell):
            self.model.add_component(place)
        self.medium, self.membrane, self.cell = medium, membrane, cell

    def monomer(self, name: str, sites: tuple[str, ...] = (), **states: tuple[str, ...]) -> Monomer:
        """A new molecule type; `states` gives the labels a site can carry."""
        made = Monomer(name, list(sites), {s: list(v) for s, v in states.items()}, _export=False)
        self.model.add_component(made)
        return made

    def monomers(self, *names: str) -> tuple[Monomer, ...]:
        """Molecule types that `proteins.py` has made, in the order asked for."""
        return tuple(self.model.monomers[name] for name in names)

    def rate(self, name: str) -> Any:
        """The parameter or expression called `name`; a parameter is added to the model at first use."""
        if name not in self._rates:
            if name not in self.values:
                raise NetworkError(
                    f"{name!r} is used in a rule but stands neither in parameters.toml nor in an expression."
                )
            made = Parameter(name, max(self.values[name].value, 0.0), _export=False)
            self.model.add_component(made)
            self._rates[name] = made
        return self._rates[name]

    def expression(self, name: str, formula: str) -> str:
        """A named formula of parameters, other expressions and observables; gives the name back.

        A rate in 1/(nM s) is converted to molecules in the cell's volume, unless the formula multiplies
        it by a concentration in nM (an off-rate as Kd times on-rate).
        """
        names = sorted(set(re.findall(r"[A-Za-z_]\w*", formula)) - {"log", "exp"})
        has_concentration = any(self._unit(known) == "nM" for known in names)
        look_up = self.rate if has_concentration else self._per_molecule
        return self._add_expression(name, formula, {known: look_up(known) for known in names})

    def rule(
        self, name: str, change: Any, forward: str, reverse: str | None = None, *, deletes: bool = False
    ) -> None:
        """One rule.  Rates are names.  A rate in 1/(nM s) is converted to molecules in the cell's volume.

        deletes: remove only the molecules that the rule names, not the whole species they are part of.
        """
        rates = [self._per_molecule(forward)] + ([self._per_molecule(reverse)] if reverse else [])
        self.model.add_component(Rule(name, change, *rates, delete_molecules=deletes, _export=False))

    def observable(self, name: str, pattern: Any) -> str:
        """The true count of everything that `pattern` matches."""
        made = Observable(name, pattern, _export=False)
        self.model.add_component(made)
        self._rates[name] = made
        return name

    def input(self, name: str, pattern: Any, *, can_be_held: bool = True) -> None:
        """A medium species into which a dose is poured, known to drugs by `name`; `clamps.py` can hold it."""
        self.inputs[name] = self.observable(f"{name}_input", pattern)
        self.model.add_initial(Initial(pattern, self.rate("nothing"), _export=False))
        if can_be_held:
            self.poured[name] = pattern

    def in_medium(self, rate: str) -> str:
        """`rate`, in 1/(nM s), for partners that meet in the cell's share of the medium."""
        return self._converted(rate, f"{rate}_in_medium", "medium_volume")

    def _per_molecule(self, name: str) -> Any:
        if self._unit(name) != "1/(nM s)":
            return self.rate(name)
        return self.rate(self._converted(name, f"{name}_in_cell", "cell_volume"))

    def _converted(self, rate: str, name: str, volume: str) -> str:
        if name not in self._rates:
            known = {rate: self.rate(rate), volume: self.rate(volume)}
            self._add_expression(name, f"{rate} / ({COPIES_PER_NM_PL} * {volume})", known)
        return name

    def _add_expression(self, name: str, formula: str, known: dict[str, Any]) -> str:
        made = Expression(name, sympy.sympify(formula, locals=known), _export=False)
        self.model.add_component(made)
        self._rates[name] = made
        return name

    def _unit(self, name: str) -> str:
        return self.values[name].unit if name in self.values else ""
