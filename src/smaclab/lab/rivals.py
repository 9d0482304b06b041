"""Rival answers to open questions on the evidence that an ensemble was fitted to, over its own sets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import ExperimentError, SmaclabError
from smaclab.infer.ensemble import Ensemble
from smaclab.infer.evidence import Constraint
from smaclab.infer.problem import Problem, stacked
from smaclab.infer.rival import Rival, rival
from smaclab.report.page import Table

Array = NDArray[Any]

TURNS: Final = 0.5
"""A finding that holds in so much more, or less, of the sets is named."""
MOST_NAMED: Final = 4


OTHER_EVIDENCE: Final = (
    "The ensemble was fitted to other evidence, or by another version: its sets are not drawn from the "
    "present posterior, so ahead is no Bayes factor here. Which findings turn is as it says."
)


def drawn_from(ensemble: Ensemble, problem: Problem) -> bool:
    """Whether the ensemble was fitted to this very problem, so that mean ratios are Bayes factors."""
    return ensemble.provenance.get("problem") == problem.identity()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One rival answer.

    turned: finding -> share of the sets in which it holds under the default, and under this one; the most
    turned first.
    """

    name: str
    rival: Rival
    turned: Mapping[str, tuple[float, float]]

    def record(self) -> dict[str, Any]:
        """What a program reads."""
        found = self.rival
        return {
            "answer": self.name,
            "change": _known(found.change),
            "ahead": _known(found.ahead),
            "error": _known(found.error),
            "effective_sets": round(found.effective, 1),
            "tail": _known(found.tail),
            "verdict": found.verdict,
            "turned": {name: list(shares) for name, shares in self.turned.items()},
        }


def weigh_rivals(
    ensemble: Ensemble,
    number: int,
    default: Problem,
    rivals: Iterable[tuple[str, Callable[[], Problem]]],
    *,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
) -> list[Answer]:
    """Each rival answer on the same evidence and the same parameter sets.

    Args:
        ensemble: made with the default answers.
        number: of its sets.
        default: the problem with the default answers, from `calibration_problem`.
        rivals: name, and what makes the problem with that answer; one at a time, for each has processes.
        seed: which sets are drawn.
        progress: called with the number of predictions made.

    Raises:
        SmaclabError: more sets than there are, or none of them can be predicted under the default.
        ExperimentError: the ensemble has other parameters than the problem.
    """
    strange = sorted(set(default.names) ^ set(ensemble.names))
    if strange:
        raise ExperimentError(
            f"the ensemble was made for another version of the model: {strange[0]} is in one of them only. "
            "Calibrate again."
        )
    drawn = ensemble.drawn(number, seed=seed)
    values = np.array([[one[name] for name in default.names] for one in drawn])
    # A chain that did not move has the same set again: simulated once.
    values, counts = np.unique(values, axis=0, return_counts=True)
    done = count(1)
    one_more = None if progress is None else lambda: progress(next(done))

    def predicted(problem: Problem) -> Array:
        rows = stacked(problem.predict_values(values), one_more)
        if problem.end is not None:
            problem.end()  # the next answer has processes of its own
        return rows

    own = predicted(default)
    likely = default.log_likelihood(own)
    kept = np.isfinite(likely)
    if not kept.any():
        raise SmaclabError(
            f"none of {number} parameter sets can be predicted with the default answers. Calibrate again."
        )
    found = []
    for name, make in rivals:
        problem = make()
        other = predicted(problem)
        found.append(
            Answer(
                name=name,
                rival=rival(likely[kept], problem.log_likelihood(other)[kept], counts[kept]),
                turned=_turned(
                    default, *(np.repeat(one[kept], counts[kept], axis=0) for one in (own, other))
                ),
            )
        )
    return found


def rivals_table(answers: Sequence[Answer], sets: int) -> Table:
    """A row an answer, as text."""
    rows = []
    for one in answers:
        turned = [
            f"{name}: {100 * before:.0f} → {100 * after:.0f} %"
            for name, (before, after) in list(one.turned.items())[:MOST_NAMED]
        ]
        more = len(one.turned) - MOST_NAMED
        rows.append(
            (
                one.name,
                _number(one.rival.change),
                f"{_number(one.rival.ahead)} ± {one.rival.error:.1f}",
                f"{one.rival.effective:.0f}",
                one.rival.verdict,
                ", ".join(turned) + (f", {more} more" if more > 0 else ""),
            )
        )
    header = ("answer", "median change", "ahead", "sets that count", "verdict", "findings that turn")
    return Table(
        caption=f"Rival answers on the same evidence, over {sets} parameter sets made with the default ones",
        header=header,
        rows=tuple(rows),
    )


def _turned(problem: Problem, own: Array, other: Array) -> dict[str, tuple[float, float]]:
    found = {}
    pairs = zip(problem.parts(own), problem.parts(other), strict=True)
    for (one, before), (_, after) in pairs:
        if isinstance(one, Constraint):
            shares = float((before >= 0.0).mean()), float((after >= 0.0).mean())
            if abs(shares[0] - shares[1]) >= TURNS:
                found[one.id] = shares
    return dict(sorted(found.items(), key=lambda item: -abs(item[1][0] - item[1][1])))


def _known(number: float) -> float | None:
    return round(number, 3) if np.isfinite(number) else None


def _number(number: float) -> str:
    return f"{number:+.1f}" if np.isfinite(number) else "cannot be predicted"
