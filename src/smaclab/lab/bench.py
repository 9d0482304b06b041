"""An experiment becomes a `Result`: load, plan, simulate, measure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache, partial
from importlib import resources
from typing import Any, TypedDict, Unpack

import numpy as np
import pandas as pd

from smaclab.assay.measure import measure, signal
from smaclab.errors import ExperimentError, NetworkError
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.readout import Readout
from smaclab.experiment.shared_well import SharedWell
from smaclab.kernel.compile import compile_kernel
from smaclab.kernel.kernel import Kernel
from smaclab.lab.door import Source, catalogue_for, load, own_catalogue
from smaclab.lab.looks import Looks
from smaclab.lab.result import Result
from smaclab.lab.shared_wells import shared_wells
from smaclab.network.identity import identity
from smaclab.network.network import Network
from smaclab.network.store import read
from smaclab.provenance import Provenance
from smaclab.simulate.choose import sharing_rests
from smaclab.simulate.many_solver import AnySolver
from smaclab.simulate.plan import plan
from smaclab.simulate.run import simulate
from smaclab.simulate.status import ADVICE, Status, counted
from smaclab.simulate.trajectory import Trajectory
from smaclab.simulate.well import WellCourse
from smaclab.simulate.well_run import simulate_wells

NETWORK_FILE = "network.txt"
"""In `smaclab/biology`: the rules, expanded."""

Progress = Callable[[int, int], None]


@lru_cache(maxsize=1)
def own_network() -> Network:
    """The network that ships in the package.

    Raises:
        NetworkError: the package was built without it.
    """
    file = resources.files("smaclab.biology").joinpath(NETWORK_FILE)
    if not file.is_file():
        raise NetworkError(
            f"the package holds no {NETWORK_FILE}. Make it with `smaclab network build`, "
            "which needs the extra [rules]."
        )
    return read(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _own_kernel() -> tuple[Kernel, str]:
    return _compiled(own_network())


def _compiled(network: Network) -> tuple[Kernel, str]:
    return compile_kernel(network), identity(network)


class How(TypedDict, total=False):
    """What `run`, `run_many` and `demo` may be told about how to work.

    workers: threads; None or 1 is one. The numbers do not depend on it. (Processes for SciPy's solver;
        a script that asks for more than one must then call under `if __name__ == "__main__":`.)
    progress: called with cells done and cells in all.
    catalogue: what names mean; the package's own by default.
    network: what reacts; the package's own by default.
    solver: from `solver_named`; the compiled one by default.
    """

    workers: int | None
    progress: Progress | None
    catalogue: Catalogue | None
    network: Network | None
    solver: AnySolver | None


def run(source: Source, *, cells: int | None = None, seed: int | None = None, **how: Unpack[How]) -> Result:
    """Run one experiment, or every experiment of a campaign.

    Args:
        source: A TOML file, a dict with the same keys, an `Experiment` or a `Campaign`.
        cells: Cells an experiment, instead of what the source says.
        seed: Seed, instead of what the source says.
        **how: workers, progress, catalogue, network and solver, see `How`.

    Returns:
        A `Result`.  A cell whose solve failed is NaN in it, with a status and advice.

    Raises:
        ExperimentError: something is wrong with the source; `.problems` lists everything.
    """
    given = how.get("catalogue")
    catalogue = catalogue_for(source) if given is None else given
    loaded = load(source, catalogue=catalogue)
    experiments = loaded.experiments if isinstance(loaded, Campaign) else (loaded,)
    if cells is not None:
        experiments = tuple(replace(one, cells=cells) for one in experiments)
    if seed is not None:
        experiments = tuple(replace(one, seed=seed) for one in experiments)
    return run_many(experiments, id=loaded.id, **(how | {"catalogue": catalogue}))


def run_many(experiments: Iterable[Experiment], *, id: str = "experiments", **how: Unpack[How]) -> Result:
    """Run experiments made in Python together.  Result and errors as for `run`.

    Args:
        experiments: with equal sample times and numbers of cells, or groups of such.
        id: a name for all of them.
        **how: see `How`.
    """
    catalogue = how.get("catalogue")
    # Experiments made in Python meet the same checks as files, and get the catalogue's own names.
    checked = [load(one, catalogue=catalogue) for one in experiments]
    experiments = tuple(one for one in checked if isinstance(one, Experiment))
    _check_alike(experiments, id)
    known = own_catalogue() if catalogue is None else catalogue
    trajectories, courses, network_hash = _simulated(experiments, known, how)
    tables: dict[str, pd.DataFrame] = {}
    for trajectory, members in _together(experiments, trajectories):
        measured = measure(trajectory, members, _asked(members, known))
        tables |= {str(key): part for key, part in measured.groupby("experimentId", sort=False)}
    result = _result(experiments, trajectories, tables, known, (id, network_hash))
    return replace(
        result,
        every_cell=partial(_every_cell, experiments, trajectories, _asked(experiments, known)),
        wells=shared_wells(experiments, courses, how.get("network") or own_network(), known)
        if courses
        else None,
    )


def look_many(experiments: Iterable[Experiment], **how: Unpack[How]) -> Looks:
    """Run experiments made in Python together and give their readouts as arrays, without a table.

    Args:
        experiments: with equal numbers of cells, each with an id of its own.
        **how: see `How`.

    Returns:
        Every readout of every cell, whatever the number of cells.

    Raises:
        ExperimentError: an experiment that is not sound, or an id that is given twice.
    """
    catalogue = how.get("catalogue")
    experiments = tuple(one for one in experiments if load(one, catalogue=catalogue))
    _check_alike(experiments, "experiments")
    known = own_catalogue() if catalogue is None else catalogue
    trajectories, _, network_hash = _simulated(experiments, known, how)
    values = {}
    for one in experiments:
        trajectory, place = trajectories[one.id]
        for readout in _asked([one], known):
            values[one.id, readout.name] = signal(trajectory, place, one, readout)
    time_h = {one.id: trajectories[one.id][0].time_s / 3600.0 for one in experiments}
    provenance = _provenance(experiments, [trajectories[one.id] for one in experiments], known, network_hash)
    return Looks(
        time_h=time_h,
        values=values,
        provenance=provenance,
        death_time_h={name: one.death_time_s[place] / 3600.0 for name, (one, place) in trajectories.items()},
        death_kind={name: one.death_kind[place] for name, (one, place) in trajectories.items()},
    )


def _simulated(
    experiments: Sequence[Experiment], known: Catalogue, how: How
) -> tuple[dict[str, tuple[Trajectory, int]], dict[str, WellCourse], str]:
    """Trajectory and place on its first axis, by experiment; what happened in wells; the network's hash."""
    network = how.get("network")
    kernel, network_hash = _own_kernel() if network is None else _compiled(network)
    groups = _groups([one for one in experiments if one.well is None])
    wells = [one for one in experiments if one.well is not None]
    total = sum(one.cells for one in experiments)
    solver = sharing_rests(how.get("solver")) if len(groups) > 1 else how.get("solver")
    trajectories: dict[str, tuple[Trajectory, int]] = {}
    for number, group in enumerate(groups):
        batch = plan(group, known, kernel.network)
        share = _share(how.get("progress"), number, groups, total)
        trajectory = simulate(batch, kernel, solver=solver, workers=how.get("workers"), progress=share)
        trajectories |= {one.id: (trajectory, place) for place, one in enumerate(group)}
    courses: dict[str, WellCourse] = {}
    done = total - sum(one.cells for one in wells)
    for run in simulate_wells(
        wells, known, kernel.network, solver=how.get("solver"), workers=how.get("workers")
    ):
        trajectories[run.experiment.id] = (run.trajectory, 0)
        courses[run.experiment.id] = run.course
        done += run.experiment.cells
        if (report := how.get("progress")) is not None:
            report(done, total)
    return trajectories, courses, network_hash


