"""An experiment of ours as a PEtab 2 problem: tables beside an SBML model, and the file that names them.

Doses, wash-outs and perturbations in time are conditions; the model's file holds the resting cell and no
events.  Every parameter with a prior is to be estimated, between bounds that the prior gives.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.exchange.sbml_ids import SbmlIds
from smaclab.experiment.readout import Readout
from smaclab.experiment.value import Value
from smaclab.network.expression import number_text
from smaclab.network.network import Network
from smaclab.simulate.change import Assignment

Array = NDArray[np.float64]

WIDE = 1e3  # fold to either side of a nominal value whose prior gives no fold
PROBLEM = "problem.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One measured value of a readout, at a time on the experiment's clock, s."""

    readout: str
    time_s: float
    value: float


def conditions_table(
    network: Network, ids: SbmlIds, changes: Sequence[Assignment], counts: Array, begin_s: float
) -> str:
    """conditions.tsv: what each change in time sets.

    Args:
        network: whose parameters and species are changed.
        ids: their identifiers.
        changes: in order of time.
        counts: (species,), molecules, at rest: a change at the very start may name no species, so what it
            adds is added here.
        begin_s: the start, s.
    """
    rows = []
    for number, change in enumerate(changes):
        name = _condition(number)
        for place, value in zip(change.parameters, change.values, strict=True):
            rows.append((name, ids.names[network.parameters[place].name], number_text(float(value))))
        for place, amount, adds in zip(change.species, change.amounts, change.adds, strict=True):
            identifier, is_first = ids.species[place], change.time_s <= begin_s
            there = float(counts[place]) if adds and is_first else 0.0
            text = number_text(there + float(amount))
            rows.append((name, identifier, f"{identifier} + {text}" if adds and not is_first else text))
    return _table(("conditionId", "targetId", "targetValue"), rows)


def experiments_table(name: str, changes: Sequence[Assignment], begin_s: float) -> str:
    """experiments.tsv: one experiment, a period a change; times on the file's clock, s."""
    rows = [] if changes and changes[0].time_s <= begin_s else [(name, "0", "")]
    rows += [
        (name, number_text(change.time_s - begin_s), _condition(number))
        for number, change in enumerate(changes)
    ]
    return _table(("experimentId", "time", "conditionId"), rows)


def observables_table(ids: SbmlIds, readouts: Sequence[Readout]) -> str:
    """observables.tsv: each readout, with normal noise of its own unknown size."""
    rows = [
        (f"seen_{ids.readouts[one.name]}", one.name, ids.readouts[one.name], f"sd_{ids.readouts[one.name]}",
         "normal")
        for one in readouts
    ]  # fmt: skip
    header = ("observableId", "observableName", "observableFormula", "noiseFormula", "noiseDistribution")
    return _table(header, rows)


def measurements_table(name: str, ids: SbmlIds, seen: Sequence[Seen], begin_s: float) -> str:
    """measurements.tsv; times on the file's clock, s."""
    rows = [
        (
            f"seen_{ids.readouts[one.readout]}",
            name,
            number_text(one.time_s - begin_s),
            number_text(float(one.value)),
        )
        for one in seen
    ]
    return _table(("observableId", "experimentId", "time", "measurement"), rows)


def parameters_table(
    network: Network,
    ids: SbmlIds,
    values: Mapping[str, Value],
    nominal: Mapping[str, float],
    seen: Sequence[Seen],
) -> str:
    """parameters.tsv: each parameter with a prior, and the noise of each readout.

    Args:
        network: whose parameters are looked up.
        ids: their identifiers.
        values: of the catalogue, by name.
        nominal: of the cell that is written, by name.
        seen: the noise of a readout is a tenth of its largest value, to begin with.
    """
    rows = []
    for one in network.parameters:
        value = values.get(one.name)
        if value is None or value.prior is None or not nominal[one.name] > 0:
            continue
        low, high = bounds(nominal[one.name], value.prior)
        texts = (number_text(low), number_text(high), number_text(nominal[one.name]), "true")
        rows.append((ids.names[one.name], *texts, *prior_texts(value.prior)))
    for name in dict.fromkeys(one.readout for one in seen):
        largest = max(abs(one.value) for one in seen if one.readout == name)
        size = 0.1 * largest if largest > 0 else 1.0
        texts = (number_text(size / WIDE), number_text(size * WIDE), number_text(size), "true")
        rows.append((f"sd_{ids.readouts[name]}", *texts, "", ""))
    header = ("parameterId", "lowerBound", "upperBound", "nominalValue", "estimate", "priorDistribution",
              "priorParameters")  # fmt: skip
    return _table(header, rows)


def bounds(nominal: float, prior: Mapping[str, Any]) -> tuple[float, float]:
    """Between which a parameter is looked for: ten times its prior's fold, and around its nominal value."""
    if prior.get("distribution") in ("uniform", "log-uniform"):
        return min(float(prior["low"]), nominal), max(float(prior["high"]), nominal)
    center, fold = float(prior.get("median", nominal)), float(prior.get("fold", WIDE))
    low, high = center / (10.0 * fold), center * 10.0 * fold
    return min(low, nominal), max(high, nominal)


def prior_texts(prior: Mapping[str, Any]) -> tuple[str, str]:
    """A prior as PEtab writes it; empty where it has no word for it.

    A log-normal prior of ours says the median and a fold; PEtab's numbers are those of the logarithm, with
    the fold as one standard deviation.
    """
    kind = prior.get("distribution")
    if kind == "log-normal" and float(prior["median"]) > 0:
        at, sigma = math.log(float(prior["median"])), math.log(float(prior["fold"]))
        return "log-normal", f"{number_text(at)};{number_text(sigma)}"
    if kind == "uniform" or (kind == "log-uniform" and float(prior["low"]) > 0):
        return str(kind), f"{number_text(float(prior['low']))};{number_text(float(prior['high']))}"
    return "", ""


def problem_text(model: str) -> str:
    """problem.yaml."""
    return (
        "format_version: 2.0.0\n"
        "model_files:\n"
        "  cell:\n"
        "    language: sbml\n"
        f"    location: {model}\n"
        + "".join(f"{one}_files:\n- {one}s.tsv\n" for one in ("condition", "experiment", "observable"))
        + "".join(f"{one}_files:\n- {one}s.tsv\n" for one in ("measurement", "parameter"))
    )


def _condition(number: int) -> str:
    return f"change_{number + 1}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(one) for one in [header, *rows]) + "\n"
