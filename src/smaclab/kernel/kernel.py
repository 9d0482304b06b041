"""The compiled functions of one network, as tables for NumPy.

Scope:   one cell at a time, which is what SciPy's solvers ask for, and a batch of cells for the derivative.
Ignores: time, doses, cells. The kernel knows counts and rate values, nothing else.

The slow twin, `reference.py`, defines the same numbers, one reaction at a time.
"""

from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from smaclab.errors import ShapeError
from smaclab.kernel.emit import CompiledFormulas
from smaclab.network.network import Network

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedTable:
    """How the speed of each reaction is computed: factor * rate * counts of its reactants."""

    rate: Indices
    """(reaction,), place in (parameters, constants, functions)."""

    factor: Array
    """(reaction,)."""

    reactants: tuple[Indices, ...]
    """One (reaction,) for each place in a reaction; the number of species stands for nobody."""

    change: csr_array
    """(species, reaction), molecules gained in each reaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionTable:
    """How functions of observables are computed."""

    values: Indices
    """Which parameters and constants they use."""

    sums: csr_array
    """(observable they use, species)."""

    compute: CompiledFormulas
    """Functions, from the values, then the sums."""

    compute_slopes: CompiledFormulas
    """Functions, then the derivative of each by each observable it uses."""

    count: int
    """How many functions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeTable:
    """How the Jacobian is put together from two kinds of parts, each of one reaction by one species."""

    rows: Indices
    columns: Indices
    """(entry,) each: where entries are not always zero, sorted by row, then column."""

    flat: Indices
    """(entry,), its place in the dense matrix read row by row."""

    reaction: Indices
    multiplicity: Array
    others: tuple[Indices, ...]
    """(part by a reactant,): its reaction, how often the reactant takes part, and who else does."""

    function_reaction: Indices
    function_slope: Indices
    function_weight: Array
    """(part through a function,): its reaction, which slope of a function, the species' weight."""

    gather: csr_array
    """(entry, part), molecules gained."""


