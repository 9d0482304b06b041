"""What decided a claim, as panels beside the expectation."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from smaclab.analysis.predicate import (
    Difference,
    DoseOrder,
    Fold,
    Limit,
    Predicate,
    SupraAdditive,
    Unchanged,
)
from smaclab.analysis.quantity import Quantity
from smaclab.analysis.seen import Seen
from smaclab.claims.verify import Judged
from smaclab.report.panels import Line, Panel, expectation_figure
from smaclab.report.style import MAX_CURVES

MOST_PANELS = 3
_UNITS = {"viability": "fraction alive"}


def claim_figure(judged: Judged) -> Figure | None:
    """The readouts of the decisive expectation over time, or over dose; None for a narrative claim."""
    predicate = _decisive(judged)
    if predicate is None:
        return None
    if isinstance(predicate, DoseOrder):
        return expectation_figure([_dose_panel(predicate, judged.seen)])
    quantities = predicate.quantities()
    readouts = list(dict.fromkeys(one.readout for one in quantities))[:MOST_PANELS]
    panels = [_time_panel(name, quantities, predicate, judged.seen) for name in readouts]
    return expectation_figure(panels)


def _decisive(judged: Judged) -> Predicate | None:
    decisive = judged.decisive
    for expectation, one in judged.arms():
        if one is decisive:
            return expectation.predicate
    return None


def _time_panel(name: str, quantities: Sequence[Quantity], predicate: Predicate, seen: Seen) -> Panel:
    experiments = list(dict.fromkeys(one.experiment for one in quantities if one.readout == name))
    lines = [
        Line(label=one.replace("_", " "), x=seen.time_h[one], y=seen.typical(one, name))
        for one in experiments[:MAX_CURVES]
    ]
    first = quantities[-1] if isinstance(predicate, SupraAdditive) else quantities[0]
    limit, side = _limit(predicate, seen) if first.readout == name else (None, "above")
    look = None if np.isinf(first.time_h) or first.readout != name else first.time_h
    unit = _UNITS.get(name, "median cell")
    return Panel(title=name, lines=lines, unit=unit, limit=limit, side=side, look=look)


def _limit(predicate: Predicate, seen: Seen) -> tuple[float | None, str]:
    """The value in the readout's own unit that decides, and the side that is expected."""
    if isinstance(predicate, Limit | Fold | Difference):
        if predicate.quantities()[0].is_time:
            return None, "above"
        side = "above" if predicate.at_least is not None else "below"
        bound = predicate.at_least if predicate.at_least is not None else predicate.at_most or 0.0
        if isinstance(predicate, Limit):
            return bound, side
        if isinstance(predicate, Difference):
            return predicate.reference.value(seen) + bound, side
        return predicate.reference.value(seen) * bound - predicate.quantity.floor, side
    if isinstance(predicate, SupraAdditive):
        neither, one, other, _ = (each.value(seen) for each in predicate.quantities())
        return (one * other / neither if neither > 0 else np.nan) - predicate.at_least, "below"
    if isinstance(predicate, Unchanged) and not predicate.quantity.is_time:
        return None, "above"
    return None, "above"


def _dose_panel(predicate: DoseOrder, seen: Seen) -> Panel:
    lines = []
    for series in (predicate.earlier, predicate.later):
        values = np.array([one.value(seen) for one in series.quantities])
        share = values / values[0] if values[0] else np.full_like(values, np.nan)
        where = (
            ""
            if predicate.earlier.quantities[0].readout != predicate.later.quantities[0].readout
            else (f" ({series.quantities[1].experiment.replace('_', ' ')} ...)")
        )
        label = f"{series.quantities[0].readout}{where}"
        lines.append(Line(label=label, x=np.array(series.doses_nM), y=share))
    return Panel(
        title="left of it", lines=lines, unit="share of untreated", limit=0.5, side="below", is_dose=True
    )
