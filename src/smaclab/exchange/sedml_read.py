"""SED-ML of others, Level 1: uniform time courses on SBML models, with changes of values, and reports.

Scope:   models with `changeAttribute` of a number, uniform time courses that start at 0, tasks, data
         generators, reports.  Plots are counted; their curves hold the same data generators.
Ignores: everything else, by its name: repeated tasks, steady states, computed changes, changes of XML,
         parameter estimation, stochastic algorithms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from smaclab.errors import SbmlError, shown
from smaclab.exchange.mathml import formula
from smaclab.exchange.plain_xml import local_name, read_xml
from smaclab.exchange.sedml import TIME
from smaclab.network.expression import Node, Number, substitute

# Gillespie's first reaction and direct methods, Gibson and Bruck's, tau-leaping.
STOCHASTIC = {"0000015", "0000027", "0000029", "0000039"}
_TARGET = re.compile(r"@(?:\w+:)?id\s*=\s*['\"]([^'\"]+)['\"]\s*\](?:/@([A-Za-z]+))?\s*$")
_VALUES = ("value", "initialConcentration", "initialAmount", "size")
MOST_POINTS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCourse:
    """When to look, in the model's unit of time: `steps` + 1 times from start to end; the run begins at 0."""

    start: float
    end: float
    steps: int
    kisao: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One model, followed once. changes: (id, attribute) -> value."""

    source: str
    course: TimeCourse
    changes: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a report. variables: name in the formula -> (task, id of the model, or "" for time)."""

    label: str
    formula: Node
    variables: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SedmlPlan:
    """What a file asks for. reports: id -> columns. plots: how many were left out."""

    tasks: Mapping[str, Task]
    reports: Mapping[str, tuple[Column, ...]]
    plots: int = 0


def read_sedml(data: bytes, name: str) -> SedmlPlan:
    """The plan of a SED-ML file.

    Args:
        data: the file.
        name: what to call it in a letter.

    Raises:
        SbmlError: it is no SED-ML, or asks for what is not done here; that is named.
    """
    try:
        root = read_xml(data, name)
        if local_name(root) != "sedML":
            raise SbmlError(f"its root is <{local_name(root)}>; SED-ML's is <sedML>.")
        courses = {one.get("id", ""): _course(one) for one in _items(root, "listOfSimulations")}
        models = {one.get("id", ""): one for one in _items(root, "listOfModels")}
        tasks = {one.get("id", ""): _task(one, models, courses) for one in _items(root, "listOfTasks")}
        columns = {one.get("id", ""): _column(one, tasks) for one in _items(root, "listOfDataGenerators")}
        outputs = _items(root, "listOfOutputs")
        reports = {one.get("id", ""): _report(one, columns) for one in outputs if local_name(one) == "report"}
    except SbmlError as problem:
        raise SbmlError(f"{name}: {problem}") from problem
    return SedmlPlan(tasks=tasks, reports=reports, plots=len(outputs) - len(reports))


def _items(parent: ET.Element, name: str) -> list[ET.Element]:
    return [one for each in parent if local_name(each) == name for one in each if local_name(one)]


def _course(one: ET.Element) -> TimeCourse:
    kind, name = local_name(one), one.get("id", "")
    if kind != "uniformTimeCourse":
        raise SbmlError(f"simulation {name}: <{kind}> is not done here; uniform time courses are.")
    given = {key: _number(one.get(key), f"{key} of {name}") for key in ("initialTime", "outputStartTime")}
    end = _number(one.get("outputEndTime"), f"outputEndTime of {name}")
    steps = _number(one.get("numberOfSteps", one.get("numberOfPoints")), f"numberOfSteps of {name}")
    if given["initialTime"] != 0:
        raise SbmlError(f"simulation {name}: it starts at {given['initialTime']:g}; only 0 is done here.")
    start = given["outputStartTime"]
    if not (0 <= start <= end and 1 <= steps <= MOST_POINTS and steps == int(steps)):
        raise SbmlError(f"simulation {name}: from {start:g} to {end:g} in {steps:g} steps is no course.")
    kisao = next((each.get("kisaoID", "") for each in one if local_name(each) == "algorithm"), "")
    if kisao[-7:] in STOCHASTIC:
        raise SbmlError(f"simulation {name}: {kisao} is stochastic; only deterministic ones are done.")
    return TimeCourse(start=start, end=end, steps=int(steps), kisao=kisao)


