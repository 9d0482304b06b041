"""The map of the pathway, colored by a run: how many times as much there is as at the start."""

import math
from collections.abc import Mapping
from typing import Final, Unpack

import pandas as pd
from matplotlib.figure import Figure

from smaclab.errors import ExperimentError, unknown
from smaclab.experiment.moments import At
from smaclab.lab.bench import How
from smaclab.lab.reading import Reading
from smaclab.lab.samples import Taken, What, catalogue_of, experiments_of, take
from smaclab.report import pathway_map
from smaclab.report.words import hours, treatment

AT_H: Final = 4.0
"""The map is colored by what there is then, unless another time is asked for."""

COLORED_BY: Final[Mapping[str, str]] = {
    "cIAP1": "cIAP1",
    "cIAP2": "cIAP2",
    "NIK": "NIK",
    "p52": "p52",
    "IKKbeta": "p_IkBa",
    "TNF_gene": "TNF_mRNA",
    "TNF": "TNF_medium",
    "caspase8": "caspase8_activity",
    "caspase3": "caspase3_activity",
}
"""Box of the map -> the readout that colors it."""


def pathway(what: What, *, at: At = AT_H, experiment: str | None = None, **how: Unpack[How]) -> Reading:
    """The map of the pathway, each box colored by its fold over the start of one experiment.

    Args:
        what: one experiment, or more of which `experiment` names one: a TOML file, a dict, a campaign, a list
            of experiments, or a result.
        at: one time, h, or text such as "30 min".
        experiment: its id.
        **how: see `How`.

    Returns:
        A row a box; `simulation` is the fold of the mean over the cells, with what there was at the start and
        then in the readout's own unit. inf: none at the start. NaN: none at either time, or no cell is known.

    Raises:
        ExperimentError: more than one experiment or time, an id or time that is not there, or an experiment
            that is not sound.
    """
    catalogue = how.get("catalogue") or catalogue_of(what)
    known = {one.id: one for one in experiments_of(what, catalogue)}
    if experiment is None and len(known) > 1:
        raise ExperimentError(
            f"{len(known)} experiments, and one map: give experiment=, one of {', '.join(known)}."
        )
    name = next(iter(known)) if experiment is None else experiment
    if name not in known:
        raise ExperimentError(unknown("experiment", name, known))
    times: list[float | str] = [0.0, *([at] if isinstance(at, str | int | float) else at or ())]
    taken = take([known[name]], COLORED_BY.values(), at=times, how=how | {"catalogue": catalogue})
    if len(taken.samples) != 2:
        raise ExperimentError(f"at {at!r}: one map shows one time.")
    table = _table(taken)
    folds = dict(zip(COLORED_BY, table["simulation"], strict=True))
    one, when = known[name], hours(3600.0 * taken.samples[1].time_h)
    words = treatment(one, taken.masses())
    title = f"{one.cell_line}, {words}, {when}: how many times as much as at the start"

    def draw(_width_px: int) -> Figure:
        return pathway_map.draw(folds, title=title)

    return Reading(
        id=name, kind="pathway", table=table, draw=draw, provenance=taken.looks.provenance, seed=None
    )


def fold_over(start: float, then: float, unit: str) -> float:
    """How many times as much there is; inf: none at the start. NaN: none at either time, or not known.

    Less than one copy counts as one copy: a thousand times nothing is nothing.
    """
    least = 1.0 if unit == "copies" else 0.0
    before, after = (max(one, least) if not math.isnan(one) else one for one in (start, then))
    if before == 0.0:
        return math.inf if after > 0.0 else math.nan
    return after / before


def _table(taken: Taken) -> pd.DataFrame:
    rows = []
    for box, readout in COLORED_BY.items():
        found = taken.catalogue.find_readout(readout)
        unit = found.unit if found is not None else ""
        start, then = (float(one) for one in taken.mean(readout))
        rows.append(
            {
                "observableId": readout,
                "experimentId": taken.samples[1].experiment,
                "time": taken.samples[1].time_h,
                "simulation": fold_over(start, then, unit),
                "unit": "fold",
                "replicateId": 1,
                "box": box,
                "start": start,
                "then": then,
                "of_unit": unit,
            }
        )
    return pd.DataFrame(rows)
