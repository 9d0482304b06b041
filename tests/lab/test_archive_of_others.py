"""Archives in the manner of other programs, written by hand from the specifications; answers on paper.

Each model is a decay or a flow with a known solution, so no solver of ours is its own judge.
"""

import json
import math
import zipfile

import pytest

from smaclab.lab import archive as runner
from smaclab.network.sbml.child import Child

MATHML = 'xmlns="http://www.w3.org/1998/Math/MathML"'
DECAY = f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model id="decay">
<listOfCompartments><compartment id="cell" size="2"/></listOfCompartments>
<listOfSpecies><species id="A" compartment="cell" initialConcentration="3"/>
<species id="B" compartment="cell" initialAmount="0" hasOnlySubstanceUnits="true"/></listOfSpecies>
<listOfParameters><parameter id="k" value="0.5"/></listOfParameters>
<listOfReactions><reaction id="J" reversible="false">
<listOfReactants><speciesReference species="A"/></listOfReactants>
<listOfProducts><speciesReference species="B"/></listOfProducts>
<kineticLaw><math {MATHML}><apply><times/><ci>cell</ci><ci>k</ci><ci>f</ci><ci>A</ci></apply></math>
<listOfParameters><parameter id="f" value="1"/></listOfParameters></kineticLaw>
</reaction></listOfReactions></model></sbml>"""
PATH = "/sbml:sbml/sbml:model/sbml:listOf"
A, B, K = (
    f"{PATH}{kind}[@id='{name}']"
    for kind, name in (
        ("Species/sbml:species", "A"),
        ("Species/sbml:species", "B"),
        ("Parameters/sbml:parameter", "k"),
    )
)
F = f"{PATH}Reactions/sbml:reaction[@id='J']/sbml:kineticLaw/sbml:listOfParameters/sbml:parameter[@id='f']"
SPECIFICATION = "http://identifiers.org/combine.specifications/"


@pytest.fixture(scope="module")
def reader():
    """One reader's process for the file: starting it takes longer than reading."""
    with Child(seconds=60.0) as child:
        yield child


@pytest.fixture
def run(tmp_path, reader):
    """Pack files, run them; what becomes of them lies in `out`."""
    return lambda *given: runner.run_archive(archive(tmp_path, *given), tmp_path / "out", reader)


def archive(folder, files, masters=()):
    """A COMBINE archive; what is SED-ML or SBML is known by its ending."""
    rows = [f'<content location="." format="{SPECIFICATION}omex"/>']
    for name in files:
        kind = "sed-ml.level-1.version-3" if name.endswith(".sedml") else "sbml"
        master = ' master="true"' if name in masters else ""
        where = name.replace(" ", "%20")
        rows.append(f'<content location="./{where}" format="{SPECIFICATION}{kind}"{master}/>')
    path = folder / "others.omex"
    with zipfile.ZipFile(path, "w") as file:
        space = f"{SPECIFICATION}omex-manifest"
        file.writestr("manifest.xml", f'<omexManifest xmlns="{space}">{"".join(rows)}</omexManifest>')
        for name, text in files.items():
            file.writestr(name, text)
    return path


def sedml(version, models, tasks, generators, outputs, points="numberOfPoints"):
    """tasks: id -> model. generators: id -> (formula, {variable: (task, target or symbol)})."""
    space = "" if version == 1 else f"/level1/version{version}"
    listed = [
        f'<dataGenerator id="{name}"><listOfVariables>'
        + "".join(
            f'<variable id="{one}" taskReference="{task}" '
            + (f'symbol="{what}"/>' if not what.startswith("/") else f'target="{what}"/>')
            for one, (task, what) in variables.items()
        )
        + f"</listOfVariables><math {MATHML}>{mathematics}</math></dataGenerator>"
        for name, (mathematics, variables) in generators.items()
    ]
    return (
        f'<sedML xmlns="http://sed-ml.org/sed-ml{space}" '
        'xmlns:sbml="http://www.sbml.org/sbml/level2/version4" '
        f'level="1" version="{version}"><listOfSimulations><uniformTimeCourse id="sim" initialTime="0" '
        f'outputStartTime="0" outputEndTime="4" {points}="4"><algorithm kisaoID="KISAO:0000019"/>'
        f"</uniformTimeCourse></listOfSimulations><listOfModels>{models}</listOfModels><listOfTasks>"
        + "".join(
            f'<task id="{name}" modelReference="{model}" simulationReference="sim"/>'
            for name, model in tasks.items()
        )
        + f"</listOfTasks><listOfDataGenerators>{''.join(listed)}</listOfDataGenerators>"
        f"<listOfOutputs>{outputs}</listOfOutputs></sedML>"
    )


