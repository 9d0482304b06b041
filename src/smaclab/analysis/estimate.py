"""A number with its interval."""

from dataclasses import dataclass
from math import isfinite, isinf, isnan, nan

LEVEL = 0.95
"""How often an interval holds the true number, over many repeats of an experiment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimate and the ends of its interval, all in one unit.

    low, high: -inf, inf: the data set no limit on this side. NaN: no interval can be told.
    """

    value: float
    low: float = nan
    high: float = nan

    @property
    def is_closed(self) -> bool:
        """Whether the interval ends on both sides."""
        return isfinite(self.low) and isfinite(self.high)

    def words(self, digits: int = 3) -> str:
        """'9.53 (7.1 to 12.8)'; 'at least', 'at most' where it ends on one side only."""
        if isnan(self.value):
            return "–"
        said = _number(self.value, digits)
        limits = self.limits(digits)
        return f"{said} ({limits})" if limits else said

    def limits(self, digits: int = 3) -> str:
        """'7.1 to 12.8', 'at least 7.1', 'no limit'; '' where no interval can be told."""
        if isnan(self.low) or isnan(self.high):
            return ""
        low, high = _number(self.low, digits), _number(self.high, digits)
        # An end of exactly 0 is where a logarithm has none.
        open_low, open_high = (
            isinf(end) or (end == 0.0 and self.value != 0.0) for end in (self.low, self.high)
        )
        if open_low and open_high:
            return "no limit"
        if open_high:
            return f"at least {low}"
        if open_low:
            return f"at most {high}"
        return f"{low} to {high}"


UNKNOWN = Estimate(value=nan)


def _number(value: float, digits: int) -> str:
    """Short, with a real minus; no '-0'."""
    if isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{digits}g}"
    if "e" in text and 1e-4 <= abs(value) < 1e6:
        text = f"{value:.0f}"
    return ("0" if float(text) == 0 else text).replace("-", "−")
