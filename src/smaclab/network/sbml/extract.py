"""SBML to plain data: everything that libSBML does, and nothing else.

Scope:   Level 2 and 3, core. It runs in a process of its own: SBML on standard input, JSON on output.
Ignores: units, annotations, notes, layout.

The answer is {"model": {...}}, or {"refused": [{"what", "where", "remedy"}, ...]} with everything that is not
simulated here. A number that is not given is null.
"""

import json
import math
import sys
from collections.abc import Iterator
from typing import Any

import libsbml

from smaclab.network.sbml.math_text import MathReader, Refused

Plain = dict[str, Any]


def extract(data: bytes) -> Plain:
    """What an SBML file says, as plain data.

    Args:
        data: the file.
    """
    document = libsbml.readSBMLFromString(data.decode("utf-8", errors="replace"))
    problems = list(_document(document))
    if problems:
        return {"refused": problems}
    reader = _Reader(document)
    model = reader.model_data()
    return {"refused": reader.refused} if reader.refused else {"model": model}


def main() -> None:
    """Standard input to standard output."""
    sys.stdout.write(json.dumps(extract(sys.stdin.buffer.read())))


def _document(document: Any) -> Iterator[Plain]:
    for n in range(document.getNumErrors()):
        error = document.getError(n)
        if error.getSeverity() >= libsbml.LIBSBML_SEV_ERROR and not _is_layout(error):
            message = " ".join(error.getMessage().split())[:300]
            yield _letter(f"what is no SBML ({message})", f"line {error.getLine()}", "Mend the file.")
            return
    level = document.getLevel()
    if document.getModel() is None:
        yield _letter("no model", "sbml", "Write one model into the file.")
    elif level not in (2, 3):
        yield _letter(f"SBML Level {level}", "sbml", "Convert it to Level 2 or 3, for example by libSBML.")
    for name in sorted(_packages(document)):
        yield _letter(f"the package {name!r}", "sbml", "Only SBML core is read; flatten or export the model.")


def _is_zero(node: Any) -> bool:
    """Whether a formula is the number 0: COPASI writes such a delay where there is none."""
    return bool(node.isNumber()) and float(node.getValue()) == 0.0


def _is_layout(error: Any) -> bool:
    """Whether it complains of a Level 3 layout in a Level 2 file, as COPASI writes it: no mathematics."""
    schema, message = libsbml.NotSchemaConformant, error.getMessage()
    return error.getErrorId() == schema and "L3 package 'layout" in message


def _packages(document: Any) -> set[str]:
    """Packages that a reader must understand; of mathematics, Level 3 Version 2 has what its package adds."""
    spaces = document.getNamespaces()
    uris = [spaces.getURI(n) for n in range(spaces.getNumNamespaces())]
    named = {uri.split("/")[-2] for uri in uris if "/level3/version" in uri and not uri.endswith("/core")}
    named |= {document.getUnknownPackagePrefix(n) for n in range(document.getNumUnknownPackages())}
    return {name for name in named if _is_needed(document, name)} - {"l3v2extendedmath"}


def _is_needed(document: Any, package: str) -> bool:
    if package == "fbc":  # optional by its own word, but a model without rate laws has no course in time
        laws = [one.isSetKineticLaw() for one in document.getModel().getListOfReactions()]
        return not all(laws)
    return bool(document.getPackageRequired(package))


def _letter(what: str, where: str, remedy: str) -> Plain:
    return {"what": what, "where": where, "remedy": remedy}


def _given(is_set: bool, value: float) -> float | None:  # noqa: FBT001 - both belong together
    return float(value) if is_set and not math.isnan(value) else None


