"""Which solver solves: by name, or the best one that this machine can have."""

import re
from dataclasses import replace
from typing import Any, get_args

from smaclab.errors import SimulationError, unknown
from smaclab.simulate.many_solver import AnySolver, ManySolver
from smaclab.simulate.rests import Rests
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import Precision

COMPILED, SCIPY = "compiled", "scipy"
NAMES = (COMPILED, SCIPY)
UNITS = {"": 1, "B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


def default_solver() -> AnySolver:
    """The compiled solver; SciPy's where llvmlite has no build for this machine."""
    try:
        return _compiled({})
    except ImportError:
        return SciPySolver()


def sharing_rests(solver: AnySolver | None = None, *, rtol: float | None = None) -> AnySolver:
    """A solver that finds the rests of the same cells once for many batches, where it can.

    Args:
        solver: which; None is `default_solver`.
        rtol: relative tolerance instead of its own.
    """
    found: Any = default_solver() if solver is None else solver
    changed: dict[str, Any] = {} if rtol is None else {"rtol": rtol}
    if getattr(found, "rests", found) is None:  # not SciPy's, and none given
        changed["rests"] = Rests()
    shared: AnySolver = replace(found, **changed)
    return shared


def solver_named(
    name: str | None = None, *, precision: str | None = None, max_memory: str | None = None
) -> AnySolver:
    """A solver by its name on the command line.

    Args:
        name: "compiled" or "scipy"; None is `default_solver`, unless a setting below needs the compiled one.
        precision: "double" or "screening" (single, audited).
        max_memory: such as "500 MB" or "2 GiB": what the cells in work may take.

    Raises:
        SimulationError: no such solver, precision or amount, or a setting that the solver does not have.
    """
    settings: dict[str, Any] = {}
    if precision is not None:
        if precision not in get_args(Precision):
            raise SimulationError(unknown("precision", precision, get_args(Precision)))
        settings["precision"] = precision
    if max_memory is not None:
        settings["max_memory_bytes"] = memory_bytes(max_memory)
    if name is None and not settings:
        return default_solver()
    if name == SCIPY:
        if settings:
            given = " and ".join(settings).replace("max_memory_bytes", "max-memory")
            raise SimulationError(f"The solver {SCIPY!r} has no {given}. Leave it out, or use {COMPILED!r}.")
        return SciPySolver()
    if name not in (None, COMPILED):
        raise SimulationError(unknown("solver", name, NAMES))
    try:
        return _compiled(settings)
    except ImportError as error:
        raise SimulationError(
            f"The solver {COMPILED!r} needs llvmlite, which is not here ({error}). "
            f"Install it with `pip install llvmlite`, or use {SCIPY!r}."
        ) from error


def memory_bytes(text: str) -> int:
    """Bytes of "500 MB", "2 GiB" or "1e9".

    Raises:
        SimulationError: not an amount, or one of nothing.
    """
    found = re.fullmatch(r"\s*([0-9.]+(?:[eE][+-]?[0-9]+)?)\s*([A-Za-z]*)\s*", text)
    units = {unit.lower(): factor for unit, factor in UNITS.items()}
    try:
        size = float(found[1]) * units[found[2].lower()] if found else 0.0
    except (KeyError, ValueError):
        size = 0.0
    if not 1 <= size < 2**63:
        raise SimulationError(f"max-memory {text!r} is no amount of memory. Write 500 MB or 2 GiB.")
    return int(size)


def _compiled(settings: dict[str, Any]) -> ManySolver:
    from smaclab.simulate.rosenbrock import RosenbrockSolver

    return RosenbrockSolver(**settings)