def _task(one: ET.Element, models: Mapping[str, ET.Element], courses: Mapping[str, TimeCourse]) -> Task:
    kind, name = local_name(one), one.get("id", "")
    if kind != "task":
        raise SbmlError(f"task {name}: <{kind}> is not done here; single tasks are.")
    model, course = models.get(one.get("modelReference", "")), courses.get(one.get("simulationReference", ""))
    if model is None or course is None:
        raise SbmlError(f"task {name}: its model or its simulation is not in the file.")
    changes: dict[tuple[str, str], float] = {}
    seen: set[str] = set()
    while True:
        changes = {**_changes(model), **changes}  # a model made of another has its own changes on top
        source = model.get("source", "").lstrip("#")
        if source not in models:
            break
        if source in seen:
            raise SbmlError(f"model {source}: models are made of each other in a circle.")
        seen.add(source)
        model = models[source]
    language = model.get("language", "")
    if "sbml" not in language.lower():
        raise SbmlError(f"model {model.get('id', '')}: language {shown(language)}; only SBML is read.")
    return Task(source=model.get("source", ""), course=course, changes=changes)


def _changes(model: ET.Element) -> dict[tuple[str, str], float]:
    found = {}
    for one in _items(model, "listOfChanges"):
        kind, target = local_name(one), one.get("target", "")
        match = _TARGET.search(target)
        if kind != "changeAttribute" or match is None or match[2] not in _VALUES:
            raise SbmlError(f"model {model.get('id', '')}: <{kind}> of {shown(target)} is not done here.")
        found[match[1], match[2]] = _number(one.get("newValue"), f"newValue of {match[1]}")
    return found


def _column(one: ET.Element, tasks: Mapping[str, Task]) -> Column:
    name = one.get("id", "")
    variables: dict[str, tuple[str, str]] = {}
    for each in _items(one, "listOfVariables"):
        task, symbol, target = each.get("taskReference", ""), each.get("symbol", ""), each.get("target", "")
        match = _TARGET.search(target)
        if task not in tasks:
            raise SbmlError(f"data generator {name}: there is no task {shown(task)}.")
        if symbol not in ("", TIME) or (not symbol and (match is None or match[2] not in (None, *_VALUES))):
            raise SbmlError(f"data generator {name}: {shown(symbol or target)} is not read here.")
        variables[each.get("id", "")] = (task, "" if symbol else str(match[1] if match else ""))
    fixed: dict[str, Node] = {
        each.get("id", ""): Number(_number(each.get("value"), f"a parameter of {name}"))
        for each in _items(one, "listOfParameters")
    }
    mathematics = next((each for each in one if local_name(each) == "math"), None)
    if mathematics is None:
        raise SbmlError(f"data generator {name} has no formula.")
    return Column(label=name, formula=substitute(formula(mathematics), fixed), variables=variables)


def _report(one: ET.Element, columns: Mapping[str, Column]) -> tuple[Column, ...]:
    found = []
    for each in _items(one, "listOfDataSets"):
        column = columns.get(each.get("dataReference", ""))
        if column is None:
            raise SbmlError(f"report {one.get('id', '')}: it names a data generator that is not there.")
        label = each.get("label") or each.get("id") or column.label
        found.append(Column(label=label, formula=column.formula, variables=column.variables))
    return tuple(found)


def _number(text: str | None, what: str) -> float:
    try:
        value = float(text or "")
    except ValueError:
        raise SbmlError(f"{what}: {shown(text)} is no number.") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise SbmlError(f"{what}: {shown(text)} is not finite.")
    return value


__all__ = ["Column", "SedmlPlan", "Task", "TimeCourse", "read_sedml"]
