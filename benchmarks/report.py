"""What was measured: a table on the screen, a page in `docs/`, and one line for programs."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.growth import FLOOR, RTOL, Grown
from benchmarks.measure import Measured, Row
from smaclab.simulate.rosenbrock import LARGEST_CHUNK, RosenbrockSolver

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
COLUMNS = (
    "case",
    "solver",
    "precision",
    "rtol / atol",
    "cells",
    "cells per CPU-s",
    "faster",
    "error, median",
    "error, 95 %",
    "failed",
    "steps",
    "compiling, s",
)
DEFAULT = RosenbrockSolver()
ERBB = "\n## Five hundred species\n"
WELLS = "\n## One well beside the same cells apart\n"
BUSY = 1.2  # processes for each core; above, somebody waits
GROWTH_COLUMNS = (
    "network", "cells", "doses", "observables", "times", "threads", "wall, s", "CPU, s", "cells per CPU-s",
    "cells per s", "peak memory, MiB", "failed",
)  # fmt: skip
TITLES = {
    "earm": "`earm`: EARM 1.0, TRAIL, every starting amount but the ligand's log-normal (sigma 0.3)",
    "erbb": "`erbb`: ErbB signaling (Chen 2009, BioModels 255, 500 species), every starting amount log-normal"
    " (sigma 0.3), ligand from the start",
    "own": "`own`: our network, EVSA-T on 100 nM SM-164 and 0.2 nM TNF, each cell from its own rest",
}


def cells_of(row: Row) -> tuple[str, ...]:
    """A row as texts, in the order of `COLUMNS`."""
    faster = "1" if row.ratio is None else f"{row.ratio:.3g} ({row.low:.3g} to {row.high:.3g})"
    if row.matched is False:
        faster += ", less accurate"
    return (
        row.case, row.solver, row.precision, row.setting, str(row.cells), f"{row.per_s:,.4g}", faster,
        f"{row.error_median:.1e}", f"{row.error_p95:.1e}", str(row.failed),
        "" if row.steps is None else f"{row.steps:.0f}", f"{row.codegen_s:.2f}",
    )  # fmt: skip


def growth_cells(one: Grown) -> tuple[str, ...]:
    """A size as texts, in the order of `GROWTH_COLUMNS`."""
    size = one.size
    counted = (size.cells, size.doses, size.observables, size.times, size.workers)
    return (
        size.network, *(f"{number:,}" for number in counted), f"{one.wall_s:.3g}", f"{one.cpu_s:.3g}",
        f"{size.cells / one.cpu_s:,.4g}", f"{size.cells / one.wall_s:,.4g}", f"{one.peak_mib:,.0f}",
        str(one.failed),
    )  # fmt: skip


def print_table(found: Mapping[str, Measured], growth: Sequence[Grown] = ()) -> None:
    """One table for all cases, one for growth."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"24 h, 100 times, 8 observables; {machine.cpu_name()}, {machine.isa()}")
    for place, name in enumerate(COLUMNS):
        table.add_column(name, justify="left" if place < 4 else "right")
    for one in found.values():
        for row in one.rows:
            table.add_row(*cells_of(row))
    grown = Table(title="As a batch, on one core and on all; each row a process of its own")
    for name in GROWTH_COLUMNS:
        grown.add_column(name, justify="right")
    for size in growth:
        grown.add_row(*growth_cells(size))
    console = Console(width=170)
    console.print(table)
    if growth:
        console.print(grown)


