"""Hypotheses compared on the same evidence: what it prefers, rules out, or cannot tell, and never more.

The criterion is the ratio of the probabilities of the evidence (Bayes factor), each averaged over its
priors, which the tempering gives beside the sample. Its words are Kass and Raftery's (J Am Stat Assoc
1995;90:773), on the safe side: two standard errors of the estimate are taken off first. Valid only as far as
the priors are meant: a wider prior that allows more is a hypothesis that says less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from smaclab.errors import SmaclabError

STRONG: Final = 3.0
"""ln of the Bayes factor from which evidence is called strong (20 to 1)."""
DECISIVE: Final = 5.0
"""And very strong (150 to 1)."""
ERRORS: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One hypothesis against the one that the evidence likes best.

    behind: ln of the Bayes factor of the best over this one, 0 for the best. error: its standard error.
    """

    name: str
    behind: float
    error: float
    verdict: str


def compared(provenances: Mapping[str, Mapping[str, Any]]) -> list[Compared]:
    """Hypotheses, the best first.

    Args:
        provenances: name -> provenance of its ensemble.

    Raises:
        SmaclabError: fewer than two, an ensemble without a probability of its evidence, or other evidence.
    """
    if len(provenances) < 2:
        raise SmaclabError(f"{len(provenances)} ensemble. Give two or more, each of another hypothesis.")
    first = next(iter(provenances))
    for name, about in provenances.items():
        if not isinstance(about.get("log_evidence"), float):
            raise SmaclabError(
                f"{name}: its provenance has no log_evidence; `smaclab calibrate --tempered` writes it."
            )
        if about.get("evidence") != provenances[first].get("evidence"):
            raise SmaclabError(
                f"{name} and {first} were not made with the same evidence, so they cannot be compared."
            )
    order = sorted(provenances, key=lambda name: -provenances[name]["log_evidence"])
    best = provenances[order[0]]
    found = []
    for name in order:
        behind = best["log_evidence"] - provenances[name]["log_evidence"]
        errors = [float(one.get("log_evidence_error", 0.0)) for one in (best, provenances[name])]
        found.append((name, behind, sqrt(errors[0] ** 2 + errors[1] ** 2)))
    runner_up = found[1]
    return [
        Compared(
            name=name,
            behind=behind,
            error=error,
            verdict=_best_word(runner_up[1], runner_up[2]) if place == 0 else word(behind, error),
        )
        for place, (name, behind, error) in enumerate(found)
    ]


def word(behind: float, error: float) -> str:
    """What may be said of a hypothesis that is this far behind the best."""
    safe = behind - ERRORS * error
    if safe >= DECISIVE:
        return "the evidence rules it out"
    return "the evidence prefers another" if safe >= STRONG else "cannot tell"


def _best_word(behind: float, error: float) -> str:
    return "the evidence prefers it" if behind - ERRORS * error >= STRONG else "cannot tell"
