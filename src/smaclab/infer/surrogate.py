"""A cheap stand-in for the predictions: sparse straight lines through sets that were predicted.

Numbers that are positive are learned as logarithms. The scatter around a line (`lines`), of sets left out of
it in turn, softens the evidence: where a line knows little, so says it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from smaclab.errors import SmaclabError
from smaclab.infer.evidence import FURTHEST_LOG, FURTHEST_MARGIN, Bound, Constraint, Evidence, log_probit
from smaclab.infer.lines import drawn_lines
from smaclab.infer.problem import Problem

Array = NDArray[Any]

LARGEST_MARGIN: Final = 12.0
"""Tolerances. A line learns margins up to here: one that sinks from 9 to 3 tells where the border will be,
cut off at 1.5 it tells nothing (45 against 193 of 440 margins are then half explained)."""
_KNOWN: Final = 3.0
"""Margin, in its own spreads, of "this set can be predicted", where some could not."""
_LARGEST_LOG: Final = 300.0
_NUDGE: Final = 1e-5


@dataclass(frozen=True, kw_only=True)
class Surrogate:
    """A line for every number of a prediction, and what the evidence says of the numbers on the lines.

    middle: (parameter,). slopes: (parameter, line). level: (line,), at the middle.
    findings: (finding,), which lines are margins that move; names, spread, mistaken, repeats: of these.
    others: softened evidence of other kinds, with the places of its lines and which of them are logarithms.
    constant: the log-likelihood of findings that do not move.
    explained: (line,), share of the variance of sets that the line was not drawn through.
    """

    middle: Array
    slopes: Array
    level: Array
    findings: Array
    spread: Array
    mistaken: Array
    repeats: Array
    names: Array
    others: Sequence[tuple[Evidence, slice, Array]]
    constant: float
    explained: Array

    def log_likelihood(self, coordinates: Array) -> Array:
        """(set, parameter) -> (set,)."""
        line = (coordinates - self.middle) @ self.slopes + self.level
        border = (self.spread, self.mistaken, self.repeats)
        total = self.constant + log_probit(line[:, self.findings], *border).sum(axis=1)
        for one, place, is_log in self.others:
            part = line[:, place]
            total += one.log_likelihood(np.where(is_log, np.exp(np.minimum(part, _LARGEST_LOG)), part))
        return np.asarray(total)

    def part(self, ids: frozenset[str]) -> "Surrogate":
        """Of this evidence only, but for a constant."""
        kept = np.array([one in ids for one in self.names], dtype=bool)
        return replace(
            self,
            findings=self.findings[kept],
            spread=self.spread[kept],
            mistaken=self.mistaken[kept],
            repeats=self.repeats[kept],
            names=self.names[kept],
            others=[one for one in self.others if one[0].id in ids],
            constant=0.0,
        )

    def residuals(self, coordinates: Array) -> tuple[Array, Array]:
        """Residuals of one set, (residual,), and how each answers to the parameters, (residual, parameter).

        Half the sum of their squares is about minus the log-likelihood. coordinates: (parameter,).
        """
        line = (coordinates - self.middle) @ self.slopes + self.level
        margin = np.maximum(line[self.findings] / self.spread, -FURTHEST_MARGIN)
        found = [np.sqrt(-2.0 * self.repeats * log_ndtr(margin))]
        # d sqrt(-2 n ln Phi) / d margin; density over share by logarithms, so that it never is 0 / 0.
        ratio = np.exp(-0.5 * margin**2 - 0.5 * np.log(2.0 * np.pi) - log_ndtr(margin))
        steep = -self.repeats * ratio / np.maximum(found[0], 1e-12) / self.spread
        answers = [steep[:, None] * self.slopes[:, self.findings].T]
        for one, place, is_log in self.others:
            # Row 0 is the set; each other has one line moved.
            moved = line[place] + np.vstack([np.zeros(one.size), _NUDGE * np.eye(one.size)])
            here, *there = one.residuals(np.where(is_log, np.exp(np.minimum(moved, _LARGEST_LOG)), moved))
            found.append(here)
            slope = (np.array(there) - here).T / _NUDGE  # (residual, point)
            answers.append(slope @ self.slopes[:, place].T)
        return np.concatenate(found), np.concatenate(answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One piece of evidence with its straightened predictions, (set, point), and which are logarithms."""

    evidence: Evidence
    straight: Array
    is_log: Array


