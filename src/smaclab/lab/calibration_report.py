"""What a calibration learned, as tables and as a page of text; nothing is drawn."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smaclab.infer.evidence import Constraint
from smaclab.infer.left_out import left_out
from smaclab.infer.mixing import MET
from smaclab.infer.sample import Sampled
from smaclab.infer.summary import Direction, Learned, coverage, directions, learned, misfits
from smaclab.lab.calibration import Calibration, cost_so_far
from smaclab.lab.measurements import sources
from smaclab.report.page import Table

PARAMETERS: Final = "parameters.csv"
EVIDENCE: Final = "evidence.csv"
REPORT: Final = "report.md"
MINDED: Final = 20
DIRECTIONS: Final = 5
NOT_TOLD: Final = "not told"
SEED: Final = 1


def write_calibration_report(folder: Path, done: Calibration) -> list[str]:
    """Write `report.md`, `parameters.csv` and `evidence.csv` beside the ensemble.

    Returns:
        Names of the files.
    """
    if done.sampled is None:
        return []
    texts = {
        PARAMETERS: parameter_table(done).to_csv(index=False, lineterminator="\n", float_format="%.6g"),
        EVIDENCE: evidence_table(done).to_csv(index=False, lineterminator="\n", float_format="%.6g"),
        REPORT: report_text(folder, done),
    }
    for name, text in texts.items():
        draft = folder / f".{name}"
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(folder / name)
    return list(texts)


def parameter_table(done: Calibration) -> pd.DataFrame:
    """A row a parameter: prior, posterior, verdict, and what it costs to move it alone, if that was asked."""
    assert done.sampled is not None
    found = learned(done.problem, done.sampled.coordinates)
    alone = np.full(len(found), np.nan) if done.sampled.alone is None else done.sampled.alone
    return pd.DataFrame(
        {
            "parameter": one.name,
            "unit": one.unit,
            "prior_low": one.prior[0],
            "prior_median": one.prior[1],
            "prior_high": one.prior[2],
            "posterior_low": one.posterior[0],
            "posterior_median": one.posterior[1],
            "posterior_high": one.posterior[2],
            "narrowed_to": one.narrowed,
            "moved_by": one.moved,
            "scale_reduction": reduction,
            "cost_alone": cost,
            "verdict": verdict,
        }
        for one, reduction, cost, verdict in zip(
            found, done.sampled.mixed.scale_reduction, alone, verdicts(done.sampled, found), strict=True
        )
    )


def verdicts(sampled: Sampled, found: Sequence[Learned]) -> list[str]:
    """Of each parameter. Where chains have not met, how wide they are together tells of the start, too.

    Nor is anything told of a parameter of which nobody knows whether they have: few sweeps, or none moved.
    """
    return [
        one.verdict if reduction <= MET else NOT_TOLD
        for one, reduction in zip(found, sampled.mixed.scale_reduction, strict=True)
    ]


def evidence_table(done: Calibration) -> pd.DataFrame:
    """A row a piece of evidence: how far off the sets are, and in what share of them a finding holds."""
    rows = []
    assert done.sampled is not None
    for one, part in done.problem.parts(done.sampled.predicted):
        residuals = one.residuals(part)
        rows.append(
            {
                "evidence": one.id,
                "data_set": one.dataset,
                "held_out": one.id in done.problem.held_out,
                "points": one.size,
                "root_mean_square": float((residuals**2).mean() ** 0.5),
                "holds_in": float((part >= 0).mean()) if isinstance(one, Constraint) else float("nan"),
            }
        )
    return pd.DataFrame(rows)


def verdict_counts(done: Calibration) -> Table:
    """How many parameters are identified, bounded by their prior, or flat."""
    assert done.sampled is not None
    found = learned(done.problem, done.sampled.coordinates)
    counted: Counter[str] = Counter(verdicts(done.sampled, found))
    words = {
        NOT_TOLD: "chains have not met: narrower here than it should be",
        "identified": "less than half as wide as its prior",
        "bounded by its prior": "between: the prior's width is a part of the answer",
        "flat": "as wide as its prior, and not moved",
    }
    rows = tuple((name, str(counted[name]), what) for name, what in words.items())
    return Table(caption="Parameters", header=("verdict", "how many", "posterior is"), rows=rows)


def misfit_table(done: Calibration) -> Table:
    """Residuals and predictive coverage of each data set; what was not used stands apart."""
    assert done.sampled is not None
    rows = tuple(
        (
            one.dataset,
            "held out" if one.is_held_out else "used",
            str(one.points),
            f"{one.root_mean_square:.2f}",
            "" if one.covered != one.covered else f"{100 * one.covered:.0f} %",
        )
        for one in misfits(done.problem, done.sampled.predicted, seed=SEED)
    )
    header = ("data set", "fitting", "points", "residual (sd)", "in 90 % interval")
    return Table(caption="Residuals and predictive checks", header=header, rows=rows)


def left_out_table(done: Calibration) -> Table:
    """What would have been learned without each data set, as far as the sets tell."""
    assert done.sampled is not None
    rows = tuple(
        (
            one.dataset,
            f"{one.effective:.0f}",
            ", ".join(f"`{name}` {by:+.1f}" for name, by in one.moved)
            if one.is_told
            else f"not told by weights (tail {one.tail:.1f}): fit again",
            "" if one.covered != one.covered else f"{100 * one.covered:.0f} %",
        )
        for one in left_out(done.problem, done.sampled.coordinates, done.sampled.predicted, seed=SEED)
    )
    header = ("data set", "sets that count", "moves most", "its own points in 90 % interval")
    return Table(caption="Taken away", header=header, rows=rows)


def report_text(folder: Path, done: Calibration) -> str:
    """The page, in Markdown."""
    assert done.sampled is not None
    stiff, sloppy = directions(done.problem, done.sampled.coordinates, DIRECTIONS)
    found = learned(done.problem, done.sampled.coordinates)
    parts = [
        "# Calibration",
        _lead(folder, done),
        _markdown(verdict_counts(done)),
        "Most narrowed: " + _names(sorted(found, key=lambda one: one.narrowed)[:12]) + ".",
        "Most moved: " + _names(sorted(found, key=lambda one: -abs(one.moved))[:12]) + ".",
        *_alone(done),
        "## Directions\n\nPrincipal axes of the posterior; a width of 1 is the prior's.",
        "Stiff:\n\n" + "\n".join(_axis(one) for one in stiff),
        "Sloppy:\n\n" + "\n".join(_axis(one) for one in sloppy),
        "## Evidence\n\n" + _markdown(misfit_table(done)),
        _held_out(done),
        "## Without each data set\n\n" + _markdown(left_out_table(done)),
        "By weighting the sets, not by fitting again: `calibrate --without` does that. Movements are in "
        "standard deviations of the posterior.",
        "Root mean squares are over sets and points; findings count by the residual of their probit.",
        "Sources:\n\n" + "\n".join(f"- `{name}`: {text}" for name, text in sources().items()),
    ]
    return "\n\n".join(parts) + "\n"


def _lead(folder: Path, done: Calibration) -> str:
    assert done.sampled is not None
    found, cost = done.sampled, cost_so_far(folder)
    out = ", ".join(done.without) or "none"
    sentences = (
        f"SIMULATED. {len(found.coordinates)} parameter sets of {len(done.problem.priors)} numbers, seed "
        f"{done.plan.seed}.",
        f"{found.simulations} sets were simulated, {done.cells_a_set} cells each; "
        f"{cost['core_seconds'] / 3600:.2f} core-hours in the parts that ended by themselves.",
        f"{done.plan.walkers} chains; the spread of all sets over that within chains is "
        f"{_about(found.mixed.scale_reduction, 2)} (least, median and most of all numbers), 1 where chains "
        f"cannot be told apart. {_met(found)} have met: up to {MET}. Of the others, no verdict is given. "
        f"Independent sets, where they have met: {_about(found.mixed.effective)}.",
        *_tempering(found),
        f"The last sweeps accepted {_share(found.accepted, done.plan.last_sweeps)}; in them the "
        f"mean log-posterior went from {found.drift[0]:.1f} to {found.drift[-1]:.1f}. "
        "If it still moves, or chains differ, take more sweeps: until then bands are too narrow.",
        f"Data sets left out: {out}. Held out: {', '.join(sorted(done.problem.held_out)) or 'nothing'}.",
    )
    return " ".join(sentences)


def _alone(done: Calibration) -> tuple[str, ...]:
    """What the evidence minds: each parameter moved by itself, which says nothing of moves that balance."""
    assert done.sampled is not None
    cost = done.sampled.alone
    if cost is None:
        return ()
    order = np.argsort(-cost)[:MINDED]
    most = ", ".join(f"`{done.problem.names[place]}` {cost[place]:.0f}" for place in order)
    return (
        f"Moved alone by a standard deviation of its prior, a parameter costs this much log-likelihood (the "
        f"larger of two moves; a gain counts three tenths): {most}. Less than 0.1: {int((cost < 0.1).sum())} "
        f"of {len(cost)}.",
    )


def _met(found: Sampled) -> str:
    reduction = found.mixed.scale_reduction
    return f"{int((reduction <= MET).sum())} of {len(reduction)}"


def _tempering(found: Sampled) -> tuple[str, ...]:
    path = found.tempered
    if path is None:
        return ()
    return (
        f"Tempering took {len(path.powers)} steps, {min(path.effective):.0f} sets effective at the least; "
        f"{found.effective_families:.1f} of its first sets count. ln(evidence) {path.evidence:.1f}, standard "
        f"error {path.evidence_error:.1f} or more.",
    )


def _about(numbers: NDArray[Any], digits: int = 0) -> str:
    known = numbers[np.isfinite(numbers)]
    if not len(known):
        return "not known"
    return ", ".join(f"{one:.{digits}f}" for one in np.quantile(known, [0.0, 0.5, 1.0]))


def _held_out(done: Calibration) -> str:
    assert done.sampled is not None
    inside, points = coverage(done.problem, done.sampled.predicted, seed=SEED)
    if not points:
        return "No measurement was held out."
    share = f"{100 * inside / points:.0f} %"
    return (
        f"Never used in fitting: {inside} of {points} points ({share}) lie in their 90 % predictive interval."
    )


def _share(accepted: tuple[float, ...], last: int) -> str:
    kept = accepted[-last:] if last else accepted
    return f"{100 * sum(kept) / len(kept):.0f} % of the moves" if kept else "no moves"


def _names(found: list[Learned]) -> str:
    return ", ".join(f"`{one.name}` ({one.narrowed:.2f}, {one.moved:+.1f})" for one in found)


def _axis(one: Direction) -> str:
    parts = ", ".join(f"{weight:+.2f} `{name}`" for name, weight in one.parts) or "many, each a little"
    return f"- {one.sd:.3f}: {parts}"


def _markdown(table: Table) -> str:
    lines = ["| " + " | ".join(table.header) + " |", "|" + " --- |" * len(table.header)]
    lines += ["| " + " | ".join(row) + " |" for row in table.rows]
    return f"**{table.caption}**\n\n" + "\n".join(lines)
