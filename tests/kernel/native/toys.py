"""Small networks, and ways to run the compiled code on a handful of cells."""

from functools import lru_cache

import numpy as np
from hypothesis import strategies as st

from smaclab.kernel import compile_kernel
from smaclab.kernel.native import compile_program
from smaclab.kernel.native.engine import load, object_code
from smaclab.kernel.native.kind import host_kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.program import aligned, straight
from smaclab.network import Constant, Function, Network, Observable, Parameter, Reaction, parse_species
from smaclab.simulate.change import Assignment
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate


def network(n_species, reactions, parameters, **more):
    """A network of monomers.

    reactions: (reactants, products, rate) or (reactants, products, rate, factor).
    more: constants and functions {name: formula}, observables {name: terms}, initial, inputs.
    """
    return Network(
        parameters=tuple(Parameter(name=name, unit="1") for name in parameters),
        constants=tuple(Constant(name=n, expression=f) for n, f in more.get("constants", {}).items()),
        functions=tuple(Function(name=n, expression=f) for n, f in more.get("functions", {}).items()),
        observables=tuple(Observable(name=n, terms=t) for n, t in more.get("observables", {}).items()),
        species=tuple(parse_species(f"M{place:03d}()@cell") for place in range(n_species)),
        reactions=tuple(
            Reaction(rule=f"r{number}", reactants=one[0], products=one[1], rate=one[2], factor=(*one, 1.0)[3])
            for number, one in enumerate(reactions)
        ),
        initial=more.get("initial", ()),
        inputs=more.get("inputs", {}),
    )


def one_function(formula, n_observables=2, parameters=("k", "K", "n")):
    """Species 0 is made at the rate `formula` of parameters and of a, b, ..., the counts of each species."""
    return network(
        n_observables,
        [((), (0,), "f")],
        parameters,
        functions={"f": formula},
        observables={"abcdef"[place]: ((place, 1.0),) for place in range(n_observables)},
    )


def long_chain(size=150):
    """Neighbours bind, part and turn into one another: many statements, little fill-in."""
    reactions = []
    for place in range(size - 2):
        reactions += [
            ((place,), (place + 1,), "k"),
            ((place + 1,), (place,), "K"),
            ((place, place + 1), (place + 2,), "n"),
        ]
        reactions += [((place + 2,), (place, place), "k", 0.5), ((place, place), (place + 1,), "f")]
    return network(
        size,
        reactions,
        ("k", "K", "n"),
        functions={"f": "k/(1 + a/K)"},
        observables={"a": ((0, 1.0), (1, 2.0))},
    )


class Straight:
    """The three straight-line functions of a network. Arrays are (lane, entry); one row for each lane."""

    def __init__(self, of, precision="double"):
        self.network, self.kind, self.layout = of, host_kind(precision), Layout(network=of)
        self.kernel = compile_kernel(of)
        self.places = [of.value_index[name] for name in self.layout.value_names]
        self.loaded = load([object_code(straight(self.layout, self.kind))])
        self.dtype = np.float64 if precision == "double" else np.float32

    def vectors(self, rows, size=None):
        """(lane, entry) -> [entry][lane], and room for `size` entries."""
        rows = np.asarray(rows, dtype=float)
        size = size or max(rows.shape[1], 1)
        found = aligned(size * self.kind.lanes, self.dtype).reshape(size, self.kind.lanes)
        found[: rows.shape[1]] = rows.T
        return found

    def _call(self, name, *arrays):
        self.loaded.function(name, len(arrays))(*[one.ctypes.data for one in arrays])

    def _scratch(self):
        return self.vectors(
            np.zeros((self.kind.lanes, 1 + len(self.layout.functions) + len(self.layout.slopes)))
        )

    def derivative(self, counts, values, out=0.0):
        """(lane, species), on top of `out`."""
        found = self.vectors(np.zeros_like(np.asarray(counts, dtype=float)) + out)
        given = self.vectors(np.asarray(values)[:, self.places])
        self._call("derivative", self.vectors(counts), given, self._scratch(), found)
        return found.T.copy()

    def factors(self, counts, values, shift):
        """[entry][lane], of shift - J."""
        found = self.vectors(np.zeros((self.kind.lanes, len(self.layout.factor_places))))
        given = self.vectors(np.asarray(values)[:, self.places])
        shifts = self.vectors(np.asarray(shift)[:, None])
        self._call("factorize", self.vectors(counts), given, self._scratch(), shifts, found)
        return found

    def solve(self, factors, right):
        """(lane, species): (shift - J)^-1 times `right`."""
        x = self.vectors(right)
        self._call("solve", factors, x)
        return x.T.copy()

    def lanes(self, rng, low=0.1, high=5.0):
        """Counts and values of random cells, one for each lane."""
        counts = rng.uniform(low, high, (self.kind.lanes, len(self.network.species)))
        parameters = rng.uniform(0.1, 2.0, (self.kind.lanes, len(self.network.parameters)))
        return counts, self.kernel.constants(parameters)


