"""Numbers with unit, evidence, source and prior, as they stand in TOML.

    [BIRC2_open]
    value    = 20.0
    unit     = "1/h"
    evidence = "assumed"
    source   = "Loss within minutes (Wu 2007) bounds it from below; no direct measurement found."
    prior    = { distribution = "log-normal", median = 20.0, fold = 10 }

Inside the house there is one unit per kind of number: seconds, nanomolar, picoliters, molecules.  A number in
another unit is converted here, its prior with it, and nowhere else.
"""

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from smaclab.biology.toml_table import read_toml, speak
from smaclab.errors import CatalogueError, Problem, shown, unknown
from smaclab.experiment.value import EVIDENCE, Value

PURE = "dimensionless"
MOLECULES = "molecules"
LARGEST = 1e300
NEEDS_PRIOR = ("fitted", "assumed")
SHORTEST_SOURCE = 8  # characters: less is a word at most, and says nothing

_BASE = {  # unit: (the one used inside, factor to it)
    "s": ("s", 1.0),
    "min": ("s", 60.0),
    "h": ("s", 3_600.0),
    "d": ("s", 86_400.0),
    "pM": ("nM", 1e-3),
    "nM": ("nM", 1.0),
    "uM": ("nM", 1e3),
    "µM": ("nM", 1e3),
    "mM": ("nM", 1e6),
    "M": ("nM", 1e9),
    "fL": ("pL", 1e-3),
    "pL": ("pL", 1.0),
    "copies": (MOLECULES, 1.0),
    "molecules": (MOLECULES, 1.0),
    "cell": ("", 1.0),  # amounts are per cell everywhere, so "copies/cell" is "copies"
    PURE: ("", 1.0),
    "1": ("", 1.0),
}
_ORDER = (MOLECULES, "nM", "pL", "s")
_KEYS = ("value", "unit", "evidence", "source", "prior")
_PRIORS = {  # distribution: (keys in the unit of the value, pure numbers)
    "log-normal": (("median",), ("fold",)),
    "normal": (("mean", "sd"), ()),
    "uniform": (("low", "high"), ()),
    "log-uniform": (("low", "high"), ()),
}


def canonical_unit(text: str) -> tuple[str, float]:
    """The unit used inside for `text`, and the factor to it: '1/(uM min)' -> ('1/(nM s)', 1.67e-5).

    Args:
        text: Base units separated by spaces, powers with ^, at most one slash: 'nM', '1/h', '1/(nM s)'.

    Returns:
        The unit, written one way only, and the number that a value in `text` is multiplied by.

    Raises:
        CatalogueError: a part of `text` is not a unit known here.
    """
    above, _, below = text.partition("/")
    powers = dict.fromkeys(_ORDER, 0)
    factor = 1.0
    for part, sign in ((above, 1), (below, -1)):
        for word in part.strip().removeprefix("(").removesuffix(")").split():
            name, _, power = word.partition("^")
            if name not in _BASE or (power and not power.isdigit()):
                raise CatalogueError(unknown("unit", word, _BASE, where=f"unit {text!r}"))
            base, size = _BASE[name]
            exponent = sign * int(power or 1)
            factor *= size**exponent
            if base:
                powers[base] += exponent
    return _unit_text(powers), factor


def _unit_text(powers: Mapping[str, int]) -> str:
    def product(sign: int) -> list[str]:
        chosen = [(base, sign * power) for base, power in powers.items() if sign * power > 0]
        return [base if power == 1 else f"{base}^{power}" for base, power in chosen]

    above, below = product(1), product(-1)
    if not below:
        return " ".join(above) or PURE
    divisor = below[0] if len(below) == 1 else f"({' '.join(below)})"
    return f"{' '.join(above) or '1'}/{divisor}"


def read_value(entry: Any, *, unit: str | None = None) -> tuple[Value | None, list[str]]:
    """One TOML entry as a Value in the unit used inside.

    Args:
        entry: What stands in the file: value, unit, evidence, source and, for a guess, prior.
        unit: The unit (as used inside) that the number must come out in, or None for any.

    Returns:
        The value and no letters, or None and a letter about each thing that is wrong.
    """
    if not isinstance(entry, Mapping):
        return None, [f"{shown(entry)} is not a table. A number needs {', '.join(_KEYS)}."]
    letters = [unknown("key", key, _KEYS) for key in entry if key not in _KEYS]
    letters += _text_letters(entry) + _number_letters(entry)
    inside, factor = PURE, 1.0
    if isinstance(entry.get("unit"), str):
        try:
            inside, factor = canonical_unit(entry["unit"])
        except CatalogueError as error:
            letters.append(str(error))
        else:
            if unit is not None and inside != unit:
                letters.append(
                    f"unit {entry['unit']!r} does not fit; this number is in {unit}, or what converts to it."
                )
    prior, complaints = _read_prior(entry, factor)
    letters += complaints
    if letters:
        return None, letters
    return Value(
        value=float(entry["value"]) * factor,
        unit=inside,
        evidence=entry["evidence"],
        source=entry["source"],
        prior=prior,
    ), []


