"""Small formulas in MathML: what SED-ML computes from what it reads.

Scope:   numbers, names, and arithmetic with exp, ln, log10, root, abs, min, max, floor, ceiling.
Ignores: everything else, by its name.
"""

import math
from xml.etree import ElementTree as ET

from smaclab.errors import SbmlError, shown
from smaclab.exchange.plain_xml import local_name
from smaclab.network.expression import Call, Name, Node, Number, to_text

_MANY = {"plus": ("+", 0.0), "times": ("*", 1.0)}
_TWO = {"minus": "-", "divide": "/", "power": "pow"}
_ONE = {"exp": "exp", "ln": "log", "abs": "abs", "floor": "floor", "ceiling": "ceil"}
_FIXED = {"pi": math.pi, "exponentiale": math.e}
_SEVERAL = ("min", "max")


def formula(mathematics: ET.Element) -> Node:
    """The formula inside a `math` element.

    Raises:
        SbmlError: it is empty, or uses what is not computed here.
    """
    inside = [one for one in mathematics if local_name(one)]
    if len(inside) != 1:
        raise SbmlError(f"a math element with {len(inside)} formulas; it holds one.")
    return _node(inside[0])


def _node(one: ET.Element) -> Node:
    kind, text = local_name(one), (one.text or "").strip()
    if kind == "ci":
        return Name(text)
    if kind in _FIXED:
        return Number(_FIXED[kind])
    if kind == "cn":
        return _number(one, text)
    children = [each for each in one if local_name(each)]
    if kind != "apply" or not children:
        raise SbmlError(f"<{kind}> in a formula of SED-ML is not computed here.")
    return _call(local_name(children[0]), [_node(each) for each in children[1:]])


def _number(one: ET.Element, text: str) -> Node:
    parts = [text, *((each.tail or "").strip() for each in one if local_name(each) == "sep")]
    try:
        if one.get("type") == "e-notation" and len(parts) == 2:
            return Number(float(f"{parts[0]}e{int(parts[1])}"))
        if one.get("type") == "rational" and len(parts) == 2:
            return Number(float(parts[0]) / float(parts[1]))
        return Number(float(text))
    except (ValueError, ZeroDivisionError):
        raise SbmlError(f"{shown(' '.join(parts))} in a formula of SED-ML is no number.") from None


def _call(kind: str, given: list[Node]) -> Node:
    if kind in _MANY:
        sign, nothing = _MANY[kind]
        result: Node = given[0] if given else Number(nothing)
        for one in given[1:]:
            result = Call(sign, (result, one))
        return result
    if kind == "minus" and len(given) == 1:
        return Call("neg", (given[0],))
    if kind in _TWO and len(given) == 2:
        return Call(_TWO[kind], (given[0], given[1]))
    if kind in _ONE and len(given) == 1:
        return Call(_ONE[kind], (given[0],))
    if kind == "root" and len(given) == 1:
        return Call("sqrt", (given[0],))
    if kind == "log" and len(given) == 1:
        return Call("/", (Call("log", (given[0],)), Call("log", (Number(10.0),))))
    if kind in _SEVERAL and len(given) > 1:
        return Call(kind, tuple(given))
    words = ", ".join(to_text(one) for one in given)
    raise SbmlError(f"{kind}({words}) in a formula of SED-ML is not computed here.")
