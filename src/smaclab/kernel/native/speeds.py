"""Code of the derivative: out += molecules gained per second.

Adding instead of writing saves a pass over the state: a Rosenbrock stage puts its other terms there first.
"""

from collections.abc import Iterable

from smaclab.kernel.native.formulas import Formulas
from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.text import Code
from smaclab.network.expression import Node
from smaclab.network.network import Reaction

Change = tuple[tuple[int, float], ...]  # species, molecules gained


def derivative(layout: Layout, kind: Kind) -> str:
    """The text of `derivative(counts, values, functions, out)`."""
    code = Code(kind, "derivative", ("counts", "values", "functions", "out"))
    formulas = [layout.network.rate_functions[name] for name in layout.functions]
    functions(code, layout, formulas)
    for change, several in _alike(layout.network.reactions):
        total = ""
        for reaction, sign in several:
            speed = product(code, layout, reaction, reaction.reactants)
            total = code.plus(total, speed, sign) if total else speed
        for species, gained in change:
            code.add_into("out", species, total, gained)
        code.cut_if_long()
    return code.text()


def _alike(reactions: Iterable[Reaction]) -> list[tuple[Change, list[tuple[Reaction, float]]]]:
    """Reactions by what they change, a reverse with its forward: their speeds are added before they spread.

    The sign says whether a reaction goes the way of the change or back; the first always goes its way.
    """
    groups: dict[Change, list[tuple[Reaction, float]]] = {}
    # Those of one species stand together, so that its sum stays in a register.
    for reaction in sorted(reactions, key=lambda one: (one.reactants, one.products)):
        change = tuple((species, float(gained)) for species, gained in reaction.change().items())
        if not change or reaction.factor == 0.0:
            continue
        back = tuple((species, -gained) for species, gained in change)
        if back in groups:
            groups[back].append((reaction, -1.0))
        else:
            groups.setdefault(change, []).append((reaction, 1.0))
    return list(groups.items())


def product(code: Code, layout: Layout, reaction: Reaction, reactants: tuple[int, ...]) -> str:
    """Factor * rate * counts of these reactants."""
    result = code.load(*layout.rate(reaction.rate))
    if reaction.factor != 1.0:
        result = code.multiply(result, code.constant(reaction.factor))
    for species in reactants:
        result = code.multiply(result, code.load("counts", species))
    return result


def functions(code: Code, layout: Layout, formulas: list[Node]) -> None:
    """Compute these formulas into `functions`, from the first place on."""
    network = layout.network

    def read(name: str) -> str:
        if name in layout.value_places:
            return code.load("values", layout.value_places[name])
        total = ""
        for species, weight in network.observables[network.observable_index[name]].terms:
            count = code.load("counts", species)
            if not total:
                total = count if weight == 1.0 else code.multiply(count, code.constant(weight))
            else:
                total = code.plus(total, count, weight)
        return total or code.constant(0.0)

    emitted = Formulas(code, read)
    for place, formula in enumerate(formulas):
        code.store("functions", place, emitted.value(formula))
        if len(code.lines) > 2000:  # only a model of many long rate laws comes here
            code.cut()
            emitted.known.clear()
    code.cut()
