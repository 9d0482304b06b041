"""The nouns of a PEtab problem, alike for both versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from smaclab.network.expression import Node
from smaclab.network.sbml import SbmlModel

Noise = Literal["normal", "laplace"]
Scale = Literal["lin", "log", "log10"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PetabObservable:
    """What is seen, and with what noise. scale: on which measurement and simulation are compared.

    placeholders: names in the formulas that each measurement replaces by its own values, in order.
    """

    id: str
    formula: Node
    noise: Node
    distribution: Noise = "normal"
    scale: Scale = "lin"
    placeholders: tuple[str, ...] = ()
    noise_placeholders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PetabMeasurement:
    """One value that was seen; row: its place in the table. time may be infinite: the steady state."""

    observable: str
    experiment: str
    time: float
    value: float
    overrides: tuple[Node, ...] = ()
    noise_overrides: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PetabPeriod:
    """From `time` on these changes hold; -inf: to the steady state, before time counts.

    changes: id -> formula of what was before. at_start: these replace values before initial assignments are
    computed, as version 1 has it for a first condition; in version 2 it is empty.
    """

    time: float
    changes: Mapping[str, Node] = field(default_factory=dict)
    at_start: Mapping[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PetabParameter:
    """One parameter.

    scale: of version 1, no part of the likelihood. prior: distribution and its numbers, in the words of the
    problem's version. is_cut: whether a prior is cut to the bounds, as version 2 has it.
    """

    id: str
    value: float | None
    is_estimated: bool
    lower: float
    upper: float
    scale: Scale = "lin"
    prior: tuple[str, tuple[float, ...]] | None = None
    is_cut: bool = True


@dataclass(frozen=True, kw_only=True)
class PetabProblem:
    """A model, what was done to it, what was seen, and what is to be found out."""

    version: int
    model: SbmlModel
    observables: Mapping[str, PetabObservable]
    measurements: tuple[PetabMeasurement, ...]
    experiments: Mapping[str, tuple[PetabPeriod, ...]]
    parameters: Mapping[str, PetabParameter]

    def nominal(self) -> dict[str, float]:
        """The nominal value of every parameter that has one."""
        return {name: one.value for name, one in self.parameters.items() if one.value is not None}
