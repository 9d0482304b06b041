"""Dose curves of many series at once, without their profile intervals, which take most of the time."""

import numpy as np

from smaclab.analysis import logistic
from smaclab.analysis.dose_response import BRACKETED, DoseResponse
from smaclab.analysis.estimate import Estimate

ENDS = {"low": -1e9, "high": 1e9}
"""As of a curve whose IC50 the doses bracket: every interval that stands on it may end on both sides."""


def curves_of(doses_nM, rows):
    """The best curve of each row of values (series, well), as `fit_dose_response` finds it."""
    found, squares = logistic.best_fits(logistic.log_doses(doses_nM), np.asarray(rows, dtype=float))
    freedom = len(doses_nM) - 4
    return [
        DoseResponse(
            doses_nM=doses_nM,
            values=row,
            **_words(one),
            verdict=BRACKETED,
            freedom=freedom,
            residual_sd=float(np.sqrt(rest / freedom)),
            parameters=one,
        )
        for row, one, rest in zip(rows, found, squares, strict=True)
    ]


def _words(parameters):
    """Top, Bottom, LogIC50 and HillSlope of a curve that falls or rises from left to right."""
    left, right, middle, steep = (float(one) for one in parameters)
    sign = 1.0 if right >= left else -1.0
    return {
        "top": Estimate(value=max(left, right), **ENDS),
        "bottom": Estimate(value=min(left, right), **ENDS),
        "log_IC50": Estimate(value=middle, **ENDS),
        "hill_slope": Estimate(value=sign * float(np.exp(steep)), **ENDS),
    }
