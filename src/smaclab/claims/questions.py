"""The open questions against the claims that hang on them, and the experiments that would answer them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from smaclab.claims.claim import Claim
from smaclab.claims.search import Grid, shortlist
from smaclab.claims.separate import (
    VISIBLE,
    Candidate,
    Separation,
    by_letter,
    hanging_on,
    quick_verdicts,
    separations,
)
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.lab import own_catalogue
from smaclab.lab.bench import How
from smaclab.report.page import Table


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One question.

    verdicts: letter -> claim -> "holds" or "fails"; empty where no claim hangs on it.
    best: for each pair of letters, the experiment that separates them best.
    """

    question: Hypothesis
    verdicts: Mapping[str, Mapping[str, str]]
    best: Sequence[Separation]

    def record(self) -> dict[str, Any]:
        """What a program reads."""
        return {
            "id": self.question.id,
            "question": self.question.question,
            "default": self.question.default,
            "values": dict(self.question.values),
            "claims": {letter: dict(found) for letter, found in self.verdicts.items()},
            "separated": [
                {
                    "letters": list(one.letters),
                    "experiment": one.experiment,
                    "assay": one.assay,
                    "cell_line": one.written["cell_line"],
                    "dose": list(one.written.get("dose", [])),
                    "perturbation": list(one.written.get("perturbation", [])),
                    "readout": one.readout,
                    "time_h": one.time_h,
                    "values": list(one.values),
                    "size": round(one.size, 3),
                }
                for one in self.best
            ],
        }


def answer(
    claims: Sequence[Claim],
    candidates: Sequence[Candidate],
    ids: Sequence[str] = (),
    grid: Grid | None = None,
    **how: Unpack[How],
) -> list[Answered]:
    """Every question (or those named) under each of its answers.

    Args:
        claims: those that hang on a question are judged under each answer.
        candidates: experiments that may tell answers apart.
        ids: only these questions; all if empty.
        grid: is searched for more such experiments.
        **how: see `lab.How`.

    Raises:
        ExperimentError: an experiment is not sound.
    """
    catalogue = how.get("catalogue") or own_catalogue()
    questions = [one for one in catalogue.hypotheses if not ids or one.id in ids]
    kept = [one for one in candidates if one.question in {each.id for each in questions}]
    if grid is not None:
        kept += shortlist([one.id for one in questions], kept, grid, **how)
    best = separations(kept, **how) if kept else []
    hanging = hanging_on(claims, [one.id for one in questions])
    as_it_stands = quick_verdicts(hanging, {}, **how) if hanging else {}
    return [
        Answered(
            question=one,
            verdicts=by_letter(claims, one, as_it_stands, **how),
            best=[found for found in best if found.question == one.id],
        )
        for one in questions
    ]


def verdict_table(answered: Sequence[Answered]) -> Table:
    """A row a question and claim: the verdict under each letter, the default's marked by a star."""
    rows = []
    for one in answered:
        default = one.question.default
        for claim in next(iter(one.verdicts.values()), {}):
            said = [
                f"{letter}{'*' if letter == default else ''} {found[claim]}"
                for letter, found in one.verdicts.items()
            ]
            is_told = len({found[claim] for found in one.verdicts.values()}) > 1
            rows.append((one.question.id, claim, ", ".join(said), "yes" if is_told else "no"))
    header = ("question", "claim", "under each answer (* default)", "separates")
    return Table(caption="Open questions and the claims that hang on them", header=header, rows=tuple(rows))


def separation_table(answered: Sequence[Answered]) -> Table:
    """A row a pair of answers: the experiment that tells them apart best."""
    rows = []
    for one in answered:
        for found in one.best:
            low, high = (f"{value:.3g}" for value in found.values)
            size = f"{found.size:.1f}" if found.size >= VISIBLE else f"{found.size:.1f}, too small to see"
            where = f"{found.readout} at {_time(found.time_h)}: {low}, {high} ({found.assay})"
            rows.append((one.question.id, " / ".join(found.letters), found.experiment, where, size))
    header = ("question", "answers", "experiment", "what is seen", "size")
    return Table(caption="What would tell two answers apart best", header=header, rows=tuple(rows))


def _time(time_h: float) -> str:
    return f"{time_h * 60:.3g} min" if 0 < time_h < 1 else f"{time_h:.3g} h"
