"""Text with a unit at the door, one canonical float inside: seconds, nanomolar, gray and microliters."""

import math
import re
from typing import Literal

from smaclab.errors import UnitError, shown

Dimension = Literal["time", "concentration", "absorbed dose", "volume"]

_TIME = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
_MOLAR = {"pM": 1e-3, "nM": 1.0, "uM": 1e3, "mM": 1e6, "M": 1e9}
# With a molar mass of 1 g/mol, 1 pg/ml is 1 nM.
_MASS = {"pg/ml": 1.0, "ng/ml": 1e3, "ug/ml": 1e6, "mg/ml": 1e9}
_GRAY = {"mGy": 1e-3, "cGy": 1e-2, "Gy": 1.0}
_MICROLITER = {"nl": 1e-3, "ul": 1.0, "ml": 1e3}
_ALLOWED: dict[Dimension, str] = {
    "time": "s, min, h or d, as in '30 min'",
    "concentration": "pM, nM, uM, mM or M, as in '100 nM', or pg/ml, ng/ml, ug/ml or mg/ml",
    "absorbed dose": "Gy, cGy or mGy, as in '2 Gy'",
    "volume": "nl, ul or ml, as in '100 ul'",
}
_CANONICAL: dict[Dimension, dict[str, float]] = {
    "time": _TIME,
    "concentration": _MOLAR,
    "absorbed dose": _GRAY,
    "volume": _MICROLITER,
}
_WHEN_ZERO: dict[Dimension, str] = {"time": "h", "concentration": "nM", "absorbed dose": "Gy", "volume": "ul"}
_TIME_DIGITS = 6  # microseconds
_LONG_WORDS = {
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
}
# Anything between "looks like a number" and "is one" is left to float(), which knows best.
_NUMBER_AND_UNIT = re.compile(
    r"([+-]?[0-9.,]+(?:[eE][+-]?[0-9]+)?|[+-]?(?:nan|inf(?:inity)?)\b)\s*(.*)", re.I
)


def is_by_mass(text: object) -> bool:
    """Whether a concentration is written as mass per volume, such as '10 ng/ml'; so it needs a molar mass."""
    return isinstance(text, str) and bool(re.search(r"[µμa-z]?g\s*/\s*ml\s*$", text.strip(), re.I))


def parse(
    text: object,
    dimension: Dimension,
    *,
    molar_mass_g_per_mol: float | None = None,
    may_be_negative: bool = False,
) -> float:
    """'10 min' -> 600.0; '10 ng/ml' of a drug of 52 kDa -> 0.192.

    Args:
        text: A number and a unit.  The space between them may be missing.
        dimension: What the text must be.
        molar_mass_g_per_mol: Needed for a concentration by mass.
        may_be_negative: For times before time 0.

    Returns:
        Seconds, nanomolar, gray or microliters, finite.

    Raises:
        UnitError: The text is no number with a unit of this dimension, or its number is not possible.
    """
    number, unit = _split(text, dimension)
    value = number * _factor(text, unit, dimension, molar_mass_g_per_mol)
    if dimension == "time":
        # "1.1 h" and "66 min" are one time; in floating point they differ, and a dose would miss its sample.
        value = round(value, _TIME_DIGITS)
    if not math.isfinite(value):
        raise UnitError(f"{shown(text)} is not a finite {dimension}.")
    if value < 0 and not may_be_negative:
        raise UnitError(f"{shown(text)}: {_a(dimension)} cannot be negative here.")
    return value


def _split(text: object, dimension: Dimension) -> tuple[float, str]:
    """The number and the unit of a text."""
    allowed = _ALLOWED[dimension]
    if isinstance(text, int | float) and not isinstance(text, bool):
        raise UnitError(f"{shown(text)} has no unit. Write a number and a unit in quotes: {allowed}.")
    if not isinstance(text, str):
        raise UnitError(
            f"{shown(text)} is not {_a(dimension)}. Write a number and a unit in quotes: {allowed}."
        )
    words = " ".join(text.replace("\u2212", "-").replace("μ", "u").replace("µ", "u").split())
    found = _NUMBER_AND_UNIT.fullmatch(words)
    if not found:
        raise UnitError(f"{shown(text)} is not {_a(dimension)}. Write a number and a unit: {allowed}.")
    if "," in found[1]:
        raise UnitError(f"{shown(text)}: write the decimals after a point, as in '1.5', and no commas.")
    try:
        number = float(found[1])
    except ValueError:
        raise UnitError(f"{shown(text)}: {shown(found[1])} is not a number.") from None
    if not found[2]:
        raise UnitError(f"{shown(text)} has no unit. Write a number and a unit: {allowed}.")
    return number, found[2]


def _factor(text: object, unit: str, dimension: Dimension, molar_mass_g_per_mol: float | None) -> float:
    """What one `unit` is in the unit used inside."""
    unit = unit.replace("mL", "ml")
    if dimension == "volume":
        unit = unit.replace("uL", "ul").replace("nL", "nl")
    known = _CANONICAL[dimension]
    if dimension == "time":
        unit = _LONG_WORDS.get(unit.casefold(), unit)
    if unit in known:
        return known[unit]
    if dimension == "concentration" and unit in _MASS:
        if molar_mass_g_per_mol is None:
            raise UnitError(
                f"{shown(text)} is a concentration by mass, and no molar mass is known here. "
                f"Write a molar one ({', '.join(_MOLAR)}), or add molar_mass_g_per_mol to the drug's file."
            )
        return _MASS[unit] / molar_mass_g_per_mol
    for other, units in _CANONICAL.items():
        if unit in units or (other == "concentration" and unit in _MASS):
            raise UnitError(
                f"{shown(text)} is {_a(other)}; {_a(dimension)} is needed: {_ALLOWED[dimension]}."
            )
    wanted = {*known, *(_MASS if dimension == "concentration" else ())}
    near = sorted(u for u in wanted if u.casefold() == unit.casefold())
    hint = f" Did you mean {' or '.join(repr(u) for u in near)}?" if near else ""
    raise UnitError(f"{shown(text)}: unknown unit {shown(unit)}.{hint} Known: {_ALLOWED[dimension]}.")


def _a(dimension: Dimension) -> str:
    """The dimension with its article."""
    return f"{'an' if dimension == 'absorbed dose' else 'a'} {dimension}"


def show(value: float, dimension: Dimension) -> str:
    """600.0 s -> '10 min'; 0.01 nM -> '10 pM'.  The largest unit in which the number is 1 or more.

    Args:
        value: s, nM, Gy or ul.
        dimension: Which of the four.

    Returns:
        Text that `parse` reads back, to six digits; infinite and unknown numbers as 'inf s', 'nan s'.
    """
    units = _CANONICAL[dimension]
    smallest, *_ = units
    if value == 0 or not math.isfinite(value):
        return f"{value:g} {_WHEN_ZERO[dimension]}"
    fitting = [unit for unit, factor in units.items() if abs(value) >= factor]
    # Laboratories count a day's experiment in hours: 24 h, 48 h, 72 h.
    unit = "h" if "d" in fitting else (fitting or [smallest])[-1]
    return f"{value / units[unit]:.6g} {unit}"
