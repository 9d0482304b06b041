"""The answers to open questions on the evidence that the ensemble was fitted to: claims and measurements."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from smaclab.claims.claim import Claim
from smaclab.claims.margins import findings
from smaclab.lab import (
    OTHER_EVIDENCE,
    Answer,
    Ensemble,
    Problem,
    calibration_problem,
    drawn_from,
    own_catalogue,
    rivals_table,
    weigh_rivals,
)
from smaclab.report.page import Table


@dataclass(frozen=True, kw_only=True)
class Rivals:
    """Every answer but the default ones, over how many parameter sets, and whether these fit the evidence."""

    answers: Sequence[Answer]
    sets: int
    is_own_evidence: bool

    def record(self) -> dict[str, Any]:
        """What a program reads."""
        about = {"n_sets": self.sets, "fitted_to_this_evidence": self.is_own_evidence}
        return {**about, "answers": [one.record() for one in self.answers]}

    def words(self) -> str:
        """What the numbers are, and are not."""
        words = (
            "SIMULATED. Change: of the log-likelihood, the median set's. Ahead: ln of the Bayes factor over "
            "the default answer, from its sets alone; the numbers of no answer were fitted anew."
        )
        return words if self.is_own_evidence else f"{words} {OTHER_EVIDENCE}"

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

    default = problem()
    found = weigh_rivals(ensemble, sets, default, others(), seed=seed, progress=progress)
    return Rivals(answers=found, sets=sets, is_own_evidence=drawn_from(ensemble, default))
