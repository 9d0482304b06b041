"""The classic stiff test problems as networks, with their equations written out by hand beside them.

Scope:   ROBER, HIRES, E5, OREGO, POLLU as mass action; Van der Pol's oscillator as functions of observables.
Source:  F. Mazzia & C. Magherini, Test Set for Initial Value Problem Solvers (2008); E. Hairer & G. Wanner,
         Solving Ordinary Differential Equations II (1996). Solutions: `published_solutions.py`.

The unit of a count is the published problem's own; `retold.py` says the same problems in molecules, and
with every speed a function of observables.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from smaclab.network import Constant, Function, Network, Observable, Parameter, Reaction, parse_species
from tests.kernel import published_solutions as published

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassicProblem:
    """A network, the numbers it starts from, and where it must arrive."""

    name: str
    network: Network
    parameters: Array
    """(parameter,), in the network's order."""

    start: Array
    """(species,), at time 0; the network's own initial amounts say the same."""

    time_s: Array
    """(time,), increasing: when the solution is published."""

    solution: Array
    """(time, species), to all published digits."""

    floor: float
    """A count below which nobody need be right: an absolute tolerance at which all published digits count."""

    equations: Callable[[Array], Array]
    """dy/dt by hand: (species,) -> (species,), in the published unit."""

    signed: bool = False
    """Whether counts may be negative: no chemistry then, and no judge of code that clips counts at zero."""

    @property
    def end_s(self) -> float:
        return float(self.time_s[-1])


def assembled(
    name: str,
    network: Network,
    values: Mapping[str, float],
    start: Sequence[float],
    solution: published.Published,
    *,
    floor: float,
    equations: Callable[[Array], Sequence[float] | Array],
) -> ClassicProblem:
    """A problem, with one more parameter for each species that is there at the start."""
    amounts = {f"start_{place}": amount for place, amount in enumerate(start) if amount}
    full = replace(
        network,
        parameters=(*network.parameters, *(Parameter(name=amount, unit="1") for amount in amounts)),
        initial=tuple((int(amount.removeprefix("start_")), amount) for amount in amounts),
    )
    known = {**values, **amounts}
    return ClassicProblem(
        name=name,
        network=full,
        parameters=np.array([known[parameter.name] for parameter in full.parameters]),
        start=np.array(start, dtype=float),
        time_s=np.array(list(solution)),
        solution=np.array(list(solution.values())),
        floor=floor,
        equations=lambda y: np.array(equations(y), dtype=float),
    )


def mass_action(
    species: Sequence[str], lines: str, constants: Mapping[str, str] | None = None, more: Sequence[str] = ()
) -> Network:
    """A network from lines like `A + B -> 2 C, rate`.

    A rate that is no constant becomes a parameter, in order of appearance; then come `more` parameters.
    """
    rule = count(1)
    rows = [line.strip() for line in lines.strip().splitlines()]
    reactions = []
    for row in rows:
        arrow, rate = row.rsplit(",", 1)
        left, right = arrow.split("->")
        reactions.append(
            Reaction(
                rule=f"r{next(rule)}",
                reactants=_side(left, species),
                products=_side(right, species),
                rate=rate.strip(),
            )
        )
    named = dict(constants or {})
    rates = dict.fromkeys([*(one.rate for one in reactions if one.rate not in named), *more])
    return Network(
        parameters=tuple(Parameter(name=rate, unit="1/s") for rate in rates),
        constants=tuple(Constant(name=name, expression=text) for name, text in named.items()),
        species=tuple(parse_species(f"{name}()") for name in species),
        reactions=tuple(reactions),
    )


def _side(text: str, species: Sequence[str]) -> tuple[int, ...]:
    places: list[int] = []
    for part in filter(None, (part.strip() for part in text.split("+"))):
        times, _, name = part.rpartition(" ")
        places += [list(species).index(name)] * int(times or 1)
    return tuple(sorted(places))


# --- the problems ---------------------------------------------------------------------------------


def robertson() -> ClassicProblem:
    """ROBER: three species and eleven decades of time. H. H. Robertson (1966)."""
    network = mass_action(
        ("A", "B", "C"),
        """
        A -> B, slow
        2 B -> B + C, fast
        B + C -> A + C, quick
        """,
    )
    values = {"slow": 0.04, "fast": 3e7, "quick": 1e4}

    def equations(y: Array) -> Sequence[float]:
        a, b, c = y
        first = -0.04 * a + 1e4 * b * c
        third = 3e7 * b * b
        return (first, -first - third, third)

    return assembled(
        "robertson", network, values, (1.0, 0.0, 0.0), published.ROBERTSON, floor=1e-20, equations=equations
    )