def _together(
    experiments: Sequence[Experiment], trajectories: Mapping[str, tuple[Trajectory, int]]
) -> list[tuple[Trajectory, list[Experiment]]]:
    """Each trajectory with its experiments, in its own order."""
    by_id = {one.id: one for one in experiments}
    whole = {id(found): found for found, _ in trajectories.values()}
    return [(one, [by_id[name] for name in one.experiments]) for one in whole.values()]


def _asked(experiments: Iterable[Experiment], catalogue: Catalogue) -> list[Readout]:
    """The readouts that these experiments ask for, each once."""
    names = dict.fromkeys(name for one in experiments for name in one.readouts)
    return [found for name in names if (found := catalogue.find_readout(name)) is not None]


def _every_cell(
    experiments: tuple[Experiment, ...],
    trajectories: Mapping[str, tuple[Trajectory, int]],
    readouts: Iterable[Readout],
) -> pd.DataFrame:
    """The readouts with a row for every cell, however many there are."""
    whole: dict[str, pd.DataFrame] = {}
    for trajectory, members in _together(experiments, trajectories):
        table = measure(trajectory, members, readouts, most_cells=None)
        whole |= {str(key): part for key, part in table.groupby("experimentId", sort=False)}
    return pd.concat([whole[one.id] for one in experiments], ignore_index=True)