def learned(problem: Problem, coordinates: Array, predicted: Array) -> Surrogate:
    """Lines through sets.

    Args:
        problem: whose evidence; what is held out takes no part.
        coordinates: (set, parameter), standard.
        predicted: (set, number). Where some sets could not be predicted, one line more learns where.

    Raises:
        SmaclabError: not one set could be predicted, or scikit-learn is missing.
    """
    is_known = np.asarray(np.isfinite(predicted).all(axis=1))
    if not is_known.any():
        raise SmaclabError(
            f"none of {len(predicted)} parameter sets could be predicted. Narrow the priors, or start nearer "
            "to a set that works."
        )
    parts = [
        _part(one, part[is_known]) for one, part in problem.parts(predicted) if one.id not in problem.held_out
    ]
    middle = coordinates.mean(axis=0)
    lines: Sequence[Array] = drawn_lines(
        coordinates[is_known] - middle, np.concatenate([one.straight for one in parts], axis=1)
    )
    if not is_known.all():
        known = Constraint(id="known", dataset="known", mistaken=0.0)
        margin = np.where(is_known, _KNOWN, -_KNOWN)[:, None] * known.spread
        parts.append(_Part(evidence=known, straight=margin, is_log=np.array([False])))
        more = drawn_lines(coordinates - middle, margin)
        lines = [np.concatenate(pair, axis=-1) for pair in zip(lines, more, strict=True)]
    return _surrogate(parts, middle, lines)


def _part(one: Evidence, part: Array) -> _Part:
    is_log = np.zeros(one.size, dtype=bool)
    if isinstance(one, Constraint):
        straight = np.clip(part, -FURTHEST_MARGIN, LARGEST_MARGIN)
    elif isinstance(one, Bound):
        is_log |= True
        inside = np.clip(part, one.low * np.exp(-FURTHEST_LOG), one.high * np.exp(FURTHEST_LOG))
        straight = np.log(inside)
    else:
        is_log = np.asarray((part > 0).all(axis=0))
        straight = np.where(is_log, np.log(np.where(is_log, part, 1.0)), part)
    return _Part(evidence=one, straight=straight, is_log=is_log)


def _surrogate(parts: Sequence[_Part], middle: Array, lines: Sequence[Array]) -> Surrogate:
    """What the softened evidence says of the lines."""
    slopes, level, scatter, explained = lines
    findings: list[int] = []
    borders: list[tuple[float, float, int]] = []
    names: list[str] = []
    others: list[tuple[Evidence, slice, Array]] = []
    constant, first = 0.0, 0
    for one in parts:
        place = slice(first, first + one.evidence.size)
        soft = one.evidence.softened(scatter[place], one.is_log)
        if not isinstance(soft, Constraint):
            others.append((soft, place, one.is_log))
        elif slopes[:, first].any():
            findings.append(first)
            borders.append((soft.spread, soft.mistaken, soft.repeats))
            names.append(soft.id)
        else:
            constant += float(soft.log_likelihood(level[None, place])[0])
        first = place.stop
    spread, mistaken, repeats = np.array(borders).reshape(-1, 3).T
    return Surrogate(
        middle=middle,
        slopes=slopes,
        level=level,
        findings=np.array(findings, dtype=np.intp),
        spread=spread,
        mistaken=mistaken,
        repeats=repeats,
        names=np.array(names, dtype=str),
        others=others,
        constant=constant,
        explained=explained,
    )
