"""What a calibration has simulated, in one file: for profiles, and for refits that need not learn again.

The file is numpy's own archive of plain arrays; nothing in it is code. The checkpoint beside it stays what
resume reads: this file is written when a part of a calibration ends, and can be made again from it.
"""

import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError
from smaclab.infer.problem import Problem
from smaclab.provenance import fingerprint

Array = NDArray[Any]
Seen = tuple[str, Array, Array]
"""A stage's name, (set, parameter) and their predictions, (set, number)."""

LEARNING: Final = ("learn", "screen")


@dataclass(frozen=True, kw_only=True)
class Known:
    """Sets that were simulated.

    identity: of the problem, whatever of it is fitted (`Problem.prediction_identity`).
    stage: (set,), what each was asked for. coordinates: (set, parameter), standard. predicted: (set, number).
    alone: (parameter,), what it costs to move each alone; empty: not known.
    last: (chain, parameter), where the chains are; none: they have not come to an end.
    last_predicted: (chain, number).
    """

    identity: str
    stage: Array
    coordinates: Array
    predicted: Array
    alone: Array
    last: Array
    last_predicted: Array

    def learned_from(self) -> tuple[Array, Array]:
        """The sets from which lines were drawn before chains began, and of each parameter alone."""
        kept = np.array([str(one).startswith(LEARNING) for one in self.stage], dtype=bool)
        return self.coordinates[kept], self.predicted[kept]

    def fingerprint(self) -> str:
        """Sha256 of all of it."""
        parts = [np.ascontiguousarray(getattr(self, name)).tobytes() for name in _NAMES[1:]]
        return fingerprint({"identity": self.identity, "parts": [sha256(one).hexdigest() for one in parts]})

    def write(self, path: Path) -> None:
        """Write the file, whole or not at all."""
        draft = path.with_name(f".{path.name}.partial")
        with draft.open("wb") as file:
            np.savez(file, allow_pickle=False, **{name: np.asarray(getattr(self, name)) for name in _NAMES})
        draft.replace(path)


_NAMES: Final = tuple(Known.__dataclass_fields__)


def known(problem: Problem, seen: list[Seen], alone: Array | None, last: tuple[Array, Array] | None) -> Known:
    """What was seen so far.

    Args:
        problem: whose sets they are.
        seen: stage by stage, in whole stages.
        alone: (parameter,), as `Known` has it; None: not known.
        last: (chain, parameter) and (chain, number); None: chains have not come to an end.
    """
    size, number = len(problem.priors), problem.size
    stages = [np.full(len(sets), stage) for stage, sets, _ in seen]
    where, what = last or (np.zeros((0, size)), np.zeros((0, number)))
    return Known(
        identity=problem.prediction_identity(),
        stage=np.concatenate([np.zeros(0, dtype="<U1"), *stages]),
        coordinates=np.concatenate([np.zeros((0, size)), *(sets for _, sets, _ in seen)]),
        predicted=np.concatenate([np.zeros((0, number)), *(found for _, _, found in seen)]),
        alone=np.zeros(0) if alone is None else alone,
        last=where,
        last_predicted=what,
    )


def read_known(path: Path, problem: Problem) -> Known:
    """The file, if it is of this problem, whatever of it is fitted.

    Raises:
        SmaclabError: it is missing, broken, or of another problem.
    """
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in _NAMES}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise SmaclabError(
            f"{path}: no calibration there, or no part of one has ended ({error}). `smaclab calibrate --out "
            f"{path.parent}` writes it."
        ) from error
    found = Known(**(arrays | {"identity": str(arrays["identity"])}))
    if found.identity != problem.prediction_identity():
        raise SmaclabError(
            f"{path}: of another problem (another model, evidence or version). Say what was said then, or "
            "calibrate again."
        )
    return found
