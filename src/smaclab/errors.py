"""Every error of the package, and how its letter to the user is written.

    SmaclabError
    ├── ExperimentError        what a person asked for cannot be done; `.problems` lists everything
    │   └── UnitError          a text with a unit that is not understood
    ├── CatalogueError         a cell line, drug, parameter ... of the package is not sound
    ├── NetworkError           species, reactions or the network's file are not sound
    │   ├── ExpressionError    a formula of the network is not understood
    │   └── SbmlError          an SBML file cannot be read, or holds what is not simulated here
    │       └── PetabError     a PEtab problem cannot be read, or holds what is not evaluated here
    ├── ShapeError             an array has the wrong axes
    ├── SimulationError        a run cannot be planned or solved at all (a failed cell is a status, no error)
    │   └── SolveError         a model was understood and its one solve failed
    └── BudgetSpent            a calibration's time is over; what it has is kept, and it can go on

A letter says where, what was given, what was probably meant, and what is allowed.
"""

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_MOST_NAMES = 40
_MOST_CHARACTERS = 80
_GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "δ": "delta"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in a file: where it stands, and a letter about it."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        key = f"[{self.key}]" if self.key else ""
        where = ", ".join(part for part in (self.file, key) if part)
        return f"{where}: {self.message}" if where else self.message


class SmaclabError(Exception):
    """Anything this package complains about."""


class ExperimentError(SmaclabError):
    """What a person asked for cannot be done.

    Made from a message, or from the list of all problems of a file; `problems` is never empty.
    """

    def __init__(self, message: str = "", problems: Iterable[Problem] = ()) -> None:
        found = tuple(problems)
        self.problems: tuple[Problem, ...] = found or (Problem(file="", key="", message=message),)
        super().__init__(message or "\n".join(str(problem) for problem in self.problems))


class UnitError(ExperimentError):
    """A text with a unit that is not understood."""


class CatalogueError(SmaclabError):
    """A cell line, drug, parameter or hypothesis of the catalogue is not sound."""


class NetworkError(SmaclabError):
    """Species, reactions or the network's file are not sound."""


class ExpressionError(NetworkError):
    """A formula of the network is not understood."""


class SbmlError(NetworkError):
    """An SBML file cannot be read, or holds what is not simulated here."""


class PetabError(SbmlError):
    """A PEtab problem cannot be read, or holds what is not evaluated here."""


class ShapeError(SmaclabError):
    """An array has the wrong axes."""


class SimulationError(SmaclabError):
    """A run cannot be planned or solved at all."""


class SolveError(SimulationError):
    """A model was understood and its one solve failed."""


class BudgetSpent(SmaclabError):
    """The time of a calibration is over. What it predicted is kept, and it goes on from there."""


def plain(name: str) -> str:
    """The name as it is compared: without case, hyphens, spaces and underscores; Greek spelled out."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_GREEK)
    return "".join(c for c in text if not c.isspace() and c != "_" and unicodedata.category(c) != "Pd")


def shown(given: object) -> str:
    """What was given, in quotes, cut where it is longer than a line."""
    try:
        text = repr(given)
    except Exception as error:  # noqa: BLE001 - a foreign object may do anything when asked for its text
        return f"<{type(given).__name__} that cannot be shown: {type(error).__name__}>"
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}… ({len(text)} characters)"


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, or None."""
    by_plain: dict[str, str] = {}
    for candidate in known:
        by_plain.setdefault(plain(candidate), candidate)
    near = difflib.get_close_matches(plain(name)[:_MOST_CHARACTERS], by_plain, n=1, cutoff=0.6)
    return by_plain[near[0]] if near else None


def unknown(kind: str, name: object, known: Iterable[str], *, where: str = "") -> str:
    """The letter about a name that is not known: what was probably meant, and what is allowed.

    Args:
        kind: What the name was to be, such as "cell line".
        name: What was given.
        known: The names that exist.
        where: File and key, if no `Problem` carries them.

    Returns:
        One or two sentences for a person.
    """
    names = sorted(set(known), key=str.casefold)
    near = closest(name, names) if isinstance(name, str) else None
    hint = f" Did you mean {near!r}?" if near else ""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    listed = ", ".join(names[:_MOST_NAMES]) or "none"
    start = f"{where}: " if where else ""
    return f"{start}unknown {kind} {shown(name)}.{hint} Known: {listed}{more}."