@final
@dataclass(frozen=True, kw_only=True)
class Kernel:
    """Derivative, Jacobian and observables of one network, made by `compile_kernel`.

    `counts` are molecules, (species,) in the network's order. `values` are those of `constants`.
    """

    network: Network
    speeds: SpeedTable
    functions: FunctionTable
    slopes: SlopeTable
    observables: csr_array
    start: tuple[Indices, Indices]
    compute_constants: CompiledFormulas

    def constants(self, parameters: Array) -> Array:
        """Everything that is fixed while parameters are: the parameters themselves, then the constants.

        Args:
            parameters: (..., parameter), in the network's order and units.

        Returns:
            (..., parameter + constant).

        Raises:
            ShapeError: the last axis is not the network's parameters.
        """
        parameters = np.asarray(parameters, dtype=float)
        size = len(self.network.parameters)
        if parameters.ndim < 1 or parameters.shape[-1] != size:
            raise ShapeError(f"parameters has shape {parameters.shape}; its last axis needs {size} entries.")
        if parameters.ndim == 1:
            return np.concatenate(
                (parameters, np.array(self.compute_constants.floats(parameters.tolist()), dtype=float))
            )
        found = self.compute_constants.arrays(list(np.moveaxis(parameters, -1, 0)))
        values = np.empty((*parameters.shape[:-1], size + len(found)))
        values[..., :size] = parameters
        for place, one in enumerate(found, start=size):
            values[..., place] = one
        return values

    def initial(self, values: Array) -> Array:
        """Counts at the start: (..., parameter + constant) -> (..., species)."""
        species, amounts = self.start
        counts = np.zeros((*values.shape[:-1], len(self.network.species)))
        counts[..., species] = values[..., amounts]
        return counts

    def observe(self, counts: Array) -> Array:
        """True counts of all observables: (..., species) -> (..., observable)."""
        flat = counts.reshape(-1, counts.shape[-1])
        seen: Array = (self.observables @ flat.T).T
        return np.ascontiguousarray(seen).reshape(*counts.shape[:-1], seen.shape[1])

    def derivative(self, counts: Array, values: Array) -> Array:
        """Molecules gained per second.

        Args:
            counts: (..., species). One cell is fastest; complex numbers are allowed for a batch.
            values: (..., parameter + constant), from `constants`; one for all or one for each.

        Returns:
            (..., species).
        """
        if counts.ndim > 1:
            return self._derivative_of_many(counts, values)
        padded = np.append(counts, 1.0)
        table = self.speeds
        speed = self._rates(counts, values).take(table.rate)
        speed *= table.factor
        for reactants in table.reactants:
            speed *= padded.take(reactants)
        change: Array = table.change @ speed
        return change

    def jacobian(self, counts: Array, values: Array) -> Array:
        """Derivative of the derivative by counts, 1/s, at the entries of `jacobian_pattern`.

        Args:
            counts: (species,).
            values: (parameter + constant,).

        Returns:
            (entry,).
        """
        table, speeds = self.slopes, self.speeds
        padded = np.append(counts, 1.0)
        rates, slopes = self._rates_and_slopes(counts, values)
        speed = rates.take(speeds.rate)
        speed *= speeds.factor
        parts = speed.take(table.reaction)
        parts *= table.multiplicity
        for others in table.others:
            parts *= padded.take(others)
        if table.function_reaction.size:
            through = speeds.factor.take(table.function_reaction)
            for reactants in speeds.reactants:
                through *= padded.take(reactants.take(table.function_reaction))
            through *= table.function_weight
            through *= slopes.take(table.function_slope)
            parts = np.concatenate((parts, through))
        entries: Array = table.gather @ parts
        return entries

    def jacobian_dense(self, counts: Array, values: Array) -> Array:
        """The Jacobian as (species, species): entry [i, j] is how species j changes the derivative of i."""
        size = len(self.network.species)
        dense = np.zeros((size, size))
        dense.ravel()[self.slopes.flat] = self.jacobian(counts, values)
        return dense

    @property
    def jacobian_pattern(self) -> tuple[Indices, Indices]:
        """Rows and columns of the entries that `jacobian` gives, sorted by row, then column."""
        return self.slopes.rows, self.slopes.columns

    def _inputs(self, counts: Array, values: Array) -> list[Any]:
        table = self.functions
        inputs: list[Any] = values.take(table.values).tolist()
        inputs += (table.sums @ counts).tolist()
        return inputs

    def _rates(self, counts: Array, values: Array) -> Array:
        """(parameter + constant + function,)."""
        if not self.functions.count:
            return values
        return np.concatenate((values, self.functions.compute.floats(self._inputs(counts, values))))

    def _rates_and_slopes(self, counts: Array, values: Array) -> tuple[Array, Array]:
        if not self.functions.count:
            return values, np.zeros(0)
        found = np.array(self.functions.compute_slopes.floats(self._inputs(counts, values)))
        count = self.functions.count
        return np.concatenate((values, found[:count])), found[count:]

    def rates(self, counts: Array, values: Array) -> Array:
        """Everything that reactions may name as their rate, for many cells.

        Args:
            counts: (cell, species).
            values: (cell, parameter + constant), from `constants`.

        Returns:
            (cell, parameter + constant + function).
        """
        functions = self.functions
        if not functions.count:
            return values
        inputs = [*values.T[functions.values], *(functions.sums @ counts.T)]
        found = [np.broadcast_to(one, counts.shape[:1]) for one in functions.compute.arrays(inputs)]
        return np.concatenate((values, np.stack(found, axis=1)), axis=1)

    def _derivative_of_many(self, counts: Array, values: Array) -> Array:
        table = self.speeds
        flat = counts.reshape(-1, counts.shape[-1]).T
        padded = np.concatenate((flat, np.ones((1, flat.shape[1]))))
        given = np.broadcast_to(values, (*counts.shape[:-1], values.shape[-1]))
        rates = self.rates(flat.T, given.reshape(flat.shape[1], values.shape[-1])).T
        speed = rates[table.rate] * table.factor[:, None]
        for reactants in table.reactants:
            speed = speed * padded[reactants]
        change: Array = (table.change @ speed).T
        return np.ascontiguousarray(change).reshape(counts.shape)
