"""Which numbers of the catalogue calibration may change, and a catalogue with other values in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from smaclab.errors import CatalogueError, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.infer.prior import Prior

AMOUNT: Final = " amount"
"""`BIRC2 amount` is a factor on the copies of BIRC2 in every line at once."""

AMOUNT_FOLD: Final = 3.0
"""What the lines' own amounts have as prior: one measured line, carried over by transcripts."""

LEFT_OUT: Final = (
    "switches between hypotheses, which have no prior of a number",
    "measured and derived parameters, which have no prior",
    "what tells lines apart: a line's own amounts move together with all other lines', its properties stay",
    "numbers of drugs and instruments",
)


def estimates(catalogue: Catalogue) -> tuple[Prior, ...]:
    """Every parameter with a log-normal prior, and a factor for the amount of every protein that lines have.

    A number is a start where it stands in the catalogue, also far from its prior's median.
    """
    numbers = [
        Prior(
            name=name,
            median=float(one.prior["median"]),
            fold=float(one.prior["fold"]),
            unit=one.unit,
            shipped=one.value if one.value > 0 else None,
        )
        for name, one in catalogue.parameters.items()
        if one.prior and one.prior.get("distribution") == "log-normal"
    ]
    symbols = sorted({symbol for line in catalogue.cell_lines for symbol in line.amounts})
    return (
        *numbers,
        *(Prior(name=f"{one}{AMOUNT}", median=1.0, fold=AMOUNT_FOLD, shipped=1.0) for one in symbols),
    )


def with_values(catalogue: Catalogue, values: Mapping[str, float]) -> Catalogue:
    """The catalogue with other values: a parameter set.

    Args:
        catalogue: of which everything else stays.
        values: name -> value in the unit used inside; `BIRC2 amount` multiplies the amount in all lines.

    Raises:
        CatalogueError: a name that is neither a parameter nor an amount.
    """
    parameters = dict(catalogue.parameters)
    factors: dict[str, float] = {}
    symbols = {symbol for line in catalogue.cell_lines for symbol in line.amounts}
    for name, value in values.items():
        symbol = name.removesuffix(AMOUNT)
        if name in parameters:
            parameters[name] = replace(parameters[name], value=float(value))
        elif name.endswith(AMOUNT) and symbol in symbols:
            factors[symbol] = float(value)
        else:
            known = [*parameters, *(f"{one}{AMOUNT}" for one in symbols)]
            raise CatalogueError(unknown("parameter", name, known, where="parameter set"))
    lines = _scaled(catalogue.cell_lines, factors) if factors else catalogue.cell_lines
    return replace(catalogue, parameters=parameters, cell_lines=lines)


def _scaled(lines: Sequence[CellLine], factors: Mapping[str, float]) -> tuple[CellLine, ...]:
    """Lines with other amounts, also in what else could be true of them."""
    return tuple(
        replace(
            line,
            amounts={
                symbol: replace(one, value=one.value * factors.get(symbol, 1.0))
                for symbol, one in line.amounts.items()
            },
            alternatives={
                question: {
                    letter: replace(
                        one,
                        amounts={
                            symbol: replace(value, value=value.value * factors.get(symbol, 1.0))
                            for symbol, value in one.amounts.items()
                        },
                    )
                    for letter, one in sets.items()
                }
                for question, sets in line.alternatives.items()
            },
        )
        for line in lines
    )
