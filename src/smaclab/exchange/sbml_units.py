"""Units as SBML says them: `1/(nM s)` is (1e-9 mole)^-1 litre second^-1.

Scope:   products and one quotient of s, min, h, molecules, nM and pL.
Ignores: everything else, such as `copies`: that parameter is written without a unit, never with a wrong one.
"""

import re
from typing import Any

from smaclab.exchange.sbml_ids import sanitized

Part = tuple[str, int, int, float]  # SBML kind, exponent, scale (power of ten), multiplier

_TOKENS: dict[str, tuple[Part, ...]] = {
    "s": (("SECOND", 1, 0, 1.0),),
    "min": (("SECOND", 1, 0, 60.0),),
    "h": (("SECOND", 1, 0, 3600.0),),
    "molecules": (("ITEM", 1, 0, 1.0),),
    "nM": (("MOLE", 1, -9, 1.0), ("LITRE", -1, 0, 1.0)),
    "pL": (("LITRE", 1, -12, 1.0),),
    "1": (),
    "dimensionless": (),
}


def unit_parts(text: str) -> tuple[Part, ...] | None:
    """The parts of a unit; None where it is not understood."""
    above, _, below = text.partition("/")
    parts: list[Part] = []
    for side, sign in ((above, 1), (below, -1)):
        for word in re.sub(r"[()]", " ", side).split():
            if word not in _TOKENS:
                return None
            parts += [(kind, sign * power, scale, factor) for kind, power, scale, factor in _TOKENS[word]]
    return tuple(parts)


def unit_id(text: str, model: Any, libsbml: Any) -> str | None:
    """The identifier of a unit in the model, defined there on its first use; None: not understood.

    Args:
        text: such as `1/(nM s)`.
        model: libSBML's model.
        libsbml: the module.
    """
    parts = unit_parts(text)
    if parts is None:
        return None
    if not parts:
        return "dimensionless"
    identifier = sanitized("unit_" + text.replace("/", " per "))
    if model.getUnitDefinition(identifier) is None:
        definition = model.createUnitDefinition()
        definition.setId(identifier)
        definition.setName(text)
        for kind, power, scale, factor in parts:
            unit = definition.createUnit()
            unit.setKind(getattr(libsbml, f"UNIT_KIND_{kind}"))
            unit.setExponent(power)
            unit.setScale(scale)
            unit.setMultiplier(factor)
    return identifier
