"""A case of our own for every tag of the SBML Test Suite's tiers that are simulated here.

The suite itself is not part of this project (see docs/conformance.md). These cases are written from the
descriptions of its tags and from the specification; each has a solution that is known in closed form.
"""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from smaclab.network.sbml.build import build
from smaclab.network.sbml.extract import extract
from smaclab.simulate.sbml import simulate_model
from tests.network.sbml.written import (
    assignment,
    compartment,
    document,
    event,
    function,
    initial,
    parameter,
    rate,
    reaction,
    species,
)
from tests.network.sbml.written import math as mathml

PAGE = Path(__file__).parents[3] / "docs" / "conformance.md"
T = np.linspace(0.0, 4.0, 9)
NEAR = 1e-6  # what is promised with default settings
FALLS = np.exp(-0.5 * T)
AFTER_ONE = T >= 1.0
CELL, K = compartment(), parameter("k", 0.5)
L2 = (
    '<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4">'
    '<model id="m">{}</model></sbml>'
)
LIST = "<listOf{0}>{1}</listOf{0}>"


def written(**lists):
    """A document with A at 8 in a cell and k = 0.5, unless the lists say otherwise."""
    usual = {"Compartments": [CELL], "Species": [species("A", 'initialAmount="8"')], "Parameters": [K]}
    order = ("FunctionDefinitions", "Compartments", "Species", "Parameters", "InitialAssignments", "Rules",
             "Reactions", "Events")  # fmt: skip
    whole = {**usual, **lists}
    return document(**{name: whole[name] for name in order if whole.get(name)})


def counts(*names):
    """Parameters that events and rules may change, at 0."""
    return [parameter(name, 0, "false") for name in names]


def steps(stoichiometry="", reference='id="s" stoichiometry="1" constant="false"', law="k * 8"):
    """A reaction that makes A, with a reference that has an id."""
    return (
        f'<reaction id="r" reversible="false"><listOfProducts><speciesReference species="A" {reference}>'
        f"{stoichiometry}</speciesReference></listOfProducts><kineticLaw>{mathml(law)}</kineticLaw></reaction>"
    )


def level_2(reference, rest=""):
    """A Level 2 document that leaves out whatever has a default."""
    return L2.format(
        LIST.format("Compartments", '<compartment id="cell" size="1"/>')
        + LIST.format("Species", '<species id="A" compartment="cell" initialConcentration="8"/>')
        + LIST.format("Parameters", '<parameter id="k" value="0.5"/>')
        + LIST.format(
            "Reactions",
            f'<reaction id="r"><listOfReactants>{reference}</listOfReactants>'
            f"<kineticLaw>{mathml('k * A')}</kineticLaw></reaction>",
        )
    ).encode()


def now(*events, names=("x", "y", "z")):
    """Events upon parameters that are 0."""
    return written(Species=[], Compartments=[], Parameters=counts(*names), Events=list(events))


def ruled(formula, **more):
    """Y is this formula at every time."""
    given = [*more.pop("Parameters", [K]), parameter("y", None, "false")]
    return written(Parameters=given, Rules=[assignment("y", formula)], **more)


