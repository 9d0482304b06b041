"""Is it more together than apart? One number and one map a model, each against its own idea of "apart".

The four models answer different questions, and may disagree; `QUESTIONS` says which. All are invariant to the
unit of the doses. The score is the mean excess over the wells with both drugs.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from scipy.special import stdtrit

from smaclab.analysis.bliss import bliss_excess
from smaclab.analysis.drug_matrix import DrugMatrix, combined
from smaclab.analysis.estimate import LEVEL, Estimate
from smaclab.analysis.highest_single_agent import highest_single_agent_excess
from smaclab.analysis.loewe import loewe_excess
from smaclab.analysis.logistic import Array
from smaclab.analysis.zero_interaction_potency import zip_delta
from smaclab.errors import SmaclabError, plain, unknown

MODELS: Final[Mapping[str, Callable[[DrugMatrix], Array]]] = {
    "Bliss": bliss_excess,
    "HSA": highest_single_agent_excess,
    "Loewe": loewe_excess,
    "ZIP": zip_delta,
}
QUESTIONS: Final[Mapping[str, str]] = {
    "Bliss": "more than two drugs that do not know of each other",
    "HSA": "more than the better of the two alone",
    "Loewe": "more than if each were a dilution of the other",
    "ZIP": "whether one drug moves the dose-response curve of the other",
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Synergy:
    """What one model says of a matrix.

    matrix: what was judged.
    model: one of `MODELS`.
    excess: (row, column), of the mean over the plates, in fractions; above 0 is synergy. 0 at the edges.
        NaN: the model cannot tell.
    score: the mean of `excess` where both drugs are given; its interval needs two plates or more.
    """

    matrix: DrugMatrix
    model: str
    excess: Array
    score: Estimate


def synergy_of(matrix: DrugMatrix, model: str = "Bliss", *, level: float = LEVEL) -> Synergy:
    """Judge a matrix by one model.

    Args:
        matrix: the effects.
        model: one of `MODELS`.
        level: of the interval.

    Returns:
        The excess of the mean of all plates. The score's interval is that of a jackknife over the plates, by
        Student's t: plates are what is repeated, and each brings its own single drugs and control.

    Raises:
        SmaclabError: there is no such model.

    Source:
        Tukey's jackknife: Miller (1974), doi 10.1093/biomet/61.1.1.
    """
    named = {plain(one): one for one in MODELS}.get(plain(str(model)))
    if named is None:
        raise SmaclabError(unknown("model of synergy", model, MODELS))
    plates = matrix.plates
    kept = [np.arange(plates), *(np.delete(np.arange(plates), one) for one in range(plates) if plates > 1)]
    means = np.stack([_mean(matrix.effect[one]) for one in kept])
    excess = MODELS[named](replace(matrix, effect=means))
    scores = np.mean(excess[:, combined(excess.shape)], axis=1)
    value = float(scores[0])
    if plates < 2:
        return Synergy(matrix=matrix, model=named, excess=excess[0], score=Estimate(value=value))
    error = math.sqrt((plates - 1) / plates * float(np.sum((scores[1:] - scores[1:].mean()) ** 2)))
    reach = error * float(stdtrit(plates - 1, 0.5 + level / 2))
    score = Estimate(value=value, low=value - reach, high=value + reach)
    return Synergy(matrix=matrix, model=named, excess=excess[0], score=score)


def _mean(effect: Array) -> Array:
    """(row, column): the mean of the plates on which a well is known; NaN where it is on none."""
    known = ~np.isnan(effect)
    total = np.where(known, effect, 0.0).sum(axis=0)
    count = known.sum(axis=0)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
