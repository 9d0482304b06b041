"""Random networks that surely have one bounded solution, so that a solver that fails on them is wrong.

Why they are well posed. Every species has a whole mass, and no reaction makes more mass than it takes, except
synthesis, whose speed is bounded by its parameter. So the total mass never exceeds that of the start plus all
that synthesis can have made: `most_mass`. A speed is a rate that is never negative times the counts of the
reactants, so no count becomes negative. Rates are smooth on that set, or continuous with kinks (min, max).

Scope: 2 to 30 species; reactions of order 0, 1 and 2; rates that are parameters, constants, and functions of
       observables: Hill, Michaelis-Menten, real and whole powers, exp, log, min, max. First-order rates span
       1e-5 to 10 per second, second-order ones the same at the counts there are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from smaclab.network import Constant, Function, Network, Observable, Parameter, Reaction, parse_species

Array = NDArray[np.float64]

SLOWEST, FASTEST = -5.0, 1.0  # decades of 1/s
HEAVIEST = 4
SHAPES = {  # name: formula of an observable o, a rate k and a count K; from 0 to k for o of 0 or more
    "hill": "k*(o/K)**2.5/(1 + (o/K)**2.5)",
    "whole_hill": "k*o**4/(K**4 + o**4)",
    "repression": "k/(1 + (o/K)**1.7)",
    "michaelis_menten": "k*K/(K + o)",
    "decay": "k*exp(-o/K)",
    "logarithm": "k*log(1 + o/K)/(1 + log(1 + o/K))",
    "root": "k*(1 + o/K)**-0.5",
    "smaller": "k*min(o, K)/K",
    "larger": "k*K/max(o, K)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WellPosed:
    """A network with everything a solver needs to know, and what must hold of its solution."""

    network: Network
    parameters: Array
    """(parameter,)."""

    start: Array
    """(species,), positive counts; the network's own initial amounts say the same."""

    end_s: float
    masses: tuple[int, ...]
    """(species,): what no reaction but synthesis makes more of."""

    synthesis: float
    """The most mass that synthesis can make in a second."""

    def most_mass(self, time_s: float) -> float:
        """What the total mass never exceeds."""
        return float(np.dot(self.masses, self.start)) + self.synthesis * time_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Where the choices come from: a hypothesis example, or a seed."""

    integer: Callable[[int, int], int]
    """From the first to the last, both included."""

    real: Callable[[float, float], float]


@dataclass(slots=True, kw_only=True)
class _Draft:  # not frozen: a network under construction
    choose: Choices
    masses: list[int]
    values: dict[str, float] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    synthesis: float = 0.0

    def species(self) -> int:
        return self.choose.integer(0, len(self.masses) - 1)

    def products(self, mass: int) -> tuple[int, ...]:
        """Up to three species of this mass together, or less where nothing fits."""
        made: list[int] = []
        for _ in range(3):
            fitting = [place for place, one in enumerate(self.masses) if one <= mass]
            if not fitting:
                break
            made.append(fitting[self.choose.integer(0, len(fitting) - 1)])
            mass -= self.masses[made[-1]]
        return tuple(sorted(made))

    def rate(self, scale: float) -> str:
        """A parameter, a constant, or a function whose largest value is a parameter."""
        name = f"k{len(self.reactions)}"
        self.values[name] = scale * 10.0 ** self.choose.real(SLOWEST, FASTEST)
        kind = self.choose.integer(0, 3)
        if kind == 0:
            shape = list(SHAPES)[self.choose.integer(0, len(SHAPES) - 1)]
            half = f"K{len(self.reactions)}"
            self.values[half] = 10.0 ** self.choose.real(0.0, 4.0)
            observable = f"o{self.choose.integer(0, min(2, len(self.masses) - 1))}"
            words = {"k": name, "K": half, "o": observable}
            formula = "".join(words.get(one, one) for one in _words(SHAPES[shape]))
            self.functions.append(Function(name=f"{shape}_{len(self.reactions)}", expression=formula))
            return self.functions[-1].name
        return name if kind > 1 else f"half_{name}"

    def add(self, reactants: tuple[int, ...], products: tuple[int, ...], scale: float) -> None:
        rate = self.rate(scale)
        kind = ("synthesis", "first", "second")[len(reactants)]
        self.reactions.append(
            Reaction(rule=kind, reactants=tuple(sorted(reactants)), products=products, rate=rate)
        )
        if not reactants:
            mass = sum(self.masses[place] for place in products)
            self.synthesis += mass * self.values[f"k{len(self.reactions) - 1}"]


def _words(formula: str) -> Iterator[str]:
    """The names, and what stands between them: `exp(-o/K)` is exp ( - o / K )."""
    word = ""
    for letter in formula:
        if letter.isalpha():
            word += letter
        else:
            yield word
            yield letter
            word = ""
    yield word


def build(choose: Choices, *, fewest: int = 2, most: int = 30) -> WellPosed:
    """A well-posed problem from a source of choices."""
    size = choose.integer(fewest, most)
    draft = _Draft(choose=choose, masses=[1, *(choose.integer(1, HEAVIEST) for _ in range(size - 1))])
    closed = choose.integer(0, 1) == 0
    for place in range(size):
        mass = draft.masses[place]
        other = draft.species()
        draft.add((place,), draft.products(mass), 1.0)
        draft.add((place, other), draft.products(mass + draft.masses[other]), 1e-3)
        if not closed:
            draft.add((place,), (), 1.0)
            if choose.integer(0, 2) == 0:
                draft.add((), (place,), 100.0)
    start = np.array([10.0 ** choose.real(0.0, 4.0) for _ in range(size)])
    return _finished(draft, start, end_s=10.0 ** choose.real(0.0, 4.0))


def _finished(draft: _Draft, start: Array, *, end_s: float) -> WellPosed:
    size = len(draft.masses)
    values = {**draft.values, **{f"start_{place}": float(amount) for place, amount in enumerate(start)}}
    # Of all species in three sums with weights 1 and 2: functions may see anything, also what they change.
    sums = [
        Observable(
            name=f"o{rank}",
            terms=tuple((place, 1.0 + place % 2) for place in range(rank, size, min(3, size))),
        )
        for rank in range(min(3, size))
    ]
    halves = sorted({one.rate for one in draft.reactions if one.rate.startswith("half_")})
    network = Network(
        parameters=tuple(Parameter(name=name, unit="1") for name in values),
        constants=tuple(Constant(name=name, expression=f"{name.removeprefix('half_')}/2") for name in halves),
        observables=tuple(sums),
        functions=tuple(draft.functions),
        species=tuple(parse_species(f"S{place}()") for place in range(size)),
        reactions=tuple(draft.reactions),
        initial=tuple((place, f"start_{place}") for place in range(size)),
    )
    return WellPosed(
        network=network,
        parameters=np.array(list(values.values())),
        start=start,
        end_s=end_s,
        masses=tuple(draft.masses),
        synthesis=draft.synthesis,
    )


@st.composite
def well_posed_problems(draw: st.DrawFn, *, fewest: int = 2, most: int = 30) -> WellPosed:
    """A hypothesis strategy: problems of `fewest` to `most` species, shrinking to small ones."""
    choose = Choices(
        integer=lambda low, high: draw(st.integers(low, high)),
        real=lambda low, high: draw(st.integers(round(low * 100), round(high * 100))) / 100,
    )
    return build(choose, fewest=fewest, most=most)


def well_posed_problem(seed: int, *, fewest: int = 2, most: int = 30) -> WellPosed:
    """The same kind of problem from a seed, for benchmarks and for loops without hypothesis."""
    rng = np.random.default_rng(seed)
    choose = Choices(
        integer=lambda low, high: int(rng.integers(low, high, endpoint=True)),
        real=lambda low, high: float(rng.uniform(low, high)),
    )
    return build(choose, fewest=fewest, most=most)
