"""One assay by its name, for faces that get the name as text."""

from typing import Unpack

from smaclab.errors import ExperimentError, unknown
from smaclab.experiment.moments import At
from smaclab.lab.assays import annexin, caspase, elisa, qpcr, reporter, viability
from smaclab.lab.bench import How
from smaclab.lab.blot_result import Blot
from smaclab.lab.blots import ladder
from smaclab.lab.pathways import AT_H, pathway
from smaclab.lab.reading import Reading
from smaclab.lab.samples import What

PLAIN = {"viability": viability, "annexin": annexin}
OF_WHAT = {
    "elisa": "sees",
    "qpcr": "gene",
    "caspase": "which",
    "reporter": "which",
    "ladder": "protein",
    "pathway": "experiment",
}
"""Kind -> what its `of` is called."""
FUNCTIONS = {"elisa": elisa, "qpcr": qpcr, "caspase": caspase, "reporter": reporter, "ladder": ladder}


def assay(
    kind: str,
    what: What,
    *,
    of: str | None = None,
    at: At = None,
    replicates: int = 3,
    seed: int | None = 1,
    **how: Unpack[How],
) -> Reading | Blot:
    """Read experiments with one instrument.

    Args:
        kind: "elisa", "qpcr", "viability", "caspase", "annexin", "reporter", "ladder", or "pathway", a map.
        what: experiments: a TOML file, a dict, a campaign, a list of experiments, or a result.
        of: a gene, a caspase, a reporter, a protein, "free" or "total", or an experiment, as the kind has it.
        at: times, h, or text such as "30 min"; the end by default. A reporter is watched all the time.
        replicates: how many times; a reporter is watched once.
        seed: of the bench's noise; None: no noise.
        **how: see `How`.

    Raises:
        ExperimentError: there is no such kind, it has no such object, or as its own function says.
    """
    if kind == "pathway":
        return pathway(what, at=AT_H if at is None else at, experiment=of, **how)
    if kind not in {*PLAIN, *FUNCTIONS}:
        raise ExperimentError(unknown("kind of assay", kind, {*PLAIN, *FUNCTIONS, "pathway"}))
    if of is not None and kind not in OF_WHAT:
        raise ExperimentError(f"{kind} of {of!r}: this assay is of the cells. Leave `of` out.")
    if at is not None and kind == "reporter":
        raise ExperimentError(
            f"A reporter at {at!r}: it is watched all the time, at the sample times of the experiment. "
            "Leave `at` out."
        )
    given = {} if of is None else {OF_WHAT[kind]: of}
    timed = {} if kind == "reporter" else {"at": at, "replicates": replicates}
    function = PLAIN.get(kind) or FUNCTIONS[kind]
    return function(what, seed=seed, **given, **timed, **how)  # type: ignore[operator, no-any-return]
