"""In what fraction of an ensemble's parameter sets each claim holds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from smaclab.claims.claim import Claim
from smaclab.claims.verify import verify
from smaclab.errors import SimulationError
from smaclab.experiment.catalogue import Catalogue
from smaclab.report.page import Table

ASKED: Final = 0.8
"""A claim that holds in this fraction of the sets counts as held by the ensemble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One claim. margins: (set,), of its main arm's weakest expectation; -inf: not simulated."""

    claim: Claim
    margins: tuple[float, ...]

    @property
    def fraction(self) -> float | None:
        """Of the sets in which it holds; None of a narrative claim."""
        return None if self.claim.is_narrative else float(np.mean(np.array(self.margins) >= 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class OverSets:
    """All claims over the same sets."""

    n_sets: int
    held: tuple[Held, ...]

    def counted(self, status: str = "") -> tuple[int, int]:
        """How many testable claims hold in `ASKED` of the sets, and how many there are."""
        tested = [
            one for one in self.held if one.fraction is not None and one.claim.statuses[0].startswith(status)
        ]
        return sum((one.fraction or 0.0) >= ASKED for one in tested), len(tested)

    def record(self) -> dict[str, Any]:
        """What a program reads: `n_sets`, and `fraction` for each of `claims`."""
        holds, tested = self.counted("E")
        return {
            "n_sets": self.n_sets,
            "asked": ASKED,
            "established": {"hold": holds, "tested": tested},
            "claims": [
                {
                    "id": one.claim.id,
                    "status": "/".join(one.claim.statuses),
                    "n_sets": self.n_sets,
                    "fraction": one.fraction,
                    "margins": None if one.claim.is_narrative else _quantiles(one.margins),
                }
                for one in self.held
            ],
        }

    def table(self) -> Table:
        """For a terminal."""
        rows = tuple(
            (
                one.claim.id,
                "/".join(one.claim.statuses),
                "narrative" if one.fraction is None else f"{100 * one.fraction:.0f} %",
                "" if one.claim.is_narrative else f"{np.median(one.margins):.1f}",
            )
            for one in self.held
        )
        header = ("claim", "status", "holds in", "median margin")
        return Table(caption=f"Claims over {self.n_sets} parameter sets", header=header, rows=rows)

    def line(self) -> str:
        """The sum."""
        holds, tested = self.counted("E")
        share = f"{100 * ASKED:.0f} % or more of {self.n_sets} sets"
        return f"{holds} of {tested} established claims hold in {share}."


def verify_sets(
    claims: Sequence[Claim],
    catalogues: Iterable[Catalogue],
    *,
    letters: Mapping[str, str] | None = None,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> OverSets:
    """Judge all claims under each parameter set.

    Args:
        claims: from `own_claims`.
        catalogues: one a set, from `lab.catalogues`.
        letters: as for `verify`.
        workers: threads.
        progress: called with the number of sets done.

    Raises:
        ExperimentError: a claim's experiment is not sound.
    """
    margins: dict[str, list[float]] = {one.id: [] for one in claims}
    n_sets = 0
    for catalogue in catalogues:
        try:
            found = verify(claims, letters=letters, catalogue=catalogue, workers=workers)
            for one in found.judged:
                margins[one.claim.id].append(-np.inf if one.decisive is None else one.decisive.margin)
        except SimulationError:  # a set that cannot be solved holds nothing
            for each in margins.values():
                each.append(-np.inf)
        n_sets += 1
        if progress is not None:
            progress(n_sets)
    held = tuple(Held(claim=one, margins=tuple(margins[one.id])) for one in claims)
    return OverSets(n_sets=n_sets, held=held)


def _quantiles(margins: Sequence[float]) -> list[float | None]:
    """5 %, median and 95 %, by rank, so that a set that failed stays one."""
    ordered = np.sort(np.array(margins))
    places = np.round(np.array([0.05, 0.5, 0.95]) * (len(ordered) - 1)).astype(int)
    return [round(float(one), 4) if np.isfinite(one) else None for one in ordered[places]]
