"""libRoadRunner as an independent judge of what we write."""

import numpy as np
import pytest

from smaclab.network.sbml import read_sbml
from smaclab.simulate.sbml import simulate_model
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import CellProblem
from smaclab.simulate.status import Status


def complaints(text):
    """All errors and warnings of libSBML's consistency check, units included."""
    libsbml = pytest.importorskip("libsbml")
    document = libsbml.readSBMLFromString(text)
    document.checkConsistency()
    return [document.getError(place).getMessage() for place in range(document.getNumErrors())]


def consistency_errors(text):
    libsbml = pytest.importorskip("libsbml")
    document = libsbml.readSBMLFromString(text)
    document.checkConsistency()
    found = [document.getError(place) for place in range(document.getNumErrors())]
    return [one.getMessage() for one in found if one.getSeverity() >= libsbml.LIBSBML_SEV_ERROR]


def seen_by_roadrunner(text, selections, time_s, *, rtol=1e-11, atol=1e-11):
    """(time, selection).  The solve starts at 0, whatever the first time."""
    import roadrunner

    # Its compiler takes a third of the time this way; what is solved stays the same.
    settings = roadrunner.Config
    settings.setValue(settings.LLVM_BACKEND, settings.LLJIT)
    settings.setValue(settings.LLJIT_OPTIMIZATION_LEVEL, settings.NONE)
    runner = roadrunner.RoadRunner(text)
    runner.integrator.relative_tolerance = rtol
    runner.integrator.absolute_tolerance = atol
    runner.integrator.maximum_num_steps = 200_000
    runner.timeCourseSelections = ["time", *selections]
    times = [0.0, *(one for one in time_s if one > 0.0)]
    return np.array(runner.simulate(times=times))[len(times) - len(time_s) :, 1:]


def seen_by_us(kernel, counts, parameters, changes, time_s, observe=None, *, rtol=1e-11):
    """(time, species), or (time, observable) where weights are given."""
    problem = CellProblem(
        kernel=kernel, rest=counts, parameters=parameters, changes=tuple(changes), time_s=np.array(time_s),
        end_s=time_s[-1], observe=np.eye(len(counts)) if observe is None else observe, watches=(),
    )  # fmt: skip
    solution = SciPySolver(rtol=rtol, max_steps=200_000).solve(problem)
    assert solution.status is Status.OK, solution.message
    return solution.counts


def seen_by_our_reader(text, selections, time_s, folder):
    """(time, selection): the file through `network.sbml` and `simulate.sbml`, as any file of others."""
    path = folder / "model.xml"
    path.write_text(text, encoding="utf-8")
    course = simulate_model(read_sbml(path), np.array([0.0, *time_s]), relative=1e-10)
    return course.values[1:, [course.ids.index(one) for one in selections]]


def distance(ours, theirs):
    """The largest relative difference; below one molecule, in molecules."""
    return float(np.max(np.abs(ours - theirs) / (np.abs(theirs) + 1.0)))