def hires() -> ClassicProblem:
    """HIRES, the high irradiance response of phytochrome: eight species. E. Schäfer (1975)."""
    network = mass_action(
        ("Pr", "Pfr", "PrX", "PfrX", "PrX2", "PfrX2", "PfrX2E", "E"),
        """
        Pr -> Pfr, k1
        Pfr -> Pr, k2
        PrX -> PfrX, k1
        PfrX -> PrX, k2
        PrX2 -> PfrX2, k1
        PfrX2 -> PrX2, k2
        PrX -> Pr, k3
        Pfr -> PfrX, k3
        PrX2 -> PrX, k4
        PfrX -> PfrX2, k5
        PfrX2 + E -> PfrX2E, bind
        PfrX2E -> PfrX2 + E, k5
        PfrX2E -> PrX2 + E, k2
        PfrX2E -> E, k5
        -> Pr, make
        """,
    )
    values = {"k1": 1.71, "k2": 0.43, "k3": 8.32, "k4": 0.035, "k5": 0.69, "bind": 280.0, "make": 0.0007}

    def equations(y: Array) -> Sequence[float]:
        bound = 280.0 * y[5] * y[7]
        return (
            -1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007,
            1.71 * y[0] - 8.75 * y[1],
            -10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4],
            8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3],
            -1.745 * y[4] + 0.43 * (y[5] + y[6]),
            -bound + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6],
            bound - 1.81 * y[6],
            -bound + 1.81 * y[6],
        )

    start = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0057)
    return assembled("hires", network, values, start, published.HIRES, floor=1e-18, equations=equations)


def e5() -> ClassicProblem:
    """E5, a pyrolysis: counts from 1e-3 down to 1e-49. W. H. Enright, T. E. Hull & B. Lindberg (1975)."""
    network = mass_action(
        ("A1", "A2", "A3", "A4"),
        """
        A1 -> A2 + A3, a
        A1 + A3 -> A4, b
        A2 + A3 -> , cm
        A4 -> A3, c
        """,
    )
    values = {"a": 7.89e-10, "b": 1.1e7, "cm": 1.13e9, "c": 1.13e3}

    def equations(y: Array) -> Sequence[float]:
        start, bind, end, back = 7.89e-10 * y[0], 1.1e7 * y[0] * y[2], 1.13e9 * y[1] * y[2], 1.13e3 * y[3]
        return (-start - bind, start - end, start - bind - end + back, bind - back)

    start = (1.76e-3, 0.0, 0.0, 0.0)
    return assembled("e5", network, values, start, published.E5, floor=1e-34, equations=equations)


def e5_reduced() -> ClassicProblem:
    """E5 with A2 = A3 + A4 written in, an observable: exact where rounding in A2 - A3 - A4 rules E5's tail.

    With all four species that difference drifts: to about 1e-21 in SciPy's Radau, while A2 and A3 fall to
    1e-22. It has 9 digits at 1e5 s, 5 at 1e9 s and none at 1e13 s, and a tighter tolerance gives fewer.
    """
    full = e5()
    gone = Observable(name="A2", terms=((1, 1.0), (2, 1.0)))
    network = mass_action(
        ("A1", "A3", "A4"),
        """
        A1 -> A3, a
        A1 + A3 -> A4, b
        A4 -> A3, c
        """,
    )
    end = Reaction(rule="end", reactants=(1,), products=(), rate="meet")
    network = replace(
        network,
        parameters=(*network.parameters, Parameter(name="cm", unit="1/s")),
        observables=(gone,),
        functions=(Function(name="meet", expression="cm*A2"),),
        reactions=(*network.reactions, end),
    )
    values = {"a": 7.89e-10, "b": 1.1e7, "cm": 1.13e9, "c": 1.13e3}

    def equations(y: Array) -> Array:
        return full.equations(np.array([y[0], y[1] + y[2], y[1], y[2]]))[[0, 2, 3]]

    solution: published.Published = {time: (row[0], row[2], row[3]) for time, row in published.E5.items()}
    return assembled(
        "e5_reduced", network, values, (1.76e-3, 0.0, 0.0), solution, floor=1e-34, equations=equations
    )


def orego() -> ClassicProblem:
    """OREGO, the Oregonator: an oscillation that jumps five decades. R. J. Field & R. M. Noyes (1974)."""
    network = mass_action(
        ("X", "Y", "Z"),
        """
        Y -> X + Y, s
        X -> 2 X, s
        X + Y -> Y, s
        2 X -> X, s_times_q
        X + Y -> X, one_by_s
        Y -> , one_by_s
        Z -> Y + Z, one_by_s
        X -> X + Z, w
        Z -> , w
        """,
        {"s_times_q": "s*q", "one_by_s": "1/s"},
        more=("q",),
    )
    values = {"s": 77.27, "w": 0.161, "q": 8.375e-6}

    def equations(y: Array) -> Sequence[float]:
        return (
            77.27 * (y[1] + y[0] * (1.0 - 8.375e-6 * y[0] - y[1])),
            (y[2] - (1.0 + y[0]) * y[1]) / 77.27,
            0.161 * (y[0] - y[2]),
        )

    return assembled(
        "orego", network, values, (1.0, 2.0, 3.0), published.OREGO, floor=1e-14, equations=equations
    )