DECAY = {"Reactions": [reaction("r", {"A": 1}, {}, "k * A")]}
CASES = [
    ("Amount Compartment Parameter Reaction Species", written(**DECAY), {"A": 8 * FALLS}),
    (
        "ReversibleReaction",
        written(Species=[species("A", 'initialAmount="6"'), species("B", 'initialAmount="0"')],
                Reactions=[reaction("r", {"A": 1}, {"B": 1}, "1.0 * A - k * B")]),
        {"A": 2 + 4 * np.exp(-1.5 * T), "B": 4 - 4 * np.exp(-1.5 * T)},
    ),
    (
        "NonUnityStoichiometry",
        written(Species=[species("A", 'initialAmount="8"'), species("B", 'initialAmount="0"')],
                Reactions=[reaction("r", {"A": 2}, {"B": 3}, "k * A / 2")]),
        {"A": 8 * FALLS, "B": 12 * (1 - FALLS)},
    ),
    (
        "Concentration NonUnityCompartment",
        written(Compartments=[compartment(size="0.2")],
                Species=[species("A", 'initialConcentration="2"', only="false")],
                Reactions=[reaction("r", {"A": 1}, {}, "cell * k * A")]),
        {"A": 2 * FALLS},
    ),
    ("HasOnlySubstanceUnits", written(Compartments=[compartment(size="0.2")], **DECAY), {"A": 8 * FALLS}),
    (
        "MultiCompartment",
        written(Compartments=[CELL, compartment("outside", "4")],
                Species=[species("A", 'initialConcentration="6"', only="false"),
                         species("B", 'initialConcentration="0"', home="outside", only="false")],
                Reactions=[reaction("r", {"A": 1}, {"B": 1}, "k * A")]),
        {"A": 6 * FALLS, "B": 6 * (1 - FALLS) / 4},
    ),
    (
        "BoundaryCondition ConstantSpecies",
        written(Species=[species("A", 'initialAmount="0"'),
                         species("F", 'initialAmount="2"', boundary="true"),
                         species("C", 'initialAmount="3"', boundary="true", constant="true")],
                Reactions=[reaction("r", {"F": 1, "C": 1}, {"A": 1}, "k * F * C")]),
        {"A": 3 * T, "F": 2 + 0 * T, "C": 3 + 0 * T},
    ),
    (
        "FunctionDefinition",
        written(FunctionDefinitions=[function("law", "lambda(x, v, v * x)")],
                Reactions=[reaction("r", {"A": 1}, {}, "law(A, k)")]),
        {"A": 8 * FALLS},
    ),
    (
        "LocalParameters",
        written(Parameters=[parameter("k", 70)],
                Reactions=[reaction("r", {"A": 1}, {}, "k * A", '<localParameter id="k" value="0.5"/>')]),
        {"A": 8 * FALLS, "k": 70 + 0 * T},
    ),
    ("AssignmentRule CSymbolTime", ruled("2 * A + time", **DECAY), {"y": 16 * FALLS + T}),
    (
        "InitialAssignment InitialValueReassigned",
        written(Parameters=[parameter("k", 9), parameter("q", 0.25)],
                InitialAssignments=[initial("A", "16 * k"), initial("k", "2 * q")], **DECAY),
        {"A": 8 * FALLS, "k": 0.5 + 0 * T},
    ),
    (
        "RateRule NonConstantParameter",
        written(Parameters=[K, parameter("x", 8, "false")], Rules=[rate("x", "-k * x")]),
        {"x": 8 * FALLS, "A": 8 + 0 * T},
    ),
    (
        "NonConstantCompartment VolumeConcentrationRates",
        written(Compartments=[compartment(constant="false")],
                Species=[species("A", 'initialConcentration="6"', only="false")], Rules=[rate("cell", "k")]),
        {"A": 6 / (1 + 0.5 * T), "cell": 1 + 0.5 * T},
    ),
    (
        "0D-Compartment",
        written(Compartments=['<compartment id="cell" spatialDimensions="0" constant="true"/>'], **DECAY),
        {"A": 8 * FALLS},
    ),
    (
        "ConversionFactors",
        written(Species=[species("A", 'initialAmount="0" conversionFactor="c"')],
                Parameters=[K, parameter("c", 10)], Reactions=[reaction("r", {}, {"A": 1}, "k")]),
        {"A": 5 * T},
    ),
    ("CSymbolAvogadro", ruled("avogadro"), {"y": 6.02214179e23 + 0 * T}),
    ("DefaultValue", level_2('<speciesReference species="A"/>'), {"A": 8 * FALLS}),
    (
        "StoichiometryMath",
        level_2('<speciesReference species="A"><stoichiometryMath>' + mathml("4 * k")
                + "</stoichiometryMath></speciesReference>"),
        {"A": 8 * np.exp(-T)},
    ),
    (
        "AssignedConstantStoichiometry SpeciesReferenceInMath",
        written(Reactions=[steps()], InitialAssignments=[initial("s", "6 * k")],
                Parameters=[K, parameter("y", None, "false")], Rules=[assignment("y", "s + 1")]),
        {"A": 8 + 12 * T, "y": 4 + 0 * T},
    ),
    (
        "AssignedVariableStoichiometry",
        written(Reactions=[steps()], Rules=[assignment("s", "time")]),
        {"A": 8 + 2 * T**2},
    ),
    (
        "NoMathML",
        written(Rules=['<assignmentRule variable="x"/>'], Parameters=[K, parameter("x", 7, "false")],
                **DECAY),
        {"A": 8 * FALLS, "x": 7 + 0 * T},
    ),
    (
        "L3v2MathML",
        ruled("max(A, k, 9) + min(A, k) + quotient(7, 2) + rem(7, 2) + implies(A > 9, A < 0)"),
        {"y": 9 + 0.5 + 3 + 1 + 1 + 0 * T},
    ),
    (
        "UncommonMathML",
        ruled("sec(k) + arccoth(2 + k) + arcsech(k) + factorial(4) + ceil(k) + log(10, 100 * A) + csch(k)"),
        {"y": 1 / math.cos(0.5) + math.atanh(0.4) + math.acosh(2) + 24 + 1 + math.log10(800)
              + 1 / math.sinh(0.5) + 0 * T},
    ),
    ("BoolNumericSwap", ruled("(time >= 1) + 2 * (A > 9) + piecewise(3, 1, 4)"), {"y": 3.0 + AFTER_ONE}),
    ("EventNoDelay", now(event("e", "time >= 1", {"x": "5"})), {"x": 5.0 * AFTER_ONE}),
    ("EventT0Firing", now(event("e", "x < 1", {"x": "5"}, initial="false")), {"x": 5 + 0 * T}),
    (
        "EventPriority",
        now(event("a", "time >= 1", {"x": "10 * x + 1"}, priority="1", early="false"),
            event("b", "time >= 1", {"x": "10 * x + 2"}, priority="2", early="false")),
        {"x": 21.0 * AFTER_ONE},
    ),
    (
        "EventIsPersistent EventIsNotPersistent",
        now(event("first", "time >= 1", {"x": "-1"}, priority="2"),
            event("gone", "time >= 1 && x > -1", {"y": "1"}, priority="1", persistent="false"),
            event("stays", "time >= 1 && x > -1", {"z": "1"}, priority="1")),
        {"y": 0 * T, "z": 1.0 * AFTER_ONE},
    ),
    (
        "EventUsesTriggerTimeValues EventUsesAssignmentTimeValues",
        now(event("first", "time >= 1", {"x": "5"}, priority="2"),
            event("early", "time >= 1", {"y": "x + 1"}, priority="1"),
            event("late", "time >= 1", {"z": "x + 1"}, priority="1", early="false")),
        {"y": 1.0 * AFTER_ONE, "z": 6.0 * AFTER_ONE},
    ),
    (
        "RandomEventExecution",
        now(*(event(f"e{n}", "time >= 1", {"x": f"x + {n}"}, priority="1", early="false") for n in (1, 2))),
        {"x": 3.0 * AFTER_ONE},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_closed_form(text, expected):
    found = extract(text)
    assert "model" in found, found
    course = simulate_model(build(found["model"]), T)
    for name, values in expected.items():
        assert course.values[:, course.ids.index(name)] == pytest.approx(values, rel=NEAR, abs=1e-9), name


def test_every_tag_that_passes_has_a_case():
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w:-]+) \| \d+ \| (\d+) \|", page, flags=re.MULTILINE)
    passed = {tag for tag, number in rows if int(number)} - {"core", "outside"}
    assert len(passed) > 30
    # One case of each is "outside" by name, with nothing in it that lies outside.
    assert passed - set(" ".join(tags for tags, _, _ in CASES).split()) == {"AlgebraicRule", "EventWithDelay"}
