"""What counts as a number in the nouns: Python's and NumPy's own, never a bool or a text."""

import math
import numbers
from typing import TypeGuard


def is_whole(given: object) -> TypeGuard[int]:
    """Whether this is a whole number."""
    return isinstance(given, numbers.Integral) and not isinstance(given, bool)


def is_real(given: object) -> TypeGuard[float]:
    """Whether this is a number; infinities and NaN are."""
    return isinstance(given, numbers.Real) and not isinstance(given, bool)


def is_finite(given: object) -> TypeGuard[float]:
    """Whether this is a number that is neither infinite nor NaN."""
    return is_real(given) and math.isfinite(given)
