"""One `[[expect]]` table becomes a predicate.

A table says what is looked at, with what it is compared, and one word of comparison:

    of = "NIK", in = "mimetic", at = "4 h", against = "vehicle", rises_at_least = 3.0

What:       of, in, and one of at, highest_to, lowest_to, half_rise_to, half_fall_to, peak_to (or "end").
Reference:  against, against_of, against_at; left out, they are the same as what is looked at. With no
            reference at all, an amount is compared with its own start.
Words:      at_least, at_most (an amount, a fraction or, "3 h", a time); rises_at_least, falls_to (a ratio);
            is_at_least, is_at_most (times the reference); higher_by, lower_by, not_higher_by (fractions of
            cells); unchanged_within; comes_before_by, comes_within (times: a factor);
            needs_more_by, same_dose_within (dose series: of, in = [...], doses = [...], against_of or
            against = [...]); more_than_additive_by (in = [neither, one, other, both]).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from smaclab.analysis.predicate import (
    Difference,
    DoseOrder,
    DoseSeries,
    Fold,
    Limit,
    Predicate,
    SupraAdditive,
    Unchanged,
)
from smaclab.analysis.quantity import Pick, Quantity
from smaclab.errors import CatalogueError, SmaclabError, shown, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.units import parse

PICKS: Final[Mapping[str, Pick]] = {
    "at": "at",
    "highest_to": "highest",
    "lowest_to": "lowest",
    "half_rise_to": "half_rise",
    "half_fall_to": "half_fall",
    "peak_to": "peak_time",
}
_OTHER_KEYS = ("of", "in", "against", "against_of", "against_at", "tolerance", "floor", "doses", "arm")


def predicate_of(table: Mapping[str, Any], catalogue: Catalogue) -> Predicate:
    """The predicate that a table says.

    Raises:
        CatalogueError: a key, readout, unit or word that is not understood.
    """
    known = (*_OTHER_KEYS, *PICKS, *WORDS)
    for key in table:
        if key not in known:
            raise CatalogueError(unknown("key", key, known, where="expect"))
    words = [key for key in table if key in WORDS]
    if len(words) != 1:
        raise CatalogueError(f"expect: {', '.join(words) or 'no word'}. Give one of {', '.join(WORDS)}.")
    try:
        return WORDS[words[0]](table, words[0], catalogue)
    except CatalogueError:
        raise
    except SmaclabError as error:
        raise CatalogueError(f"expect: {error}") from error


def _quantity(table: Mapping[str, Any], catalogue: Catalogue, experiment: str | None = None) -> Quantity:
    picks = [key for key in table if key in PICKS]
    if len(picks) > 1:
        raise CatalogueError(f"expect: {' and '.join(picks)}. Name one time.")
    pick = picks[0] if picks else "at"
    return Quantity(
        readout=_readout(table.get("of"), catalogue),
        experiment=str(table.get("in") if experiment is None else experiment),
        pick=PICKS[pick],
        time_h=_hours(table.get(pick, "end")),
        floor=float(table.get("floor", 0.0)),
    )


def _reference(table: Mapping[str, Any], catalogue: Catalogue) -> Quantity:
    """With what it is compared; with its own start where the table names nothing."""
    own = _quantity(table, catalogue)
    if not any(key in table for key in ("against", "against_of", "against_at")):
        if own.is_time:
            raise CatalogueError(
                f"expect: {own.words()} is compared with another time: name against or against_of."
            )
        return own.elsewhere(pick="at", time_h=0.0)
    changed: dict[str, Any] = {}
    if "against" in table:
        changed["experiment"] = str(table["against"])
    if "against_of" in table:
        changed["readout"] = _readout(table["against_of"], catalogue)
    if "against_at" in table:
        changed |= {"time_h": _hours(table["against_at"])} | ({} if own.is_time else {"pick": "at"})
    return own.elsewhere(**changed)


def _limit(table: Mapping[str, Any], word: str, catalogue: Catalogue) -> Predicate:
    own, limit = _quantity(table, catalogue), table[word]
    number = parse(limit, "time") / 3600.0 if isinstance(limit, str) else float(limit)
    return Limit(quantity=own, **{word: number}, tolerance=table.get("tolerance"))


def _fold(table: Mapping[str, Any], word: str, catalogue: Catalogue) -> Predicate:
    side = "at_least" if word in ("rises_at_least", "is_at_least") else "at_most"
    own, other = _quantity(table, catalogue), _reference(table, catalogue)
    return Fold(quantity=own, reference=other, **{side: float(table[word])}, **_tolerance(table))


def _difference(table: Mapping[str, Any], word: str, catalogue: Catalogue) -> Predicate:
    own, other = _quantity(table, catalogue), _reference(table, catalogue)
    limit = float(table[word])
    sides = {
        "higher_by": {"at_least": limit},
        "lower_by": {"at_most": -limit},
        "not_higher_by": {"at_most": limit},
    }
    return Difference(quantity=own, reference=other, **sides[word], **_tolerance(table))


def _unchanged(table: Mapping[str, Any], word: str, catalogue: Catalogue) -> Predicate:
    own, other = _quantity(table, catalogue), _reference(table, catalogue)
    limit = float(table[word]) - (1.0 if word == "comes_within" else 0.0)
    return Unchanged(quantity=own, reference=other, within=limit, tolerance=table.get("tolerance"))


def _before(table: Mapping[str, Any], word: str, catalogue: Catalogue) -> Predicate:
    own, other = _quantity(table, catalogue), _reference(table, catalogue)
    return Fold(quantity=other, reference=own, at_least=float(table[word]), **_tolerance(table))


def _doses(table: Mapping[str, Any], word: str, catalogue: Catalogue) -> Predicate:
    given = table.get("doses", [])
    doses = tuple(parse(one, "concentration") for one in given) if isinstance(given, list) else ()
    names = _names(table, "in")
    others = _names(table, "against") if "against" in table else names
    other_table = {**table, "of": table.get("against_of", table.get("of"))}
    first = DoseSeries(doses_nM=doses, quantities=tuple(_quantity(table, catalogue, name) for name in names))
    second = DoseSeries(
        doses_nM=doses, quantities=tuple(_quantity(other_table, catalogue, name) for name in others)
    )
    side = "at_least" if word == "needs_more_by" else "within"
    # `of` (or `in`) needs more of the drug than `against_of` (or `against`).
    return DoseOrder(earlier=second, later=first, **{side: float(table[word])}, **_tolerance(table))


def _additive(table: Mapping[str, Any], word: str, catalogue: Catalogue) -> Predicate:
    names = _names(table, "in")
    if len(names) != 4:
        raise CatalogueError(f"expect: in = {shown(names)}. Name four: neither, one, the other, both.")
    neither, one, other, both = (_quantity(table, catalogue, name) for name in names)
    limit = float(table[word])
    return SupraAdditive(
        neither=neither, one=one, other=other, both=both, at_least=limit, **_tolerance(table)
    )


def _tolerance(table: Mapping[str, Any]) -> dict[str, float]:
    return {"tolerance": float(table["tolerance"])} if "tolerance" in table else {}


def _names(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    given = table.get(key)
    if not isinstance(given, list):
        raise CatalogueError(f"expect: {key} = {shown(given)} is not a list of experiments.")
    return tuple(str(one) for one in given)


def _readout(name: Any, catalogue: Catalogue) -> str:
    found = catalogue.find_readout(name) if isinstance(name, str) else None
    if found is None:
        known = [one.name for one in catalogue.readouts]
        raise CatalogueError(unknown("readout", name, known, where="expect"))
    return found.name


def _hours(text: Any) -> float:
    return float(np.inf) if text == "end" else parse(text, "time") / 3600.0


_Maker = Callable[[Mapping[str, Any], str, Catalogue], Predicate]
WORDS: Final[Mapping[str, _Maker]] = {
    "at_least": _limit,
    "at_most": _limit,
    "rises_at_least": _fold,
    "falls_to": _fold,
    "is_at_least": _fold,
    "is_at_most": _fold,
    "higher_by": _difference,
    "lower_by": _difference,
    "not_higher_by": _difference,
    "unchanged_within": _unchanged,
    "comes_within": _unchanged,
    "comes_before_by": _before,
    "needs_more_by": _doses,
    "same_dose_within": _doses,
    "more_than_additive_by": _additive,
}
