"""Which experiment tells the answers to an open question apart, and by how much.

Every experiment of `discriminating.toml` is run under each answer that its line can give. Two answers differ
by their largest difference in any readout at any sampled time, in the tolerances of `predicate`: the
logarithm of a ratio over that of 1.2, or a difference of fractions alive over 0.1. So the size says by
how many such steps an assay would see them apart.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from math import isnan, log
from typing import Any, Final, Unpack

import numpy as np

from smaclab.analysis.predicate import FRACTION_TOLERANCE, RATIO_TOLERANCE, Judgement, weakest
from smaclab.analysis.seen import Array, Seen
from smaclab.claims.claim import Claim
from smaclab.claims.few import FEW_CELLS, cells_of, with_few_cells
from smaclab.claims.verify import Judged, verify
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.lab import load, look_many, own_catalogue
from smaclab.lab.bench import How

FILE: Final = "discriminating.toml"
CELLS: Final = 8
SEED: Final = 1
CLOSE: Final = 0.9
"""A claim's margin on few cells that is smaller leaves its verdict open. Of 205 verdicts on the first 24
cells and on all 96 one differed, with a margin of 0.25 on the 24. What does not change at all has 1."""

FLOOR_SHARE: Final = 0.01
"""What an assay sees of nothing, as a share of the more of the two."""

FLOORS: Final = {"copies": 10.0, "pg/ml": 1.0}
"""And never less than this, by the readout's unit: fewer molecules a cell no blot shows. Both are choices."""

VISIBLE: Final = 1.0
"""A difference smaller than this (a fifth, or a tenth of the cells) is called none."""

ASSAYS: Final = {
    "viability": "viability",
    "_mRNA": "RT-qPCR",
    "_medium": "ELISA",
    "_activity": "caspase activity",
    "_on_": "co-immunoprecipitation",
    "complex_II": "co-immunoprecipitation",
    "_ubiquitin": "ubiquitin ladder",
}
"""What is in a readout's name -> its assay; any other is blotted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One experiment that may tell the answers to a question apart; written as in the door's grammar."""

    question: str
    name: str
    written: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """The experiment that tells two answers apart best.

    size: in tolerances; `readout` at `time_h` in the experiment named.
    written: that experiment in the door's grammar.
    """

    question: str
    letters: tuple[str, str]
    experiment: str
    readout: str
    time_h: float
    values: tuple[float, float]
    size: float
    written: Mapping[str, Any]

    @property
    def assay(self) -> str:
        """What a bench would measure the readout with."""
        return next((assay for mark, assay in ASSAYS.items() if mark in self.readout), "immunoblot")


@lru_cache(maxsize=1)
def own_candidates() -> tuple[Candidate, ...]:
    """The experiments that ship in the package, by question."""
    text = files("smaclab.claims").joinpath(FILE).read_text(encoding="utf-8")
    return tuple(
        Candidate(question=question, name=name, written=table)
        for question, tables in tomllib.loads(text).items()
        for name, table in tables.items()
    )