class _Reader:
    """Walks one model and collects what is not simulated here."""

    def __init__(self, document: Any) -> None:
        self.model, self.level = document.getModel(), document.getLevel()
        self.math = MathReader(self.model)
        self.refused: list[Plain] = []

    def model_data(self) -> Plain:
        """The whole model."""
        model = self.model
        return {
            "id": model.getId(),
            "name": model.getName(),
            "level": self.level,
            "conversion": model.getConversionFactor() if self.level > 2 else "",
            "compartments": [self.compartment(one) for one in model.getListOfCompartments()],
            "species": [self.species(one) for one in model.getListOfSpecies()],
            "parameters": [self.parameter(one) for one in model.getListOfParameters()],
            "initial": [
                {"symbol": one.getSymbol(), "math": text}
                for one in model.getListOfInitialAssignments()
                if (text := self.text(one, f"initialAssignment of {one.getSymbol()}")) is not None
            ],
            "rules": [found for one in model.getListOfRules() if (found := self.rule(one))],
            "reactions": [self.reaction(one) for one in model.getListOfReactions()],
            "events": [self.event(one, n) for n, one in enumerate(model.getListOfEvents())],
            "constraints": model.getNumConstraints(),
        }

    def text(self, holder: Any, where: str, words: dict[str, str] | None = None) -> str | None:
        """The formula of whatever has one; None where it has none or is refused."""
        if holder is None or not holder.isSetMath():
            return None
        try:
            return self.math.text(holder.getMath(), words)
        except Refused as problem:
            self.refused.append(_letter(problem.what, where, problem.remedy))
            return None

    def compartment(self, one: Any) -> Plain:
        """A compartment; one of no dimensions has no size."""
        dimensions = one.getSpatialDimensionsAsDouble()
        size = _given(one.isSetSize(), one.getSize())
        return {"id": one.getId(), "size": size, "constant": one.getConstant(), "dimensions": dimensions}

    def species(self, one: Any) -> Plain:
        """A species."""
        return {
            "id": one.getId(),
            "compartment": one.getCompartment(),
            "amount": _given(one.isSetInitialAmount(), one.getInitialAmount()),
            "concentration": _given(one.isSetInitialConcentration(), one.getInitialConcentration()),
            "only_substance": one.getHasOnlySubstanceUnits(),
            "boundary": one.getBoundaryCondition(),
            "constant": one.getConstant(),
            "conversion": one.getConversionFactor() if self.level > 2 else "",
        }

    def parameter(self, one: Any) -> Plain:
        """A parameter."""
        value = _given(one.isSetValue(), one.getValue())
        return {"id": one.getId(), "value": value, "constant": one.getConstant()}

    def rule(self, one: Any) -> Plain | None:
        """An assignment or rate rule; None where it says nothing."""
        if one.isAlgebraic():
            if one.isSetMath():
                remedy = "Solve it for one variable and write that as an assignment rule."
                self.refused.append(_letter("an algebraic rule", "rules", remedy))
            return None
        kind = "rate" if one.isRate() else "assignment"
        text = self.text(one, f"{kind}Rule of {one.getVariable()}")
        return None if text is None else {"kind": kind, "variable": one.getVariable(), "math": text}

    def reaction(self, one: Any) -> Plain:
        """A reaction with its law; local parameters are called l_REACTION_ID."""
        name = one.getId()
        if one.isSetFast() and one.getFast():
            remedy = "Write a fast equilibrium as rules, or the reaction with fast rate constants."
            self.refused.append(_letter("a fast reaction", f"reaction {name}", remedy))
        law = one.getKineticLaw()
        local: dict[str, float | None] = {}
        words: dict[str, str] = {}
        if law is not None:
            several = law.getListOfLocalParameters() if self.level > 2 else law.getListOfParameters()
            for each in several:
                words[each.getId()] = f"l_{name}_{each.getId()}"
                local[words[each.getId()]] = _given(each.isSetValue(), each.getValue())
        return {
            "id": name,
            "law": self.text(law, f"kineticLaw of {name}", words),
            "local": local,
            "reactants": [self.reference(each, name) for each in one.getListOfReactants()],
            "products": [self.reference(each, name) for each in one.getListOfProducts()],
        }

    def reference(self, one: Any, reaction: str) -> Plain:
        """A species in a reaction, with its stoichiometry as a number or as a formula."""
        formula = None
        if self.level == 2 and one.isSetStoichiometryMath():
            formula = self.text(one.getStoichiometryMath(), f"stoichiometryMath in {reaction}")
        number = one.getStoichiometry()
        return {
            "id": one.getId(),
            "species": one.getSpecies(),
            "stoichiometry": None if math.isnan(number) else number / (one.getDenominator() or 1),
            "math": formula,
        }

    def event(self, one: Any, number: int) -> Plain:
        """An event; one without a trigger never happens."""
        name = one.getId() or f"event {number + 1}"
        trigger, modern = one.getTrigger(), self.level > 2
        if one.isSetDelay() and one.getDelay().isSetMath() and not _is_zero(one.getDelay().getMath()):
            remedy = "Only events without delay are simulated; give the event a later trigger."
            self.refused.append(_letter("an event with a delay", name, remedy))
        return {
            "id": name,
            "trigger": self.text(trigger, f"trigger of {name}"),
            "initial": bool(trigger.getInitialValue()) if modern and trigger is not None else True,
            "persistent": bool(trigger.getPersistent()) if modern and trigger is not None else True,
            "from_trigger": bool(one.getUseValuesFromTriggerTime()),
            "priority": self.text(one.getPriority(), f"priority of {name}") if modern else None,
            "assignments": [
                {"variable": each.getVariable(), "math": text}
                for each in one.getListOfEventAssignments()
                if (text := self.text(each, f"eventAssignment of {each.getVariable()} in {name}")) is not None
            ],
        }


if __name__ == "__main__":
    main()
