"""SED-ML of others, Level 1: uniform time courses on SBML models, with changes of values, and reports.

Scope:   models with `changeAttribute` of a number, uniform time courses that start at 0, tasks, data
         generators, reports.  Of a plot the numbers are taken, as a report of what its curves hold.
Ignores: what no report and no plot leads to.  Everything else is refused by its name: repeated tasks, steady
         states, computed changes, changes of XML, parameter estimation, stochastic algorithms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from smaclab.errors import SbmlError, shown
from smaclab.exchange.mathml import formula
from smaclab.exchange.plain_xml import local_name, read_xml
from smaclab.exchange.sedml import TIME
from smaclab.network.expression import Node, Number, substitute

# Gillespie's first reaction and direct methods, Gibson and Bruck's, tau-leaping.
STOCHASTIC = {"0000015", "0000027", "0000029", "0000039"}
_TARGET = re.compile(r"@(?:\w+:)?id\s*=\s*['\"]([^'\"]+)['\"]\s*\](?:/@([A-Za-z]+))?\s*$")
_LOCAL = re.compile(r"reaction\[\s*@id\s*=\s*['\"]([^'\"]+)['\"]\s*\]/(?:\w+:)?kineticLaw/")
_TIMES = (TIME, "KISAO:0000832")  # the second is version 4's
_VALUES = ("value", "initialConcentration", "initialAmount", "size")
_OUTPUTS = ("report", "plot2D", "plot3D")
_CURVES = ("listOfCurves", "listOfSurfaces")
_AXES = ("xDataReference", "yDataReference", "zDataReference")
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
    """One model, followed once.

    source: the model's file, as it is named there. changes: (id, attribute) -> value; the id of a local
    parameter is `REACTION/ID`.
    """

    source: str
    course: TimeCourse
    changes: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a report.

    variables: name in the formula -> (task, id of the model, or "" for time). id, name: of its data set, or
    of its data generator in a plot.
    """

    label: str
    formula: Node
    variables: Mapping[str, tuple[str, str]]
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SedmlPlan:
    """What a file asks for.

    reports: id -> columns. plots: which of them are plots. kinds, names: each report's element and its name.
    """

    tasks: Mapping[str, Task]
    reports: Mapping[str, tuple[Column, ...]]
    plots: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


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
        file = _File(root)
        outputs = _by_id(root, "listOfOutputs")
        reports = {
            one: file.report(element) for one, element in outputs.items() if local_name(element) in _OUTPUTS
        }
        if not reports:
            raise SbmlError(f"{len(outputs)} outputs, no report and no plot: there is nothing to write.")
    except SbmlError as problem:
        raise SbmlError(f"{name}: {problem}") from problem
    plots = tuple(one for one in reports if local_name(outputs[one]) != "report")
    return SedmlPlan(
        tasks=file.tasks,
        reports=reports,
        plots=plots,
        kinds={one: local_name(outputs[one]) for one in reports},
        names={one: outputs[one].get("name", "") for one in reports},
    )


class _File:
    """The parts of a file by id; tasks and columns are read when something leads to them."""

    def __init__(self, root: ET.Element) -> None:
        self.courses = _by_id(root, "listOfSimulations")
        self.models = _by_id(root, "listOfModels")
        self.listed = _by_id(root, "listOfTasks")
        self.generators = _by_id(root, "listOfDataGenerators")
        self.tasks: dict[str, Task] = {}
        self.columns: dict[str, Column] = {}

    def task(self, name: str, where: str) -> str:
        """Read a task once; its own name comes back."""
        if name not in self.listed:
            raise SbmlError(f"{where}: there is no task {shown(name)}.")
        if name not in self.tasks:
            self.tasks[name] = _task(self.listed[name], self.models, self.courses)
        return name

    def column(self, name: str, where: str) -> Column:
        """Read a data generator once."""
        if name not in self.generators:
            raise SbmlError(f"{where}: it names the data generator {shown(name)}, which is not there.")
        if name not in self.columns:
            self.columns[name] = _column(self.generators[name], self)
        return self.columns[name]

    def report(self, one: ET.Element) -> tuple[Column, ...]:
        """The columns of a report, or what the curves of a plot hold, each once."""
        where = f"{local_name(one)} {one.get('id', '')}"
        found = []
        for each in _items(one, "listOfDataSets"):
            column = self.column(each.get("dataReference", ""), where)
            label = each.get("label") or each.get("id") or column.label
            found.append(replace(column, label=label, id=each.get("id", ""), name=each.get("name", "")))
        curves = [each for name in _CURVES for each in _items(one, name)]
        held = [each.get(axis, "") for each in curves for axis in _AXES if each.get(axis)]
        return (*found, *(self.column(name, where) for name in dict.fromkeys(held)))