def _check_alike(experiments: Sequence[Experiment], name: str) -> None:
    if not experiments:
        raise ExperimentError(f"{name}: {len(experiments)} experiments. Give at least one.")
    twice = [one for one, times in Counter(one.id for one in experiments).items() if times > 1]
    if twice:
        raise ExperimentError(f"{name}: the id {twice[0]!r} is given to more than one experiment.")
    numbers = sorted({one.cells for one in experiments})
    if len(numbers) > 1:
        raise ExperimentError(
            f"{name}: experiments with {' and '.join(map(str, numbers))} cells. Those that run together have "
            "the same number; say it with cells=."
        )


def _groups(experiments: Sequence[Experiment]) -> list[list[Experiment]]:
    """Experiments with equal sample times, which is what one batch can hold."""
    groups: dict[tuple[float, ...], list[Experiment]] = {}
    for one in experiments:
        groups.setdefault(one.sample_s, []).append(one)
    return list(groups.values())


def _share(
    progress: Progress | None, number: int, groups: Sequence[Sequence[Experiment]], total: int
) -> Progress | None:
    """One group's progress as a part of all `total` cells'."""
    if progress is None:
        return None
    sizes = [sum(one.cells for one in group) for group in groups]
    before, report = sum(sizes[:number]), progress
    return lambda done, _of: report(before + done, total)


def _result(
    experiments: tuple[Experiment, ...],
    trajectories: Mapping[str, tuple[Trajectory, int]],
    tables: Mapping[str, pd.DataFrame],
    catalogue: Catalogue,
    what: tuple[str, str],
) -> Result:
    name, network_hash = what
    found = [trajectories[one.id] for one in experiments]
    status = np.stack([trajectory.status[place] for trajectory, place in found])
    messages = {
        (index, cell): words
        for index, (trajectory, place) in enumerate(found)
        for (experiment, cell), words in trajectory.messages.items()
        if experiment == place
    }
    return Result(
        id=name,
        experiments=experiments,
        readouts=pd.concat([tables[one.id] for one in experiments], ignore_index=True),
        death_time_s=np.stack([trajectory.death_time_s[place] for trajectory, place in found]),
        death_kind=np.stack([trajectory.death_kind[place] for trajectory, place in found]),
        status=status,
        messages=messages,
        provenance=_provenance(experiments, found, catalogue, network_hash),
        descriptions={readout.name: readout.description for readout in _asked(experiments, catalogue)},
    )


