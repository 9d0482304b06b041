"""Signaling of the ErbB receptors as a case: 500 species that nobody here wrote (BioModels 255, CC0).

The file is not part of this project; it is looked for in the folder that `make bench MODELS=FOLDER` names.
Its clock switches the ligand on at 1800 s and one more rate at 2660 s. A case has no events, so here all of
it is switched on from the start, for both solvers alike. The peer gets the file itself, with the numbers that
the clock gives in place of its rules: it is faster on it than on what we would write.

Source: Chen 2009 (Mol Syst Biol 5:239), model BIOMD0000000255.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.case import SEED, SIGMA, TIME_S, Case
from benchmarks.domain import file_of
from benchmarks.measure import measured
from benchmarks.report import PAGE, erbb_section, with_erbb
from smaclab.network.expression import Call, Node, Number, evaluate, names, parse, substitute, to_text
from smaclab.network.sbml.build import build
from smaclab.network.sbml.child import Child
from smaclab.network.sbml.model import TIME
from smaclab.seeds import standard_normal
from smaclab.simulate.sbml.system import System

NUMBER = 255
CELLS, ROUNDS = 16, 3  # by itself; the reference takes LSODA a few seconds a cell
SWITCHED_ON_S = 1e6  # later than everything that the file's clock switches
READING_S = 120.0  # 1.1 MB; a busy machine may need them
OBSERVED = {
    "c59": "ERK_PP", "c57": "ERK_P", "c51": "MEK_PP", "c45": "Raf_P", "c112": "AKT_P", "c106": "PIP3",
    "c31": "Shc", "c141": "ErbB2",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FileCase(Case):
    """A case whose peer gets a file instead of what we would write. species: (species,) ids, in our order."""

    text: str
    species: tuple[str, ...]

    def sbml(self) -> str:
        """The file."""
        return self.text

    @property
    def called(self) -> Mapping[str, str]:
        """The file's ids of the observables."""
        return {name: name[2:] for name in self.observables}

    @property
    def called_species(self) -> tuple[str, ...]:
        """The file's ids of the species."""
        return self.species

    @property
    def set_values(self) -> tuple[str, ...]:
        """Nothing: the cells differ in their amounts only."""
        return ()


def erbb_case(folder: Path, n_cells: int) -> Case:
    """Cells from the file's starting amounts, every one log-normal, with the ligand from the start.

    Args:
        folder: holds BIOMD0000000255.xml.
        n_cells: how many.

    Raises:
        FileNotFoundError: the file is not there.
        SbmlError: it is not read.
    """
    content = file_of(folder, NUMBER).read_bytes()
    with Child(seconds=READING_S) as child:
        data = child.parse(content)["model"]
    rules = {one["variable"]: _at(one, SWITCHED_ON_S) for one in data["rules"]}
    fixed = {name: rule.value for name, rule in rules.items() if isinstance(rule, Number)}
    texts = [{**one, "math": to_text(rules[one["variable"]])} for one in data["rules"]]
    model = build({**data, "rules": texts})
    system = System.of(model)
    parameters, counts = system.start(0.0, {})
    varied = [name for name, count in zip(model.states, counts, strict=True) if count > 0.0]
    z = standard_normal(SEED, "amount", "ErbB", range(n_cells), varied)
    cells = np.repeat(counts[None, :], n_cells, axis=0)
    cells[:, [model.states.index(name) for name in varied]] *= np.exp(SIGMA * z)
    return FileCase(
        name="erbb", kernel=system.kernel, counts=cells, text=switched(content.decode(), fixed),
        species=tuple(name[2:] for name in model.states),
        parameters=np.repeat(parameters[None, :], n_cells, axis=0),
        observables=tuple(f"v_{name}" for name in OBSERVED), time_s=TIME_S,
    )  # fmt: skip


def switched(text: str, values: Mapping[str, float]) -> str:
    """The file with numbers in place of these rules."""
    import libsbml

    document = libsbml.readSBMLFromString(text)
    model = document.getModel()
    for name, value in values.items():
        model.removeRuleByVariable(name)
        model.getParameter(name).setValue(value)
    return str(libsbml.writeSBMLToString(document))


def _at(rule: Mapping[str, Any], moment: float) -> Node:
    """A rule's formula as it stands at a moment of the file's clock."""
    clock = {TIME: Number(moment), "v_model_time": Number(moment)}
    return folded(substitute(parse(rule["math"]), clock))


def folded(node: Node) -> Node:
    """The formula with everything computed that hangs on nothing."""
    if not isinstance(node, Call):
        return node
    if not names(node):
        return Number(float(evaluate(node, {})))
    given = tuple(folded(one) for one in node.arguments)
    if node.function == "where" and isinstance(given[0], Number):
        return given[1] if given[0].value else given[2]
    return Call(node.function, given)


def main(arguments: list[str]) -> None:
    """Measure the case by itself and write its section of the page: `python -m benchmarks.erbb FOLDER`."""
    from benchmarks import erbb  # by its own name: its class goes to other processes

    case = erbb.erbb_case(Path(arguments[0]), CELLS)
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_erbb(text, erbb_section(measured(case, ROUNDS))), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
