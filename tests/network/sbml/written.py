"""SBML documents written for these tests from the specification."""

import libsbml

HEAD = (
    '<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="m" '
    'timeUnits="second">{}</model></sbml>'
)
CELL = '<compartment id="cell" size="{}" constant="true" spatialDimensions="3"/>'


def math(formula):
    """A formula as MathML, by libSBML's own reader of infix text."""
    tree = libsbml.parseL3Formula(formula)
    assert tree is not None, libsbml.getLastParseL3Error()
    return libsbml.writeMathMLToString(tree).partition("?>")[2]


def document(**lists):
    """A model of these lists: names as in SBML without `listOf`, each a list of elements."""
    return HEAD.format(
        "".join(f"<listOf{name}>{''.join(several)}</listOf{name}>" for name, several in lists.items())
    ).encode()


def compartment(name="cell", size="1", constant="true"):
    return f'<compartment id="{name}" size="{size}" constant="{constant}" spatialDimensions="3"/>'


def species(name, start='initialAmount="1"', home="cell", only="true", boundary="false", constant="false"):
    return (
        f'<species id="{name}" compartment="{home}" {start} hasOnlySubstanceUnits="{only}" '
        f'boundaryCondition="{boundary}" constant="{constant}"/>'
    )


def parameter(name, value, constant="true"):
    given = "" if value is None else f'value="{value}"'
    return f'<parameter id="{name}" {given} constant="{constant}"/>'


def initial(name, formula):
    return f'<initialAssignment symbol="{name}">{math(formula)}</initialAssignment>'


def assignment(name, formula):
    return f'<assignmentRule variable="{name}">{math(formula)}</assignmentRule>'


def rate(name, formula):
    return f'<rateRule variable="{name}">{math(formula)}</rateRule>'


def function(name, formula):
    return f'<functionDefinition id="{name}">{math(formula)}</functionDefinition>'


def reaction(name, left, right, law, local=""):
    sides = [
        "".join(
            f'<speciesReference species="{one}" stoichiometry="{number}" constant="true"/>'
            for one, number in side.items()
        )
        for side in (left, right)
    ]
    lists = [
        f"<listOf{word}>{text}</listOf{word}>" if text else ""
        for word, text in zip(("Reactants", "Products"), sides, strict=True)
    ]
    used = f"<listOfLocalParameters>{local}</listOfLocalParameters>" if local else ""
    return (
        f'<reaction id="{name}" reversible="false">{"".join(lists)}<kineticLaw>{math(law)}{used}'
        "</kineticLaw></reaction>"
    )


def event(name, trigger, sets, initial="true", persistent="true", early="true", priority="", extra=""):
    ranked = f"<priority>{math(priority)}</priority>" if priority else ""
    assigned = "".join(
        f'<eventAssignment variable="{one}">{math(formula)}</eventAssignment>'
        for one, formula in sets.items()
    )
    return (
        f'<event id="{name}" useValuesFromTriggerTime="{early}"><trigger initialValue="{initial}" '
        f'persistent="{persistent}">{math(trigger)}</trigger>{ranked}{extra}'
        f"<listOfEventAssignments>{assigned}</listOfEventAssignments></event>"
    )


def growing(rows):
    """Each rule names the one before twice: written out, the last is 2 ** rows operations."""
    values = [parameter("x", 1, "false"), *(parameter(f"a{n}", None, "false") for n in range(rows))]
    rules = [assignment("a0", "x + 1")]
    rules += [assignment(f"a{n}", f"a{n - 1} * exp(a{n - 1} - 1)") for n in range(1, rows)]
    return document(Parameters=values, Rules=[*rules, rate("x", f"-a{rows - 1}")])
