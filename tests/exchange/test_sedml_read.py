import pytest

from smaclab.errors import SbmlError
from smaclab.exchange.sedml_read import read_sedml
from smaclab.network.expression import to_text

V3 = """<sedML xmlns="http://sed-ml.org/sed-ml/level1/version3" level="1" version="3">
 <listOfSimulations>
  <uniformTimeCourse id="s" initialTime="{begin}" outputStartTime="0" outputEndTime="10" numberOfPoints="5">
   <algorithm kisaoID="{kisao}"/></uniformTimeCourse></listOfSimulations>
 <listOfModels>
  <model id="m" language="urn:sedml:language:sbml" source="m.xml"/>
  <model id="n" language="urn:sedml:language:sbml" source="{source}"><listOfChanges>
   <{change} target="/sbml:sbml/sbml:model/descendant::*[@id='k']/@value" newValue="{new}"/>
  </listOfChanges></model></listOfModels>
 <listOfTasks><{task} id="t" modelReference="n" simulationReference="s"/></listOfTasks>
 <listOfDataGenerators><dataGenerator id="d"><listOfVariables>
   <variable id="x" taskReference="t" target="/sbml:sbml/sbml:model/descendant::*[@id='X']"/>
   <variable id="time" taskReference="t" symbol="{symbol}"/></listOfVariables>
   <listOfParameters><parameter id="p" value="2"/></listOfParameters>
   <math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>p</ci><ci> x </ci></apply></math>
  </dataGenerator></listOfDataGenerators>
 <listOfOutputs><report id="r"><listOfDataSets>
  <dataSet id="c" label="twice X" dataReference="d"/></listOfDataSets></report>
  <plot2D id="p"/></listOfOutputs></sedML>"""
FINE = {"begin": "0", "kisao": "KISAO:0000019", "source": "#m", "change": "changeAttribute", "new": "3",
        "task": "task", "symbol": "urn:sedml:symbol:time"}  # fmt: skip


def plan(**other):
    return read_sedml(V3.format(**FINE | other).encode(), "t.sedml")


def test_a_simple_file_of_others_is_a_plan():
    found = plan()
    assert found.tasks["t"].source == "m.xml"
    assert found.tasks["t"].changes == {("k", "value"): 3.0}
    assert found.tasks["t"].course.steps == 5
    (column,) = found.reports["r"]
    assert (column.label, to_text(column.formula)) == ("twice X", "2 * x")
    assert column.variables == {"x": ("t", "X"), "time": ("t", "")}
    assert found.plots == 1


@pytest.mark.parametrize(
    ("other", "letter"),
    [
        ({"task": "repeatedTask"}, "task t: <repeatedTask> is not done here"),
        ({"kisao": "KISAO:0000029"}, "KISAO:0000029 is stochastic"),
        ({"begin": "5"}, "it starts at 5"),
        ({"change": "computeChange"}, "<computeChange> of"),
        ({"new": "lots"}, "newValue of k: 'lots' is no number"),
        ({"new": "inf"}, "is not finite"),
        ({"symbol": "urn:sedml:symbol:entropy"}, "entropy' is not read here"),
        ({"source": "#n"}, "in a circle"),
    ],
)
def test_what_is_not_done_is_named(other, letter):
    with pytest.raises(SbmlError, match=letter):
        plan(**other)


def test_what_is_no_sedml_is_named():
    with pytest.raises(SbmlError, match="its root is <sbml>"):
        read_sedml(b"<sbml/>", "t.sedml")
