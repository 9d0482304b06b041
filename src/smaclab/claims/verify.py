"""All claims as one batch: one parameter set, one network, a verdict for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Unpack

import numpy as np

from smaclab.analysis.predicate import Judgement, judge_all, weakest
from smaclab.analysis.seen import Seen
from smaclab.claims.claim import Claim, Expectation
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.lab import Looks, load, look_many, own_catalogue
from smaclab.lab.bench import How
from smaclab.provenance import Provenance
from smaclab.units import parse

Verdict = Literal["holds", "fails", "narrative"]

CELLS: Final = 96
SEED: Final = 1
DURATION: Final = "24 h"
EARLY_MIN: Final = (0, 5, 10, 15, 20, 30, 45, 60, 90)
_LOOKS_H: Final = (*(minute / 60 for minute in EARLY_MIN), *range(2, 25), *range(27, 97, 3))


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A claim and what became of it.

    judgements: one for each expectation, in order; empty for a narrative claim.
    seed: of the experiments that name none.
    """

    claim: Claim
    judgements: tuple[Judgement, ...]
    seen: Seen
    seed: int = SEED

    @property
    def cells(self) -> tuple[int, ...]:
        """Cells an experiment, each number once, smallest first; empty for a narrative claim."""
        return tuple(sorted({int(one.get("cells", CELLS)) for one in self.claim.experiments.values()}))

    @property
    def decisive(self) -> Judgement | None:
        """What decides: the weakest of the claim's main arm."""
        main = [
            judged
            for judged, expectation in zip(self.judgements, self.claim.expectations, strict=True)
            if expectation.status == self.claim.statuses[0]
        ]
        return weakest(main or self.judgements) if self.judgements else None

    @property
    def verdict(self) -> Verdict:
        """Of the claim's main arm; `arms` has the others."""
        if self.decisive is None:
            return "narrative"
        return "holds" if self.decisive.holds else "fails"

    def arms(self) -> list[tuple[Expectation, Judgement]]:
        """Each expectation with its judgement."""
        return list(zip(self.claim.expectations, self.judgements, strict=True))

    def record(self) -> dict[str, Any]:
        """What a program reads: id, status, verdict, value, margin, cells, seed, arms; None if not known."""
        decisive = self.decisive
        return {
            "id": self.claim.id,
            "status": "/".join(self.claim.statuses),
            "verdict": self.verdict,
            "value": None if decisive is None else _number(decisive.value),
            "margin": None if decisive is None else _number(decisive.margin),
            "expects": None if decisive is None else decisive.words,
            "cells": list(self.cells),
            "seed": self.seed,
            "arms": [
                {
                    "status": expectation.status,
                    "verdict": "holds" if judged.holds else "fails",
                    "value": _number(judged.value),
                    "margin": _number(judged.margin),
                    "expects": judged.words,
                }
                for expectation, judged in self.arms()
            ],
        }


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """All of them, the seed, and where the numbers come from; None where nothing was simulated."""

    judged: tuple[Judged, ...]
    provenance: Provenance | None
    seed: int = SEED

    def counted(self, status: str = "") -> tuple[int, int]:
        """How many of the claims that can be tested hold, and how many there are; of one main status only."""
        tested = [
            one
            for one in self.judged
            if not one.claim.is_narrative and one.claim.statuses[0].startswith(status)
        ]
        return sum(one.verdict == "holds" for one in tested), len(tested)


def verify(
    claims: Sequence[Claim],
    *,
    letters: Mapping[str, str] | None = None,
    seed: int = SEED,
    **how: Unpack[How],
) -> Verdicts:
    """Run every experiment of these claims together and judge them.

    Args:
        claims: from `own_claims`.
        letters: question -> letter, for all experiments that do not choose one themselves.
        seed: which cells are drawn, for all experiments that do not name one themselves; 0 or more.
        **how: see `lab.How`; a changed catalogue breaks mechanisms on purpose.

    Raises:
        ExperimentError: a claim's experiment is not sound.
    """
    asked = {
        (claim.id, name): _experiment(claim, name, letters or {}, seed, how.get("catalogue"))
        for claim in claims
        for name in claim.experiments
    }
    if not asked:
        nothing = tuple(replace(_judge(claim, {}, None), seed=seed) for claim in claims)
        return Verdicts(judged=nothing, provenance=None, seed=seed)
    unique, places = _once(asked)
    looks = look_many(unique, **how)
    judged = tuple(replace(_judge(claim, places, looks), seed=seed) for claim in claims)
    return Verdicts(judged=judged, provenance=looks.provenance, seed=seed)


def sample_for(duration_s: float) -> list[str]:
    """When a claim's experiment is looked at: often early on, each hour later, each third after a day."""
    return [f"{round(hour * 60)} min" for hour in _LOOKS_H if hour * 3600.0 <= duration_s + 1e-6]


def plain_experiment(
    claim: Claim, name: str, letters: Mapping[str, str] | None = None, seed: int = SEED
) -> dict[str, Any]:
    """What a person would write to run one of a claim's experiments."""
    written = dict(claim.experiments[name])
    duration = written.setdefault("duration", DURATION)
    written.setdefault("sample", sample_for(parse(duration, "time")))
    written.setdefault("cells", CELLS)
    written.setdefault("seed", seed)
    if letters:
        written["hypotheses"] = {**letters, **written.get("hypotheses", {})}
    return {"id": f"{claim.id}_{name}", "readouts": list(claim.readouts(name)) or ["viability"], **written}


def _experiment(
    claim: Claim, name: str, letters: Mapping[str, str], seed: int, given: Catalogue | None
) -> Experiment:
    catalogue = own_catalogue() if given is None else given
    line = catalogue.find_cell_line(str(claim.experiments[name].get("cell_line", "")))
    possible = {
        question: letter
        for question, letter in letters.items()
        if line is None or _has(catalogue.find_hypothesis(question), line, letter)
    }
    loaded = load(plain_experiment(claim, name, possible, seed), catalogue=catalogue)
    assert isinstance(loaded, Experiment), name  # without a grid it is never a campaign
    return loaded


def _has(hypothesis: Hypothesis | None, line: CellLine, letter: str) -> bool:
    """An answer about lines says nothing of a line that has no values for it; that line stays as it is."""
    if hypothesis is None or hypothesis.about == "network":
        return True
    return letter in line.letters(hypothesis.id)


def _once(
    asked: Mapping[tuple[str, str], Experiment],
) -> tuple[list[Experiment], dict[tuple[str, str], str]]:
    """Each different experiment once, with the readouts of all that ask for it; and who finds it where."""
    kept: dict[str, Experiment] = {}
    places: dict[tuple[str, str], str] = {}
    for key, one in asked.items():
        same = repr(replace(one, id="same", readouts=("viability",)))
        found = kept.setdefault(same, one)
        kept[same] = replace(found, readouts=tuple(dict.fromkeys((*found.readouts, *one.readouts))))
        places[key] = found.id
    return list(kept.values()), places


def _judge(claim: Claim, places: Mapping[tuple[str, str], str], looks: Looks | None) -> Judged:
    if looks is None or claim.is_narrative:
        return Judged(claim=claim, judgements=(), seen=Seen(time_h={}, values={}))
    seen = Seen(
        time_h={name: looks.time_h[places[claim.id, name]] for name in claim.experiments},
        values={
            (name, readout): looks.values[places[claim.id, name], readout]
            for name in claim.experiments
            for readout in claim.readouts(name)
        },
    )
    predicates = [one.predicate for one in claim.expectations]
    return Judged(claim=claim, judgements=judge_all(predicates, seen), seen=seen)


def _number(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
