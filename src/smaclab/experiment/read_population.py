"""`[population]`: how cells vary becomes a noun."""

from collections.abc import Iterator, Mapping
from typing import Any

from smaclab.errors import ExperimentError, plain, shown, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.draft import Draft
from smaclab.experiment.fields import Letters, Table
from smaclab.experiment.variability import MIXING_S, Variability
from smaclab.units import show

POPULATION_KEYS = ("correlation", "sisters", "since_division", "mixing_time")


def read_population(raw: Mapping[str, Any], letters: Letters) -> Variability | None:
    """What `[population]` says; None where there is none, or a letter was written.

    Args:
        raw: The file's tables.
        letters: Receives every problem.
    """
    if "population" not in raw:
        return None
    given = raw["population"]
    if not isinstance(given, Mapping):
        letters.say(
            "population", f"{shown(given)} is not a table. Write [population] and below it correlation = 0.5."
        )
        return None
    before = len(letters.problems)
    table = Table(given, letters, "population")
    table.allow(POPULATION_KEYS)
    correlation = table.number("correlation", 0.0, 1.0, "0.5") if "correlation" in table else 0.0
    sisters = table.flag("sisters")
    since_s = table.time("since_division", "") if "since_division" in table else None
    mixing_s = table.time("mixing_time", show(MIXING_S, "time"))
    if sisters and "since_division" not in table:
        table.say(
            "since_division",
            'missing. Sisters are as alike as their mothers divided lately: write since_division = "2 h"',
        )
    if sisters is False and "since_division" in table:
        table.say(
            "since_division", "says nothing without sisters. Write sisters = true too, or leave it out."
        )
    if len(letters.problems) > before or correlation is None or sisters is None or mixing_s is None:
        return None
    try:
        return Variability(
            correlation=correlation, sisters=sisters, since_division_s=since_s, mixing_s=mixing_s
        )
    except ExperimentError as error:
        letters.say_error("population", error)
        return None


def population_axis(name: str) -> tuple[tuple[str, ...], str]:
    """Where a grid's axis under `population.` goes; or a letter.

    Args:
        name: Such as "population.since_division".
    """
    field = name.partition(".")[2]
    found = next((key for key in POPULATION_KEYS if plain(key) == plain(field)), None)
    return (("population", found), "") if found else ((), unknown("key", field, POPULATION_KEYS))


def sisters_come_in_pairs(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A cell without its sister says nothing of sisters: a slip."""
    if draft.population is None or not draft.population.sisters or draft.cells is None:
        return
    if draft.cells % 2:
        yield (
            "cells",
            f"{draft.cells} cells, and sisters come in pairs. Write an even number, or leave sisters out.",
        )
