"""The audit of our own model, and of SBML files of others."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from smaclab.audit import Audit, audit_sbml
from smaclab.audit.score import END, audit_bytes
from smaclab.lab.export import PreparedCell, prepare, sbml_of
from smaclab.simulate.change import Assignment

OWN_LINE = "EVSA-T"
OWN_END_S = 86_400.0
GIVEN_AT_S = 3600.0
GIVEN = 1000.0  # molecules of each input, so that whatever the model knows is there


def audit(path: str | Path | None = None, *, end: float | None = None) -> Audit:
    """A quality score for a kinetic model, with every point that it loses.

    Args:
        path: an SBML file; None: our own model, a resting cell that is given a little of every input.
        end: how long it is followed, the model's unit of time; 100, or a day for our own.

    Raises:
        SbmlError: the file cannot be read.
        NetworkError: the extra [sbml] is missing.
    """
    if path is not None:
        return audit_sbml(path, end=END if end is None else end)
    data = sbml_of(own_cell()).encode()
    return audit_bytes(data, "smaclab's own", end=OWN_END_S if end is None else end)


def own_cell() -> PreparedCell:
    """The median cell of a line at rest, that gets `GIVEN` molecules of every input after an hour."""
    cell = prepare({"id": "own", "cell_line": OWN_LINE, "readouts": ["cIAP1"], "duration": "24 h"})
    places = np.array(sorted(cell.network.inputs.values()), dtype=np.intp)
    nothing = np.array([], dtype=np.intp)
    given = Assignment(
        time_s=GIVEN_AT_S,
        parameters=nothing,
        values=np.array([], dtype=float),
        species=places,
        amounts=np.full(len(places), GIVEN),
        adds=np.ones(len(places)),
    )
    return replace(cell, changes=(*cell.changes, given))
