"""Code of the derivative: out += molecules gained per second.

Adding instead of writing saves a pass over the state: a Rosenbrock stage puts its other terms there first.
"""

from smaclab.kernel.native.formulas import Formulas
from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.text import Code
from smaclab.network.expression import Node
from smaclab.network.network import Reaction


def derivative(layout: Layout, kind: Kind) -> str:
    """The text of `derivative(counts, values, functions, out)`."""
    code = Code(kind, "derivative", ("counts", "values", "functions", "out"))
    formulas = [layout.network.rate_functions[name] for name in layout.functions]
    functions(code, layout, formulas)
    # Reactions of one species together: its sum stays in a register.
    for reaction in sorted(layout.network.reactions, key=lambda one: (one.reactants, one.products)):
        change = reaction.change()
        if not change or reaction.factor == 0.0:
            continue
        speed = product(code, layout, reaction, reaction.reactants)
        for species, gained in change.items():
            code.add_into("out", species, speed, float(gained))
        code.cut_if_long()
    return code.text()


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
