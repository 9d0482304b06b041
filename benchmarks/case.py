"""What is solved: one network, many cells that differ, the same eight observables and hundred times for all.

A case starts after its doses: what is poured in at time 0 is in the amounts already.  So nobody's events are
measured, and libRoadRunner gets the model in the form that is fastest for it, with constants computed once.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.programs import program
from smaclab.exchange.links import About
from smaclab.exchange.sbml import SbmlIds, sbml_ids, write_sbml
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.kernel import Kernel, compile_kernel
from smaclab.lab import own_catalogue, own_network
from smaclab.network.network import Network
from smaclab.network.store import read
from smaclab.seeds import standard_normal
from smaclab.simulate.batch import Recipe
from smaclab.simulate.plan import observable_weights, plan
from smaclab.simulate.rosenbrock import RosenbrockSolver
from smaclab.simulate.solver import NOTHING
from smaclab.simulate.status import Status

Array = NDArray[Any]

HERE = Path(__file__).parent
SEED = 1
SIGMA = 0.3  # sd of the natural logarithm of an amount
END_S = 86_400.0
TIME_S = END_S * np.arange(1, 101) / 100.0
EARM_OBSERVABLES = (
    "Bid_unbound", "C3_unbound", "C8_unbound", "CPARP_total",
    "PARP_unbound", "cSmac_total", "mSmac_unbound", "tBid_total",
)  # fmt: skip
OWN_OBSERVABLES = (
    "cIAP1", "cIAP2", "XIAP_total", "TRAF2_total", "NIK", "p_IKK_alpha", "caspase8_active", "caspase3_active",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Case:
    """Cells of one network.

    counts: (cell, species), molecules, at time 0. parameters: (cell, parameter). time_s: (time,), s.
    observe: (observable, species), the weights of `observables`.
    """

    name: str
    kernel: Kernel
    counts: Array
    parameters: Array
    observables: tuple[str, ...]
    time_s: Array

    @property
    def network(self) -> Network:
        """What reacts."""
        return self.kernel.network

    @property
    def n_cells(self) -> int:
        """How many cells."""
        return len(self.counts)

    @property
    def observe(self) -> Array:
        """(observable, species)."""
        return np.array([observable_weights(self.network, name) for name in self.observables])

    @property
    def ids(self) -> SbmlIds:
        """What the SBML calls things."""
        return sbml_ids(self.network)

    @property
    def called(self) -> Mapping[str, str]:
        """What the peer's file calls parameters, constants and observables."""
        return self.ids.names

    @property
    def called_species(self) -> tuple[str, ...]:
        """What it calls the species, in the network's order."""
        return self.ids.species

    @property
    def set_values(self) -> tuple[str, ...]:
        """Parameters and constants that the peer is given anew for each cell."""
        return tuple(self.network.value_index)

    def values(self) -> Array:
        """(cell, parameter + constant)."""
        return self.kernel.constants(self.parameters)

    def sbml(self) -> str:
        """The first cell as SBML; the others differ in numbers only."""
        return write_sbml(
            self.network, counts=self.counts[0], parameters=self.parameters[0], about=About(id=self.name)
        )

    def times(self, number: int) -> "Case":
        """The same cells several times over, for a solver that is done with them too soon to be timed."""
        return replace(
            self, counts=np.tile(self.counts, (number, 1)), parameters=np.tile(self.parameters, (number, 1))
        )

    def first(self, n_cells: int) -> "Case":
        """The same with fewer cells."""
        return replace(self, counts=self.counts[:n_cells], parameters=self.parameters[:n_cells])


def earm() -> tuple[Network, Array, list[str]]:
    """EARM 1.0: network, (parameter,) published values, and the amounts that differ between cells."""
    network = read((HERE / "earm_1_0.txt").read_text(encoding="utf-8"), name="earm_1_0.txt")
    with (HERE / "earm_1_0_values.csv").open(encoding="utf-8", newline="") as file:
        values = {row["parameter"]: float(row["value"]) for row in csv.DictReader(file)}
    median = np.array([values[one.name] for one in network.parameters])
    varied = [name for name in network.parameter_index if name.endswith("_0") and name != "L_0"]
    return network, median, varied


def earm_case(n_cells: int) -> Case:
    """EARM 1.0 on its own dose of TRAIL: every starting amount but the ligand's is log-normal."""
    network, median, varied = earm()
    parameters = np.repeat(median[None, :], n_cells, axis=0)
    z = standard_normal(SEED, "amount", "EARM 1.0", range(n_cells), varied)
    parameters[:, [network.parameter_index[name] for name in varied]] *= np.exp(SIGMA * z)
    kernel = compile_kernel(network)
    counts = kernel.initial(kernel.constants(parameters))
    return Case(
        name="earm", kernel=kernel, counts=counts, parameters=parameters,
        observables=EARM_OBSERVABLES, time_s=TIME_S,
    )  # fmt: skip


def own_experiment(n_cells: int) -> Experiment:
    """EVSA-T on 100 nM SM-164 and 0.2 nM TNF, 24 h."""
    return Experiment(
        id="own",
        cell_line="EVSA-T",
        doses=(
            Dose(drug="SM-164", concentration_nM=100.0),
            Dose(drug="TNF", concentration_nM=0.2),
        ),
        cells=n_cells,
        seed=SEED,
    )


def own_case(n_cells: int) -> Case:
    """Our own network; each cell starts at its own rest, with the line's own variability, and never dies."""
    network = own_network()
    recipe = plan([own_experiment(n_cells)], own_catalogue(), network).recipes[0]
    kernel = compile_kernel(network)
    at_rest = recipe.parameters(range(n_cells))
    rests = _rests(kernel, at_rest)
    found = [_dosed(recipe, *cell) for cell in zip(rests, at_rest, strict=True)]
    return Case(
        name="own", kernel=kernel, counts=np.array([counts for counts, _ in found]),
        parameters=np.array([parameters for _, parameters in found]),
        observables=OWN_OBSERVABLES, time_s=TIME_S,
    )  # fmt: skip


def _rests(kernel: Kernel, parameters: Array) -> Array:
    """(cell, species): where each cell begins, for both solvers alike."""
    made, _ = program(kernel.network)
    counts, status, messages = RosenbrockSolver().rest(made, kernel, parameters)
    if np.any(status != Status.OK):
        raise RuntimeError(f"a cell finds no rest: {next(iter(messages.values()))}")
    return counts


def _dosed(recipe: Recipe, counts: Array, parameters: Array) -> tuple[Array, Array]:
    """One cell right after the changes of time 0."""
    for change in recipe.changes:
        if change.time_s != 0.0:
            raise RuntimeError(f"{recipe.experiment} changes something at {change.time_s} s, not at 0")
        counts, parameters = change.apply(counts, parameters)
    # A rest holds species of 1e-60 molecules, which are rounding.  libRoadRunner makes its absolute tolerance
    # from what a species starts with, and CVODE then gives up on such a cell.
    return np.where(counts < NOTHING, 0.0, counts), parameters
