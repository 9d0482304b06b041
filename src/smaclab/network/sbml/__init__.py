"""SBML in: a file of others becomes a network with starting values and events."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from smaclab.errors import SbmlError
from smaclab.network.sbml.model import Quantity, SbmlEvent, SbmlModel

if TYPE_CHECKING:
    from smaclab.network.sbml.child import Child

__all__ = ["Quantity", "SbmlEvent", "SbmlModel", "read_content", "read_sbml"]


def read_sbml(path: str | Path, child: "Child | None" = None, *, seconds: float | None = None) -> SbmlModel:
    """The model of an SBML file, Level 2 or 3, core.

    Args:
        path: the file.
        child: a process that parses several files one after the other; None: one for this file alone.
        seconds: the longest it may take, s, start of a process included; None: `limit.ANSWER_S`, or a quarter
            more than the child has.

    Raises:
        SbmlError: no such file, no SBML, or something in it that is not simulated here; all of it is named.
    """
    path = Path(path)
    try:
        return _within(lambda: _content(path), child, seconds)
    except SbmlError as problem:
        raise SbmlError(f"{path.name}: {problem}") from problem


def read_content(content: bytes, child: "Child | None" = None, *, seconds: float | None = None) -> SbmlModel:
    """The model of an SBML file's content; arguments and errors as in `read_sbml`, without a file's name."""
    return _within(lambda: content, child, seconds)


def _within(given: Callable[[], bytes], child: "Child | None", seconds: float | None) -> SbmlModel:
    """Parse and build, with one clock for both."""
    from smaclab.network.sbml.build import build
    from smaclab.network.sbml.child import CHILDS_SHARE, Child
    from smaclab.network.sbml.limit import ANSWER_S, within

    usual_s = ANSWER_S if child is None else child.seconds / CHILDS_SHARE
    limit_s = usual_s if seconds is None else seconds

    def read() -> SbmlModel:
        content = given()
        if child is not None:
            return build(child.parse(content)["model"])
        with Child(seconds=CHILDS_SHARE * limit_s) as own:
            return build(own.parse(content)["model"])

    def late() -> SbmlError:
        return SbmlError(
            f"not read after {limit_s:g} s and stopped. Formulas that name other formulas may grow without "
            "end; is it one model, without data?"
        )

    return within(limit_s, read, late)


def _content(path: Path) -> bytes:
    """A file, and of one that is too large no more than shows it; nothing that never ends."""
    from smaclab.network.sbml.guard import MOST_BYTES

    try:
        if path.exists() and not path.is_file():
            raise SbmlError(f"cannot be read ({path} is not a file).")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise SbmlError(f"cannot be read ({problem.strerror}).") from problem
