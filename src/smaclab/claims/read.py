"""`claims.toml` becomes claims; everything that is wrong with it is said at once."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from smaclab.claims.claim import Claim, Expectation
from smaclab.claims.expect import predicate_of
from smaclab.errors import CatalogueError
from smaclab.experiment.catalogue import Catalogue
from smaclab.lab import own_catalogue

FILE = "claims.toml"
"""In `smaclab/claims`."""

_KEYS = frozenset(
    ("sentence", "expected", "source", "status", "experiments", "expect", "narrative", "questions", "note")
)


@lru_cache(maxsize=1)
def own_claims() -> tuple[Claim, ...]:
    """The claims that ship in the package, by id."""
    text = files("smaclab.claims").joinpath(FILE).read_text(encoding="utf-8")
    return read_claims([text], own_catalogue())


def read_claims(texts: list[str], catalogue: Catalogue) -> tuple[Claim, ...]:
    """The claims of TOML texts, sorted by id.

    Args:
        texts: each with tables [C01] ... and, under [start], experiments that claims begin from.
        catalogue: what their readouts mean.

    Raises:
        CatalogueError: with a letter about each claim that is not sound.
    """
    tables: dict[str, Any] = {}
    starts: dict[str, Any] = {}
    letters: list[str] = []
    for text in texts:
        for name, table in tomllib.loads(text).items():
            if name == "start":
                starts |= table
            elif name in tables:
                letters.append(f"{name}: is given twice.")
            else:
                tables[name] = table
    found = []
    for name in sorted(tables):
        try:
            found.append(_claim(name, tables[name], starts, catalogue))
        except CatalogueError as error:
            letters.append(str(error) if str(error).startswith(name) else f"{name}: {error}")
    if letters:
        raise CatalogueError("\n".join(letters))
    return tuple(found)


def _claim(name: str, table: Mapping[str, Any], starts: Mapping[str, Any], catalogue: Catalogue) -> Claim:
    if strange := sorted(set(table) - _KEYS):
        raise CatalogueError(f"{name}: unknown key {strange[0]!r}. Known: {', '.join(sorted(_KEYS))}.")
    missing = [key for key in ("sentence", "expected", "source", "status") if not table.get(key)]
    if missing:
        raise CatalogueError(f"{name}: {missing[0]} is missing.")
    statuses = tuple(table["status"])
    own = table.get("experiments", {})
    return Claim(
        id=name,
        sentence=table["sentence"],
        expected=table["expected"],
        source=table["source"],
        statuses=statuses,
        experiments={key: written_out(key, own, starts) for key in own},
        expectations=tuple(
            Expectation(
                predicate=predicate_of(one, catalogue), status=one.get("arm", statuses[0]), written=dict(one)
            )
            for one in table.get("expect", [])
        ),
        narrative=table.get("narrative", ""),
        questions=tuple(table.get("questions", [])),
        note=table.get("note", ""),
    )


def written_out(
    name: str, experiments: Mapping[str, Any], starts: Mapping[str, Any], met: tuple[str, ...] = ()
) -> dict[str, Any]:
    """An experiment with all that it begins from (`like`): its own keys replace those of the other.

    Raises:
        CatalogueError: `like` leads nowhere, or in a circle.
    """
    table = experiments.get(name, starts.get(name))
    if table is None or name in met:
        raise CatalogueError(f"like = {name!r} leads {'in a circle' if name in met else 'nowhere'}.")
    if "like" not in table:
        return dict(table)
    # An experiment may begin from a shared one of its own name.
    below = {key: one for key, one in experiments.items() if key != name or table["like"] != name}
    first = written_out(table["like"], below, starts, (*met, name) if table["like"] != name else met)
    return first | {key: value for key, value in table.items() if key != "like"}
