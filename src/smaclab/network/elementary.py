"""What a formula may use beyond arithmetic: elementary functions, comparisons and conditions.

Scope:   names as in NumPy, the operation on arrays, the operation on floats, and the slope of what is smooth.
Ignores: how a formula is read or differentiated; see `expression`.

A condition is a number: 1 where it holds, 0 where not. `where(c, a, b)` is a where c is not 0, else b; the
other branch may be anything, NaN too. `pow` is a real power without the guard of `**`: a negative base under
an exponent that is no whole number has no real value, and gives NaN.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import gamma

SMOOTH: dict[str, str] = {
    "sin": "cos(x)",
    "cos": "-sin(x)",
    "tan": "1 + tan(x)**2",
    "arcsin": "1 / sqrt(1 - x**2)",
    "arccos": "-1 / sqrt(1 - x**2)",
    "arctan": "1 / (1 + x**2)",
    "sinh": "cosh(x)",
    "cosh": "sinh(x)",
    "tanh": "1 - tanh(x)**2",
    "arcsinh": "1 / sqrt(x**2 + 1)",
    "arccosh": "1 / sqrt(x**2 - 1)",
    "arctanh": "1 / (1 - x**2)",
    "sqrt": "1 / (2 * sqrt(x))",
    "abs": "1 - 2 * less(x, 0)",
}
"""The slope of each function of one argument x."""

FLAT = (
    "floor",
    "ceil",
    "factorial",
    "less",
    "less_equal",
    "equal",
    "logical_and",
    "logical_or",
    "logical_not",
)
"""Their slope counts as 0: they jump, or their argument is a whole number."""

ARITY = {
    **dict.fromkeys(SMOOTH, (1, 1)),
    **dict.fromkeys(("floor", "ceil", "factorial", "logical_not"), (1, 1)),
    **dict.fromkeys(("less", "less_equal", "equal", "logical_and", "logical_or", "pow"), (2, 2)),
    "where": (3, 3),
}
"""Fewest and most arguments."""


def _pow(base: Any, exponent: Any) -> Any:
    undefined = (np.real(base) < 0) & (np.floor(np.real(exponent)) != exponent)
    return np.where(undefined, np.nan, np.power(np.where(undefined, 1.0, base), exponent))


def _pow_of_floats(base: float, exponent: float) -> float:
    return math.nan if base < 0.0 and not float(exponent).is_integer() else math.pow(base, exponent)


def _truth(compare: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given: compare(*given) + 0.0


ON_ARRAYS: dict[str, Callable[..., Any]] = {
    **{name: getattr(np, name) for name in (*SMOOTH, "floor", "ceil")},
    "factorial": lambda x: gamma(np.add(x, 1.0)),
    "less": _truth(lambda a, b: np.real(a) < np.real(b)),
    "less_equal": _truth(lambda a, b: np.real(a) <= np.real(b)),
    "equal": _truth(np.equal),
    "logical_and": _truth(np.logical_and),
    "logical_or": _truth(np.logical_or),
    "logical_not": _truth(np.logical_not),
    "where": lambda c, a, b: np.where(np.not_equal(c, 0), a, b),
    "pow": _pow,
}

ON_FLOATS: dict[str, Callable[..., Any]] = {
    **{name: getattr(math, name.replace("arc", "a")) for name in SMOOTH if name != "abs"},
    "abs": abs,
    "floor": lambda x: float(math.floor(x)),
    "ceil": lambda x: float(math.ceil(x)),
    "factorial": lambda x: math.gamma(x + 1.0),
    "less": lambda a, b: 1.0 if a < b else 0.0,
    "less_equal": lambda a, b: 1.0 if a <= b else 0.0,
    "equal": lambda a, b: 1.0 if a == b else 0.0,
    "logical_and": lambda a, b: 1.0 if a and b else 0.0,
    "logical_or": lambda a, b: 1.0 if a or b else 0.0,
    "logical_not": lambda a: 0.0 if a else 1.0,
    "where": lambda c, a, b: a if c else b,
    "pow": _pow_of_floats,
}
