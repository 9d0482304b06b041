"""How time and memory grow with cells, doses and observables: EARM 1.0 and our own network as batches.

`python -m benchmarks.growth CELLS DOSES OBSERVABLES TIMES WORKERS NETWORK` measures one size and tells it as
JSON.
Each size has a process of its own, because the peak of a process's memory never falls again.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.case import EARM_OBSERVABLES, END_S, OWN_OBSERVABLES, SEED, SIGMA, earm, own_experiment
from smaclab.kernel import Kernel, compile_kernel
from smaclab.lab import own_catalogue, own_network
from smaclab.network.network import Network
from smaclab.simulate.batch import Batch, Recipe
from smaclab.simulate.change import Assignment
from smaclab.simulate.death import Watch
from smaclab.simulate.plan import observable_weights, plan
from smaclab.simulate.population import Population
from smaclab.simulate.rosenbrock import RosenbrockSolver, program_of
from smaclab.simulate.run import simulate, usable_cores
from smaclab.simulate.status import Status

ROOT = Path(__file__).parents[1]
Array = NDArray[Any]

EARM, OWN = "earm", "own"
RTOL, FLOOR = 6e-4, 1.0
LIGAND = 3000.0  # molecules in all, as in the published model
KILLED = 5e5  # molecules of cut PARP, half of what a median cell has
MIB = 2**20
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; Linux counts in kB


@dataclass(frozen=True)
class Size:
    """What is asked: cells of one experiment, times dosed within the day, what is kept, threads, of what.

    Our own network has the doses of its experiment, at time 0.
    """

    cells: int
    doses: int = 1
    observables: int = 8
    times: int = 100
    workers: int = 1
    network: str = EARM


@dataclass(frozen=True, kw_only=True)
class Grown:
    """What it took. wall_s, cpu_s: of the batch, without compiling. peak_mib: of the whole process."""

    size: Size
    wall_s: float
    cpu_s: float
    peak_mib: float
    alive: float
    failed: int


def sizes(*, quick: bool) -> list[Size]:
    """What is measured: one after the other only one thing grows."""
    cores = usable_cores()
    if quick:
        return [Size(cells=1000), Size(cells=1000, workers=cores)]
    cells = [Size(cells=10**power, workers=cores) for power in (2, 3, 4, 5)]
    # A million cells at 100 times and 8 observables are 6.4 GB of numbers that somebody asked for.
    cells.append(Size(cells=10**6, observables=1, times=2, workers=cores))
    one_core = [Size(cells=10_000), Size(cells=10_000, doses=2), Size(cells=10_000, doses=10)]
    kept = [Size(cells=10_000, observables=number) for number in (1, 64)]
    own = [Size(cells=10**power, observables=1, times=2, workers=cores, network=OWN) for power in (3, 4, 5)]
    return [*cells, *one_core, *kept, *own]


def grown(many: Iterable[Size]) -> list[Grown]:
    """Each size in a process of its own.

    Raises:
        RuntimeError: a process failed.
    """
    return [_alone(size) for size in many]


def _alone(size: Size) -> Grown:
    words = [str(number) for number in asdict(size).values()]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{size} ended with {done.returncode}: {done.stderr}")
    found = json.loads(done.stdout)
    return Grown(**(found | {"size": size}))


def batch(size: Size) -> tuple[Batch, Kernel]:
    """The cells of a size, and the kernel of their network."""
    return own_batch(size) if size.network == OWN else earm_batch(size)


def own_batch(size: Size) -> tuple[Batch, Kernel]:
    """EVSA-T on a mimetic and TNF, as `smaclab run` plans it: each cell rests, is dosed, and may die."""
    network = own_network()
    planned = plan([own_experiment(size.cells)], own_catalogue(), network)
    return _showing(planned, network, OWN_OBSERVABLES, size), compile_kernel(network)


def _showing(cells: Batch, network: Network, names: Sequence[str], size: Size) -> Batch:
    """The same cells, of which so many observables at so many times are kept; names come round again."""
    kept = [names[place % len(names)] for place in range(size.observables)]
    return replace(
        cells, time_s=_times(size), observables=tuple(f"{name} {place}" for place, name in enumerate(kept)),
        observe=np.array([observable_weights(network, name) for name in kept]),
    )  # fmt: skip


def _times(size: Size) -> Array:
    return END_S * np.arange(1, size.times + 1) / size.times


def earm_batch(size: Size) -> tuple[Batch, Kernel]:
    """EARM's cells at rest without ligand; it comes in equal doses; a cell dies of half its PARP cut."""
    network, median, varied = earm()
    places = network.parameter_index
    median[places["L_0"]] = 0.0
    recipe = Recipe(
        experiment="earm",
        population=Population(
            seed=SEED, cell_line="EARM 1.0", symbols=tuple(varied), sigma=SIGMA,
            places=tuple(places[name] for name in varied),
        ),
        median=median, changes=_doses(network, size.doses), end_s=END_S,
        watches=(Watch(kind="PARP", weights=observable_weights(network, "CPARP_total"), threshold=KILLED),),
    )  # fmt: skip
    nothing = np.zeros((1, len(network.species)))
    cells = Batch(
        recipes=(recipe,), n_cells=size.cells, time_s=_times(size), observables=("",), observe=nothing
    )
    return _showing(cells, network, EARM_OBSERVABLES, size), compile_kernel(network)


def _doses(network: Network, number: int) -> tuple[Assignment, ...]:
    ligand = [species for species, name in network.initial if name == "L_0"]
    nothing = np.zeros(0)
    return tuple(
        Assignment(
            time_s=END_S * dose / number, parameters=nothing.astype(np.intp), values=nothing,
            species=np.array(ligand), amounts=np.array([LIGAND / number]), adds=np.ones(1),
        )
        for dose in range(number)
    )  # fmt: skip


def measured(size: Size) -> Grown:
    """One size in this process."""
    cells, kernel = batch(size)
    program_of(kernel.network)
    solver = RosenbrockSolver() if size.network == OWN else RosenbrockSolver(rtol=RTOL, floor=FLOOR)
    wall, cpu = time.perf_counter(), time.process_time()
    found = simulate(cells, kernel, solver=solver, workers=size.workers)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    alive = float(np.mean(np.isinf(found.death_time_s)))
    failed = int(np.sum(found.status != Status.OK))
    return Grown(size=size, wall_s=wall, cpu_s=cpu, peak_mib=peak_bytes() / MIB, alive=alive, failed=failed)


def peak_bytes() -> int:
    """The most memory that this process held at a time."""
    file = Path("/proc/self/status")
    if file.is_file():
        # Linux's getrusage also remembers the peak of the process that started this one.
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT


if __name__ == "__main__":
    *counted, of = sys.argv[1:]
    n_cells, n_doses, n_observables, n_times, n_workers = map(int, counted)
    told = measured(Size(n_cells, n_doses, n_observables, n_times, n_workers, of))
    sys.stdout.write(json.dumps(asdict(told)) + "\n")
