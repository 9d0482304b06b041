"""An experiment as a PEtab problem, and PEtab problems of others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from smaclab.errors import ExperimentError
from smaclab.exchange.petab import (
    Calibration,
    Evaluation,
    PetabProblem,
    calibrate_problem,
    evaluate_problem,
    from_petab,
)
from smaclab.exchange.petab.write import (
    PROBLEM,
    Seen,
    conditions_table,
    experiments_table,
    measurements_table,
    observables_table,
    parameters_table,
    problem_text,
)
from smaclab.exchange.sbml import sbml_ids, start_s, write_sbml
from smaclab.exchange.sbml_formulas import readout_formula
from smaclab.kernel.compile import compile_kernel
from smaclab.lab.export import PreparedCell
from smaclab.network.expression import evaluate
from smaclab.simulate.plan import observable_weights
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import CellProblem
from smaclab.simulate.status import Status

MODEL = "model.xml"
SIMULATED = (
    "The values in measurements.tsv are SIMULATED by smaclab at the nominal parameters: they are no data.\n"
    "Put measured values in their place before anything is fitted.\n"
)


def petab_files(cell: PreparedCell, measured: Sequence[Seen] | None = None) -> Mapping[str, str]:
    """The files of a PEtab 2 problem by name: file -> text.

    Args:
        cell: what is done to which cell, and its readouts (viability is left out).
        measured: what was seen; None: what the cell itself shows at the sample times, as a README says.
    """
    kept = [one for one in cell.readouts if not one.special]
    ids = sbml_ids(cell.network, kept)
    begin_s = start_s(cell.changes)
    seen = simulated(cell) if measured is None else list(measured)
    names = [one.name for one in cell.network.parameters]
    nominal = dict(zip(names, map(float, cell.parameters), strict=True))
    moved = {names[place] for one in cell.changes for place in one.parameters}
    values = {name: one for name, one in cell.catalogue.parameters.items() if name not in moved}
    model = write_sbml(
        cell.network,
        counts=cell.counts,
        parameters=cell.parameters,
        readouts=cell.readouts,
        medium_volume_pl=cell.experiment.medium_volume_pl,
        about=replace(cell.about, movable=frozenset(moved)),
    )
    name = cell.experiment.id.replace("-", "_")
    name = name if name[0].isalpha() else f"experiment_{name}"
    return {
        PROBLEM: problem_text(MODEL),
        MODEL: model,
        "conditions.tsv": conditions_table(cell.network, ids, cell.changes, cell.counts, begin_s),
        "experiments.tsv": experiments_table(name, cell.changes, begin_s),
        "observables.tsv": observables_table(ids, kept),
        "measurements.tsv": measurements_table(name, ids, seen, begin_s),
        "parameters.tsv": parameters_table(cell.network, ids, values, nominal, seen),
        **({"README.txt": SIMULATED} if measured is None else {}),
    }


def simulated(cell: PreparedCell) -> list[Seen]:
    """What the cell itself shows at its sample times, where a readout has a value.

    Raises:
        ExperimentError: the cell's run fails.
    """
    kept = [one for one in cell.readouts if not one.special]
    names = list(dict.fromkeys(name for one in kept for name in (one.observable, one.per) if name))
    times = np.array(cell.experiment.sample_s)
    problem = CellProblem(
        kernel=compile_kernel(cell.network),
        rest=cell.counts,
        parameters=cell.parameters,
        changes=cell.changes,
        time_s=times,
        end_s=float(times[-1]),
        observe=np.array([observable_weights(cell.network, name) for name in names]),
        watches=(),
    )
    found = SciPySolver(rtol=1e-9).solve(problem)
    if found.status is not Status.OK:
        raise ExperimentError(f"{cell.experiment.id}: the cell's run failed ({found.message}).")
    seen = []
    for one in kept:
        tree = readout_formula(one, cell.experiment.medium_volume_pl)
        values = evaluate(tree, {name: found.counts[:, place] for place, name in enumerate(names)})
        seen += [
            Seen(readout=one.name, time_s=float(time), value=float(value))
            for time, value in zip(times, values, strict=True)
            if np.isfinite(value)
        ]
    return seen


__all__ = [
    "Calibration",
    "Evaluation",
    "PetabProblem",
    "calibrate_problem",
    "evaluate_problem",
    "from_petab",
    "petab_files",
    "simulated",
]