def possible_letters(question: str, line_name: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The answers that a line can give: all, or those that its file has values for."""
    hypothesis, line = catalogue.find_hypothesis(question), catalogue.find_cell_line(line_name)
    if hypothesis is None or line is None:
        return ()
    return tuple(hypothesis.values) if hypothesis.about == "network" else tuple(line.letters(question))


def separations(candidates: Sequence[Candidate], **how: Unpack[How]) -> list[Separation]:
    """The best experiment for each pair of answers that one line can give, by question and letters.

    Raises:
        ExperimentError: an experiment is not sound.
    """
    catalogue = how.get("catalogue") or own_catalogue()
    asked = {
        (number, letter): written_experiment(one, number, letter, catalogue)
        for number, one in enumerate(candidates)
        for letter in possible_letters(one.question, str(one.written["cell_line"]), catalogue)
    }
    looks = look_many(asked.values(), **how)
    seen = Seen(time_h=looks.time_h, values=looks.values)
    best: dict[tuple[str, tuple[str, str]], Separation] = {}
    for number, one in enumerate(candidates):
        letters = sorted(letter for place, letter in asked if place == number)
        for pair in combinations(letters, 2):
            found = _largest(one, pair, (asked[number, pair[0]], asked[number, pair[1]]), seen, catalogue)
            known = best.get((one.question, pair))
            if known is None or found.size > known.size:
                best[one.question, pair] = found
    return [best[key] for key in sorted(best)]


def by_letter(
    claims: Sequence[Claim],
    question: Hypothesis,
    as_it_stands: Mapping[str, str] | None = None,
    **how: Unpack[How],
) -> dict[str, dict[str, str]]:
    """Letter -> claim -> verdict, of the claims that hang on this question.

    Args:
        claims: from `own_claims`.
        question: the letters are its.
        as_it_stands: claim -> verdict without any letter, for the default; judged here if None.
        **how: see `lab.How`.

    Raises:
        ExperimentError: a claim's experiment is not sound.
    """
    concerned = hanging_on(claims, [question.id])
    if not concerned:
        return {}
    found: dict[str, dict[str, str]] = {}
    for letter in question.values:
        if letter == question.default and as_it_stands is not None:
            found[letter] = {one.id: as_it_stands[one.id] for one in concerned}
        else:
            found[letter] = quick_verdicts(concerned, {question.id: letter}, **how)
    return found


def hanging_on(claims: Sequence[Claim], ids: Collection[str]) -> list[Claim]:
    """The claims that can be tested and hang on one of these questions."""
    return [one for one in claims if not one.is_narrative and set(ids) & set(one.questions)]


def quick_verdicts(claims: Sequence[Claim], letters: Mapping[str, str], **how: Unpack[How]) -> dict[str, str]:
    """Claim -> "holds" or "fails": on few cells, and on all of its own where the few come near its limit.

    What counts are the expectations whose status is open, disputed or a hypothesis; all if none is.

    Raises:
        ExperimentError: a claim's experiment is not sound.
    """
    few = verify([with_few_cells(one) for one in claims], letters=letters, **how)
    found = {one.claim.id: _deciding(one) for one in few.judged}
    still_open = [one for one in claims if _is_open(one, found[one.id])]
    if still_open:
        found |= {one.claim.id: _deciding(one) for one in verify(still_open, letters=letters, **how).judged}
    return {name: "holds" if one.holds else "fails" for name, one in found.items()}


def _is_open(claim: Claim, judged: Judgement) -> bool:
    """Whether more cells could turn it. A failed cell may be one in ten of the few, and fewer of all."""
    has_more = any(cells_of(one) > FEW_CELLS for one in claim.experiments.values())
    return has_more and (isnan(judged.value) or abs(judged.margin) < CLOSE)


def _deciding(judged: Judged) -> Judgement:
    arms = [one for expectation, one in judged.arms() if expectation.status in "HOD"]
    return weakest(arms or judged.judgements)


def written_experiment(one: Candidate, number: int, letter: str, catalogue: Catalogue) -> Experiment:
    """A candidate under one answer, as an experiment.

    Raises:
        ExperimentError: it is not sound.
    """
    raw = {"cells": CELLS, "seed": SEED, **one.written, "id": f"{one.question}-{number}-{letter}"}
    loaded = load({**raw, "hypotheses": {one.question: letter}}, catalogue=catalogue)
    assert isinstance(loaded, Experiment), one.name  # without a grid it is never a campaign
    return loaded


def _largest(
    candidate: Candidate,
    pair: tuple[str, str],
    experiments: tuple[Experiment, Experiment],
    seen: Seen,
    catalogue: Catalogue,
) -> Separation:
    """The largest difference in any readout at any time."""
    found = []
    for readout in experiments[0].readouts:
        one, other = (seen.typical(each.id, readout) for each in experiments)
        sizes = curve_sizes(readout, *experiments, seen, catalogue)
        place = int(np.argmax(sizes))
        found.append((float(sizes[place]), readout, place, float(one[place]), float(other[place])))
    size, readout, place, first, second = max(found)
    return Separation(
        question=candidate.question,
        letters=pair,
        experiment=candidate.name,
        readout=readout,
        time_h=float(seen.time_h[experiments[0].id][place]),
        values=(first, second),
        size=size,
        written=candidate.written,
    )


def curve_sizes(readout: str, one: Experiment, other: Experiment, seen: Seen, catalogue: Catalogue) -> Array:
    """(time,): how far a readout is apart in two experiments, in tolerances."""
    known = catalogue.find_readout(readout)
    curves = (seen.typical(each.id, readout) for each in (one, other))
    return _sizes(readout, "" if known is None else known.unit, *curves)


def _sizes(readout: str, unit: str, one: Array, other: Array) -> Array:
    """(time,): how far two curves are apart, in tolerances; 0 where one is not known."""
    if np.isnan(one).all() or np.isnan(other).all():
        return np.zeros(np.shape(one))
    if readout == "viability":
        size = np.abs(one - other) / FRACTION_TOLERANCE
    else:
        floor = max(FLOOR_SHARE * float(np.nanmax([one, other])), FLOORS.get(unit, 1e-30))
        size = np.abs(np.log((one + floor) / (other + floor))) / log(1 + RATIO_TOLERANCE)
    return np.asarray(np.nan_to_num(size, nan=0.0))
