"""SBML in: a file of others becomes a network with starting values and events."""

from pathlib import Path
from typing import TYPE_CHECKING

from smaclab.errors import SbmlError
from smaclab.network.sbml.model import Quantity, SbmlEvent, SbmlModel

if TYPE_CHECKING:
    from smaclab.network.sbml.child import Child

__all__ = ["Quantity", "SbmlEvent", "SbmlModel", "read_sbml"]


def read_sbml(path: str | Path, child: "Child | None" = None) -> SbmlModel:
    """The model of an SBML file, Level 2 or 3, core.

    Args:
        path: the file.
        child: a process that parses several files one after the other; None: one for this file alone.

    Raises:
        SbmlError: no such file, no SBML, or something in it that is not simulated here; all of it is named.
    """
    from smaclab.network.sbml.build import build
    from smaclab.network.sbml.child import parse_in_child

    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise SbmlError(f"{path}: cannot be read ({problem.strerror}).") from problem
    try:
        found = parse_in_child(content) if child is None else child.parse(content)
        return build(found["model"])
    except SbmlError as problem:
        raise SbmlError(f"{path.name}: {problem}") from problem
