"""One table of a TOML file, read key by key; everything that is wrong is remembered, and said once."""

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from typing import Any, TypeVar, final

from smaclab.errors import CatalogueError, Problem, shown, unknown

Noun = TypeVar("Noun")


def read_toml(source: Traversable, problems: list[Problem]) -> Mapping[str, Any]:
    """What the file holds; empty, with a letter in `problems`, where it cannot be read."""
    try:
        return tomllib.loads(source.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        problems.append(Problem(file=source.name, key="", message="there is no such file."))
    except UnicodeDecodeError as error:
        problems.append(Problem(file=source.name, key="", message=f"is not UTF-8 at byte {error.start}."))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(file=source.name, key="", message=f"is not TOML: {error}."))
    return {}


def speak(problems: list[Problem]) -> None:
    """Say everything that is wrong, at once.

    Raises:
        CatalogueError: there is at least one problem.
    """
    if problems:
        raise CatalogueError("\n".join(str(problem) for problem in problems))


@final
class TomlTable:
    """One table.  Asking for a key marks it as known; `done` complains about the keys nobody asked for."""

    def __init__(self, entries: Any, *, file: str, key: str, problems: list[Problem]) -> None:
        """key: where in the file the table stands, "" for the whole file."""
        self.file = file
        self.key = key
        self.problems = problems
        self.entries: Mapping[str, Any] = entries if isinstance(entries, Mapping) else {}
        self._asked: list[str] = []
        if not isinstance(entries, Mapping):
            self.complain("", f"{shown(entries)} is not a table.")

    def complain(self, key: str, message: str) -> None:
        """Remember a problem with `key` of this table."""
        where = ".".join(part for part in (self.key, key) if part)
        self.problems.append(Problem(file=self.file, key=where, message=message))

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not be blank."""
        given = self._take(key, default)
        if isinstance(given, str) and (given.strip() or default is not None):
            return given
        self.complain(key, "is missing." if given is None else f"{shown(given)} is no text with words in it.")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is missing."""
        given = self._take(key, [])
        if isinstance(given, list) and all(isinstance(item, str) for item in given):
            return tuple(given)
        self.complain(key, f"{shown(given)} is not a list of texts.")
        return ()

    def number(self, key: str, default: float | None = None) -> float | None:
        """A number, or the default where the key is missing."""
        given = self._take(key, default)
        if given is None or (isinstance(given, int | float) and not isinstance(given, bool)):
            return given
        self.complain(key, f"{shown(given)} is not a number.")
        return default

    def yes(self, key: str) -> bool:
        """True or false; false where the key is missing."""
        given = self._take(key, default=False)
        if isinstance(given, bool):
            return given
        self.complain(key, f"{shown(given)} is neither true nor false.")
        return False

    def table(self, key: str) -> "TomlTable":
        """The table that stands under `key`; empty where the key is missing."""
        return self._below(key, self._take(key, {}))

    def tables(self, key: str) -> list["TomlTable"]:
        """The list of tables under `key` ([[key]]); empty where the key is missing."""
        given = self._take(key, [])
        if not isinstance(given, list):
            self.complain(key, f"{shown(given)} is not a list of tables; write [[{key}]].")
            return []
        return [self._below(f"{key}[{place}]", item) for place, item in enumerate(given)]

    def raw(self, key: str) -> Any:
        """Whatever stands under `key`, or None."""
        return self._take(key)

    def done(self, make: Callable[[], Noun]) -> Noun | None:
        """The noun, or None with a letter where it refuses to be made or where keys are unknown."""
        strangers = [key for key in self.entries if key not in self._asked]
        for key in strangers:
            self.complain(key, unknown("key", key, self._asked))
        if any(problem.file == self.file and _within(problem.key, self.key) for problem in self.problems):
            return None
        try:
            return make()
        except CatalogueError as error:
            self.complain("", str(error))
            return None

    def _take(self, key: str, default: Any = None) -> Any:
        self._asked.append(key)
        return self.entries.get(key, default)

    def _below(self, key: str, entries: Any) -> "TomlTable":
        where = ".".join(part for part in (self.key, key) if part)
        return TomlTable(entries, file=self.file, key=where, problems=self.problems)


def _within(key: str, table: str) -> bool:
    return not table or key == table or key.startswith(f"{table}.")
