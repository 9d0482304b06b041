"""The claims as constraints: the margin of every established expectation, for one parameter set at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from smaclab.claims.claim import Claim, Expectation
from smaclab.claims.few import cells_of
from smaclab.claims.verify import verify
from smaclab.experiment.catalogue import Catalogue
from smaclab.lab import Findings, Unit


def findings(claims: Sequence[Claim], *, letters: Mapping[str, str] | None = None) -> Findings:
    """What is established, for `lab.calibration_problem`.

    Margins are those of the verdicts, on all cells. Parameter sets that are chosen on 24 cells fit these 24:
    of 48 claims that held in four of five such sets on 24 cells, 39 did on all 96.

    Only expectations of status E are evidence. Hypotheses, what is open, disputed or background are judged
    afterwards, and never fitted. What several claims expect of the same experiments is one finding, known by
    the first of them: the same look at the same cells says a thing once.

    Args:
        claims: from `own_claims`.
        letters: question -> letter, as for `verify`.
    """
    kept = [one for one in claims if any(each.status == "E" for each in one.expectations)]
    places: dict[str, tuple[str, int]] = {}
    for claim in kept:
        for number, each in enumerate(claim.expectations):
            if each.status == "E":
                places.setdefault(_same(claim, each), (claim.id, number))

    return Findings(
        ids=tuple(_id(*place) for place in places.values()),
        judge=_Margins(claims=tuple(kept), letters=dict(letters or {}), places=tuple(places.values())),
        cells=_cells(written for one in kept for written in one.experiments.values()),
        about=repr(sorted((letters or {}).items()))
        + repr([(one.id, one.experiments, [each.written for each in one.expectations]) for one in kept]),
        units=_units(kept, list(places.values())),
    )


def _units(claims: Sequence[Claim], places: Sequence[tuple[str, int]]) -> tuple[Unit, ...]:
    """A claim is judged as a whole."""
    found = []
    for claim in claims:
        own = frozenset(_id(*place) for place in places if place[0] == claim.id)
        if own:  # else others have all of its findings
            found.append(Unit(evidence=own, cost=_cells(claim.experiments.values())))
    return tuple(found)


def _same(claim: Claim, expectation: Expectation) -> str:
    """What two expectations share that are one: the predicate, of experiments that are written alike."""
    names = {one.experiment for one in expectation.predicate.quantities()}
    words = repr(expectation.predicate)
    for name in sorted(names, key=len, reverse=True):  # a longer name may hold a shorter one
        words = words.replace(f"experiment={name!r}", f"experiment={claim.experiments[name]!r}")
    return words


@dataclass(frozen=True, kw_only=True)
class _Margins:
    """Judges the same claims under any numbers; goes to other processes, as a local function cannot."""

    claims: tuple[Claim, ...]
    letters: Mapping[str, str]
    places: tuple[tuple[str, int], ...]

    def __call__(
        self, catalogue: Catalogue, *, only: Collection[str] | None = None, **how: Any
    ) -> np.ndarray:
        asked = [one for one in self.places if only is None or _id(*one) in only]
        claims = [one for one in self.claims if one.id in {claim for claim, _ in asked}]
        found = verify(claims, letters=self.letters, catalogue=catalogue, **how)
        margins = {
            (one.claim.id, number): judged.margin
            for one in found.judged
            for number, (_, judged) in enumerate(one.arms())
        }
        return np.array([margins[place] for place in asked])


def _id(claim: str, number: int) -> str:
    return f"{claim}-{number + 1}"


def _cells(experiments: Iterable[Mapping[str, Any]]) -> int:
    """Of different ones."""
    return sum({repr(written): cells_of(written) for written in experiments}.values())