def _items(parent: ET.Element, name: str) -> list[ET.Element]:
    return [one for each in parent if local_name(each) == name for one in each if local_name(one)]


def _by_id(root: ET.Element, name: str) -> dict[str, ET.Element]:
    found: dict[str, ET.Element] = {}
    for one in _items(root, name):
        if one.get("id", "") in found:
            raise SbmlError(f"{name}: the id {shown(one.get('id', ''))} is given twice.")
        found[one.get("id", "")] = one
    return found


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


def _task(one: ET.Element, models: Mapping[str, ET.Element], courses: Mapping[str, ET.Element]) -> Task:
    kind, name = local_name(one), one.get("id", "")
    if kind != "task":
        raise SbmlError(f"task {name}: <{kind}> is not done here; single tasks are.")
    model, course = models.get(one.get("modelReference", "")), courses.get(one.get("simulationReference", ""))
    if model is None or course is None:
        raise SbmlError(f"task {name}: its model or its simulation is not in the file.")
    followed = _course(course)
    changes: dict[tuple[str, str], float] = {}
    seen: set[str] = set()
    while True:
        language = model.get("language", "")
        if "sbml" not in language.lower():
            raise SbmlError(f"model {model.get('id', '')}: language {shown(language)}; only SBML is read.")
        changes = {**_changes(model), **changes}  # a model made of another has its own changes on top
        given = model.get("source", "")
        source = given.removeprefix("#")
        # Version 1 names another model without #; a file may be called like its own model.
        if source not in models or (not given.startswith("#") and models[source] is model):
            break
        if source in seen:
            raise SbmlError(f"model {source}: models are made of each other in a circle.")
        seen.add(source)
        model = models[source]
    if given.startswith("#"):
        raise SbmlError(f"model {model.get('id', '')}: there is no model {shown(given)} in the file.")
    return Task(source=given, course=followed, changes=changes)


def _changes(model: ET.Element) -> dict[tuple[str, str], float]:
    found = {}
    for one in _items(model, "listOfChanges"):
        kind, target = local_name(one), one.get("target", "")
        match = _TARGET.search(target)
        if kind != "changeAttribute" or match is None or match[2] not in _VALUES:
            raise SbmlError(f"model {model.get('id', '')}: <{kind}> of {shown(target)} is not done here.")
        local = _LOCAL.search(target)
        changed = f"{local[1]}/{match[1]}" if local else match[1]
        found[changed, match[2]] = _number(one.get("newValue"), f"newValue of {changed}")
    return found


def _column(one: ET.Element, file: _File) -> Column:
    name = one.get("id", "")
    variables = {
        each.get("id", ""): _variable(each, file, f"data generator {name}")
        for each in _items(one, "listOfVariables")
    }
    fixed: dict[str, Node] = {
        each.get("id", ""): Number(_number(each.get("value"), f"a parameter of {name}"))
        for each in _items(one, "listOfParameters")
    }
    mathematics = next((each for each in one if local_name(each) == "math"), None)
    if mathematics is None:
        raise SbmlError(f"data generator {name} has no formula.")
    return Column(
        label=name,
        formula=substitute(formula(mathematics), fixed),
        variables=variables,
        id=name,
        name=one.get("name", ""),
    )


def _variable(each: ET.Element, file: _File, where: str) -> tuple[str, str]:
    """(task, id of the model, or "" for time)."""
    task = file.task(each.get("taskReference", ""), where)
    symbol, target = each.get("symbol", ""), each.get("target", "")
    match = _TARGET.search(target)
    # A starting value is none of a course, and of a local parameter nothing is kept.
    is_read = match is not None and match[2] in (None, "value", "size")
    odd = each.get("term") or each.get("dimensionTerm")
    if odd or symbol not in ("", *_TIMES) or (not symbol and (not is_read or _LOCAL.search(target))):
        raise SbmlError(f"{where}: {shown(odd or symbol or target)} is not read here.")
    return task, "" if symbol or match is None else match[1]


def _number(text: str | None, what: str) -> float:
    try:
        value = float(text or "")
    except ValueError:
        raise SbmlError(f"{what}: {shown(text)} is no number.") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise SbmlError(f"{what}: {shown(text)} is not finite.")
    return value


__all__ = ["Column", "SedmlPlan", "Task", "TimeCourse", "read_sedml"]
