"""An SBML model ready to be solved: its kernel, its starting values, and its formulas as functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError, unknown
from smaclab.kernel import compile_kernel
from smaclab.kernel.emit import CompiledFormulas, compile_formulas
from smaclab.kernel.kernel import Kernel
from smaclab.network.expression import Call, Name, Node, Number, evaluate, names, ordered
from smaclab.network.sbml import SbmlModel
from smaclab.network.sbml.model import TIME

Array = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class System:
    """A model with its kernel. Values travel as (parameters, states), in the network's order."""

    model: SbmlModel
    kernel: Kernel = field(repr=False)

    @classmethod
    def of(cls, model: SbmlModel) -> "System":
        """Compile a model."""
        return cls(model=model, kernel=compile_kernel(model.network))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What compiled formulas are given: parameters, states, time."""
        states = [name if name != TIME else "t_state" for name in self.model.states]
        return (*self.model.network.parameter_index, *states, TIME)

    def compiled(self, formulas: Sequence[Node], *, few: bool = False) -> CompiledFormulas:
        """Formulas of anything in the model.

        Args:
            formulas: what to compute.
            few: whether the values of those `names` are given that the formulas use, in the order of `names`;
                False: the values of all.
        """
        whole = [self.model.whole(one) for one in formulas]
        used = set().union(*map(names, whole))
        if lost := used - set(self.names):
            listed = ", ".join(sorted(name[2:] for name in lost))
            raise SimulationError(f"model {self.model.id!r}: formulas name what is not there: {listed}.")
        return compile_formulas(whole, [one for one in self.names if one in used] if few else self.names)

    @cached_property
    def meanings(self) -> CompiledFormulas:
        """The value of every id, in the order of the model's quantities."""
        return self.compiled([Name(one.meaning) for one in self.model.quantities.values()])

    def start(self, begin: float, changes: Mapping[str, float]) -> tuple[Array, Array]:
        """Parameters and states at the start.

        Args:
            begin: in the model's unit of time.
            changes: by id, what the value shall be instead of the file's.

        Raises:
            SimulationError: an id that is not there or that a rule sets, or a circle of initial assignments.
        """
        given: dict[str, Node] = {
            name: Call("/", (Number(0.0), Number(0.0))) if node is None else node
            for name, node in self.model.starting.items()
        }
        for name, value in changes.items():
            raw = self.raw(name, f"set {name}")
            given[raw] = self.kept(name, Number(value))
        given[TIME] = Number(begin)
        functions = {
            name: node for name, node in self.model.network.formulas.items() if not name.startswith("c_")
        }
        formulas = {**given, **functions}
        known: dict[str, Any] = {}
        for name in ordered(formulas):
            known[name] = evaluate(formulas[name], known)
        network = self.model.network
        parameters = np.array([known[name] for name in network.parameter_index], dtype=float)
        return parameters, np.array([known[name] for name in self.model.states], dtype=float)

    def raw(self, name: str, where: str) -> str:
        """The name of the number that is kept for an id.

        Args:
            name: the id.
            where: what a person asked for, at the front of a letter.

        Raises:
            SimulationError: no such id, or one that a rule or a reaction computes.
        """
        quantities = self.model.quantities
        if name not in quantities:
            raise SimulationError(unknown("id", name, quantities, where=where))
        if not quantities[name].raw:
            kind = quantities[name].kind
            raise SimulationError(
                f"{where}: this {kind} is computed by a formula. Set what the formula uses."
            )
        return quantities[name].raw

    @cached_property
    def work(self) -> int:
        """Multiply-adds of one elimination, and ten a reaction and slope: the work of a compiled step."""
        from smaclab.kernel.native.layout import Layout

        layout = Layout(network=self.model.network)
        return layout.ordering.multiply_adds + 10 * (len(self.model.network.reactions) + len(layout.slopes))

    def kept(self, name: str, meaning: Node) -> Node:
        """What is kept of an id whose value is `meaning`: of a concentration the amount."""
        quantity = self.model.quantities[name]
        return Call("*", (meaning, Name(quantity.compartment))) if quantity.is_amount else meaning

    @cached_property
    def has_jumps(self) -> bool:
        """Whether a rate compares or jumps anywhere."""
        return self._rates_use(JUMPING)

    @cached_property
    def has_gaps(self) -> bool:
        """Whether a rate uses what has no value for some numbers."""
        return self._rates_use(GAPPED)

    def _rates_use(self, some: Sequence[str]) -> bool:
        rates = {one.rate for one in self.model.network.reactions}
        functions = self.model.network.rate_functions
        return any(_uses(functions[name], some) for name in rates if name in functions)


def _uses(node: Node, some: Sequence[str]) -> bool:
    if not isinstance(node, Call):
        return False
    return node.function in some or any(_uses(one, some) for one in node.arguments)


JUMPING = ("less", "less_equal", "equal", "floor", "ceil")
GAPPED = ("pow", "sqrt", "log")
"""No real value below 0; ours differentiate them to formulas that have none at 0."""


def comparisons(node: Node) -> set[Node]:
    """Every comparison inside a formula, and for each equality both of its sides' orders."""
    if not isinstance(node, Call) or not names(node):
        return set()
    found = set().union(*map(comparisons, node.arguments))
    if node.function in ("less", "less_equal"):
        found.add(node)
    if node.function == "equal":
        left, right = node.arguments
        found |= {node, Call("less", (left, right)), Call("less", (right, left))}
    if node.function in ("floor", "ceil"):
        found.add(node)
    return found
