"""Parameter sets that agree with the evidence, with weights and provenance, as text that a diff can show.

The file: lines that begin with "#" hold JSON, the provenance; then CSV, a row a set: `weight`,
`log_posterior` and the value of each parameter in the unit used inside, nine digits. Nothing in it is code.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError

Array = NDArray[Any]

FORMAT: Final = "smaclab ensemble 1"
_BESIDE: Final = ("weight", "log_posterior")
_DIGITS: Final = "%.9g"
LARGEST_FILE: Final = 200_000_000
"""Bytes; ten thousand sets of a thousand parameters take half of it."""


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """Many parameter sets that are all plausible: what is not known.

    names: (parameter,). values: (set, parameter), in the unit used inside. weight: (set,), sums to 1.
    log_posterior: (set,), unnormalized.
    provenance: how it was made: seed, settings, model, evidence, what was left out, effective size.
    """

    names: tuple[str, ...]
    values: Array
    weight: Array
    log_posterior: Array
    provenance: Mapping[str, Any]

    def __post_init__(self) -> None:
        size = len(self.values)
        if self.values.shape != (size, len(self.names)) or not size:
            raise SmaclabError(f"an ensemble of values {self.values.shape} for {len(self.names)} parameters.")
        if self.weight.shape != (size,) or self.log_posterior.shape != (size,):
            raise SmaclabError(f"an ensemble of {size} sets with weights {self.weight.shape}.")
        if not (
            np.isfinite(self.values).all() and (self.weight >= 0).all() and abs(self.weight.sum() - 1) < 1e-6
        ):
            raise SmaclabError(
                f"an ensemble whose weights sum to {self.weight.sum()}; they sum to 1, and values are finite."
            )

    @property
    def effective_size(self) -> float:
        """Kish's: how many sets of equal weight these are worth."""
        return float(1.0 / (self.weight**2).sum())

    def drawn(self, number: int, *, seed: int = 1) -> list[dict[str, float]]:
        """Parameter sets by weight, name -> value; each row once at most where the weights are equal.

        Rows may be alike: a chain that did not move is there again.

        Args:
            number: how many, up to all there are.
            seed: which.

        Raises:
            SmaclabError: more than there are, or less than one.
        """
        if not 1 <= number <= len(self.values):
            raise SmaclabError(
                f"{number} parameter sets; the ensemble has {len(self.values)}. Ask for 1 to that many."
            )
        random = np.random.Generator(np.random.Philox(key=seed))
        order = random.permutation(len(self.values))
        # Systematic, marks at equal distances: a set is drawn twice only if its weight asks for it.
        cumulated = np.cumsum(self.weight[order])
        marks = (np.arange(number) + random.random()) / number
        places = order[np.minimum(np.searchsorted(cumulated, marks * cumulated[-1]), len(order) - 1)]
        return [dict(zip(self.names, map(float, self.values[place]), strict=True)) for place in places]

    def to_text(self) -> str:
        """The file."""
        about = json.dumps(
            {"format": FORMAT, **self.provenance}, indent=1, sort_keys=True, ensure_ascii=False
        )
        lines = [f"# {line}" for line in about.splitlines()]
        table = np.column_stack([self.weight, self.log_posterior, self.values])
        rows = [",".join(_DIGITS % number for number in row) for row in table]
        return "\n".join([*lines, ",".join((*_BESIDE, *self.names)), *rows]) + "\n"

    def write(self, path: str | PathLike[str]) -> Path:
        """Write the file, whole or not at all."""
        place = Path(path)
        draft = place.with_name(f".{place.name}.partial")
        draft.write_text(self.to_text(), encoding="utf-8", newline="\n")
        return draft.replace(place)


def equal_weights(
    names: tuple[str, ...], values: Array, log_posterior: Array, about: Mapping[str, Any]
) -> Ensemble:
    """An ensemble whose sets all count the same."""
    weight = np.full(len(values), 1.0 / len(values))
    return Ensemble(names=names, values=values, weight=weight, log_posterior=log_posterior, provenance=about)


def read_ensemble(path: str | PathLike[str]) -> Ensemble:
    """An ensemble from its file.

    Raises:
        SmaclabError: it is missing, too large, or not an ensemble.
    """
    place = Path(path)
    try:
        if place.stat().st_size > LARGEST_FILE:
            raise SmaclabError(f"{path}: more than {LARGEST_FILE} bytes.")
        text = place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SmaclabError(f"{path}: cannot be read as an ensemble ({error}).") from error
    return from_text(text, where=str(path))


def from_text(text: str, *, where: str = "ensemble") -> Ensemble:
    """An ensemble from its text.

    Raises:
        SmaclabError: it is not an ensemble.
    """
    lines = text.splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    body = [line for line in lines if line and not line.startswith("#")]
    try:
        about = json.loads("\n".join(head))
        if about.pop("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT!r}")
        names = tuple(body[0].split(","))
        if names[:2] != _BESIDE or len(set(names)) != len(names):
            raise ValueError(f"its columns begin with {names[:2]}, not with {_BESIDE}, or one is there twice")
        table = np.loadtxt(io.StringIO("\n".join(body[1:])), delimiter=",", ndmin=2)
        weight = table[:, 0] / table[:, 0].sum()
        return Ensemble(
            names=names[2:], values=table[:, 2:], weight=weight, log_posterior=table[:, 1], provenance=about
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, SmaclabError) as error:
        raise SmaclabError(f"{where}: not an ensemble: {error}.") from error
