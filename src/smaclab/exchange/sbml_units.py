"""Units as SBML says them: `1/(nM s)` is (1e-9 mole)^-1 litre second^-1.

Scope:   products and powers of s, min, h, molecules, nM, pL, pg and ml; see `dimension`.
Ignores: everything else: such a parameter is written without a unit, never with a wrong one.
"""

from typing import Any

from smaclab.exchange.dimension import Dimension, dimension_of, unit_text
from smaclab.exchange.sbml_ids import sanitized

Part = tuple[str, float, int, float]  # SBML kind, exponent, scale (power of ten), multiplier

_PARTS: dict[str, tuple[Part, ...]] = {
    "s": (("SECOND", 1, 0, 1.0),),
    "min": (("SECOND", 1, 0, 60.0),),
    "h": (("SECOND", 1, 0, 3600.0),),
    "molecules": (("ITEM", 1, 0, 1.0),),
    "nM": (("MOLE", 1, -9, 1.0), ("LITRE", -1, 0, 1.0)),
    "pL": (("LITRE", 1, -12, 1.0),),
    "pg": (("GRAM", 1, -12, 1.0),),
    "ml": (("LITRE", 1, -3, 1.0),),
}


def unit_parts(text: str) -> tuple[Part, ...] | None:
    """The parts of a unit; None where it is not understood."""
    dimension = dimension_of(text)
    return None if dimension is None else _parts(dimension)


def _parts(dimension: Dimension) -> tuple[Part, ...]:
    return tuple(
        (kind, float(exponent * power), scale, factor)
        for unit, exponent in dimension.items()
        for kind, power, scale, factor in _PARTS[unit]
    )


def unit_id(dimension: Dimension, model: Any, libsbml: Any) -> str:
    """The identifier of a unit in the model, defined there on its first use.

    Args:
        dimension: exponents of units.
        model: libSBML's model.
        libsbml: the module.
    """
    if not dimension:
        return "dimensionless"
    text = unit_text(dimension)
    identifier = sanitized("unit_" + text.replace("/", " per ").replace("^", "_to_"))
    if model.getUnitDefinition(identifier) is None:
        definition = model.createUnitDefinition()
        definition.setId(identifier)
        definition.setName(text)
        for kind, power, scale, factor in _parts(dimension):
            unit = definition.createUnit()
            unit.setKind(getattr(libsbml, f"UNIT_KIND_{kind}"))
            unit.setExponent(power)
            unit.setScale(scale)
            unit.setMultiplier(factor)
    return identifier
