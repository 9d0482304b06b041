"""How long formulas become once every name in them is written out."""

from collections.abc import Mapping

from smaclab.errors import SbmlError, shown
from smaclab.network.expression import Call, Name, Node, names

MOST_OPERATIONS = 2_000_000
"""Of all formulas together. ErbB signaling, 500 species, has 15,436; compiling two million takes minutes."""


def check_size(formulas: Mapping[str, Node]) -> None:
    """Complain of formulas that grow without end: each names the one before twice.

    Args:
        formulas: by name; a circle is somebody else's letter.

    Raises:
        SbmlError: more than `MOST_OPERATIONS` together.
    """
    total = 0
    known: dict[str, int] = {}
    for name in formulas:
        total += _written_out(name, formulas, known)
        if total > MOST_OPERATIONS:
            raise SbmlError(
                f"the formulas up to {shown(name.removeprefix('v_'))}, written out in terms of what they are "
                f"computed from, are more than {MOST_OPERATIONS:,} operations. Keep what many of them share "
                "as a species or a parameter with a rate rule, or leave out what is only looked at."
            )


def _written_out(start: str, formulas: Mapping[str, Node], known: dict[str, int]) -> int:
    """Without recursion: a row of ten thousand formulas is no deeper for it."""
    waiting = [start]
    begun = set()
    while waiting:
        name = waiting[-1]
        needed = [one for one in names(formulas[name]) if one in formulas and one not in known]
        if name in known or not needed or name in begun:
            known.setdefault(name, _operations(formulas[name], known))
            waiting.pop()
            continue
        begun.add(name)
        waiting += needed
    return known[start]


def _operations(node: Node, known: Mapping[str, int]) -> int:
    if isinstance(node, Call):
        return 1 + sum(_operations(one, known) for one in node.arguments)
    return known.get(node.name, 1) if isinstance(node, Name) else 1
