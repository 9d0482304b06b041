"""What is particular to PEtab 2: long condition tables, experiments of periods, named placeholders."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smaclab.errors import PetabError, shown
from smaclab.exchange.petab.mathematics import parse_petab
from smaclab.exchange.petab.problem import PetabMeasurement, PetabObservable, PetabPeriod, Scale
from smaclab.exchange.petab.read_v1 import measurement
from smaclab.exchange.petab.tables import listed, number, read_table
from smaclab.network.expression import Node

NOTHING_DONE = ""  # the experiment of measurements that name none
_DISTRIBUTIONS: Mapping[str, tuple[str, Scale]] = {
    "normal": ("normal", "lin"),
    "laplace": ("laplace", "lin"),
    "log-normal": ("normal", "log"),
    "log-laplace": ("laplace", "log"),
}


def files_v2(description: Mapping[str, Any]) -> dict[str, list[str]]:
    """The files of each kind.

    Raises:
        PetabError: extensions that must be understood, several models, or one that is no SBML.
    """
    extensions = description.get("extensions") or {}
    if isinstance(extensions, Mapping) and extensions:
        raise PetabError(f"the extensions {', '.join(map(str, extensions))} are not read here.")
    models = description.get("model_files") or {}
    if not isinstance(models, Mapping) or len(models) != 1:
        raise PetabError(f"{len(models)} models in one problem; one is read.")
    (model,) = models.values()
    language = model.get("language") if isinstance(model, Mapping) else None
    if language != "sbml":
        raise PetabError(f"a model in {shown(language)}; only SBML is read.")
    kinds = ("condition", "experiment", "measurement", "observable", "parameter", "mapping")
    found = {kind: [str(one) for one in description.get(f"{kind}_files") or []] for kind in kinds}
    return found | {"model": [str(model.get("location"))]}


def observables_v2(paths: Sequence[Path]) -> dict[str, PetabObservable]:
    """The observables."""
    found = {}
    for row in (row for path in paths for row in read_table(path, ("observableId", "observableFormula"))):
        name, given = row["observableId"], row.get("noiseDistribution") or "normal"
        if given not in _DISTRIBUTIONS:
            raise PetabError(f"observable {name}: the noise {shown(given)} is not evaluated here.")
        distribution, scale = _DISTRIBUTIONS[given]
        found[name] = PetabObservable(
            id=name,
            formula=parse_petab(row["observableFormula"]),
            noise=parse_petab(row.get("noiseFormula") or "1"),
            distribution="laplace" if distribution == "laplace" else "normal",
            scale=scale,
            placeholders=listed(row.get("observablePlaceholders", "")),
            noise_placeholders=listed(row.get("noisePlaceholders", "")),
        )
    return found


def conditions_v2(paths: Sequence[Path]) -> dict[str, dict[str, Node]]:
    """What each condition changes.

    Raises:
        PetabError: one target twice in one condition.
    """
    found: dict[str, dict[str, Node]] = {}
    for row in (
        row for path in paths for row in read_table(path, ("conditionId", "targetId", "targetValue"))
    ):
        changes = found.setdefault(row["conditionId"], {})
        if row["targetId"] in changes:
            raise PetabError(f"condition {row['conditionId']}: {row['targetId']} is changed twice.")
        changes[row["targetId"]] = parse_petab(row["targetValue"])
    return found


def experiments_v2(
    paths: Sequence[Path], conditions: Mapping[str, Mapping[str, Node]]
) -> dict[str, tuple[PetabPeriod, ...]]:
    """The periods of each experiment, in order of time; conditions of one time are one change.

    Raises:
        PetabError: a condition that is not there, or one target twice at one time.
    """
    drafts: dict[str, dict[float, dict[str, Node]]] = {}
    for row in (row for path in paths for row in read_table(path, ("experimentId", "time"))):
        name, condition = row["experimentId"], row.get("conditionId", "")
        if condition and condition not in conditions:
            raise PetabError(f"experiment {name}: there is no condition {shown(condition)}.")
        changes = drafts.setdefault(name, {}).setdefault(number(row["time"], name), {})
        for target, value in (conditions[condition] if condition else {}).items():
            if target in changes:
                raise PetabError(f"experiment {name}: {target} is changed twice at time {row['time']}.")
            changes[target] = value
    return {
        name: tuple(PetabPeriod(time=time, changes=draft[time]) for time in sorted(draft))
        for name, draft in drafts.items()
    }


def measurements_v2(paths: Sequence[Path], known: Mapping[str, Any]) -> list[PetabMeasurement]:
    """The measurements.

    Raises:
        PetabError: an experiment that is not there.
    """
    found = []
    for path in paths:
        for place, row in enumerate(read_table(path, ("observableId", "time", "measurement")), 2):
            name = row.get("experimentId", NOTHING_DONE)
            if name and name not in known:
                raise PetabError(f"{path.name}, line {place}: there is no experiment {shown(name)}.")
            found.append(measurement(row, name, f"{path.name}, line {place}"))
    return found


def mapping_v2(paths: Sequence[Path]) -> dict[str, str]:
    """PEtab's name -> the model's, where they differ."""
    rows = (row for path in paths for row in read_table(path, ("petabEntityId", "modelEntityId")))
    return {
        row["petabEntityId"]: row["modelEntityId"]
        for row in rows
        if row["modelEntityId"] and row["modelEntityId"] != row["petabEntityId"]
    }
