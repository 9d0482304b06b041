"""What is particular to PEtab 1: wide condition tables, pairs of conditions, numbered placeholders."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smaclab.errors import PetabError, shown
from smaclab.exchange.petab.mathematics import parse_petab
from smaclab.exchange.petab.problem import PetabMeasurement, PetabObservable, PetabPeriod
from smaclab.exchange.petab.tables import Row, listed, number, read_table
from smaclab.network.expression import Node

CONDITION, BEFORE = "simulationConditionId", "preequilibrationConditionId"
_WORDS = ("conditionId", "conditionName")


def files_v1(description: Mapping[str, Any]) -> dict[str, list[str]]:
    """The files of each kind.

    Raises:
        PetabError: several problems in one, or none.
    """
    problems = description.get("problems")
    if not isinstance(problems, list) or len(problems) != 1 or not isinstance(problems[0], Mapping):
        count = len(problems) if isinstance(problems, list) else 0
        raise PetabError(f"{count} problems in one file; one is read.")
    one = problems[0]
    parameters = description.get("parameter_file")
    return {
        "model": _texts(one.get("sbml_files")),
        "condition": _texts(one.get("condition_files")),
        "measurement": _texts(one.get("measurement_files")),
        "observable": _texts(one.get("observable_files")),
        "parameter": _texts(parameters if isinstance(parameters, list) else [parameters]),
    }


def _texts(several: Any) -> list[str]:
    return [str(one) for one in several or [] if one]


def observables_v1(paths: Sequence[Path]) -> dict[str, PetabObservable]:
    """The observables; `observableParameter1_id` are their placeholders."""
    found = {}
    for row in (row for path in paths for row in read_table(path, ("observableId", "observableFormula"))):
        name, scale = row["observableId"], row.get("observableTransformation") or "lin"
        distribution = row.get("noiseDistribution") or "normal"
        if scale not in ("lin", "log", "log10") or distribution not in ("normal", "laplace"):
            raise PetabError(f"observable {name}: {shown(f'{scale}, {distribution}')} is not evaluated here.")
        formulas = [row["observableFormula"], row.get("noiseFormula") or "1"]
        found[name] = PetabObservable(
            id=name,
            formula=parse_petab(formulas[0]),
            noise=parse_petab(formulas[1]),
            distribution="laplace" if distribution == "laplace" else "normal",
            scale="lin" if scale == "lin" else "log" if scale == "log" else "log10",
            placeholders=_placeholders("observable", name, formulas),
            noise_placeholders=_placeholders("noise", name, formulas),
        )
    return found


def _placeholders(kind: str, name: str, formulas: Sequence[str]) -> tuple[str, ...]:
    pattern = re.compile(rf"\b{kind}Parameter(\d+)_{re.escape(name)}\b")
    highest = max((int(one) for text in formulas for one in pattern.findall(text)), default=0)
    return tuple(f"{kind}Parameter{place + 1}_{name}" for place in range(highest))


def measurements_v1(
    paths: Sequence[Path], conditions: Mapping[str, Mapping[str, Node]]
) -> tuple[list[PetabMeasurement], dict[str, tuple[PetabPeriod, ...]]]:
    """The measurements, and an experiment for each pair of conditions that they name."""
    found, experiments = [], {}
    needed = ("observableId", CONDITION, "time", "measurement")
    for path in paths:
        for place, row in enumerate(read_table(path, needed), 2):
            before, after = row.get(BEFORE, ""), row[CONDITION]
            for one in (before, after):
                if one and one not in conditions:
                    raise PetabError(f"{path.name}, line {place}: there is no condition {shown(one)}.")
            name = f"{before}__{after}" if before else after
            experiments[name] = _periods(conditions, before, after)
            found.append(measurement(row, name, f"{path.name}, line {place}"))
    return found, experiments


def _periods(
    conditions: Mapping[str, Mapping[str, Node]], before: str, after: str
) -> tuple[PetabPeriod, ...]:
    if not before:
        return (PetabPeriod(time=0.0, at_start=conditions[after]),)
    return (
        PetabPeriod(time=float("-inf"), at_start=conditions[before]),
        PetabPeriod(time=0.0, changes=conditions[after]),
    )


def measurement(row: Row, experiment: str, where: str) -> PetabMeasurement:
    """One measurement of either version."""
    return PetabMeasurement(
        observable=row["observableId"],
        experiment=experiment,
        time=number(row["time"], where),
        value=number(row["measurement"], where),
        overrides=tuple(parse_petab(one) for one in listed(row.get("observableParameters", ""))),
        noise_overrides=tuple(parse_petab(one) for one in listed(row.get("noiseParameters", ""))),
    )


def conditions_v1(paths: Sequence[Path]) -> dict[str, dict[str, Node]]:
    """What each condition sets; an empty cell sets nothing."""
    found: dict[str, dict[str, Node]] = {}
    for row in (row for path in paths for row in read_table(path, ("conditionId",))):
        found[row["conditionId"]] = {
            name: parse_petab(text) for name, text in row.items() if name not in _WORDS and text
        }
    return found
