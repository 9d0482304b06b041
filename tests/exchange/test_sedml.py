import importlib.util
import subprocess
import sys

import pytest

from smaclab.errors import NetworkError
from smaclab.exchange.sedml import Course, uniform, write_sedml
from smaclab.exchange.sedml_read import read_sedml

TEXT = write_sedml(
    Course(start_s=0.0, end_s=3600.0, n_steps=6), source="model.xml", parameters={"cIAP1": "cIAP1, copies"}
)


@pytest.mark.parametrize(
    ("times", "begin", "course"),
    [
        ([0, 600, 1200, 3600], 0, (0.0, 3600.0, 6)),
        ([0, 3600], -1800, (1800.0, 5400.0, 1)),
        ([3600], 0, (0.0, 3600.0, 1)),
        ([0.5, 1.0, 2.0], 0, (0.5, 2.0, 3)),
    ],
)
def test_the_coarsest_course_holds_every_time(times, begin, course):
    found = uniform(times, begin)
    assert (found.start_s, found.end_s, found.n_steps) == course


def test_times_without_a_common_step_get_as_many_points():
    assert uniform([0.0, 0.001, 86_400.0], 0).n_steps == 2


def test_a_course_that_is_none_gets_a_letter():
    with pytest.raises(NetworkError, match="from 5 to 5 s"):
        Course(start_s=5.0, end_s=5.0, n_steps=1)


def test_our_reader_reads_what_we_write():
    plan = read_sedml(TEXT.encode(), "t.sedml")
    task = plan.tasks["task"]
    assert (task.source, task.course.end, task.course.steps) == ("model.xml", 3600.0, 6)
    assert task.course.kisao == "KISAO:0000019"
    assert [one.label for one in plan.reports["report"]] == ["time", "cIAP1"]
    assert plan.plots == ("plot",)


# In a process of its own: once libSEDML is loaded, libSBML's objects are of its classes.
LIBSEDML = """
import sys, libsedml
document = libsedml.readSedMLFromString(sys.stdin.read())
print([document.getError(n).getMessage() for n in range(document.getNumErrors())])
print(document.getNumTasks(), document.getSimulation(0).getAlgorithm().getKisaoID())
"""


@pytest.mark.peer
def test_libsedml_reads_it_without_a_complaint():
    if importlib.util.find_spec("libsedml") is None:
        pytest.skip("libSEDML is not installed")
    asked = [sys.executable, "-c", LIBSEDML]
    said = subprocess.run(asked, input=TEXT, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.split("\n")[:2] == ["[]", "1 KISAO:0000019"]