POLLU_RATES = (
    0.35, 26.6, 12300.0, 0.86e-3, 0.82e-3, 15000.0, 0.13e-3, 24000.0, 16500.0, 9000.0, 0.022, 12000.0, 1.88,
    16300.0, 4.8e6, 0.35e-3, 0.0175, 1e8, 4.44e11, 1240.0, 2.1, 5.78, 0.0474, 1780.0, 3.12,
)  # fmt: skip


def pollu() -> ClassicProblem:
    """POLLU, air pollution: 20 species, 25 reactions, rates over 15 decades. J. G. Verwer (1994)."""
    arrows = (
        "1 -> 2 + 3", "2 + 4 -> 1", "5 + 2 -> 1 + 6", "7 -> 5 + 5 + 8", "7 -> 8", "7 + 6 -> 5 + 8",
        "9 -> 5 + 8 + 10", "9 + 6 -> 11", "11 + 2 -> 1 + 10 + 12", "11 + 1 -> 13", "13 -> 1 + 11",
        "10 + 2 -> 1 + 14", "14 -> 5 + 7", "1 + 6 -> 15", "3 -> 4", "4 -> 16", "4 -> 3", "16 -> 6 + 6",
        "16 -> 3", "17 + 6 -> 5 + 18", "19 -> 2", "19 -> 1 + 3", "1 + 4 -> 19", "19 + 1 -> 20",
        "20 -> 1 + 19",
    )  # fmt: skip
    named = [re.sub("[0-9]+", lambda number: f"Y{number[0]}", arrow) for arrow in arrows]
    numbered = [f"{arrow}, k{rank}" for rank, arrow in enumerate(named, start=1)]
    network = mass_action([f"Y{number}" for number in range(1, 21)], "\n".join(numbered))
    values = {f"k{number}": value for number, value in enumerate(POLLU_RATES, start=1)}
    start = np.zeros(20)
    start[[1, 3, 6, 7, 8, 16]] = 0.2, 0.04, 0.1, 0.3, 0.01, 0.007
    return assembled(
        "pollu", network, values, start.tolist(), published.POLLU, floor=1e-26, equations=_pollution
    )


def _pollution(y: Array) -> Sequence[float]:
    pairs = (
        (0,), (1, 3), (4, 1), (6,), (6,), (6, 5), (8,), (8, 5), (10, 1), (10, 0), (12,), (9, 1), (13,),
        (0, 5), (2,), (3,), (3,), (15,), (15,), (16, 5), (18,), (18,), (0, 3), (18, 0), (19,),
    )  # fmt: skip
    r = [0.0, *(k * float(np.prod(y[list(pair)])) for k, pair in zip(POLLU_RATES, pairs, strict=True))]
    return (
        -r[1] - r[10] - r[14] - r[23] - r[24] + r[2] + r[3] + r[9] + r[11] + r[12] + r[22] + r[25],
        -r[2] - r[3] - r[9] - r[12] + r[1] + r[21],
        -r[15] + r[1] + r[17] + r[19] + r[22],
        -r[2] - r[16] - r[17] - r[23] + r[15],
        -r[3] + 2 * r[4] + r[6] + r[7] + r[13] + r[20],
        -r[6] - r[8] - r[14] - r[20] + r[3] + 2 * r[18],
        -r[4] - r[5] - r[6] + r[13],
        r[4] + r[5] + r[6] + r[7],
        -r[7] - r[8],
        -r[12] + r[7] + r[9],
        -r[9] - r[10] + r[8] + r[11],
        r[9],
        -r[11] + r[10],
        -r[13] + r[12],
        r[14],
        -r[18] - r[19] + r[16],
        -r[20],
        r[20],
        -r[21] - r[22] - r[24] + r[23] + r[25],
        -r[25] + r[24],
    )


def van_der_pol() -> ClassicProblem:
    """The Van der Pol oscillator with mu = 1000: counts of both signs, speeds through functions only."""
    network = Network(
        parameters=(Parameter(name="mu", unit="1"),),
        observables=(Observable(name="x", terms=((0, 1.0),)), Observable(name="v", terms=((1, 1.0),))),
        functions=(
            Function(name="speed", expression="v"),
            Function(name="push", expression="mu*(1 - x**2)*v - x"),
        ),
        species=(parse_species("X()"), parse_species("V()")),
        reactions=(
            Reaction(rule="move", reactants=(), products=(0,), rate="speed"),
            Reaction(rule="pull", reactants=(), products=(1,), rate="push"),
        ),
    )
    problem = assembled(
        "van_der_pol",
        network,
        {"mu": 1000.0},
        (2.0, 0.0),
        published.VAN_DER_POL,
        floor=1e-14,
        equations=lambda y: (y[1], 1000.0 * (1.0 - y[0] * y[0]) * y[1] - y[0]),
    )
    return replace(problem, signed=True)


def classic_problems() -> tuple[ClassicProblem, ...]:
    """All of them; those of chemistry first."""
    return (robertson(), hires(), e5(), e5_reduced(), orego(), pollu(), van_der_pol())