@lru_cache(maxsize=64)
def _compiled(key):
    return compile_program(key.network, keep=False), compile_kernel(key.network)


class _ByObject:
    def __init__(self, of):
        self.network = of

    def __hash__(self):
        return id(self.network)

    def __eq__(self, other):
        return self.network is other.network


def compiled(of):
    """(program, kernel) of this very network object; compiled once in a session, never from disk."""
    return _compiled(_ByObject(of))


def follow(of, counts, parameters, time_s, **more):
    """Follow cells and keep every species. counts: (cell, species). parameters: (cell, parameter) or one row.

    more: end_s, start_s, changes, group, step_s, rows, observe, rtol, floor, max_steps, watch, threshold,
        threshold_place.
    """
    program, kernel = compiled(of)
    counts = np.atleast_2d(np.asarray(counts, dtype=float))
    parameters = np.broadcast_to(parameters, (len(counts), np.shape(parameters)[-1])).astype(float)
    time_s = np.asarray(time_s, dtype=float)
    cells = Cells(
        counts=counts,
        parameters=parameters,
        start_s=np.broadcast_to(more.get("start_s", 0.0), len(counts)).astype(float),
        end_s=np.broadcast_to(more.get("end_s", time_s[-1] if len(time_s) else 1.0), len(counts)).astype(
            float
        ),
        changes=more.get("changes", ((),)),
        group=more.get("group"),
        step_s=more.get("step_s"),
        rows=more.get("rows"),
    )
    looks = Looks(
        time_s=time_s,
        observe=more.get("observe", np.eye(counts.shape[1])),
        watch=more.get("watch"),
        threshold=more.get("threshold"),
        threshold_place=more.get("threshold_place", ()),
        threshold_divisor=more.get("threshold_divisor", ()),
    )
    tolerance = Tolerance(
        relative=more.get("rtol", 1e-8), floor=more.get("floor", 1.0), max_steps=more.get("max_steps", 50_000)
    )
    with np.errstate(all="ignore"):
        return integrate(program, kernel, cells, looks, tolerance)


def change(time_s, *, parameters=None, amounts=None, adds=None):
    """An assignment: {place: value} of parameters, of amounts set, of amounts added."""
    parameters, amounts, adds = parameters or {}, amounts or {}, adds or {}
    return Assignment(
        time_s=time_s,
        parameters=np.array([*parameters], dtype=np.intp),
        values=np.array([*parameters.values()], dtype=float),
        species=np.array([*amounts, *adds], dtype=np.intp),
        amounts=np.array([*amounts.values(), *adds.values()], dtype=float),
        adds=np.array([0.0] * len(amounts) + [1.0] * len(adds)),
    )


@st.composite
def small_networks(draw):
    """(network, counts, parameters): 2 to 12 species that turn into one another, one by one or in pairs.

    No reaction makes more molecules than it takes, so that nothing explodes.
    """
    size = draw(st.integers(2, 12))
    species = st.integers(0, size - 1)
    rates = ("slow", "middle", "fast")
    alone = st.tuples(
        st.tuples(species), st.lists(species, max_size=1).map(tuple), st.sampled_from(rates), st.just(1.0)
    )
    pair = st.tuples(
        st.tuples(species, species).map(lambda two: tuple(sorted(two))),
        st.lists(species, max_size=2).map(lambda some: tuple(sorted(some))),
        st.sampled_from(("slow_pair", "fast_pair")),
        st.sampled_from((1.0, 0.5)),
    )
    made = st.tuples(st.just(()), st.tuples(species), st.just("made"), st.just(1.0))
    reactions = draw(st.lists(st.one_of(alone, pair, made), min_size=size, max_size=4 * size))
    counts = draw(st.lists(st.sampled_from((0.0, 1.0, 30.0, 1000.0)), min_size=size, max_size=size))
    parameters = ("slow", "middle", "fast", "slow_pair", "fast_pair", "made")
    values = np.array([1e-4, 1e-2, 3.0, 1e-6, 1e-2, 0.5])
    return network(size, reactions, parameters), np.array(counts), values
