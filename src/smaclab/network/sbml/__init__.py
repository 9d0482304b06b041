"""SBML in: a file of others becomes a network with starting values and events."""

from pathlib import Path

from smaclab.errors import SbmlError
from smaclab.network.sbml.model import Quantity, SbmlEvent, SbmlModel

__all__ = ["Quantity", "SbmlEvent", "SbmlModel", "read_sbml"]


def read_sbml(path: str | Path) -> SbmlModel:
    """The model of an SBML file, Level 2 or 3, core.

    Raises:
        SbmlError: no such file, no SBML, or something in it that is not simulated here; all of it is named.
    """
    from smaclab.network.sbml.build import build
    from smaclab.network.sbml.child import parse_in_child
    from smaclab.network.sbml.guard import scan

    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise SbmlError(f"{path}: cannot be read ({problem.strerror}).") from problem
    try:
        scan(content)
        found = parse_in_child(content)
        if "refused" in found:
            raise SbmlError("\n".join(f"{p['where']}: {p['what']}. {p['remedy']}" for p in found["refused"]))
        return build(found["model"])
    except SbmlError as problem:
        raise SbmlError(f"{path.name}: {problem}") from problem