def model(name, source, *changes):
    listed = "".join(f'<changeAttribute target="{to}" newValue="{value}"/>' for to, value in changes)
    inside = f"<listOfChanges>{listed}</listOfChanges>" if changes else ""
    return f'<model id="{name}" language="urn:sedml:language:sbml" source="{source}">{inside}</model>'


def report(**columns):
    sets = "".join(
        f'<dataSet id="{one}_set" label="{one}" dataReference="{held}"/>' for one, held in columns.items()
    )
    return f'<report id="report"><listOfDataSets>{sets}</listOfDataSets></report>'


def plot(name, x, *several):
    curves = "".join(
        f'<curve id="{name}_{y}" logX="false" logY="false" xDataReference="{x}" yDataReference="{y}"/>'
        for y in several
    )
    return f'<plot2D id="{name}"><listOfCurves>{curves}</listOfCurves></plot2D>'


def columns(path):
    head, *rows = [line.split(",") for line in path.read_text().splitlines()]
    return {name: [float(row[place]) for row in rows] for place, name in enumerate(head)}


def ci(name):
    return f"<ci> {name} </ci>"


TIMES = [0.0, 1.0, 2.0, 3.0, 4.0]
TIME = "urn:sedml:symbol:time"


def decayed(start, rate):
    return pytest.approx([start * math.exp(-rate * time) for time in TIMES], rel=1e-6)


def test_models_in_other_folders_chains_of_models_and_mathematics(tmp_path, run):
    """In the manner of Tellurium's phraSED-ML: version 2, a model made of another, a total and a ratio."""
    ratio = f"<apply><divide/>{ci('a')}{ci('b')}</apply>"
    total = f"<apply><plus/><apply><times/><cn>2</cn>{ci('a')}</apply>{ci('b')}</apply>"
    text = sedml(
        2,
        model("model1", "../models/the%20decay.xml")
        + model("model2", "#model1", (f"{K}/@value", 1.0))
        + model("model3", "model2", (f"{F}/@value", 2.0)),
        {"slow": "model1", "fast": "model2", "faster": "model3"},
        {
            "time": (ci("t"), {"t": ("slow", TIME)}),
            "slow_A": (ci("a"), {"a": ("slow", A)}),
            "ratio": (ratio, {"a": ("fast", A), "b": ("slow", A)}),
            "total": (total, {"a": ("faster", A), "b": ("faster", B)}),
            "faster_A": (ci("a"), {"a": ("faster", A)}),
        },
        report(time="time", A="slow_A", ratio="ratio", total="total", faster="faster_A"),
    )
    done = run({"models/the decay.xml": DECAY, "runs/main.sedml": text})
    assert done.all_ok, done.status
    found = columns(tmp_path / "out/runs/main.sedml/report.csv")
    assert found["time"] == TIMES
    assert found["A"] == decayed(3.0, 0.5)
    assert found["ratio"] == decayed(1.0, 0.5)
    assert found["total"] == pytest.approx([6.0] * 5, rel=1e-6)  # amounts: two per unit of A's concentration
    assert found["faster"] == decayed(3.0, 2.0)


def test_only_plots_and_changes_of_starts(tmp_path, run):
    """In the manner of COPASI: version 3, a model called like its file, plots and no report."""
    text = sedml(
        3,
        model("model.xml", "model.xml", (f"{A}/@initialAmount", 8.0), (f"{B}/@initialConcentration", 5.0)),
        {"task1": "model.xml"},
        {
            "time_1": (ci("t"), {"t": ("task1", TIME)}),
            "A_1": (ci("A"), {"A": ("task1", A)}),
            "B_1": (ci("B"), {"B": ("task1", B)}),
        },
        plot("plot_1", "time_1", "A_1", "B_1"),
    )
    done = run({"model.xml": DECAY, "simulation.sedml": text}, ["simulation.sedml"])
    assert done.all_ok, done.status
    found = columns(tmp_path / "out/simulation.sedml/plot_1.csv")
    assert list(found) == ["time_1", "A_1", "B_1"]
    assert found["A_1"] == decayed(4.0, 0.5)  # amount 8 in a volume of 2
    gone = [8.0 * (1.0 - math.exp(-0.5 * time)) for time in TIMES]
    assert found["B_1"] == pytest.approx([10.0 + one for one in gone], rel=1e-6)  # 5 per volume, as amount
    log = json.loads((tmp_path / "out/log.json").read_text())
    assert log["simulation.sedml"]["plots written as numbers"] == ["plot_1"]