def _text_letters(entry: Mapping[str, Any]) -> list[str]:
    letters = [
        f"{key} {shown(entry.get(key))} is not a text." if key in entry else f"has no {key}."
        for key in ("unit", "evidence", "source")
        if not isinstance(entry.get(key), str)
    ]
    evidence, source = entry.get("evidence"), entry.get("source")
    if isinstance(evidence, str) and evidence not in EVIDENCE:
        letters.append(unknown("evidence", evidence, EVIDENCE))
    if isinstance(source, str) and len(source.strip()) < SHORTEST_SOURCE:
        letters.append(f"source {source!r} is a word. Write a reference or a reason.")
    if evidence in NEEDS_PRIOR and "prior" not in entry:
        letters.append(f"is {evidence}, so it needs a prior.")
    return letters


def _number_letters(entry: Mapping[str, Any]) -> list[str]:
    if "value" not in entry:
        return ["has no value."]
    if not _is_number(entry["value"]):
        return [f"value {shown(entry['value'])} is not a finite number."]
    return []


def _is_number(given: Any) -> bool:
    # A comparison, not math.isfinite: TOML has integers too long for a float.
    return isinstance(given, int | float) and not isinstance(given, bool) and -LARGEST < given < LARGEST


def _read_prior(entry: Mapping[str, Any], factor: float) -> tuple[dict[str, Any] | None, list[str]]:
    """The prior in the unit used inside, and letters about what is wrong with it."""
    if "prior" not in entry:
        return None, []
    given = entry["prior"]
    if not isinstance(given, Mapping):
        return None, [f"prior {shown(given)} is not a table. Write {{ distribution = 'log-normal', ... }}."]
    kind = given.get("distribution")
    if not isinstance(kind, str) or kind not in _PRIORS:
        return None, [unknown("prior distribution", kind, _PRIORS)]
    scaled, pure = _PRIORS[kind]
    needed = (*scaled, *pure)
    letters = [
        unknown(f"key of a {kind} prior", k, needed) for k in given if k not in ("distribution", *needed)
    ]
    letters += [
        f"prior: {key} is {shown(given.get(key))}; a {kind} prior needs a finite number."
        for key in needed
        if not _is_number(given.get(key))
    ]
    if not letters:
        letters = _prior_letters(kind, given)
    if letters:
        return None, letters
    return {"distribution": kind, **{k: given[k] * factor for k in scaled}, **{k: given[k] for k in pure}}, []


def _prior_letters(kind: str, given: Mapping[str, Any]) -> list[str]:
    if kind == "log-normal" and not (given["median"] > 0 and given["fold"] > 1):
        return [f"prior: median {given['median']}, fold {given['fold']}; they must be above 0 and above 1."]
    if kind == "normal" and not given["sd"] > 0:
        return [f"prior: sd {given['sd']}; it must be above 0."]
    if "low" in given and not given["low"] < given["high"]:
        return [f"prior: low {given['low']} is not below high {given['high']}."]
    if kind == "log-uniform" and not given["low"] > 0:
        return [f"prior: low {given['low']}; the logarithm needs it above 0."]
    return []


def read_parameters(source: Traversable | None = None) -> Mapping[str, Value]:
    """Every parameter of the model by name, in the units used inside.

    Args:
        source: A TOML file; None means the one of this package.

    Raises:
        CatalogueError: with a letter for each entry that is not sound.
    """
    source = files("smaclab.biology") / "parameters.toml" if source is None else source
    problems: list[Problem] = []
    parameters: dict[str, Value] = {}
    for name, entry in read_toml(source, problems).items():
        value, letters = read_value(entry)
        problems += [Problem(file=source.name, key=name, message=letter) for letter in letters]
        if value is not None:
            parameters[name] = value
    speak(problems)
    return parameters
