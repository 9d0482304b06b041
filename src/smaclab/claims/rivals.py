"""The answers to open questions on the evidence that the ensemble was fitted to: claims and measurements."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from smaclab.claims.claim import Claim
from smaclab.claims.margins import findings
from smaclab.lab import (
    Answer,
    Ensemble,
    Problem,
    calibration_problem,
    own_catalogue,
    rivals_table,
    weigh_rivals,
)
from smaclab.report.page import Table


@dataclass(frozen=True, kw_only=True)
class Rivals:
    """Every answer but the default ones, and over how many parameter sets."""

    answers: Sequence[Answer]
    sets: int

    def record(self) -> dict[str, Any]:
        """What a program reads."""
        return {"n_sets": self.sets, "answers": [one.record() for one in self.answers]}

    def table(self) -> Table:
        """A row an answer."""
        return rivals_table(self.answers, self.sets)


def weigh_answers(
    claims: Sequence[Claim],
    ids: Sequence[str],
    ensemble: Ensemble,
    sets: int,
    *,
    seed: int = 1,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Rivals:
    """Every answer but the default one to these questions, on claims and measurements.

    Args:
        claims: whose established expectations are evidence; none: measurements only.
        ids: of the questions; all if empty.
        ensemble: made with the default answers.
        sets: how many of its sets; each is simulated once more for every answer.
        seed: which.
        workers: processes.
        progress: called with the number of predictions made.

    Raises:
        SmaclabError: more sets than there are.
        ExperimentError: the ensemble was made for another version of the model.
    """

    def problem(**letters: str) -> Problem:
        judged = findings(claims, letters=letters) if claims else None
        return calibration_problem(judged, letters=letters, workers=workers)[0]

    def others() -> Iterator[tuple[str, Callable[[], Problem]]]:
        for question in own_catalogue().hypotheses:
            if not ids or question.id in ids:
                for letter in question.values:
                    if letter != question.default:
                        yield f"{question.id}={letter}", partial(problem, **{question.id: letter})

    found = weigh_rivals(ensemble, sets, problem(), others(), seed=seed, progress=progress)
    return Rivals(answers=found, sets=sets)
