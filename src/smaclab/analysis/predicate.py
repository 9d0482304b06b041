"""The words in which an expectation is said, each with a tolerance and a signed margin.

    Limit            is at least, is at most
    Fold             rises at least, falls to, is before: a ratio of two numbers
    Difference       is higher by, is not lower by: for fractions
    Unchanged        no change within
    DoseOrder        acts at a lower dose, by a factor; acts at the same dose, within one
    SupraAdditive    kills more together than two that do not know of each other

An expectation holds where its margin is 0 or more. The tolerance only sets the margin's unit: a margin of 1
means that the number could move by one tolerance before the verdict turned, -1 that it is one short.
Ratios, amounts and times are compared by logarithms (a tolerance of 0.2 is a fifth), fractions of
cells by their difference. What is not known (failed cells) does not hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isnan, log, nan
from typing import Protocol

import numpy as np

from smaclab.analysis.quantity import Quantity
from smaclab.analysis.seen import Seen
from smaclab.errors import SmaclabError

MOST_UNKNOWN = 0.1
"""With more failed cells than this a number is not known."""

LARGEST_MARGIN = 99.0
RATIO_TOLERANCE = 0.2
FRACTION_TOLERANCE = 0.1
_SMALLEST = 1e-12  # a ratio with nothing in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """value: what was compared with the limit; margin: in tolerances, at most `LARGEST_MARGIN` either way."""

    value: float
    margin: float
    words: str

    @property
    def holds(self) -> bool:
        """Whether it is as expected; what is not known is not."""
        return self.margin >= 0.0


class Predicate(Protocol):
    """An expectation that can be judged."""

    def judge(self, seen: Seen) -> Judgement:
        """The number, how far it is on the right side, and both as a sentence."""

    def quantities(self) -> tuple[Quantity, ...]:
        """Everything that has to be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number is at least, or at most, a limit in its own unit."""

    quantity: Quantity
    at_least: float | None = None
    at_most: float | None = None
    tolerance: float | None = None

    def __post_init__(self) -> None:
        _one_side(self.at_least, self.at_most)

    def judge(self, seen: Seen) -> Judgement:
        """See `Predicate`."""
        value = _known(self.quantity, seen)
        is_fraction = _is_fraction(self.quantity)
        scaled = (lambda x: x) if is_fraction else _log
        unit = self.tolerance or (FRACTION_TOLERANCE if is_fraction else RATIO_TOLERANCE)
        margin = _margin(value, self.at_least, self.at_most, scaled, unit if is_fraction else log(1 + unit))
        said = _said("at least", self.at_least, "at most", self.at_most)
        return Judgement(value=value, margin=margin, words=f"{self.quantity.words()} is {said}")

    def quantities(self) -> tuple[Quantity, ...]:
        """See `Predicate`."""
        return (self.quantity,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """The ratio of a number to a reference is at least, or at most, a factor."""

    quantity: Quantity
    reference: Quantity
    at_least: float | None = None
    at_most: float | None = None
    tolerance: float = RATIO_TOLERANCE

    def __post_init__(self) -> None:
        _one_side(self.at_least, self.at_most)

    def judge(self, seen: Seen) -> Judgement:
        """See `Predicate`."""
        value = _ratio(_known(self.quantity, seen), _known(self.reference, seen))
        margin = _margin(value, self.at_least, self.at_most, _log, log(1 + self.tolerance))
        said = _said("at least", self.at_least, "at most", self.at_most)
        words = f"{self.quantity.words()} is {said} times {self.reference.words()}"
        return Judgement(value=value, margin=margin, words=words)

    def quantities(self) -> tuple[Quantity, ...]:
        """See `Predicate`."""
        return (self.quantity, self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fraction minus another is at least, or at most, a limit."""

    quantity: Quantity
    reference: Quantity
    at_least: float | None = None
    at_most: float | None = None
    tolerance: float = FRACTION_TOLERANCE

    def __post_init__(self) -> None:
        _one_side(self.at_least, self.at_most)

    def judge(self, seen: Seen) -> Judgement:
        """See `Predicate`."""
        value = _known(self.quantity, seen) - _known(self.reference, seen)
        margin = _margin(value, self.at_least, self.at_most, lambda x: x, self.tolerance)
        said = _said("at least", self.at_least, "at most", self.at_most)
        words = f"{self.quantity.words()} minus {self.reference.words()} is {said}"
        return Judgement(value=value, margin=margin, words=words)

    def quantities(self) -> tuple[Quantity, ...]:
        """See `Predicate`."""
        return (self.quantity, self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A number differs from a reference by at most a part of it; fractions of cells, by a difference."""

    quantity: Quantity
    reference: Quantity
    within: float
    tolerance: float | None = None

    def judge(self, seen: Seen) -> Judgement:
        """See `Predicate`."""
        found, other = _known(self.quantity, seen), _known(self.reference, seen)
        near = f"a factor of {1 + self.within:g}" if self.quantity.is_time else f"{self.within:g}"
        words = f"{self.quantity.words()} is within {near} of {self.reference.words()}"
        if _is_fraction(self.quantity):
            value = found - other
            margin = _capped((self.within - abs(value)) / (self.tolerance or FRACTION_TOLERANCE))
        else:
            value = _ratio(found, other)
            unit = log(1 + (self.tolerance or RATIO_TOLERANCE))
            margin = _capped((log(1 + self.within) - abs(_log(value))) / unit)
        return Judgement(value=value, margin=margin, words=words)

    def quantities(self) -> tuple[Quantity, ...]:
        """See `Predicate`."""
        return (self.quantity, self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseSeries:
    """One readout in experiments of rising dose, nM; the first of them without the drug."""

    doses_nM: tuple[float, ...]
    quantities: tuple[Quantity, ...]

    def __post_init__(self) -> None:
        if len(self.doses_nM) != len(self.quantities) or len(self.doses_nM) < 3:
            raise SmaclabError(
                f"{len(self.doses_nM)} doses and {len(self.quantities)} experiments. Give as many of each, "
                "at least three, the first without the drug."
            )

    def half_dose_nM(self, seen: Seen) -> float:
        """The dose, nM, at which the readout is first half of what it is without the drug; inf: at none."""
        values = [_known(one, seen) for one in self.quantities]
        if any(isnan(one) for one in values):
            return nan
        shares = [one / values[0] if values[0] else nan for one in values]
        for place in range(1, len(shares)):
            if shares[place] <= 0.5:
                if place == 1:
                    return self.doses_nM[1]
                low, high = shares[place - 1], shares[place]
                part = (low - 0.5) / (low - high)
                spread = log(self.doses_nM[place] / self.doses_nM[place - 1])
                return self.doses_nM[place - 1] * exp(part * spread)
        return float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseOrder:
    """The half-dose of `later` is at least `at_least` times that of `earlier`, or within a factor of it."""

    earlier: DoseSeries
    later: DoseSeries
    at_least: float | None = None
    within: float | None = None
    tolerance: float = RATIO_TOLERANCE

    def __post_init__(self) -> None:
        _one_side(self.at_least, self.within)

    def judge(self, seen: Seen) -> Judgement:
        """See `Predicate`."""
        first, second = self.earlier.half_dose_nM(seen), self.later.half_dose_nM(seen)
        value = nan if np.isinf(first) else _ratio(second, first)
        unit = log(1 + self.tolerance)
        one, other = (series.quantities[0].readout for series in (self.earlier, self.later))
        if self.within is not None:
            margin = _capped((log(self.within) - abs(_log(value))) / unit)
            words = f"half of {one} and of {other} go at doses within a factor of {self.within:g}"
        else:
            margin = _margin(value, self.at_least, None, _log, unit)
            words = f"half of {other} goes at {self.at_least:g} times the dose of {one} or more"
        return Judgement(value=value, margin=margin, words=words)

    def quantities(self) -> tuple[Quantity, ...]:
        """See `Predicate`."""
        return (*self.earlier.quantities, *self.later.quantities)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupraAdditive:
    """Fewer live on both than if each killed its share independently of the other (Bliss), by a fraction."""

    neither: Quantity
    one: Quantity
    other: Quantity
    both: Quantity
    at_least: float
    tolerance: float = FRACTION_TOLERANCE

    def judge(self, seen: Seen) -> Judgement:
        """See `Predicate`."""
        neither, one, other, both = (_known(quantity, seen) for quantity in self.quantities())
        value = (one * other / neither if neither > 0 else nan) - both
        margin = _margin(value, self.at_least, None, lambda x: x, self.tolerance)
        words = f"{self.both.words()} is lower than independent effects say, by at least {self.at_least:g}"
        return Judgement(value=value, margin=margin, words=words)

    def quantities(self) -> tuple[Quantity, ...]:
        """See `Predicate`."""
        return (self.neither, self.one, self.other, self.both)


def judge_all(predicates: Sequence[Predicate], seen: Seen) -> tuple[Judgement, ...]:
    """Every judgement, in order."""
    return tuple(one.judge(seen) for one in predicates)


def weakest(judgements: Sequence[Judgement]) -> Judgement:
    """The one with the smallest margin: what decides.

    Raises:
        SmaclabError: there is none.
    """
    if not judgements:
        raise SmaclabError(f"{len(judgements)} judgements. An expectation has at least one.")
    return min(judgements, key=lambda one: one.margin)


def _one_side(one: float | None, other: float | None) -> None:
    if (one is None) == (other is None):
        raise SmaclabError(f"{one!r} and {other!r}: give one limit, and only one.")


def _is_fraction(quantity: Quantity) -> bool:
    return quantity.readout == "viability" and not quantity.is_time


def _known(quantity: Quantity, seen: Seen) -> float:
    if seen.unknown_fraction(quantity.experiment, quantity.readout) > MOST_UNKNOWN:
        return nan
    return quantity.value(seen)


def _ratio(value: float, reference: float) -> float:
    """Value / reference; NaN where both are nothing, or nothing comes of either."""
    if isnan(value) or isnan(reference) or (np.isinf(value) and np.isinf(reference)):
        return nan
    if reference == 0.0:
        return nan if value == 0.0 else float("inf")
    return value / reference


def _log(value: float) -> float:
    return log(max(value, _SMALLEST)) if not isnan(value) else nan


def _margin(
    value: float, at_least: float | None, at_most: float | None, scaled: "Scale", tolerance: float
) -> float:
    if isnan(value):
        return -LARGEST_MARGIN
    if at_least is not None:
        return _capped((scaled(value) - scaled(at_least)) / tolerance)
    return _capped((scaled(at_most or 0.0) - scaled(value)) / tolerance)


def _capped(margin: float) -> float:
    """A margin that fits into a table; what is not known is as wrong as can be."""
    return -LARGEST_MARGIN if isnan(margin) else min(max(margin, -LARGEST_MARGIN), LARGEST_MARGIN)


def _said(least: str, at_least: float | None, most: str, at_most: float | None) -> str:
    return f"{least} {at_least:g}" if at_least is not None else f"{most} {at_most:g}"


class Scale(Protocol):
    """A number as it is compared."""

    def __call__(self, x: float, /) -> float:
        """The number, or its logarithm."""
