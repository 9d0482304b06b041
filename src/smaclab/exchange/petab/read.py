"""Files become a problem."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from smaclab.errors import PetabError, SbmlError, shown, unknown
from smaclab.exchange.petab.priors import density
from smaclab.exchange.petab.problem import PetabParameter, PetabPeriod, PetabProblem, Scale
from smaclab.exchange.petab.read_v1 import conditions_v1, files_v1, measurements_v1, observables_v1
from smaclab.exchange.petab.read_v2 import (
    NOTHING_DONE,
    conditions_v2,
    experiments_v2,
    files_v2,
    mapping_v2,
    measurements_v2,
    observables_v2,
)
from smaclab.exchange.petab.tables import Row, is_true, listed, number, read_table, read_text
from smaclab.exchange.petab.yaml_text import read_yaml
from smaclab.network.expression import Name, Node, substitute
from smaclab.network.sbml import read_sbml
from smaclab.network.sbml.child import Child

SECONDS = 60.0  # that reading the model may take
_SCALES: tuple[Scale, ...] = ("lin", "log", "log10")


def from_petab(path: str | Path, child: Child | None = None) -> PetabProblem:
    """A PEtab problem, version 1 or 2, with one SBML model.

    Args:
        path: the problem's YAML file; the others are found from its folder, and never outside of it.
        child: a process that reads several models one after the other; None: one for this problem.

    Raises:
        PetabError: a file is missing or not sound, or asks for what is not evaluated here; that is named.
        SbmlError: the model is refused.
    """
    path = Path(path)
    try:
        description = read_yaml(read_text(path))
        if not isinstance(description, Mapping):
            raise PetabError(f"it is no mapping ({shown(description)}); PEtab's is.")
        version = str(description.get("format_version", "")).split(".")[0]
        if version not in ("1", "2"):
            raise PetabError(unknown("format_version", description.get("format_version"), ("1", "2.0.0")))
        names = files_v1(description) if version == "1" else files_v2(description)
        files = {kind: [_beside(path, one) for one in several] for kind, several in names.items()}
        if len(files["model"]) != 1:
            raise PetabError(f"{len(files['model'])} models in one problem; one is read.")
        with Child(seconds=SECONDS) if child is None else nullcontext(child) as reader:
            found = _read(int(version), files, reader)
    except PetabError as problem:
        raise PetabError(f"{path.name}: {problem}") from problem
    _check(found)
    return found


def _read(version: int, files: Mapping[str, Sequence[Path]], child: Child) -> PetabProblem:
    if version == 1:
        observables = observables_v1(files["observable"])
        measurements, experiments = measurements_v1(files["measurement"], conditions_v1(files["condition"]))
        mapping: dict[str, str] = {}
    else:
        observables = observables_v2(files["observable"])
        experiments = experiments_v2(files["experiment"], conditions_v2(files["condition"]))
        measurements = measurements_v2(files["measurement"], experiments)
        mapping = mapping_v2(files["mapping"])
        if any(one.experiment == NOTHING_DONE for one in measurements):
            experiments[NOTHING_DONE] = (PetabPeriod(time=0.0),)
    try:
        model = read_sbml(files["model"][0], child)
    except SbmlError as problem:
        raise PetabError(str(problem)) from problem
    names: dict[str, Node] = {ours: Name(theirs) for ours, theirs in mapping.items()}
    return PetabProblem(
        version=version,
        model=model,
        observables={
            name: replace(one, formula=substitute(one.formula, names), noise=substitute(one.noise, names))
            for name, one in observables.items()
        },
        measurements=tuple(measurements),
        experiments={
            name: tuple(
                replace(
                    one,
                    changes={mapping.get(k, k): substitute(v, names) for k, v in one.changes.items()},
                    at_start={mapping.get(k, k): substitute(v, names) for k, v in one.at_start.items()},
                )
                for one in periods
            )
            for name, periods in experiments.items()
        },
        parameters=_parameters(files["parameter"], version),
    )


def _beside(path: Path, name: str) -> Path:
    """A file of the problem: in the folder of its YAML file, or deeper."""
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in name:
        raise PetabError(f"{shown(name)} leads out of the problem's folder; put the file into it.")
    return path.parent / parts


def _parameters(paths: Sequence[Path], version: int) -> dict[str, PetabParameter]:
    found = {}
    for row in (row for path in paths for row in read_table(path, ("parameterId", "estimate"))):
        name, scale = row["parameterId"], row.get("parameterScale") or "lin"
        if scale not in _SCALES:
            raise PetabError(unknown("parameterScale", scale, _SCALES, where=name))
        nominal = row.get("nominalValue", "")
        prior = _prior(row, name, version)
        found[name] = PetabParameter(
            id=name,
            value=number(nominal, f"nominalValue of {name}") if nominal else None,
            is_estimated=is_true(row["estimate"]),
            lower=_bound(row.get("lowerBound", ""), name, float("-inf")),
            upper=_bound(row.get("upperBound", ""), name, float("inf")),
            scale="lin" if scale == "lin" else "log" if scale == "log" else "log10",
            prior=prior,
            is_cut=version == 2,
        )
    return found


def _prior(row: Row, name: str, version: int) -> tuple[str, tuple[float, ...]] | None:
    """The distribution and its numbers; of version 1 that of the objective, not that of the starts."""
    words = ("objectivePriorType", "objectivePriorParameters") if version == 1 else (
        "priorDistribution", "priorParameters"
    )  # fmt: skip
    distribution, texts = (row.get(one, "") for one in words)
    if not distribution:
        return None
    prior = distribution, tuple(number(one, name) for one in listed(texts))
    density(prior, name, is_cut=version == 2)  # a prior that is not known is told when it is read
    return prior


def _bound(text: str, name: str, otherwise: float) -> float:
    return number(text, f"bound of {name}") if text else otherwise


def _check(problem: PetabProblem) -> None:
    """Names that lead nowhere, all in one letter."""
    lost: list[Any] = [
        f"observable {one.observable!r}"
        for one in problem.measurements
        if one.observable not in problem.observables
    ]
    for name, periods in problem.experiments.items():
        targets = [target for one in periods for target in one.changes]
        lost += [
            f"target {one!r} of experiment {name!r}" for one in targets if one not in problem.model.quantities
        ]
    if lost:
        raise PetabError(f"not in the problem: {', '.join(dict.fromkeys(lost))}.")


__all__ = ["from_petab"]
