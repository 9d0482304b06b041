"""libSBML's consistency check of a file, in a process of its own, which may die of it."""

from collections.abc import Mapping
from typing import Any

from smaclab.network.sbml.child import Child, command
from smaclab.network.sbml.serve import answer_all, limit_memory, limit_time

Plain = dict[str, Any]

SECONDS = 60.0
MOST_MESSAGES = 500
NO_UNIT = 80701  # libSBML counts a parameter without a unit as a matter of good practice


def complaints(data: bytes) -> Mapping[str, tuple[str, ...]]:
    """What libSBML complains of: "errors", "units" (warnings about units) and "others" (other warnings).

    Raises:
        SbmlError: the file is refused, or the process died of it.
    """
    with Child(seconds=SECONDS, command=command(SECONDS, module=__name__)) as child:
        found = child.parse(data)["model"]
    return {name: tuple(map(str, found.get(name, ()))) for name in ("errors", "units", "others")}


def main(seconds: float, memory_bytes: int) -> None:
    """The child's end: answers files until there are no more; arguments as in `serve.main`."""
    import os
    import sys

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit_memory(memory_bytes)
    limit_time(seconds)
    answer_all(sys.stdin.buffer, answers, check, seconds)


def check(data: bytes) -> Plain:
    """LibSBML's complaints of one file, as {"model": ...}."""
    import libsbml

    document = libsbml.readSBMLFromString(data.decode("utf-8", errors="replace"))
    document.checkConsistency()
    found: dict[str, list[str]] = {"errors": [], "units": [], "others": []}
    for place in range(document.getNumErrors()):
        one = document.getError(place)
        is_error = one.getSeverity() >= libsbml.LIBSBML_SEV_ERROR
        is_unit = one.getCategory() == libsbml.LIBSBML_CAT_UNITS_CONSISTENCY or one.getErrorId() == NO_UNIT
        kind = "units" if is_unit else "errors" if is_error else "others"
        if len(found[kind]) < MOST_MESSAGES:
            found[kind].append(f"line {one.getLine()}: {' '.join(one.getMessage().split())[-200:]}")
    return {"model": found}
