"""The claims as constraints: the margin of every established expectation, for one parameter set at a time."""

from collections.abc import Mapping, Sequence

import numpy as np

from smaclab.claims.claim import Claim
from smaclab.claims.verify import CELLS, verify
from smaclab.experiment.catalogue import Catalogue
from smaclab.lab import Findings


def findings(
    claims: Sequence[Claim], *, letters: Mapping[str, str] | None = None, workers: int | None = None
) -> Findings:
    """What is established, for `lab.calibration_problem`.

    Only expectations of status E are evidence. Hypotheses, what is open, disputed or background are judged
    afterwards, and never fitted.

    Args:
        claims: from `own_claims`.
        letters: question -> letter, as for `verify`.
        workers: threads.
    """
    kept = [one for one in claims if any(each.status == "E" for each in one.expectations)]
    places = [
        (claim.id, number)
        for claim in kept
        for number, each in enumerate(claim.expectations)
        if each.status == "E"
    ]

    def judge(catalogue: Catalogue) -> np.ndarray:
        found = verify(kept, letters=letters, catalogue=catalogue, workers=workers)
        margins = {
            (one.claim.id, number): judged.margin
            for one in found.judged
            for number, (_, judged) in enumerate(one.arms())
        }
        return np.array([margins[place] for place in places])

    return Findings(
        ids=tuple(f"{claim}-{number + 1}" for claim, number in places),
        judge=judge,
        cells=CELLS * len({repr(written) for one in kept for written in one.experiments.values()}),
        about=repr(sorted((letters or {}).items()))
        + repr([(one.id, one.experiments, [each.written for each in one.expectations]) for one in kept]),
    )
