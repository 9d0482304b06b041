"""The network as one flat table: a row a reaction, with its rate as a formula and as a number.

Columns: reaction, rule, reactants, products (names of species, joined by +), factor, rate (its name), formula
(what the rate is computed from, written out), value (of the rate in the cell that is written, empty
where it depends on the state), order (how many molecules meet).  The speed in molecules per second is
factor * rate * counts of the reactants.
"""

import csv
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import ShapeError
from smaclab.network.expression import evaluate, number_text, ordered, to_text
from smaclab.network.network import Network, Reaction

Array = NDArray[Any]

HEADER = ("reaction", "rule", "reactants", "products", "factor", "rate", "formula", "value", "order")


def reaction_table(network: Network, parameters: Array) -> str:
    """The table as CSV.

    Args:
        network: what reacts.
        parameters: (parameter,), of the cell that is written.

    Raises:
        ShapeError: parameters that are not those of the network.
    """
    if np.shape(parameters) != (len(network.parameters),):
        raise ShapeError(
            f"parameters has shape {np.shape(parameters)}; the network needs {(len(network.parameters),)}."
        )
    values = rate_values(network, parameters)
    formulas = {name: to_text(tree) for name, tree in network.formulas.items()}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for number, one in enumerate(network.reactions):
        value = values.get(one.rate)
        writer.writerow([
            number + 1, one.rule, _side(network, one.reactants), _after(network, one),
            number_text(one.factor), one.rate, formulas.get(one.rate, one.rate),
            "" if value is None else number_text(value), len(one.reactants),
        ])  # fmt: skip
    return text.getvalue()


def rate_values(network: Network, parameters: Array) -> Mapping[str, float]:
    """The value of each parameter and constant; parameters as in `reaction_table`."""
    known: dict[str, float] = {
        one.name: float(value) for one, value in zip(network.parameters, parameters, strict=True)
    }
    fixed = {one.name for one in network.constants}
    for name in ordered(network.formulas):
        if name in fixed:
            known[name] = float(evaluate(network.formulas[name], known))
    return known


def _side(network: Network, places: tuple[int, ...]) -> str:
    return " + ".join(network.species[place].name for place in places)


def _after(network: Network, one: Reaction) -> str:
    if one.net is None:
        return _side(network, one.products)
    return " + ".join(f"({gain:g}) {network.species[place].name}" for place, gain in one.net)
