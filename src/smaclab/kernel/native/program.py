"""From a network to a program that follows many cells at once."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from smaclab.kernel.native import cache, factorize, formulas, rare, speeds, totals, triangles
from smaclab.kernel.native.driver import driver
from smaclab.kernel.native.engine import Loaded, declarations, load, object_code
from smaclab.kernel.native.frame import ARGUMENTS, CLOCK, TALLY, Sections
from smaclab.kernel.native.kind import Kind, Real, host_kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.text import ATTRIBUTES
from smaclab.kernel.rosenbrock import RODAS5, Rosenbrock
from smaclab.network.expression import Node
from smaclab.network.identity import identity
from smaclab.network.network import Network

ALIGNMENT = 64  # bytes, of a cache line and of the widest vector


@final
@dataclass(frozen=True, kw_only=True)
class Program:
    """Machine code for one network, method and precision, and where it keeps what.

    value_places: places in (parameters, constants) of what a cell brings along, in the program's order.
    """

    network: Network
    kind: Kind
    method: Rosenbrock
    sections: Sections
    value_places: NDArray[np.intp]
    loaded: Loaded
    main: Any

    def run(self, arguments: dict[str, Any]) -> int:
        """Follow all cells; the interpreter is free meanwhile. Returns vector steps.

        Args:
            arguments: by the names of `frame.ARGUMENTS` except the workspace; C-contiguous arrays or numbers.
        """
        n_looks = int(arguments["n_observables"]) + int(arguments["n_watches"])
        size = self.sections.total(int(arguments["n_watches"]), n_looks)
        dtype = np.float64 if self.kind.real == "double" else np.float32
        lanes = self.kind.lanes
        tally = aligned(len(TALLY) * lanes, np.int64)
        tally[TALLY.index("n_active") * lanes] = lanes
        clock = aligned(len(CLOCK) * lanes, np.float64)
        course = aligned(self.sections.n_course * max(1, int(arguments["n_observables"])), np.float64)
        given = {
            **arguments, "vectors": aligned(size * lanes, dtype), "course": course, "clock": clock,
            "tally": tally,
        }  # fmt: skip
        words = np.array([_word(given[name]) for name in ARGUMENTS], dtype=np.int64)
        return int(self.main(words.ctypes.data))


def _word(given: Any) -> int:
    return given.ctypes.data if isinstance(given, np.ndarray) else int(given)


def aligned(size: int, dtype: Any) -> NDArray[Any]:
    """Zeros that begin at a cache line."""
    item = np.dtype(dtype).itemsize
    room = np.zeros(size * item + ALIGNMENT, dtype=np.uint8)
    start = -room.ctypes.data % ALIGNMENT
    return room[start : start + size * item].view(dtype)


def compile_program(
    network: Network, *, precision: Real = "double", method: Rosenbrock = RODAS5, keep: bool = True
) -> Program:
    """Machine code for this network, from disk where it has been compiled before.

    Args:
        network: what to solve.
        precision: of counts and rates.
        method: of Rosenbrock's kind.
        keep: whether to look for it on disk, and to leave it there.
    """
    kind = host_kind(precision)
    name = cache.key({"network": program_key(network), "kind": kind, "method": method}) if keep else ""
    found = cache.read(name) if keep else None
    if found is None:
        found = _compiled(network, kind, method)
        if keep:
            cache.write(name, *found)
    facts, objects = found
    loaded = load(objects)
    return Program(
        network=network,
        kind=kind,
        method=method,
        sections=Sections(**facts["sections"]),
        value_places=np.array([network.value_index[name] for name in facts["values"]], dtype=np.intp),
        loaded=loaded,
        main=loaded.function("run", 1),
    )


def program_key(network: Network) -> str:
    """Equal for networks with the same program: the same network, with its species in the same order."""
    names = "\n".join(species.name for species in network.species)
    return hashlib.sha256(f"{identity(network)}\n{names}".encode()).hexdigest()


def _compiled(network: Network, kind: Kind, method: Rosenbrock) -> tuple[dict[str, Any], list[bytes]]:
    layout = Layout(network=network)
    sections = Sections(
        n_species=len(network.species),
        n_functions=len(layout.functions) + len(layout.slopes),
        n_factors=len(layout.factor_places),
        n_static=len(layout.value_names),
        n_totals=len(layout.totals),
        stages=method.stages,
        n_course=2 + len(method.dense),
    )
    objects = [object_code(straight(layout, kind)), object_code(driver(kind, method, sections), level=2)]
    return {"sections": asdict(sections), "values": list(layout.value_names)}, objects


def _formulas(layout: Layout) -> list[Node]:
    """Functions and their slopes."""
    functions = [layout.network.rate_functions[name] for name in layout.functions]
    return [*functions, *(slope for _, _, slope in layout.slopes)]


def straight(layout: Layout, kind: Kind) -> str:
    """The text of the module with derivative, factorization and solve."""
    return "\n".join(
        (
            declarations(kind),
            ATTRIBUTES,
            formulas.library(kind),
            rare.library(kind, rare.used(_formulas(layout))),
            speeds.derivative(layout, kind),
            factorize.factorize(layout, kind),
            triangles.solve(layout, kind),
            totals.totals(layout, kind),
            totals.keep_totals(layout, kind),
        )
    )
