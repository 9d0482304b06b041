"""Runs COMBINE archives: our own, and simple ones of others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SbmlError, SmaclabError, shown, unknown
from smaclab.exchange.omex_read import experiments_in, inside, read_omex
from smaclab.exchange.sedml_read import Column, SedmlPlan, Task, read_sedml
from smaclab.network.expression import evaluate, names
from smaclab.network.sbml import SbmlModel
from smaclab.network.sbml.build import build
from smaclab.network.sbml.child import parse_in_child
from smaclab.simulate.sbml import SbmlCourse, simulate_model

Array = NDArray[Any]
ALGORITHM = "KISAO:0000088"  # LSODA, or our own Rosenbrock method for large models without events


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRun:
    """What became of an archive. status: SED-ML file -> "SUCCEEDED" or the letter. written: reports, log."""

    status: Mapping[str, str] = field(default_factory=dict)
    written: tuple[Path, ...] = ()

    @property
    def all_ok(self) -> bool:
        """Whether every SED-ML file was run."""
        return all(one == "SUCCEEDED" for one in self.status.values())


def run_archive(path: str | Path, out: str | Path) -> ArchiveRun:
    """Run every SED-ML file that an archive's manifest names, and write its reports.

    Args:
        path: the archive.
        out: a folder: `<SED-ML file>/<report>.csv`, a column a data set, and `log.json`.

    Returns:
        What was written, and what failed: one SED-ML file that fails does not stop the others.

    Raises:
        SbmlError: the archive itself is refused, or a file cannot be written.
    """
    files = read_omex(path)
    folder, status, written = Path(out), {}, []
    notes: dict[str, Any] = {}
    for name in experiments_in(files):
        try:
            plan = read_sedml(files[name], name)
            courses = {one: _followed(task, files, name) for one, task in plan.tasks.items()}
            for report, table in reports(plan, courses).items():
                written.append(_written(folder / inside(name) / f"{_safe(report)}.csv", table))
            status[name] = "SUCCEEDED"
            notes[name] = _notes(plan, courses)
        except SmaclabError as letter:
            status[name] = str(letter)
    log = {name: {"status": text, **notes.get(name, {})} for name, text in status.items()}
    written.append(_written(folder / "log.json", json.dumps(log, indent=2, ensure_ascii=False) + "\n"))
    return ArchiveRun(status=status, written=tuple(written))


def _notes(plan: SedmlPlan, courses: Mapping[str, SbmlCourse]) -> dict[str, Any]:
    asked = {name: task.course.kisao for name, task in plan.tasks.items()}
    return {
        "algorithm asked for": asked,
        "solver": {name: one.solver for name, one in courses.items()},
        "plots left out": plan.plots,
    }


def _followed(task: Task, files: Mapping[str, bytes], name: str) -> SbmlCourse:
    source = inside(str(PurePosixPath(name).parent / task.source))
    if source not in files:
        raise SbmlError(f"{name}: the model {shown(task.source)} is not in the archive.")
    try:
        model = build(parse_in_child(files[source])["model"])
    except SbmlError as problem:
        raise SbmlError(f"{source}: {problem}") from problem
    course = task.course
    times = np.unique(np.linspace(course.start, course.end, course.steps + 1))
    whole = times if times[0] == 0 else np.concatenate([[0.0], times])
    found = simulate_model(model, whole, changes=_changes(model, task))
    kept = slice(len(whole) - len(times), None)
    amounts = {one: values[kept] for one, values in found.amounts.items()}
    return SbmlCourse(
        time=found.time[kept], ids=found.ids, values=found.values[kept], amounts=amounts, solver=found.solver
    )


def _changes(model: SbmlModel, task: Task) -> dict[str, float]:
    """The value of each changed id as formulas see it."""
    found = {}
    for (name, attribute), value in task.changes.items():
        if name not in model.quantities:
            raise SbmlError(unknown("id of the model", name, model.quantities))
        is_concentration = bool(model.quantities[name].compartment)
        if attribute.startswith("initial") and is_concentration != (attribute == "initialConcentration"):
            raise SbmlError(f"a change of {attribute} of {name}: give what its id means in formulas instead.")
        found[name] = value
    return found


def reports(plan: SedmlPlan, courses: Mapping[str, SbmlCourse]) -> dict[str, str]:
    """Each report as CSV: a row a time, a column a data set; shorter columns end in empty cells."""
    found = {}
    for name, columns in plan.reports.items():
        values = [_values(one, courses) for one in columns]
        longest = max((len(one) for one in values), default=0)
        rows = [",".join(_cell(one.label) for one in columns)]
        rows += [
            ",".join(f"{one[row]:.15g}" if row < len(one) else "" for one in values) for row in range(longest)
        ]
        found[name] = "\n".join(rows) + "\n"
    return found


def _values(column: Column, courses: Mapping[str, SbmlCourse]) -> Array:
    known: dict[str, Any] = {}
    size = 1
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
