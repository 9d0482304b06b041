"""Global sensitivity of a cell line: which of its amounts and properties move death, TNF and complex II.

Sobol indices by SALib (Herman, Usher, J Open Source Softw 2017;2:97; Saltelli et al., Comput Phys Commun
2010;181:259): every number varies over its own prior, all at once. First order: the share of the variance
that a number explains alone. Total: with all that it does together with others. A line whose total indices
of viability
stand on TNF_competence goes from type II to I by making TNF, and so on: the table says what moves it.

The extra [infer] is needed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from math import log
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from smaclab.errors import ExperimentError, SimulationError, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.value import Value
from smaclab.infer.prior import NORMAL_95
from smaclab.lab.bench import look_many
from smaclab.lab.door import load, own_catalogue
from smaclab.lab.set_workers import predicted
from smaclab.report.page import Table

Array = NDArray[Any]

LIBRARY: Final = "SALib"
OUTPUTS: Final = ("viability", "TNF_medium", "complex_II")
TREATMENT: Final[Mapping[str, Any]] = {"dose": [{"drug": "SM-164", "concentration": "100 nM"}]}
SOONEST_H: Final = 0.1
"""A cell whose numbers kill it before the drug comes has lived so long, h: its logarithm is no infinity."""
_VARYING: Final = ("log-normal", "log-uniform")


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """Sobol indices of one line under one treatment.

    indices: columns output, factor, first, first_interval, total, total_interval (95 %, half width).
    values: (sample, output), what was simulated. cells: simulated.
    """

    line: str
    indices: pd.DataFrame
    values: Array
    cells: int

    def table(self, *, most: int = 6) -> Table:
        """The largest total indices of each output, as text."""
        rows: list[tuple[str, ...]] = []
        for output, part in self.indices.groupby("output", sort=False):
            largest = part.sort_values("total", ascending=False).head(most)
            rows += [
                (
                    str(output),
                    str(one.factor),
                    f"{one.first:.2f} ± {one.first_interval:.2f}",
                    f"{one.total:.2f} ± {one.total_interval:.2f}",
                )
                for one in largest.itertuples()
            ]
        header = ("output", "factor", "alone", "with others")
        return Table(caption=f"{self.line}: what moves it (Sobol)", header=header, rows=tuple(rows))


def factors(line: CellLine) -> dict[str, Value]:
    """What varies: amounts and properties with a prior of a logarithm, by name."""
    named = {f"{symbol} amount": one for symbol, one in line.amounts.items()} | dict(line.properties)
    return {
        name: one
        for name, one in named.items()
        if one.value > 0 and one.prior and one.prior.get("distribution") in _VARYING
    }


def sensitivity(
    cell_line: str,
    *,
    samples: int = 64,
    seed: int = 1,
    written: Mapping[str, Any] = TREATMENT,
    catalogue: Catalogue | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """Sobol indices of a line's own numbers.

    Args:
        cell_line: its name.
        samples: a power of two; `samples` times (factors + 2) cells are simulated.
        seed: of the sampling.
        written: the treatment, as a person writes it; 24 h where it says nothing.
        catalogue: the package's own by default.
        workers: processes; with more than one, a script needs its `if __name__ == "__main__":`.
        progress: called with the samples done and in all.

    Returns:
        Indices of: ln of the hours lived (survivors at the end), ln of the highest TNF in the medium, and ln
        of the most complex II. One cell with the line's typical amounts stands for each sample. A sample
        that fails is counted at the median of the others.

    Raises:
        ExperimentError: no such line, SALib is missing, or samples is no power of two.
    """
    known = own_catalogue() if catalogue is None else catalogue
    line = known.find_cell_line(cell_line)
    if line is None:
        names = [one.name for one in known.cell_lines]
        raise ExperimentError(unknown("cell line", cell_line, names, where="sensitivity"))
    if samples < 2 or samples & (samples - 1):
        raise ExperimentError(f"{samples} samples. Sobol's sequence needs a power of two, such as 64.")
    if find_spec(LIBRARY) is None:
        raise ExperimentError(
            f"{LIBRARY!r} is not installed; it is in the extra [infer]: pip install 'smaclab[infer]'."
        )
    from SALib.analyze.sobol import analyze
    from SALib.sample.sobol import sample

    named = factors(line)
    asked = {"num_vars": len(named), "names": list(named), "bounds": [[0.0, 1.0]] * len(named)}
    uniform = sample(asked, samples, calc_second_order=False, seed=seed)
    experiment = _experiment(line.name, written, known)
    values = np.full((len(uniform), len(OUTPUTS)), np.nan)
    rows = (dict(zip(named, map(float, row), strict=True)) for row in uniform)
    one_set = _OneSample(line=line, experiment=experiment, known=known)
    for place, seen in enumerate(predicted(one_set, rows, workers)):
        values[place] = seen
        if progress is not None:
            progress(place + 1, len(uniform))
    blocks = []
    for column, output in enumerate(OUTPUTS):
        filled = _filled(values[:, column])
        if np.ptp(filled) > 0:
            found = analyze(asked, filled, calc_second_order=False, seed=seed)
        else:
            # Nothing moves it: no variance to share.
            found = {key: np.zeros(len(named)) for key in ("S1", "S1_conf", "ST", "ST_conf")}
        blocks.append(_block(output, list(named), found))
    return Sensitivity(
        line=line.name, indices=pd.concat(blocks, ignore_index=True), values=values, cells=len(uniform)
    )


def moved_line(line: CellLine, shares: Mapping[str, float]) -> CellLine:
    """The line with each named number at this quantile (0 to 1) of its prior."""
    named = factors(line)
    values = {
        name: replace(named[name], value=quantile(named[name], share)) for name, share in shares.items()
    }
    amounts = {symbol: values.get(f"{symbol} amount", one) for symbol, one in line.amounts.items()}
    properties = {name: values.get(name, one) for name, one in line.properties.items()}
    return replace(line, amounts=amounts, properties=properties)


def quantile(value: Value, share: float) -> float:
    """The number at a quantile (0 to 1) of its prior, cut off at 0.1 and 99.9 %."""
    prior = value.prior or {}
    kept = min(max(float(share), 1e-3), 1.0 - 1e-3)
    if prior["distribution"] == "log-uniform":
        low, high = log(prior["low"]), log(prior["high"])
        return float(np.exp(low + kept * (high - low)))
    return float(prior["median"] * np.exp(ndtri(kept) * log(prior["fold"]) / NORMAL_95))


def _experiment(line: str, written: Mapping[str, Any], known: Catalogue) -> Experiment:
    usual = {"duration": "24 h", "sample": "every 30 min", "cells": 1, "seed": 1}
    whole = {**usual, **written, "id": "sensitivity", "cell_line": line, "readouts": list(OUTPUTS)}
    loaded = load(whole, catalogue=known)
    if not isinstance(loaded, Experiment):
        raise ExperimentError(f"sensitivity of {line}: one treatment, not a grid.")
    return loaded


@dataclass(frozen=True, kw_only=True)
class _OneSample:
    """Simulates one sample; goes to other processes, as a local function cannot."""

    line: CellLine
    experiment: Experiment
    known: Catalogue

    def __call__(self, shares: Mapping[str, float]) -> Array:
        moved = moved_line(self.line, shares)
        lines = tuple(moved if one.name == moved.name else one for one in self.known.cell_lines)
        return np.array(_seen(self.experiment, replace(self.known, cell_lines=lines)))


def _seen(experiment: Experiment, catalogue: Catalogue) -> Sequence[float]:
    try:
        looks = look_many([experiment], catalogue=catalogue, workers=1)
    except SimulationError:
        return [np.nan] * len(OUTPUTS)
    name = experiment.id
    lived = np.clip(looks.death_time_h[name], SOONEST_H, experiment.duration_s / 3600.0)
    tnf, complexes = (looks.values[name, readout].max(axis=1) for readout in OUTPUTS[1:])
    return [
        float(np.mean(np.log(one))) for one in (lived, np.maximum(tnf, 1e-3), np.maximum(complexes, 1e-3))
    ]


def _filled(values: Array) -> Array:
    known = np.isfinite(values)
    return np.where(known, values, np.median(values[known]) if known.any() else 0.0)


def _block(output: str, names: Sequence[str], found: Mapping[str, Array]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "output": output,
            "factor": names,
            "first": found["S1"],
            "first_interval": found["S1_conf"],
            "total": found["ST"],
            "total_interval": found["ST_conf"],
        }
    )
