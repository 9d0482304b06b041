"""Named changes to the biology.  Each changes values, never structure."""

import math
from dataclasses import dataclass

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.real import is_finite, is_real
from smaclab.units import show

DOSAGES = (0.0, 0.5, 1.0)
DOSAGE_RULE = "It is 0, 0.5 or 1: no, one or both alleles"
BESIDE_RULE = (
    "A mutant in place of the protein is made as the protein is. "
    "Write beside_endogenous = true to have it made beside it, or leave factor out."
)


def _check_fraction(what: str, remaining: float) -> None:
    if not (is_real(remaining) and 0 <= remaining <= 1):  # NaN too
        raise ExperimentError(f"{what}: remaining {shown(remaining)}. It is a fraction, between 0 and 1.")


def _check_span(noun: "Inhibit | Activate") -> None:
    if not is_real(noun.start_s) or math.isnan(noun.start_s) or noun.start_s == math.inf:
        raise ExperimentError(f"{noun.activity}: from {shown(noun.start_s)} s. It is a time.")
    if not is_real(noun.end_s):
        raise ExperimentError(f"{noun.activity}: until {shown(noun.end_s)} s. It is a time.")
    if not noun.end_s > noun.start_s:
        done = "activated" if isinstance(noun, Activate) else "inhibited"
        raise ExperimentError(
            f"{noun.activity}: {done} from {show(noun.start_s, 'time')} but free again at "
            f"{show(noun.end_s, 'time')}. The end comes after the beginning."
        )


def _make_floats(noun: object, *names: str) -> None:
    """Whole and NumPy numbers as Python's floats, so that equal experiments have equal records."""
    for name in names:
        object.__setattr__(noun, name, float(getattr(noun, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockOut:
    """The gene is gone: no protein, at rest and in the run."""

    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockDown:
    """RNA interference: `remaining` of the protein is left at time 0, and its synthesis is scaled alike.

    before_s: how long before time 0 the RNA was given.
    """

    symbol: str
    remaining: float
    before_s: float = 172_800.0

    def __post_init__(self) -> None:
        _check_fraction(self.symbol, self.remaining)
        if not (is_finite(self.before_s) and self.before_s >= 0):
            raise ExperimentError(
                f"{self.symbol}: before {shown(self.before_s)} s. It is a time of 0 or more."
            )
        _make_floats(self, "remaining", "before_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class OverExpress:
    """The protein is made `factor` times as fast, at rest and in the run."""

    symbol: str
    factor: float

    def __post_init__(self) -> None:
        if not (is_finite(self.factor) and self.factor >= 1):
            raise ExperimentError(
                f"{self.symbol}: factor {shown(self.factor)}. It is 1 or more; "
                "for less protein write knock_down."
            )
        _make_floats(self, "factor")


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneDosage:
    """`copies` of the gene, as a fraction of the normal two: 0 for -/-, 0.5 for +/-, 1 for +/+."""

    symbol: str
    copies: float

    def __post_init__(self) -> None:
        if not (is_real(self.copies) and self.copies in DOSAGES):
            raise ExperimentError(f"{self.symbol}: copies {shown(self.copies)}. {DOSAGE_RULE}.")
        _make_floats(self, "copies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutate:
    """The cell makes a mutant in place of the protein or beside it, at rest and in the run.

    mutation: one of the catalogue's mutations of this protein.
    factor: how fast a mutant beside the endogenous protein is made, relative to what an untouched cell makes
        of the protein at rest; 1 in its place.
    """

    symbol: str
    mutation: str
    beside_endogenous: bool = False
    factor: float = 1.0

    def __post_init__(self) -> None:
        if self.beside_endogenous is not True and self.beside_endogenous is not False:
            raise ExperimentError(
                f"{self.symbol}: beside_endogenous {shown(self.beside_endogenous)}. It is true or false."
            )
        if not (is_finite(self.factor) and self.factor >= 0):
            raise ExperimentError(f"{self.symbol}: factor {shown(self.factor)}. It is a number of 0 or more.")
        if self.factor != 1 and not self.beside_endogenous:
            raise ExperimentError(f"{self.symbol}: factor {shown(self.factor)}. {BESIDE_RULE}")
        _make_floats(self, "factor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhibit:
    """`remaining` of an activity is left from `start_s` to `end_s`.

    start_s: s; below 0 it belongs to the pre-treatment, -inf means at rest already.
    """

    activity: str
    remaining: float
    start_s: float = 0.0
    end_s: float = math.inf

    def __post_init__(self) -> None:
        _check_fraction(self.activity, self.remaining)
        _check_span(self)
        _make_floats(self, "remaining", "start_s", "end_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activate:
    """An activity is `factor` times what it is, from `start_s` to `end_s`.

    start_s: s; below 0 it belongs to the pre-treatment, -inf means at rest already.
    """

    activity: str
    factor: float
    start_s: float = 0.0
    end_s: float = math.inf

    def __post_init__(self) -> None:
        if not (is_finite(self.factor) and self.factor >= 1):
            raise ExperimentError(
                f"{self.activity}: factor {shown(self.factor)}. It is 1 or more; for less write inhibit."
            )
        _check_span(self)
        _make_floats(self, "factor", "start_s", "end_s")


Perturbation = KnockOut | KnockDown | OverExpress | GeneDosage | Mutate | Inhibit | Activate
