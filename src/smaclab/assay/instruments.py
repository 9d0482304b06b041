"""The numbers of the instruments, from `instruments.toml`: value, unit, honesty label, source."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from smaclab.errors import CatalogueError, unknown
from smaclab.experiment.value import Value


@lru_cache(maxsize=1)
def instruments() -> Mapping[str, Mapping[str, Value]]:
    """Instrument -> name -> number, with where it is from.

    Raises:
        CatalogueError: a number without value, unit, label or source.
    """
    text = files("smaclab.assay").joinpath("instruments.toml").read_text(encoding="utf-8")
    return {
        instrument: {name: _value(f"{instrument}.{name}", entry) for name, entry in numbers.items()}
        for instrument, numbers in tomllib.loads(text).items()
    }


def number(instrument: str, name: str) -> float:
    """One number, in the unit of the file.

    Raises:
        CatalogueError: there is no such instrument, or it has no such number.
    """
    known = instruments()
    if instrument not in known:
        raise CatalogueError(unknown("instrument", instrument, known))
    if name not in known[instrument]:
        raise CatalogueError(unknown(f"number of {instrument}", name, known[instrument]))
    return float(known[instrument][name].value)


def _value(where: str, entry: Mapping[str, object]) -> Value:
    try:
        return Value(**entry)  # type: ignore[arg-type]
    except (TypeError, CatalogueError) as error:
        raise CatalogueError(f"instruments.toml, [{where}]: {error}") from error