def _provenance(
    experiments: Sequence[Experiment],
    found: Sequence[tuple[Trajectory, int]],
    catalogue: Catalogue,
    network_hash: str,
) -> Provenance:
    status = np.stack([trajectory.status[place] for trajectory, place in found])
    return Provenance(
        network=network_hash,
        parameters=_numbers(catalogue),
        algorithm=found[0][0].algorithm,
        experiments=[_plain(one, row, catalogue) for one, row in zip(experiments, status, strict=True)],
        status=counted(status),
        advice={kind.name: ADVICE[kind] for kind in Status if kind and np.any(status == kind)},
    )


def _numbers(catalogue: Catalogue) -> dict[str, float]:
    """Every number that a person can edit: parameters, and what lines, drugs and mutations bring."""
    numbers = {name: value.value for name, value in catalogue.parameters.items()}
    for line in catalogue.cell_lines:
        own = {"doubling_time_s": line.doubling_time_s, "variability": line.variability}
        for name, value in (own | dict(line.amounts) | dict(line.properties)).items():
            numbers[f"{line.name}: {name}"] = value.value
        for question, sets in line.alternatives.items():
            for letter, one in sets.items():
                for name, value in (dict(one.amounts) | dict(one.properties)).items():
                    numbers[f"{line.name}, {question} {letter}: {name}"] = value.value
    for drug in catalogue.drugs:
        for name, value in drug.sets.items():
            numbers[f"{drug.name}: {name}"] = value.value
        for each in drug.inhibits:
            numbers[f"{drug.name}: {each.activity}, IC50 nM"] = each.ic50_nM.value
            numbers[f"{drug.name}: {each.activity}, floor"] = each.floor.value
    for mutation in catalogue.mutations:
        for name, number in mutation.sets.items():
            numbers[f"{mutation.protein} {mutation.name}: {name}"] = number
        for name, number in mutation.beside.sets.items() if mutation.beside else ():
            numbers[f"{mutation.protein} {mutation.name}, beside: {name}"] = number
    return numbers


def _plain(experiment: Experiment, status: np.ndarray, catalogue: Catalogue) -> dict[str, Any]:
    """What was asked, in plain values, and how its cells ended."""
    return {
        "id": experiment.id,
        "cell_line": experiment.cell_line,
        "readouts": list(experiment.readouts),
        "cells": experiment.cells,
        "failed_cells": int(np.sum(status != Status.OK)),
        "status": counted(status),
        "seed": experiment.seed,
        "duration_h": experiment.duration_s / 3600.0,
        "medium_volume_pl": experiment.medium_volume_pl,
        "hypotheses": catalogue.hypothesis_letters(experiment.hypotheses),
        "doses": [_written(dose) for dose in experiment.doses],
        "perturbations": [{"kind": type(one).__name__, **asdict(one)} for one in experiment.perturbations],
        "in_vitro": list(experiment.in_vitro),
        **({"well": _plain_well(experiment.well, catalogue)} if experiment.well is not None else {}),
        **({"population": asdict(experiment.population)} if experiment.population is not None else {}),
    }


def _plain_well(well: SharedWell, catalogue: Catalogue) -> dict[str, Any]:
    """A well as it was asked for, its donors of supernatants in the same words."""
    changes = [
        {
            "at_h": change.at_s / 3600.0,
            "fraction": change.fraction,
            **(
                {"taken_h": None if change.taken_s is None else change.taken_s / 3600.0,
                 "supernatant_of": _plain(change.donor, np.zeros(0), catalogue)}
                if isinstance(change.donor, Experiment) else {}
            ),
        }
        for change in well.changes
    ]  # fmt: skip
    pace_h = None if well.doubling_s is None else well.doubling_s / 3600.0
    return {
        "volume_ul": well.volume_ul,
        "cell_number": well.cell_number,
        "with": dict(well.others),
        "together_h": well.together_s / 3600.0,
        "medium_changes": changes,
        **({"grows": True, "doubling_h": pace_h} if well.grows else {}),
    }


def _written(dose: Dose) -> dict[str, object]:
    """A dose as it was simulated; in which unit it was typed is nothing that a run depends on."""
    return {name: value for name, value in asdict(dose).items() if name != "typed_g_per_mol"}
