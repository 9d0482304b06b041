"""What to do with a model, as SED-ML Level 1 Version 4: a time course, its algorithm and what is reported.

Scope:   one model, one uniform time course, one report and one plot.
Ignores: cells that vary; a file describes one.

Source: sed-ml.org; KiSAO ids: CVODE 0000019, relative tolerance 0000209, absolute tolerance 0000211.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from smaclab.errors import NetworkError

SEDML = "http://sed-ml.org/sed-ml/level1/version4"
MATHML = "http://www.w3.org/1998/Math/MathML"
SBML = "http://www.sbml.org/sbml/level3/version2/core"
LANGUAGE = "urn:sedml:language:sbml.level-3.version-2"
TIME = "urn:sedml:symbol:time"
CVODE, RELATIVE, ABSOLUTE = "KISAO:0000019", "KISAO:0000209", "KISAO:0000211"
MOST_STEPS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A uniform time course, s on the model's clock: recorded from start_s to end_s, n_steps steps."""

    start_s: float
    end_s: float
    n_steps: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_s < self.end_s or not 1 <= self.n_steps <= MOST_STEPS:
            raise NetworkError(
                f"a time course from {self.start_s:g} to {self.end_s:g} s in {self.n_steps} steps: it starts "
                f"at 0 or later, ends after that, and has 1 to {MOST_STEPS} steps."
            )


def uniform(times_s: Sequence[float], begin_s: float) -> Course:
    """The coarsest uniform course that holds all of some times.

    Args:
        times_s: (time,), s on the experiment's clock, increasing.
        begin_s: the experiment's time at which the file's clock starts, s.

    Returns:
        Its step is the largest that fits whole milliseconds; where that would be more than `MOST_STEPS`
        steps, as many even steps as there are times.
    """
    ticks = [round(1000 * (time - begin_s)) for time in times_s]
    if len(ticks) == 1:
        return Course(start_s=0.0, end_s=max(ticks[0] / 1000, 1e-3), n_steps=1)
    step = math.gcd(*(tick - ticks[0] for tick in ticks[1:]))
    n_steps = (ticks[-1] - ticks[0]) // step
    if n_steps > MOST_STEPS:
        n_steps = min(len(ticks) - 1, MOST_STEPS)
    return Course(start_s=ticks[0] / 1000, end_s=ticks[-1] / 1000, n_steps=n_steps)


def write_sedml(
    course: Course,
    *,
    source: str,
    parameters: Mapping[str, str],
    name: str = "",
    relative: float = 1e-9,
    absolute: float = 1e-9,
) -> str:
    """The text of a SED-ML file.

    Args:
        course: what is simulated.
        source: the model's file, seen from this one.
        parameters: what is reported: SBML id of a parameter -> words.
        name: of the task.
        relative: tolerance.
        absolute: tolerance, molecules.
    """
    root = ET.Element("sedML", {"xmlns": SEDML, "xmlns:sbml": SBML, "level": "1", "version": "4"})
    model = ET.SubElement(ET.SubElement(root, "listOfModels"), "model")
    model.attrib |= {"id": "model", "language": LANGUAGE, "source": source}
    _simulation(root, course, relative, absolute)
    task = ET.SubElement(ET.SubElement(root, "listOfTasks"), "task")
    task.attrib |= {"id": "task", "modelReference": "model", "simulationReference": "simulation"}
    if name:
        task.set("name", name)
    generators = ET.SubElement(root, "listOfDataGenerators")
    _generator(generators, "time", "time, s", {"symbol": TIME})
    for identifier, words in parameters.items():
        path = f"/sbml:sbml/sbml:model/sbml:listOfParameters/sbml:parameter[@id='{identifier}']"
        _generator(generators, identifier, words, {"target": path})
    _outputs(root, parameters)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _simulation(root: ET.Element, course: Course, relative: float, absolute: float) -> None:
    one = ET.SubElement(ET.SubElement(root, "listOfSimulations"), "uniformTimeCourse")
    one.attrib |= {
        "id": "simulation",
        "initialTime": "0",
        "outputStartTime": repr(course.start_s),
        "outputEndTime": repr(course.end_s),
        "numberOfSteps": str(course.n_steps),
    }
    algorithm = ET.SubElement(one, "algorithm", {"kisaoID": CVODE})
    several = ET.SubElement(algorithm, "listOfAlgorithmParameters")
    for kisao, value in ((RELATIVE, relative), (ABSOLUTE, absolute)):
        ET.SubElement(several, "algorithmParameter", {"kisaoID": kisao, "value": repr(value)})


def _generator(parent: ET.Element, identifier: str, words: str, what: Mapping[str, str]) -> None:
    one = ET.SubElement(parent, "dataGenerator", {"id": f"data_{identifier}", "name": words})
    variables = ET.SubElement(one, "listOfVariables")
    variable = ET.SubElement(variables, "variable", {"id": f"variable_{identifier}", "taskReference": "task"})
    variable.attrib |= dict(what)
    mathematics = ET.SubElement(one, "math", {"xmlns": MATHML})
    ET.SubElement(mathematics, "ci").text = f" variable_{identifier} "


def _outputs(root: ET.Element, parameters: Mapping[str, str]) -> None:
    outputs = ET.SubElement(root, "listOfOutputs")
    sets = ET.SubElement(ET.SubElement(outputs, "report", {"id": "report"}), "listOfDataSets")
    for identifier in ("time", *parameters):
        one = ET.SubElement(sets, "dataSet")
        one.attrib |= {"id": f"column_{identifier}", "label": identifier}
        one.set("dataReference", f"data_{identifier}")
    if not parameters:
        return
    curves = ET.SubElement(ET.SubElement(outputs, "plot2D", {"id": "plot"}), "listOfCurves")
    for identifier, words in parameters.items():
        one = ET.SubElement(curves, "curve", {"id": f"curve_{identifier}", "name": words})
        one.attrib |= {"xDataReference": "data_time", "yDataReference": f"data_{identifier}"}
