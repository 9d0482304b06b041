"""A search over a grid of experiments for those that tell the answers to open questions apart.

One cell for each condition shows which molecules differ; the best few of each pair of answers then go to
`separate`, which runs them with more cells.  One cell says nothing of the share alive, so viability is not
searched for; `separate` looks at it where an experiment written by hand asks for it.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations, product
from typing import Any, Final, Unpack

from smaclab.analysis.seen import Seen
from smaclab.claims.separate import Candidate, curve_sizes, possible_letters, written_experiment
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.lab import look_many, own_catalogue
from smaclab.lab.bench import How

FILE: Final = "grid.toml"
KEPT: Final = 1
"""How many experiments of the grid go on for each pair of answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What is crossed with what; doses and perturbations by a name for people."""

    lines: tuple[str, ...]
    times: tuple[str, ...]
    readouts: tuple[str, ...]
    doses: Mapping[str, Sequence[Mapping[str, Any]]]
    perturbations: Mapping[str, Sequence[Mapping[str, Any]]]


@lru_cache(maxsize=1)
def own_grid() -> Grid:
    """The grid that ships in the package."""
    raw = tomllib.loads(files("smaclab.claims").joinpath(FILE).read_text(encoding="utf-8"))
    listed = {key: tuple(raw[key]) for key in ("lines", "times", "readouts")}
    return Grid(**listed, doses=raw["doses"], perturbations=raw["perturbations"])


def conditions(
    grid: Grid, question: str, more_lines: Collection[str], catalogue: Catalogue
) -> list[Candidate]:
    """Every experiment of the grid, on the lines that can give two answers or more."""
    lines = [
        name
        for name in dict.fromkeys((*grid.lines, *more_lines))
        if len(possible_letters(question, name, catalogue)) > 1
    ]
    return [
        Candidate(
            question=question,
            name=f"{line}: {dose}" + ("" if changed == "none" else f" + {changed}"),
            written={
                "cell_line": line,
                "duration": grid.times[-1],
                "sample": list(grid.times),
                "readouts": list(grid.readouts),
                "dose": grid.doses[dose],
                "perturbation": grid.perturbations[changed],
            },
        )
        for line, dose, changed in product(lines, grid.doses, grid.perturbations)
    ]


def shortlist(
    questions: Sequence[str], by_hand: Sequence[Candidate], grid: Grid, **how: Unpack[How]
) -> list[Candidate]:
    """The grid's best experiments for each pair of answers to each question.

    Args:
        questions: their ids.
        by_hand: their lines are searched too.
        grid: from `own_grid`.
        **how: see `lab.How`.

    Raises:
        ExperimentError: an experiment of the grid is not sound.
    """
    catalogue = how.get("catalogue") or own_catalogue()
    as_it_stands: dict[str, Experiment] = {}
    tried: list[tuple[Candidate, dict[str, Experiment]]] = []
    for question in questions:
        more = [str(one.written["cell_line"]) for one in by_hand if one.question == question]
        for number, one in enumerate(conditions(grid, question, more, catalogue)):
            letters = possible_letters(question, str(one.written["cell_line"]), catalogue)
            alone = Candidate(question=question, name=one.name, written={**one.written, "cells": 1})
            asked = {each: written_experiment(alone, number, each, catalogue) for each in letters}
            default = _default(question, catalogue)
            if default in asked:  # the model as it stands: one run serves every question
                asked[default] = as_it_stands.setdefault(one.name, asked[default])
            tried.append((one, asked))
    if not tried:
        return []
    unique = {each.id: each for _, asked in tried for each in asked.values()}
    looks = look_many(unique.values(), **how)
    return _best(tried, Seen(time_h=looks.time_h, values=looks.values), catalogue)


def _default(question: str, catalogue: Catalogue) -> str:
    """The answer that every line gives unless told otherwise; "" where lines differ in it."""
    hypothesis = catalogue.find_hypothesis(question)
    return hypothesis.default if hypothesis is not None and hypothesis.about == "network" else ""


def _best(
    tried: Sequence[tuple[Candidate, Mapping[str, Experiment]]], seen: Seen, catalogue: Catalogue
) -> list[Candidate]:
    ranked: dict[tuple[str, tuple[str, str]], list[tuple[float, int]]] = {}
    for place, (one, asked) in enumerate(tried):
        for pair in combinations(sorted(asked), 2):
            size = max(
                float(curve_sizes(name, asked[pair[0]], asked[pair[1]], seen, catalogue).max())
                for name in one.written["readouts"]
            )
            ranked.setdefault((one.question, pair), []).append((-size, place))
    places = {place for found in ranked.values() for _, place in sorted(found)[:KEPT]}
    return [tried[place][0] for place in sorted(places)]