def test_reports_are_in_one_file_too_where_h5py_is_installed(tmp_path, run):
    h5py = pytest.importorskip("h5py")
    text = sedml(
        3, model("m", "model.xml"), {"t": "m"}, {"a": (ci("a"), {"a": ("t", A)})},
        report(A="a") + plot("p", "a", "a"),
    )  # fmt: skip
    assert run({"x/model.xml": DECAY, "x/a.sedml": text}).all_ok
    with h5py.File(tmp_path / "out/reports.h5") as file:
        assert list(file["x/a.sedml/report"][0]) == decayed(3.0, 0.5)
        assert list(file["x/a.sedml/report"].attrs["sedmlDataSetIds"]) == ["A_set"]
        assert file["x/a.sedml/p"].attrs["_type"] == "SedPlot2D"
        assert list(file["x/a.sedml/p"].attrs["sedmlDataSetIds"]) == ["a"]


def test_one_file_runs_and_the_other_is_refused_by_name(tmp_path, run):
    """In the manner of BioSimulators: version 4, several files, a flux, a repeated task in one."""
    fine = sedml(
        4,
        model("m", "model.xml"),
        {"t": "m"},
        {
            "time": (ci("x"), {"x": ("t", "KISAO:0000832")}),
            "flux": (ci("x"), {"x": ("t", f"{PATH}Reactions/sbml:reaction[@id='J']")}),
        },
        report(time="time", flux="flux"),
        "numberOfSteps",
    )
    scan = fine.replace('<task id="t"', '<task id="once"').replace(
        "</listOfTasks>",
        '<repeatedTask id="t" range="r" resetModel="true"><listOfSubTasks><subTask order="1" task="once"/>'
        "</listOfSubTasks></repeatedTask></listOfTasks>",
    )
    done = run({"a/model.xml": DECAY, "a/fine.sedml": fine, "a/scan.sedml": scan})
    assert done.status["a/fine.sedml"] == "SUCCEEDED"
    assert done.status["a/scan.sedml"] == (
        "a/scan.sedml: task t: <repeatedTask> is not done here; single tasks are."
    )
    assert columns(tmp_path / "out/a/fine.sedml/report.csv")["flux"] == decayed(3.0, 0.5)  # 2 * 0.5 * A


ASSIGNED = DECAY.replace(
    "<listOfReactions>",
    f'<listOfInitialAssignments><initialAssignment symbol="A"><math {MATHML}><apply><times/><cn>4</cn>'
    "<ci>k</ci></apply></math></initialAssignment></listOfInitialAssignments><listOfReactions>",
)


@pytest.mark.parametrize(
    ("source", "change", "letter"),
    [
        ("../../model.xml", None, "may lead out of the archive"),
        ("urn:miriam:biomodels.db:BIOMD0000000010", None, "is an address; put the file into the archive"),
        ("none.xml", None, "the model 'none.xml' is not in the archive"),
        ("model.xml", (f"{PATH}Parameters/p[@id='kk']/@value", 1), "unknown id of the model 'kk'"),
        ("model.xml", (f"{A}/@value", 1), "A is a species and has no value"),
        ("model.xml", (f"{F.replace('J', 'R')}/@value", 1), "R/f: there is no such local parameter"),
        ("assigned.xml", (f"{A}/@initialConcentration", 1), "an initial assignment starts it"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_named(run, source, change, letter):
    text = sedml(
        3, model("m", source, *([change] if change else [])), {"t": "m"},
        {"a": (ci("a"), {"a": ("t", A)})}, report(a="a"),
    )  # fmt: skip
    files = {"x/model.xml": DECAY, "x/assigned.xml": ASSIGNED, "x/a.sedml": text}
    done = run(files)
    assert letter in done.status["x/a.sedml"]


def test_courses_of_different_lengths_are_not_combined(run):
    sums = f"<apply><plus/>{ci('a')}{ci('b')}</apply>"
    text = sedml(
        3,
        model("m", "model.xml"),
        {"t": "m", "u": "m"},
        {"s": (sums, {"a": ("t", A), "b": ("u", A)})},
        report(s="s"),
    )
    course = '<uniformTimeCourse id="long" initialTime="0" outputStartTime="0" outputEndTime="9" {}="9"/>'
    text = text.replace("</listOfSimulations>", course.format("numberOfPoints") + "</listOfSimulations>")
    task = '<task id="u" modelReference="m" simulationReference="{}"'
    text = text.replace(task.format("sim"), task.format("long"))
    done = run({"model.xml": DECAY, "a.sedml": text})
    assert "it combines tasks of 5, 10 times" in done.status["a.sedml"]
