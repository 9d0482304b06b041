"""Plate readers, cyclers, cytometers and microscopes: what they would show of experiments.

Each function runs the experiments, takes samples at some times and reads them. The first is the control.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, Unpack

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.assay.annexin import QUADRANTS, Annexin
from smaclab.assay.caspase_activity import SUBSTRATES, CaspaseActivity
from smaclab.assay.elisa import Elisa
from smaclab.assay.noise import generator
from smaclab.assay.qpcr import QPCR, REFERENCE
from smaclab.assay.reporter import Reporter
from smaclab.assay.viability import Viability
from smaclab.errors import ExperimentError, plain, unknown
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.moments import At
from smaclab.lab.bench import How
from smaclab.lab.reading import Reading
from smaclab.lab.samples import Taken, What, catalogue_of, take
from smaclab.report.bars import Bars, draw_bars
from smaclab.report.flow import MOST_DOTS, draw_quadrants
from smaclab.report.traces import Traces, draw_traces
from smaclab.report.words import hours, treatment

FREE, TOTAL = "TNF_medium", "TNF_medium_total"
MRNA = "_mRNA"
REPORTERS = {"caspase-3": "caspase3_activity", "caspase-8": "caspase8_activity", "NF-kB": "RelA_nuclear"}
ALL_RELA = "IP RELA: RELA"


def elisa(
    what: What,
    *,
    at: At = None,
    sees: Literal["free", "total"] = "free",
    replicates: int = 3,
    seed: int | None = 1,
    **how: Unpack[How],
) -> Reading:
    """TNF in the medium, pg/ml, each replicate from its own plate.

    Args:
        what: experiments: a TOML file, a dict, a campaign, a list of experiments, or a result.
        at: times, h, or text such as "30 min"; the end by default.
        sees: "free" TNF, or "total", what antibodies and receptors hold too.
        replicates: plates.
        seed: of the bench's noise; None: no noise.
        **how: see `How`.

    Returns:
        A table with `flag`: "below" the lowest or "above" the highest that can be told.

    Raises:
        ExperimentError: a time that is not known, or experiments that are not sound.
    """
    readout = {"free": FREE, "total": TOTAL}.get(sees)
    if readout is None:
        raise ExperimentError(unknown("kind of ELISA", sees, ("free", "total")))
    taken = take(what, [readout], at=at, how=how)
    instrument = Elisa()
    plate = instrument.measure(
        taken.mean(readout), taken.samples, sees=sees, replicates=replicates, seed=seed
    )
    table = _table(taken, {readout: plate.reading}, "pg/ml")
    more = table.assign(absorbance=plate.absorbance.ravel(), flag=plate.flag.ravel())
    limits = [(instrument.least_pg_per_ml, f"lowest that can be told, {instrument.least_pg_per_ml:g} pg/ml")]
    if np.any(plate.flag == "above"):
        limits += [(instrument.most_pg_per_ml, f"highest standard, {instrument.most_pg_per_ml:g} pg/ml")]
    words = f"TNF in the medium, {sees}, by ELISA"
    return _bars((taken, seed), "elisa", more, plate.reading, (words, "pg/ml"), limits)


def qpcr(
    what: What,
    gene: str = "TNF",
    *,
    at: At = None,
    replicates: int = 3,
    seed: int | None = 1,
    **how: Unpack[How],
) -> Reading:
    """The mRNA of a gene by RT-qPCR, as folds over the first sample, by ddCt.

    Args:
        what: experiments, as for `elisa`.
        gene: one whose mRNA the model knows, by symbol or name.
        at: as for `elisa`.
        replicates: each with its own reverse transcription.
        seed: of the bench's noise; None: no noise.
        **how: see `How`.

    Returns:
        A table with `Ct`, `Ct_reference` and `undetermined`; `simulation` is the fold.

    Raises:
        ExperimentError: a gene or time that is not known, or experiments that are not sound.
    """
    catalogue = how.get("catalogue") or catalogue_of(what)
    protein = catalogue.find_protein(gene)
    names = [gene, *((protein.symbol, protein.name, *protein.aliases) if protein else ())]
    found = [one for name in names if (one := catalogue.find_readout(f"{name}{MRNA}")) is not None]
    if not found:
        known = [one.name.removesuffix(MRNA) for one in catalogue.readouts if one.name.endswith(MRNA)]
        raise ExperimentError(unknown("gene whose mRNA the model has", gene, known))
    readout, instrument = found[0].name, QPCR()
    taken = take(what, [readout], at=at, how=how | {"catalogue": catalogue})
    mean = taken.mean(readout)
    copies = np.stack([mean, np.where(np.isnan(mean), np.nan, instrument.reference_copies)], axis=1)
    genes = (readout, REFERENCE)
    cycles = instrument.cycles(copies, taken.samples, genes, replicates=replicates, seed=seed)
    folds = instrument.folds(cycles[:, :, :1], cycles[:, :, 1], control=0)[:, :, 0]
    more = _table(taken, {readout: folds}, "fold").assign(
        Ct=cycles[:, :, 0].ravel(),
        Ct_reference=cycles[:, :, 1].ravel(),
        undetermined=np.isinf(cycles[:, :, 0]).ravel(),
    )
    words = f"{readout.replace('_', ' ')} by RT-qPCR"
    return _bars(
        (taken, seed), "qpcr", more, folds, (words, "fold over the first sample"), [(1.0, "the first sample")]
    )


def viability(
    what: What, *, at: At = None, replicates: int = 3, seed: int | None = 1, **how: Unpack[How]
) -> Reading:
    """Viability by ATP, percent of the first sample.

    Args:
        what: experiments, as for `elisa`.
        at: as for `elisa`.
        replicates: wells.
        seed: of the bench's noise; None: no noise.
        **how: see `How`.

    Returns:
        A table with `RLU` and `alive`, the true fraction; `simulation` is the percent.

    Raises:
        ExperimentError: a time that is not known, or experiments that are not sound.
    """
    taken = take(what, ["viability"], at=at, how=how)
    instrument, alive = Viability(), taken.mean("viability")
    light = instrument.measure(alive, taken.samples, replicates=replicates, seed=seed)
    percent = instrument.percent(light, control=0)
    more = _table(taken, {"viability": percent}, "% of the first sample").assign(
        RLU=light.ravel(), alive=np.tile(alive, replicates)
    )
    return _bars((taken, seed), "viability", more, percent, ("Viability by ATP", "% of the first sample"))


def caspase(
    what: What,
    which: str = "caspase-3",
    *,
    at: At = None,
    replicates: int = 3,
    seed: int | None = 1,
    **how: Unpack[How],
) -> Reading:
    """Caspase activity by a fluorogenic substrate, as folds over the first sample.

    Args:
        what: experiments, as for `elisa`.
        which: "caspase-3", "caspase-8" or "caspase-9".
        at: as for `elisa`.
        replicates: wells.
        seed: of the bench's noise; None: no noise.
        **how: see `How`.

    Returns:
        A table with `RFU`; `simulation` is the fold.

    Raises:
        ExperimentError: a caspase or time that is not known, or experiments that are not sound.
    """
    by_plain = {plain(name): name for name in SUBSTRATES}
    name = by_plain.get(plain(which))
    if name is None:
        raise ExperimentError(unknown("caspase with a substrate", which, SUBSTRATES))
    readout = f"{plain(name)}_activity"
    taken, instrument = take(what, [readout], at=at, how=how), CaspaseActivity()
    light = instrument.measure(
        taken.mean(readout), taken.samples, enzyme=name, replicates=replicates, seed=seed
    )
    folds = instrument.folds(light, control=0)
    more = _table(taken, {readout: folds}, "fold").assign(RFU=light.ravel())
    words = f"{name} activity, substrate {SUBSTRATES[name]}"
    return _bars((taken, seed), "caspase", more, folds, (words, "fold over the first sample"))


def annexin(
    what: What, *, at: At = None, replicates: int = 3, seed: int | None = 1, **how: Unpack[How]
) -> Reading:
    """Annexin V and propidium iodide by flow cytometry, percent of events in each quadrant.

    Args:
        what: experiments, as for `elisa`.
        at: as for `elisa`.
        replicates: tubes.
        seed: of the bench's noise; None: no noise.
        **how: see `How`.

    Returns:
        A table with a row a quadrant and its `events`; `simulation` is the percent. The picture shows the
        first replicate.

    Raises:
        ExperimentError: a time that is not known, or experiments that are not sound.
    """
    taken, instrument = take(what, ["viability"], at=at, how=how), Annexin()
    looks = taken.looks
    chances = instrument.chances(taken.samples, looks.death_time_h, looks.death_kind, seed=seed)
    events = instrument.count(chances, taken.samples, replicates=replicates, seed=seed)
    shares = events / instrument.events
    named = {name: 100.0 * shares[:, :, place] for place, name in enumerate(QUADRANTS)}
    counted = np.concatenate([events[:, :, place].ravel() for place in range(len(QUADRANTS))])
    table = _table(taken, named, "% of events").assign(events=counted)
    dots = [_dots(shares[0, place], one.name, seed) for place, one in enumerate(taken.samples)]

    def draw(width_px: int) -> Figure:
        return draw_quadrants(_words(taken), shares[0], dots, width_px=width_px)

    return Reading(
        id=taken.id, kind="annexin", table=table, draw=draw, provenance=looks.provenance, seed=seed
    )


def reporter(what: What, which: str = "caspase-8", *, seed: int | None = 1, **how: Unpack[How]) -> Reading:
    """Single cells with a reporter, watched at the sample times of the experiments until they die.

    Args:
        what: experiments, as for `elisa`.
        which: a FRET reporter of "caspase-3" or "caspase-8", as the share that is cut, or "NF-kB", as the
            share of RelA that is in the nucleus.
        seed: of the camera's noise; None: no noise.
        **how: see `How`.

    Returns:
        A table with `cell`; `simulation` is the share, NaN from the cell's death on.

    Raises:
        ExperimentError: a reporter that is not known, or experiments that are not sound.
    """
    by_plain = {plain(name): name for name in REPORTERS}
    name = by_plain.get(plain(which))
    if name is None:
        raise ExperimentError(unknown("reporter", which, REPORTERS))
    readout, instrument = REPORTERS[name], Reporter()
    asked = [readout, ALL_RELA] if name == "NF-kB" else [readout]
    taken = take(what, ["viability", *asked], at=None, how=how, every=True)
    traces, blocks = [], []
    for sample, experiment in zip(taken.samples, taken.experiments, strict=True):
        time_h = taken.looks.time_h[sample.experiment]
        true = _share(taken.looks.values, sample.experiment, name, instrument, time_h)
        died = taken.looks.death_time_h[sample.experiment]
        seen = instrument.watch(true, sample.experiment, died, time_h, seed=seed)
        traces.append(Traces(title=_title(taken, experiment), time_h=time_h, seen=seen))
        blocks.append(_cells(seen, sample.experiment, time_h, name))
    unit = "RelA in the nucleus, as a share" if name == "NF-kB" else f"{name} reporter, share that is cut"

    def draw(width_px: int) -> Figure:
        return draw_traces(traces, unit=unit, width_px=width_px)

    table = pd.concat(blocks, ignore_index=True)
    return Reading(
        id=taken.id, kind="reporter", table=table, draw=draw, provenance=taken.looks.provenance, seed=seed
    )


def _share(
    values: Mapping[tuple[str, str], np.ndarray],
    experiment: str,
    name: str,
    instrument: Reporter,
    time_h: np.ndarray,
) -> np.ndarray:
    """(cell, time), the true share."""
    own = values[experiment, REPORTERS[name]]
    if name != "NF-kB":
        return instrument.cut(own, time_h)
    whole = values[experiment, ALL_RELA]
    return np.divide(own, whole, out=np.full_like(own, np.nan), where=whole > 0)


def _cells(seen: np.ndarray, experiment: str, time_h: np.ndarray, name: str) -> pd.DataFrame:
    n_cells = len(seen)
    return pd.DataFrame(
        {
            "observableId": f"{name} reporter",
            "experimentId": experiment,
            "time": np.tile(time_h, n_cells),
            "simulation": seen.ravel(),
            "unit": "share",
            "replicateId": 1,
            "cell": np.repeat(np.arange(n_cells), len(time_h)),
        }
    )


def _table(taken: Taken, values: Mapping[str, np.ndarray], unit: str) -> pd.DataFrame:
    """values: observable -> (replicate, sample). Rows by observable, then replicate, then sample."""
    blocks = []
    for name, table in values.items():
        replicates = len(table)
        blocks.append(
            pd.DataFrame(
                {
                    "observableId": name,
                    "experimentId": [one.experiment for one in taken.samples] * replicates,
                    "time": [one.time_h for one in taken.samples] * replicates,
                    "simulation": table.ravel(),
                    "unit": unit,
                    "replicateId": np.repeat(np.arange(1, replicates + 1), len(taken.samples)),
                }
            )
        )
    return pd.concat(blocks, ignore_index=True)


def _bars(
    source: tuple[Taken, int | None],
    kind: str,
    table: pd.DataFrame,
    values: np.ndarray,
    words: tuple[str, str],
    limits: Sequence[tuple[float, str]] = (),
) -> Reading:
    """source: the samples, and the seed of the bench. words: the title and the unit of the picture."""
    (taken, seed), (title, unit) = source, words
    bars = Bars(title=title, labels=_words(taken), values=values, unit=unit, limits=limits)

    def draw(width_px: int) -> Figure:
        return draw_bars(bars, width_px=width_px)

    return Reading(
        id=taken.id, kind=kind, table=table, draw=draw, provenance=taken.looks.provenance, seed=seed
    )


def _words(taken: Taken) -> list[str]:
    """(sample,): line where there are several, treatment, time where there are several."""
    times = {one.time_h for one in taken.samples}
    return [
        _title(taken, experiment) + (f", {hours(3600.0 * sample.time_h)}" if len(times) > 1 else "")
        for sample, experiment in zip(taken.samples, taken.experiments, strict=True)
    ]


def _title(taken: Taken, experiment: Experiment) -> str:
    lines = {one.cell_line for one in taken.experiments}
    words = treatment(experiment, taken.masses())
    return f"{experiment.cell_line}, {words}" if len(lines) > 1 else words


def _dots(share: np.ndarray, owner: str, seed: int | None) -> np.ndarray:
    """(event, 3): quadrant and two standard normal numbers, for the eye."""
    if not np.isfinite(share).all():
        return np.zeros((0, 3))
    own = generator(1 if seed is None else seed, "annexin dots", owner, 0)
    counts = np.rint(MOST_DOTS * share).astype(int)
    return np.column_stack([np.repeat(np.arange(len(share)), counts), own.standard_normal((counts.sum(), 2))])
