"""Which claims, under which answers to open questions, and where their verdicts are written."""

import json
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from smaclab.claims.claim import STATUS_WORDS, Claim
from smaclab.claims.page import claims_page
from smaclab.claims.read import own_claims
from smaclab.claims.verify import Verdicts
from smaclab.errors import ExperimentError, plain, shown, unknown
from smaclab.lab import own_catalogue
from smaclab.lab.folder import fill


def chosen(names: Sequence[str], status: str | None = None) -> tuple[Claim, ...]:
    """The claims of these names, or all; of these, those in which an arm has the status.

    Raises:
        ExperimentError: a claim or a status that is not known.
    """
    known = {plain(one.id): one for one in own_claims()}
    for name in names:
        if plain(name) not in known:
            raise ExperimentError(unknown("claim", name, [one.id for one in known.values()]))
    if status is not None and status.upper() not in STATUS_WORDS:
        listed = ", ".join(f"{letter} ({words})" for letter, words in STATUS_WORDS.items())
        raise ExperimentError(f"unknown status {shown(status)}. Known: {listed}.")
    wanted = {plain(name) for name in names} or set(known)
    return tuple(
        one
        for name, one in known.items()
        if name in wanted and (status is None or status.upper() in one.statuses)
    )


def read_letters(texts: Sequence[str]) -> dict[str, str]:
    """["O03=c"] -> {"O03": "c"}.

    Raises:
        ExperimentError: a text without "=", or a question or letter that is not known.
    """
    letters: dict[str, str] = {}
    catalogue = own_catalogue()
    for text in (part for one in texts for part in one.split(",")):
        question, found, letter = (part.strip() for part in text.partition("="))
        if not found:
            raise ExperimentError(f"{shown(text)} is not understood. Write a question and a letter: O03=c.")
        hypothesis = catalogue.find_hypothesis(question)
        if hypothesis is None:
            raise ExperimentError(unknown("hypothesis", question, [one.id for one in catalogue.hypotheses]))
        if letter not in hypothesis.values:
            raise ExperimentError(unknown(f"answer to {hypothesis.id}", letter, hypothesis.values))
        letters[hypothesis.id] = letter
    return letters


def known_questions(names: Sequence[str]) -> tuple[str, ...]:
    """The questions' own ids.

    Raises:
        ExperimentError: a question that is not known.
    """
    catalogue = own_catalogue()
    found = []
    for name in names:
        hypothesis = catalogue.find_hypothesis(name)
        if hypothesis is None:
            raise ExperimentError(unknown("question", name, [one.id for one in catalogue.hypotheses]))
        found.append(hypothesis.id)
    return tuple(found)


def write(
    verdicts: Verdicts,
    folder: str | PathLike[str],
    *,
    letters: Mapping[str, str] | None = None,
    force: bool = False,
) -> Path:
    """Write `claims.html`, `verdicts.json` and `run.json` into a folder, all or none.

    Raises:
        ExperimentError: nothing was simulated, the folder holds results, or it cannot be written.
    """
    if verdicts.provenance is None:
        names = ", ".join(one.claim.id for one in verdicts.judged)
        raise ExperimentError(f"{names}: no simulation can test it, so there is nothing to write.")
    files = {
        "claims.html": claims_page(verdicts, letters),
        "verdicts.json": json.dumps([one.record() for one in verdicts.judged], ensure_ascii=False, indent=2),
        "run.json": verdicts.provenance.to_json(),
    }
    return fill(folder, files, force=force)
