"""What it costs that cells share their medium: one well beside the same cells apart.

`python -m benchmarks.wells [--write] [CELLS ...]` prints a row a size: EVSA-T on 100 nM SM-164 for 24 h,
every cell's viability and TNF once an hour. Each size has a process of its own: a peak of memory never falls.
`--write` puts the table into `docs/performance.md`. The ratio is of process CPU time, so it stands on a busy
machine too; wall time does not.
"""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.growth import MIB, peak_bytes
from benchmarks.report import PAGE, WELLS
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.kernel import compile_kernel
from smaclab.lab.bench import own_network
from smaclab.lab.door import own_catalogue
from smaclab.simulate.plan import plan
from smaclab.simulate.rosenbrock import program_of
from smaclab.simulate.run import simulate, usable_cores
from smaclab.simulate.status import Status
from smaclab.simulate.well_follow import simulate_well
from smaclab.simulate.well_plan import plan_well
from smaclab.simulate.well_start import compiled_for

ROOT = Path(__file__).parents[1]
CELLS = (100, 1000, 10_000)
HEADER = (
    *("cells", "threads", "apart, CPU s", "one well, CPU s", "ratio", "one well, wall s", "macro steps"),
    *("taken again", "dead apart", "dead in the well", "failed", "peak memory, MiB"),
)


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What it took: CPU and wall time, s, rests included, without compiling. peak_mib: of the process."""

    cells: int
    threads: int
    apart_cpu_s: float
    well_cpu_s: float
    well_wall_s: float
    macro_steps: int
    rejected: int
    apart_dead: float
    well_dead: float
    failed: int
    peak_mib: float

    def row(self) -> tuple[str, ...]:
        """As text, in the order of `HEADER`."""
        return (
            f"{self.cells:,}", str(self.threads), f"{self.apart_cpu_s:.3g}", f"{self.well_cpu_s:.3g}",
            f"{self.well_cpu_s / self.apart_cpu_s:.2f}", f"{self.well_wall_s:.3g}", str(self.macro_steps),
            str(self.rejected), f"{self.apart_dead:.3f}", f"{self.well_dead:.3f}", str(self.failed),
            f"{self.peak_mib:.0f}",
        )  # fmt: skip


def experiment(cells: int) -> Experiment:
    """Type I cells on a mimetic, as many simulated as there are."""
    return Experiment(
        id="well", cell_line="EVSA-T", cells=cells, readouts=("viability", "TNF_medium"),
        doses=(Dose(drug="SM-164", concentration_nM=100.0),), sample_s=tuple(3600.0 * h for h in range(25)),
    )  # fmt: skip


def measured(cells: int, threads: int) -> Shared:
    """One size in this process. The well comes first: its peak of memory is then its own."""
    network, catalogue = own_network(), own_catalogue()
    kernel = compile_kernel(network)
    program_of(network)
    compiled_for(network)
    one = experiment(cells)
    well = plan_well(one, catalogue, network)
    wall, cpu = time.perf_counter(), time.process_time()
    course = simulate_well(well, network, workers=threads)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = peak_bytes() / MIB
    apart = time.process_time()
    alone = simulate(plan([one], catalogue, network), kernel, workers=threads)
    return Shared(
        cells=cells,
        threads=threads,
        apart_cpu_s=time.process_time() - apart,
        well_cpu_s=cpu,
        well_wall_s=wall,
        macro_steps=len(course.macro_s) - 1,
        rejected=course.rejected,
        apart_dead=float(np.isfinite(alone.death_time_s).mean()),
        well_dead=float(np.isfinite(course.death_time_s).mean()),
        failed=int(np.sum(course.status != Status.OK)),
        peak_mib=peak,
    )


def alone(cells: int, threads: int) -> Shared:
    """One size in a process of its own.

    Raises:
        RuntimeError: the process failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.wells", "--one", str(cells), str(threads)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{cells} cells ended with {done.returncode}: {done.stderr}")
    return Shared(**json.loads(done.stdout))


def table(rows: list[Shared]) -> str:
    """Markdown."""
    lines = [HEADER, ("---",) * len(HEADER), *(one.row() for one in rows)]
    return "\n".join(f"|{'|'.join(line)}|" for line in lines)


def section(rows: list[Shared]) -> str:
    """The part of the page about wells."""
    load = machine.load_per_core()
    words = (
        "Written by `python -m benchmarks.wells --write`. EVSA-T on 100 nM SM-164 for 24 h, 10 nl of medium",
        "a cell, every cell simulated, rests included, compiling not; each row is a process of its own. The",
        "ratio is of process CPU time. Wall time depends on what else the machine does:",
        f"{load:.1f} processes wanted each core.",
    )
    return "\n".join((WELLS, table(rows), "", *words)) + "\n"


def write(rows: list[Shared]) -> None:
    """Into the page, in the place of what was there."""
    before = PAGE.read_text(encoding="utf-8").split(WELLS, 1)[0] if PAGE.exists() else ""
    PAGE.write_text(before + section(rows), encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> str:
    """What is printed."""
    if arguments[:1] == ["--one"]:
        return json.dumps(asdict(measured(int(arguments[1]), int(arguments[2]))))
    sizes = [one for one in arguments if one != "--write"] or [str(one) for one in CELLS]
    rows = [alone(int(cells), usable_cores()) for cells in sizes]
    if "--write" in arguments:
        write(rows)
    return table(rows)


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]) + "\n")
