"""A [grid] becomes every combination of its values, each with a stable id."""

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smaclab.errors import plain, shown, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import ID
from smaclab.experiment.fields import Letters
from smaclab.experiment.read_doses import VERBS
from smaclab.experiment.read_population import population_axis
from smaclab.experiment.read_shared_well import well_axis

MOST_EXPERIMENTS = 10_000
TOP_AXES = ("cell_line", "seed", "in_vitro")
DOSE_AXES = ("concentration", "absorbed_dose", "from", "until", "clamped")
PERTURBATION_AXES = ("remaining", "factor", "copies", "mutation", "before", "from", "until")
_SHAPES = (
    'cell_line, seed, in_vitro, hypotheses.<id>, "dose.<drug>.<concentration, absorbed_dose, from, until or '
    'clamped>", '
    '"perturbation.<target>.<remaining, factor, copies, mutation, before, from or until>", '
    "well.<format, volume, cell_number, cells_per_cm2 or together>, well.with.<cell line>, "
    "population.<correlation, sisters, since_division or mixing_time>"
)
_MOST_LEVELS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One combination: the file's tables as if it had been written out, and where its values really stand."""

    raw: Mapping[str, Any]
    renamed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    name: str
    values: tuple[Any, ...]
    places: tuple[tuple[str | int, ...], ...]  # where in the tables each value goes


def expand(raw: Mapping[str, Any], catalogue: Catalogue, letters: Letters) -> Iterator[Variant]:
    """Every combination of the grid, the last axis fastest; the file itself where there is no grid.

    Args:
        raw: The file's tables.
        catalogue: Finds the drug or protein an axis names.
        letters: Receives every problem of the grid.

    Yields:
        Variants without a grid.  Ids are `<id>__<value>__<value>` where these are ids and differ,
        or else `<id>__<number>`.
    """
    if "grid" not in raw:
        yield Variant(raw=raw, renamed={})
        return
    base = {key: value for key, value in raw.items() if key != "grid"}
    axes = _axes(raw["grid"], base, catalogue, letters)
    count = math.prod(len(axis.values) for axis in axes)
    if count > MOST_EXPERIMENTS:
        letters.say("grid", f"{count:,} combinations. At most {MOST_EXPERIMENTS:,} are understood.")
        axes = [_Axis(name=a.name, values=a.values[:1], places=a.places) for a in axes]
    combinations = list(itertools.product(*(axis.values for axis in axes)))
    renamed = {_key(place): f"grid.{axis.name}" for axis in axes for place in axis.places}
    ids = _ids(base.get("id"), combinations, letters)
    for name, values in zip(ids, combinations, strict=True):
        changed: dict[str, Any] = dict(base)
        if name is not None:
            changed["id"] = name
        for axis, value in zip(axes, values, strict=True):
            for place in axis.places:
                changed = _with(changed, place, value)
        yield Variant(raw=changed, renamed=renamed)


def _axes(grid: object, base: Mapping[str, Any], catalogue: Catalogue, letters: Letters) -> list[_Axis]:
    """All axes that are understood."""
    if not isinstance(grid, Mapping) or not grid:
        letters.say(
            "grid", f'{shown(grid)} is not a grid. Write for example: cell_line = ["EVSA-T", "HCT 116"]'
        )
        return []
    axes = []
    for name, values in _flat(grid):
        if not isinstance(values, list | tuple) or not values:
            letters.say(f"grid.{name}", f"{shown(values)} is not a list of values.")
            continue
        if len({_comparable(value) for value in values}) < len(values):
            letters.say(f"grid.{name}", f"{shown(values)} names a value twice.")
            continue
        places = _places(name, base, catalogue, letters)
        if places:
            axes.append(_Axis(name=name, values=tuple(values), places=places))
    return axes


def _comparable(value: object) -> str:
    """Equal for what a person would call the same value; a list of names is compared name by name."""
    if isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
        return "\n".join(map(plain, value))
    return plain(value) if isinstance(value, str) else shown(value)


def _flat(grid: Mapping[Any, Any], at: str = "", level: int = 0) -> Iterator[tuple[str, Any]]:
    """Names joined by dots: TOML reads dose.TNF.from without quotes as tables in tables."""
    for key, value in grid.items():
        name = f"{at}.{key}" if at else str(key)
        if isinstance(value, Mapping) and value and level < _MOST_LEVELS:
            yield from _flat(value, name, level + 1)
        else:
            yield name, value


