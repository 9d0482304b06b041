"""Runs COMBINE archives: our own, and simple ones of others."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SbmlError, SmaclabError, shown, unknown
from smaclab.exchange.omex_read import beside, experiments_in, inside, read_omex
from smaclab.exchange.reports_h5 import ReportData, can_write_h5, write_h5
from smaclab.exchange.sedml_read import Column, SedmlPlan, Task, read_sedml
from smaclab.network.expression import Call, Name, Node, Number, evaluate, names
from smaclab.network.sbml import SbmlModel, read_content
from smaclab.network.sbml.child import Child
from smaclab.simulate.sbml import SbmlCourse, simulate_model

Array = NDArray[Any]
_ATTRIBUTES = {
    "parameter": ("value",),
    "compartment": ("size",),
    "species": ("initialAmount", "initialConcentration"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRun:
    """What became of an archive. status: SED-ML file -> "SUCCEEDED" or the letter. written: reports, log."""

    status: Mapping[str, str] = field(default_factory=dict)
    written: tuple[Path, ...] = ()

    @property
    def all_ok(self) -> bool:
        """Whether every SED-ML file was run."""
        return all(one == "SUCCEEDED" for one in self.status.values())


def run_archive(path: str | Path, out: str | Path, child: Child | None = None) -> ArchiveRun:
    """Run every SED-ML file that an archive's manifest names, and write its reports.

    Args:
        path: the archive.
        out: a folder: `<SED-ML file>/<report>.csv`, a column a data set, and `log.json`; where h5py is
            installed, all reports in `reports.h5` too.
        child: a process that reads the models of several archives; None: one for this archive.

    Returns:
        What was written, and what failed: one SED-ML file that fails does not stop the others.

    Raises:
        SbmlError: the archive itself is refused, or a file cannot be written.
    """
    files = read_omex(path)
    folder, status, written = Path(out), {}, []
    notes: dict[str, Any] = {}
    everything: list[ReportData] = []
    with Child() if child is None else nullcontext(child) as reader:
        models = Models(files, reader)
        for name in experiments_in(files):
            try:
                plan = read_sedml(files[name], name)
                courses = {one: followed(task, models, name) for one, task in plan.tasks.items()}
                made = reports(plan, courses, inside(name))
                written += [_written(folder / one.file / f"{_safe(one.id)}.csv", _csv(one)) for one in made]
                everything += made
                status[name] = "SUCCEEDED"
                notes[name] = _notes(plan, courses)
            except SmaclabError as letter:
                status[name] = str(letter)
    log = {name: {"status": text, **notes.get(name, {})} for name, text in status.items()}
    if everything and can_write_h5():
        written.append(write_h5(folder / "reports.h5", everything))
    written.append(_written(folder / "log.json", json.dumps(log, indent=2, ensure_ascii=False) + "\n"))
    return ArchiveRun(status=status, written=tuple(written))


def _notes(plan: SedmlPlan, courses: Mapping[str, SbmlCourse]) -> dict[str, Any]:
    asked = {name: task.course.kisao for name, task in plan.tasks.items()}
    return {
        "algorithm asked for": asked,
        "solver": {name: one.solver for name, one in courses.items()},
        "plots written as numbers": list(plan.plots),
    }


class Models:
    """The models of an archive, each read once."""

    def __init__(self, files: Mapping[str, bytes], child: Child) -> None:
        self.files = files
        self.child = child
        self.read: dict[str, SbmlModel] = {}

    def model(self, path: str) -> SbmlModel:
        """The model of a file that is in the archive."""
        if path not in self.read:
            self.read[path] = read_content(self.files[path], self.child)
        return self.read[path]


def followed(task: Task, models: Models, name: str) -> SbmlCourse:
    """One task's course.

    Args:
        task: of the SED-ML file `name`, from which its model's path is seen.
        models: of the archive.
        name: the file's path.

    Raises:
        SbmlError: the model is not there, is refused, or cannot be changed so.
        SimulationError: the solve failed.
    """
    source = beside(name, task.source)
    if source not in models.files:
        raise SbmlError(f"{name}: the model {shown(task.source)} is not in the archive.")
    try:
        model = _changed(models.model(source), task)
    except SbmlError as problem:
        raise SbmlError(f"{source}: {problem}") from problem
    course = task.course
    times = np.unique(np.linspace(course.start, course.end, course.steps + 1))
    whole = times if times[0] == 0 else np.concatenate([[0.0], times])
    found = simulate_model(model, whole)
    kept = slice(len(whole) - len(times), None)
    amounts = {one: values[kept] for one, values in found.amounts.items()}
    return SbmlCourse(
        time=found.time[kept], ids=found.ids, values=found.values[kept], amounts=amounts, solver=found.solver
    )


def _changed(model: SbmlModel, task: Task) -> SbmlModel:
    """The model with other starting values, as if its file had them.

    Raises:
        SbmlError: an id that is not there, one that has no such attribute, or one that a formula starts.
    """
    starting = dict(model.starting)
    for (name, attribute), value in task.changes.items():
        raw, start = _start(model, name, attribute, value)
        given = model.starting[raw]
        quantity = model.quantities.get(name)
        size = "" if quantity is None else f"v_{quantity.home}"
        if given is not None and names(given) - {size}:
            raise SbmlError(
                f"{name}: an initial assignment starts it, so a change of its {attribute} would do nothing."
            )
        starting[raw] = start
    return replace(model, starting=starting)


def _start(model: SbmlModel, name: str, attribute: str, value: float) -> tuple[str, Node]:
    """What is kept of an id, and its start when an attribute of the file has this value."""
    if "/" in name:
        raw = "l_" + name.replace("/", "_")
        if raw not in model.starting:
            raise SbmlError(f"{name}: there is no such local parameter.")
        return raw, Number(value)
    if name not in model.quantities:
        raise SbmlError(unknown("id of the model", name, model.quantities))
    one = model.quantities[name]
    if attribute not in _ATTRIBUTES.get(one.kind, ()):
        raise SbmlError(f"{name} is a {one.kind} and has no {attribute}.")
    if not one.raw:
        raise SbmlError(f"{name}: a rule computes it, so a change of its {attribute} would do nothing.")
    is_concentration = bool(one.compartment) and not one.is_amount
    if attribute == "initialConcentration" and not is_concentration:
        return one.raw, Call("*", (Number(value), Name(f"v_{one.home}")))
    if attribute == "initialAmount" and is_concentration:
        return one.raw, Call("/", (Number(value), Name(f"v_{one.home}")))
    return one.raw, Number(value)


def reports(plan: SedmlPlan, courses: Mapping[str, SbmlCourse], file: str) -> list[ReportData]:
    """The numbers of each report and plot of the SED-ML file that stands at `file`."""
    return [
        ReportData(
            file=file,
            id=name,
            kind=plan.kinds[name],
            name=plan.names[name],
            ids=tuple(one.id for one in columns),
            labels=tuple(one.label for one in columns),
            names=tuple(one.name for one in columns),
            values=tuple(_values(one, courses) for one in columns),
        )
        for name, columns in plan.reports.items()
    ]


def _csv(report: ReportData) -> str:
    """A row a time, a column a data set; shorter columns end in empty cells."""
    longest = max((len(one) for one in report.values), default=0)
    rows = [",".join(map(_cell, report.labels))]
    rows += [
        ",".join(f"{one[row]:.15g}" if row < len(one) else "" for one in report.values)
        for row in range(longest)
    ]
    return "\n".join(rows) + "\n"


def _values(column: Column, courses: Mapping[str, SbmlCourse]) -> Array:
    known: dict[str, Any] = {}
    size = 1
    sizes = {len(courses[task].time) for task, _ in column.variables.values()}
    if len(sizes) > 1:
        raise SbmlError(f"{column.label}: it combines tasks of {', '.join(map(str, sorted(sizes)))} times.")
    for name, (task, identifier) in column.variables.items():
        course = courses[task]
        size = len(course.time)
        if identifier and identifier not in course.ids:
            raise SbmlError(unknown("id of the model", identifier, course.ids, where=column.label))
        known[name] = course.values[:, course.ids.index(identifier)] if identifier else course.time
    if lost := sorted(names(column.formula) - known.keys()):
        raise SbmlError(f"{column.label}: its formula names {', '.join(lost)}, which it does not declare.")
    return np.broadcast_to(np.asarray(evaluate(column.formula, known), dtype=float), (size,))


def _cell(text: str) -> str:
    plain_text = text.replace("\n", " ").replace("\r", " ")
    return '"' + plain_text.replace('"', '""') + '"' if set(plain_text) & set(',"') else plain_text


def _safe(text: str) -> str:
    return "".join(one if one.isalnum() or one in "_-" else "_" for one in text)[:100] or "report"


def _written(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise SbmlError(f"{path}: cannot be written ({problem.strerror}).") from problem
    return path
