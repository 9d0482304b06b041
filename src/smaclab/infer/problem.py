"""Priors, evidence and the function that predicts: everything that a sampler needs to know."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError, unknown
from smaclab.infer.evidence import Course, Evidence
from smaclab.infer.looks import Looks, Unit
from smaclab.infer.prior import Prior, values_of
from smaclab.provenance import fingerprint
from smaclab.seeds import standard_normal

Array = NDArray[Any]
Predict = Callable[[Array], Array]
"""(set, parameter), values -> (set, number): all numbers that the evidence needs, in its order."""
PredictEach = Callable[[Array, Looks | None], Iterator[Array]]
"""The same, set by set as they are done: (number,) each, in order; NaN where nobody looked."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is free, what is known, and how to predict.

    held_out: ids of the evidence that is never used in fitting; it is predicted and reported.
    each: `predict`, set by set; None: one after the other, and always whole.
    units: what is simulated together, all evidence; none: sets are never looked at in part.
    end: lets go of what predicts, such as processes; the next prediction starts anew.
    about: where the predictions come from (network, parameter set, cells ...): what a checkpoint is only
        good for.
    """

    priors: Sequence[Prior]
    evidence: Sequence[Evidence]
    predict: Predict
    held_out: frozenset[str] = frozenset()
    each: PredictEach | None = None
    units: tuple[Unit, ...] = ()
    end: Callable[[], None] | None = None
    about: str = ""

    def __post_init__(self) -> None:
        for kind, names in (
            ("parameter", [one.name for one in self.priors]),
            ("evidence", [one.id for one in self.evidence]),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice or not names:
                raise SmaclabError(
                    f"{kind}: {twice or 'none'}. A problem has at least one, each with its own name."
                )
        looked = sorted(id_ for one in self.units for id_ in one.evidence)
        if looked and looked != sorted(one.id for one in self.evidence):
            raise SmaclabError(
                f"units of {len(looked)} pieces of evidence; give all {len(self.evidence)}, each once."
            )
        strange = sorted(self.held_out - {one.id for one in self.evidence})
        if strange:
            raise SmaclabError(
                unknown("evidence", strange[0], [one.id for one in self.evidence], where="held_out")
            )

    @property
    def names(self) -> tuple[str, ...]:
        """Of the parameters, in order."""
        return tuple(one.name for one in self.priors)

    @property
    def size(self) -> int:
        """How many numbers a prediction has."""
        return sum(one.size for one in self.evidence)

    def values(self, coordinates: Array) -> Array:
        """(set, parameter) -> (set, parameter), from standard coordinates to values."""
        return values_of(self.priors, coordinates)

    def predict_each(self, coordinates: Array, looks: Looks | None = None) -> Iterator[Array]:
        """(set, parameter), standard coordinates -> (number,) of each set, in order, as they are done.

        looks: when to stop looking at a set; None: each is whole.
        """
        yield from self.predict_values(self.values(coordinates), looks)

    def predict_values(self, values: Array, looks: Looks | None = None) -> Iterator[Array]:
        """(set, parameter), values -> (number,) of each set, in order, as they are done."""
        if self.each is not None:
            yield from self.each(values, looks)
            return
        for row in values:
            yield self.predict(row[None])[0]

    def parts(self, predicted: Array) -> Iterator[tuple[Evidence, Array]]:
        """Each piece of evidence with its own columns, (set, point), of the predictions (set, number)."""
        first = 0
        for one in self.evidence:
            yield one, predicted[:, first : first + one.size]
            first += one.size

    def log_likelihood(self, predicted: Array, only: frozenset[str] | None = None) -> Array:
        """(set, number) -> (set,), of what is not held out; minus infinity where something is not known.

        only: ids of the evidence that counts; all by default.
        """
        total = np.zeros(len(predicted))
        for one, part in self.parts(predicted):
            if one.id not in self.held_out and (only is None or one.id in only):
                total = total + one.log_likelihood(part)
        return total

    @property
    def fitted(self) -> frozenset[str]:
        """Ids of the evidence that is not held out."""
        return frozenset(one.id for one in self.evidence) - self.held_out

    def residuals(self, predicted: Array) -> Array:
        """(set, number) -> (set, residual), of what is not held out."""
        kept = [one.residuals(part) for one, part in self.parts(predicted) if one.id not in self.held_out]
        return np.concatenate(kept, axis=1) if kept else np.zeros((len(predicted), 0))

    def without(self, datasets: Iterable[str]) -> "Problem":
        """The problem that does not fit these data sets; they are still predicted.

        Raises:
            SmaclabError: there is no such data set.
        """
        known = {one.dataset for one in self.evidence}
        for name in datasets:
            if name not in known:
                raise SmaclabError(unknown("data set", name, known, where="without"))
        more = {one.id for one in self.evidence if one.dataset in set(datasets)}
        return replace(self, held_out=self.held_out | more)

    def prediction_identity(self) -> str:
        """Sha256 of what is predicted, whichever of it is fitted and by which likelihood."""
        return fingerprint(
            {
                "about": self.about,
                "priors": [repr(one) for one in self.priors],
                "evidence": [(one.id, one.size) for one in self.evidence],
            }
        )

    def identity(self) -> str:
        """Sha256 of everything but the function: another prior or measurement is another problem."""
        return fingerprint(
            {
                "about": self.about,
                "priors": [repr(one) for one in self.priors],
                "evidence": [repr(one) for one in self.evidence],
                "held_out": sorted(self.held_out),
            }
        )


def stacked(rows: Iterable[Array], told: Callable[[], None] | None = None) -> Array:
    """(number,) of each set, as they come, to (set, number). told: called after each."""
    found = []
    for row in rows:
        found.append(row)
        if told is not None:
            told()
    return np.stack(found)


def hold_out(evidence: Sequence[Evidence], share: float, seed: int) -> frozenset[str]:
    """Ids of the measurements that are kept away from fitting, chosen by their names alone.

    Args:
        evidence: of which the courses are the measurements; findings and bounds are never held out.
        share: such as 0.2; rounded up to a whole measurement.
        seed: of the choice.
    """
    names = [one.id for one in evidence if isinstance(one, Course)]
    if not names or not share:
        return frozenset()
    lots = standard_normal(seed, "held out", "measurements", range(1), names)[0]
    chosen = np.argsort(lots, kind="stable")[: ceil(share * len(names))]
    return frozenset(names[place] for place in chosen)
