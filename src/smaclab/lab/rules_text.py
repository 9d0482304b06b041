"""The rules themselves, in the language of BioNetGen, with one cell's numbers."""

import re
from collections.abc import Iterable
from itertools import pairwise

from smaclab.errors import NetworkError
from smaclab.exchange.sbml import start_s
from smaclab.lab.export import PreparedCell
from smaclab.simulate.change import Assignment

REST_S = 1e8  # how long the cell rests before the first change, s: as long as our own search for a rest


def rules_bngl(cell: PreparedCell) -> str:
    """The rules as BNGL: molecule types, rules, observables, and actions that run the experiment.

    Args:
        cell: whose parameters and changes are written; readouts that pull down are no observables of rules.

    Raises:
        NetworkError: the extra [rules] is missing.
    """
    try:
        from pysb.generator.bng import BngGenerator

        from smaclab.biology.model import build
        from smaclab.biology.parameters import read_parameters
    except ModuleNotFoundError as error:
        raise NetworkError(
            f"{error.name} is not installed. Writing BNGL needs the extra [rules]: "
            "pip install 'smaclab[rules]'."
        ) from error
    parts = build(read_parameters())
    values = dict(zip((one.name for one in cell.network.parameters), cell.parameters, strict=True))
    for one in parts.model.parameters:
        one.value = float(values.get(one.name, one.value))  # what expansion alone needs keeps its value
    head = f"# {cell.experiment.id}: one cell of {cell.experiment.cell_line}; written by smaclab.\n"
    return head + _tidy(BngGenerator(parts.model).get_content()) + _actions(cell)


def _tidy(text: str) -> str:
    """Without a header that names a program's folder or the time."""
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).lstrip()


def _actions(cell: PreparedCell) -> str:
    lines = ["begin actions", "generate_network({overwrite=>1})"]
    lines.append(f'simulate({{method=>"ode",t_end=>{REST_S:g},n_steps=>10,steady_state=>1,suffix=>"rest"}})')
    begin_s, end_s = start_s(cell.changes), cell.experiment.duration_s
    changes = [one for one in cell.changes if one.time_s <= end_s]
    stops = sorted({begin_s, *(one.time_s for one in changes), end_s})
    for number, (at_s, next_s) in enumerate(pairwise(stops)):
        for change in (one for one in changes if one.time_s == at_s):
            lines += _changed(cell, change)
        going = "continue=>1," if number else ""
        lines.append(
            f'simulate({{method=>"ode",{going}t_start=>{at_s - begin_s:g},t_end=>{next_s - begin_s:g},'
            f'n_steps=>100,atol=>1e-8,rtol=>1e-8,suffix=>"experiment"}})'
        )
    return "\n".join([*lines, "end actions", ""])


def _changed(cell: PreparedCell, change: Assignment) -> Iterable[str]:
    for place, value in zip(change.parameters, change.values, strict=True):
        yield f'setParameter("{cell.network.parameters[place].name}",{float(value)!r})'
    for place, amount, adds in zip(change.species, change.amounts, change.adds, strict=True):
        pattern = _pattern(cell.network.species[place].name)
        yield f'{"addConcentration" if adds else "setConcentration"}("{pattern}",{float(amount)!r})'


def _pattern(name: str) -> str:
    """Our name of a species as a pattern of BNGL, which writes the compartment in front."""
    text, _, place = name.partition("@")
    return f"@{place}::{text}" if place else text
