"""What an audit finds: criteria with weights, and every point that was lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smaclab.errors import NetworkError, unknown

WEIGHTS: Mapping[str, float] = {
    "valid": 5.0,
    "mass balance": 15.0,
    "units": 15.0,
    "annotations": 15.0,
    "provenance": 15.0,
    "dead species": 10.0,
    "positivity": 10.0,
    "solvers agree": 10.0,
    "repeatable": 5.0,
}
"""Points for each criterion; they add up to 100. docs/audit.md says why these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Points that were lost, why, and the things concerned."""

    points: float
    why: str
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion. lost: every loss; they never add up to more than the weight."""

    name: str
    lost: tuple[Loss, ...] = ()

    def __post_init__(self) -> None:
        if self.name not in WEIGHTS:
            raise NetworkError(unknown("criterion", self.name, WEIGHTS))
        total = sum(one.points for one in self.lost)
        if not -1e-9 <= total <= self.weight + 1e-9:
            raise NetworkError(f"{self.name}: {total:g} points lost of {self.weight:g}.")

    @property
    def weight(self) -> float:
        """Points that there are."""
        return WEIGHTS[self.name]

    @property
    def points(self) -> float:
        """Points that are left."""
        return self.weight - sum(one.points for one in self.lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A model's audit, criterion by criterion, in the order of `WEIGHTS`."""

    model: str
    criteria: tuple[Criterion, ...]

    @property
    def score(self) -> float:
        """Of 100."""
        return sum(one.points for one in self.criteria)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "model": self.model,
            "score": round(self.score, 2),
            "of": sum(WEIGHTS.values()),
            "criteria": [
                {
                    "name": one.name,
                    "points": round(one.points, 2),
                    "of": one.weight,
                    "lost": [
                        {"points": round(each.points, 2), "why": each.why, "things": list(each.things)}
                        for each in one.lost
                    ],
                }
                for one in self.criteria
            ],
        }


def share(points: float, without: Sequence[str], of: int, why: str) -> Iterable[Loss]:
    """The part of the points that goes with what lacks something, of `of` things; nothing if none does."""
    if without:
        words = f"{len(without)} of {of} {why}"
        yield Loss(points=points * len(without) / max(of, 1), why=words, things=tuple(without))