def _places(
    name: str, base: Mapping[str, Any], catalogue: Catalogue, letters: Letters
) -> tuple[tuple[str | int, ...], ...]:
    """Where the values of an axis go; nothing where a letter was written."""
    first, _, rest = name.partition(".")
    target, _, field = rest.rpartition(".")
    if name in TOP_AXES:
        return ((name,),)
    if first == "hypotheses" and rest:
        return (("hypotheses", rest),)
    if first in ("well", "population") and rest:
        place, letter = (well_axis if first == "well" else population_axis)(name)
        if letter:
            letters.say(f"grid.{name}", letter)
        return (place,) if place else ()
    if first not in ("dose", "perturbation") or not target:
        letters.say(f"grid.{name}", f"{unknown('axis', name, TOP_AXES)} An axis is one of {_SHAPES}.")
        return ()
    fields = DOSE_AXES if first == "dose" else PERTURBATION_AXES
    if field not in fields:
        letters.say(f"grid.{name}", unknown("key", field, fields))
        return ()
    about = [
        (number, table)
        for number, table in enumerate(_list(base.get(first)))
        if isinstance(table, Mapping) and _is_about(table, target, catalogue)
    ]
    # One protein may be named by two verbs: the axis is for the one that takes its field.
    takes = [
        number for number, table in about if any(field in VERBS[verb] for verb in VERBS if verb in table)
    ]
    found = tuple((first, number, field) for number in takes or [number for number, _ in about])
    if not found:
        letters.say(
            f"grid.{name}", f"there is no [[{first}]] of {target!r} to vary. Write one, or correct the name."
        )
    return found


def _is_about(table: Mapping[str, Any], target: str, catalogue: Catalogue) -> bool:
    """Whether a [[dose]] or [[perturbation]] is the one that an axis names."""
    named = next((table[verb] for verb in ("drug", *VERBS) if verb in table), None)
    if not isinstance(named, str):
        return False
    if plain(named) == plain(target):
        return True
    finders = (catalogue.find_drug,) if "drug" in table else (catalogue.find_protein, catalogue.find_activity)
    return any(find(target) is not None and find(target) is find(named) for find in finders)


def _list(given: object) -> Sequence[Any]:
    return given if isinstance(given, list | tuple) else ()


def _key(place: tuple[str | int, ...]) -> str:
    """The key under which a reader will complain about this place; tables are numbered from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


def _with(tables: dict[str, Any], place: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """The same tables with one value set.  The originals are untouched."""
    if len(place) == 1:
        return {**tables, str(place[0]): value}
    if len(place) == 2:
        table, field = str(place[0]), str(place[1])
        inside = tables.get(table, {})
        return {**tables, table: {**inside, field: value}} if isinstance(inside, Mapping) else tables
    if isinstance(place[1], str):
        inside = tables.get(str(place[0]), {})
        deeper = _with(dict(inside), place[1:], value) if isinstance(inside, Mapping) else inside
        return {**tables, str(place[0]): deeper}
    kind, number, field = str(place[0]), int(place[1]), str(place[2])
    entries = list(tables[kind])
    entries[number] = {**entries[number], field: value}
    return {**tables, kind: entries}


def _ids(base: object, combinations: Sequence[tuple[Any, ...]], letters: Letters) -> list[str | None]:
    """One id for each combination; None where the campaign has no id, of which a reader will complain."""
    if not isinstance(base, str) or not ID.fullmatch(base):
        return [base if isinstance(base, str) else None] * len(combinations)
    speaking = ["__".join((base, *(_slug(value) for value in values))) for values in combinations]
    if len(set(speaking)) == len(speaking) and all(ID.fullmatch(name) for name in speaking):
        return list(speaking)
    digits = len(str(len(combinations)))
    numbered = [f"{base}__{number:0{digits}d}" for number in range(1, len(combinations) + 1)]
    if not ID.fullmatch(numbered[-1]):
        letters.say("id", f"{shown(base)} leaves no room for a number: at most {64 - 2 - digits} characters.")
        return [base] * len(combinations)
    return list(numbered)


def _slug(value: object) -> str:
    """'0.5 µM' -> '0p5_uM'; a list's names are joined."""
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        value = "_".join(value)
    text = (
        (value if isinstance(value, str) else shown(value))
        .replace("µ", "u")
        .replace("μ", "u")
        .replace(".", "p")
    )
    return re.sub(r"[^A-Za-z0-9-]+", "_", text)
