"""What an SBML file becomes: a network, its starting values, its events, and what its ids mean.

Names inside the network: `v_ID` is what ID means in a formula; `x_ID` the amount of a species; `t_` time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from smaclab.network.expression import Node, substitute
from smaclab.network.network import Network

TIME = "t_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One id of the file. meaning: the name of its value. raw: of the number that is kept, "" for a rule's.

    compartment: the name of the size that divides an amount, "" where the meaning is no concentration.
    is_amount: whether raw is an amount while the meaning is a concentration.
    home: the id of the compartment that a species lives in.
    """

    id: str
    kind: str
    meaning: str
    raw: str = ""
    compartment: str = ""
    is_amount: bool = False
    home: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SbmlEvent:
    """Something that happens when its trigger becomes true. assignments: (id, formula), all at once."""

    id: str
    trigger: Node
    initial: bool = True
    is_persistent: bool = True
    from_trigger: bool = True
    priority: Node | None = None
    assignments: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SbmlModel:
    """An SBML model as it is simulated.

    starting: the formula of each parameter and state of the network at time 0; None: the file gives none.
    quantities: by id, in the file's order.
    """

    id: str
    network: Network
    starting: Mapping[str, Node | None]
    quantities: Mapping[str, Quantity]
    events: tuple[SbmlEvent, ...] = ()

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The name of each state's observable, in the order of the network's species."""
        return tuple(one.name for one in self.network.observables)

    def whole(self, node: Node) -> Node:
        """A formula in terms of parameters, constants, states and time only."""
        return substitute(node, self.network.rate_functions)
