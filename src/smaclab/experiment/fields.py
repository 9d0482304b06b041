"""Reading single fields out of a table, and collecting letters about those that are not right."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, final

from smaclab.errors import ExperimentError, Problem, shown, unknown
from smaclab.experiment.real import is_real, is_whole
from smaclab.units import Dimension, parse


@final
class Letters:
    """All that is wrong in one file.

    renamed: key -> where the person wrote it, for values that a grid put there.
    """

    def __init__(self, file: str, renamed: Mapping[str, str] | None = None) -> None:
        self.file = file
        self.renamed = renamed or {}
        self.problems: list[Problem] = []

    def say(self, key: str, message: str) -> None:
        """One more letter.  A key may hold anything that TOML allows in quotes, also what moves a cursor."""
        key = key if key.isprintable() else repr(key)[1:-1]
        self.problems.append(Problem(file=self.file, key=self.renamed.get(key, key), message=message))

    def say_error(self, key: str, error: ExperimentError) -> None:
        """What a noun or a unit said about itself."""
        for problem in error.problems:
            self.say(key, problem.message)


@final
class Table:
    """One table of a file.  A field that is not right gives a letter and None."""

    def __init__(self, raw: Mapping[Any, Any], letters: Letters, at: str = "") -> None:
        self.raw = raw
        self.letters = letters
        self.at = at

    def __contains__(self, name: str) -> bool:
        return name in self.raw

    def key(self, name: str) -> str:
        """The full key, such as 'dose.1.from'."""
        return f"{self.at}.{name}" if self.at else name

    def say(self, name: str, message: str) -> None:
        """A letter about one field."""
        self.letters.say(self.key(name), message)

    def allow(self, names: Iterable[str], elsewhere: Iterable[str] = ()) -> None:
        """Letters about all fields that do not belong here.

        elsewhere: names that are right, but above this table.
        """
        known = tuple(names)
        for name in self.raw:
            if name in known:
                continue
            if not isinstance(name, str):
                self.say(str(name), f"the key {shown(name)} is not a text.")
            elif name in elsewhere:
                self.say(name, f"{name!r} belongs at the top of the file, above the first table in brackets.")
            else:
                self.letters.say(self.at or name, unknown("key", name, known))

    def text(self, name: str, example: str) -> str | None:
        """A text that must be there."""
        if name not in self.raw:
            self.say(name, f"missing. Write for example: {name} = {example}")
            return None
        given = self.raw[name]
        if not isinstance(given, str) or not given.strip():
            self.say(name, f"{shown(given)} is not a name. Write for example: {name} = {example}")
            return None
        return given

    def whole(self, name: str, default: int, low: int, high: int) -> int | None:
        """A whole number between two limits."""
        given = self.raw.get(name, default)
        if not is_whole(given) or not low <= given <= high:
            self.say(name, f"{shown(given)} is not a whole number from {low:,} to {high:,}.")
            return None
        return int(given)

    def number(self, name: str, low: float, high: float, example: str) -> float | None:
        """A pure number, which must be there, between two limits."""
        if name not in self.raw:
            self.say(name, f"missing. Write for example: {name} = {example}")
            return None
        given = self.raw[name]
        if not is_real(given) or not low <= given <= high:  # NaN too
            limit = f"from {low:g} to {high:g}" if math.isfinite(high) else f"of {low:g} or more"
            self.say(name, f"{shown(given)} is not a number {limit}, such as {example}.")
            return None
        return float(given)

    def time(self, name: str, default: str, *, may_be_negative: bool = False) -> float | None:
        """A time, s."""
        return self._quantity(name, self.raw.get(name, default), "time", None, may_be_negative)

    def flag(self, name: str) -> bool | None:
        """A yes or no; no where it is missing."""
        given = self.raw.get(name, False)
        if given is True or given is False:
            return given
        self.say(name, f"{shown(given)} is neither true nor false. Write for example: {name} = true")
        return None

    def concentration(self, name: str, molar_mass_g_per_mol: float | None) -> float | None:
        """A concentration that must be there, nM."""
        if name not in self.raw:
            self.say(name, f'missing. Write for example: {name} = "100 nM"')
            return None
        return self._quantity(name, self.raw[name], "concentration", molar_mass_g_per_mol, False)  # noqa: FBT003

    def absorbed_dose(self, name: str) -> float | None:
        """An absorbed dose that must be there, Gy."""
        if name not in self.raw:
            self.say(name, f'missing. Write for example: {name} = "2 Gy"')
            return None
        return self._quantity(name, self.raw[name], "absorbed dose", None, False)  # noqa: FBT003

    def _quantity(
        self,
        name: str,
        given: object,
        dimension: Dimension,
        mass: float | None,
        may_be_negative: bool,  # noqa: FBT001
    ) -> float | None:
        try:
            return parse(given, dimension, molar_mass_g_per_mol=mass, may_be_negative=may_be_negative)
        except ExperimentError as error:
            self.letters.say_error(self.key(name), error)
            return None
