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
   <{change} target="/sbml:sbml/sbml:model/{where}" newValue="{new}"/>
  </listOfChanges></model></listOfModels>
 <listOfTasks><{task} id="t" modelReference="n" simulationReference="s"/></listOfTasks>
 <listOfDataGenerators><dataGenerator id="d"><listOfVariables>
   <variable id="x" taskReference="t" target="{seen}"/>
   <variable id="time" taskReference="t" symbol="{symbol}"/></listOfVariables>
   <listOfParameters><parameter id="p" value="2"/></listOfParameters>
   <math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>p</ci><ci> x </ci></apply></math>
  </dataGenerator></listOfDataGenerators>
 <listOfOutputs><report id="r"><listOfDataSets>
  <dataSet id="c" label="twice X" dataReference="d"/></listOfDataSets></report>
  <plot2D id="p"><listOfCurves><curve id="c" xDataReference="d" yDataReference="d"/></listOfCurves></plot2D>
  </listOfOutputs></sedML>"""
FINE = {"begin": "0", "kisao": "KISAO:0000019", "source": "#m", "change": "changeAttribute", "new": "3",
        "task": "task", "symbol": "urn:sedml:symbol:time", "where": "descendant::*[@id='k']/@value",
        "seen": "//*[@id='X']"}  # fmt: skip


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
    assert found.plots == ("p",)
    assert [one.label for one in found.reports["p"]] == ["d"]  # each generator once


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
        ({"source": "#none"}, "there is no model '#none'"),
        ({"where": "listOfSpecies/species[1]/@initialAmount"}, "<changeAttribute> of .* is not done"),
        ({"seen": "//species[@id='X']/@initialAmount"}, "initialAmount. is not read here"),
        ({"seen": "//reaction[@id='r']/kineticLaw//parameter[@id='k']"}, "is not read here"),
    ],
)
def test_what_is_not_done_is_named(other, letter):
    with pytest.raises(SbmlError, match=letter):
        plan(**other)


def test_a_local_parameter_is_no_parameter_of_the_model():
    where = "sbml:listOfReactions/sbml:reaction[@id='r']/sbml:kineticLaw/sbml:listOfParameters/{}"
    found = plan(where=where.format("sbml:parameter[@id='k']/@value"))
    assert found.tasks["t"].changes == {("r/k", "value"): 3.0}


def test_a_model_may_be_called_like_its_file():
    assert plan(source="n").tasks["t"].source == "n"
    assert plan(source="m").tasks["t"].source == "m.xml"  # version 1 names another model without #


def test_what_nothing_leads_to_is_not_read():
    text = V3.format(**FINE).replace("<listOfSimulations>", '<listOfSimulations><steadyState id="rest"/>')
    text = text.replace("</listOfTasks>", '<repeatedTask id="u"/></listOfTasks>')
    assert list(read_sedml(text.encode(), "t.sedml").tasks) == ["t"]


def test_ids_that_stand_twice_and_no_output_at_all_are_named():
    twice = V3.format(**FINE).replace('<model id="n"', '<model id="m"')
    with pytest.raises(SbmlError, match="the id 'm' is given twice"):
        read_sedml(twice.encode(), "t.sedml")
    with pytest.raises(SbmlError, match="0 outputs, no report and no plot"):
        read_sedml(b"<sedML/>", "t.sedml")


def test_what_is_no_sedml_is_named():
    with pytest.raises(SbmlError, match="its root is <sbml>"):
        read_sedml(b"<sbml/>", "t.sedml")