def _table(columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = (columns, ["---"] * len(columns), *rows)
    return [f"|{'|'.join(line)}|" for line in lines]


def page(found: Mapping[str, Measured], growth: Sequence[Grown] = ()) -> str:
    """The page as Markdown."""
    lines = [
        "# Performance",
        "",
        "Written by `make bench`; do not edit. Virtual cells solved per second of process CPU time, one",
        "thread, both solvers in turns in one run.",
        "",
        *_table(COLUMNS, (cells_of(row) for one in found.values() for row in one.rows)),
    ]
    lines += ["", "Cases:", "", *(f"- {TITLES[name]}." for name in found if name in TITLES)]
    lines += [
        "",
        "Every run gives 8 observables at 100 times over 24 h. The error of a cell is the largest",
        "|y - ref| / (|ref| + 1 molecule) over times and observables, against LSODA with an analytic",
        "Jacobian at 1e-11. Of our settings the fastest counts whose 95th percentile of the error is at most",
        "the peer's. `faster` is the peer's CPU time over ours, the median of the rounds and its range.",
        f"Compiling is not in it. Ours works in chunks of at most {LARGEST_CHUNK} cells, as any batch does.",
        "",
        "`erbb` is there where `make bench MODELS=FOLDER` finds BIOMD0000000255.xml (CC0); the file is no",
        "part of this project.",
        "",
        "The reference and libRoadRunner at 1e-12 differ by "
        + ", ".join(f"{one.agreement:.0e} ({name})" for name, one in found.items())
        + " at most.",
        "",
        *(_growth(growth) if growth else ()),
        f"Machine: {machine.cpu_name()}; {', '.join(machine.cpu_flags()) or 'instruction set not told'}.",
        "Versions: " + ", ".join(f"{name} {number}" for name, number in machine.versions().items()) + ".",
    ]
    return "\n".join(lines) + "\n"


def erbb_section(one: Measured) -> str:
    """The part of the page about the model of 500 species, where it was measured by itself."""
    words = (
        "Written by `python -m benchmarks.erbb FOLDER`, which finds BIOMD0000000255.xml (CC0) there; it",
        f"is no part of this project. {TITLES['erbb']}. Measured as the",
        "table above, on another day; the reference and libRoadRunner at 1e-12 differ by",
        f"{one.agreement:.0e} at most, and {machine.load_per_core():.1f} processes wanted each core.",
    )
    table = "\n".join(_table(COLUMNS, (cells_of(row) for row in one.rows)))
    return "\n".join((ERBB, table, "", *words)) + "\n"


def erbb_of(text: str) -> str:
    """The part of a page that `erbb_section` made; "" where there is none."""
    return ERBB + text.split(ERBB, 1)[1].split(WELLS, 1)[0] if ERBB in text else ""


def with_erbb(text: str, section: str) -> str:
    """A page with this section before that of the wells, in the place of what was there."""
    before = text.split(WELLS, 1)[0].split(ERBB, 1)[0]
    return before + section + wells_of(text)


def wells_of(text: str) -> str:
    """The part of a page that `python -m benchmarks.wells --write` wrote; "" where there is none."""
    return WELLS + text.split(WELLS, 1)[1] if WELLS in text else ""


def _growth(growth: Sequence[Grown]) -> list[str]:
    load = machine.load_per_core()
    return [
        "## One core, all cores, and growth",
        "",
        *_table(GROWTH_COLUMNS, (growth_cells(one) for one in growth)),
        "",
        "Networks as `smaclab run` solves a batch: each cell is drawn, rests untreated, is dosed and may",
        "die. `earm` gets its TRAIL in equal doses spread over 24 h, and dies where half a median cell's",
        f"PARP is cut; tolerances {RTOL:g} / {RTOL * FLOOR:g}. `own` is the experiment above at the default",
        f"tolerances, {DEFAULT.rtol:g} / {DEFAULT.rtol * DEFAULT.floor:g}. Each row is a process of its own;",
        "peak memory is all of it, Python and libraries included. Wall time depends on what",
        "else the machine does. A million cells keep 1 observable at 2 times and the time of death: 8 at",
        "100 times would be 6.4 GB of numbers by themselves.",
        "",
        f"The machine was {'busy' if load > BUSY else 'quiet'}: {load:.1f} processes wanted each core.",
        "",
    ]


def line(found: Mapping[str, Measured]) -> str:
    """One line of JSON; null where there is no such number."""
    told: dict[str, Any] = {}
    for name, precisions in (("earm", ("f64", "f32")), ("own", ("f64",))):
        one = found[name]
        for precision in precisions:
            row = one.row(precision)
            told[f"{name}_{precision}_ratio"] = None if row is None else row.ratio
        row = one.row("f64")
        told[f"{name}_error_p95"] = None if row is None else _finite(row.error_p95)
        told[f"{name}_peer_error_p95"] = _finite(one.rows[0].error_p95)
    told["isa"] = machine.isa()
    return json.dumps(told)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
