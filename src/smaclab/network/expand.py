"""From rules to reactions: the flat network of a PySB model, expanded by BioNetGen.

Scope:   mass-action rules whose rate is one named parameter or expression; compartments of size 1.
Ignores: parameter values. Volumes belong into named rates, because a compartment's size other than 1 would
         become a number inside the reactions, which no experiment could change any more.

PySB, SymPy and BioNetGen (with Perl) are needed here and nowhere else in the room; see the extra `rules`.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from smaclab.errors import NetworkError, unknown
from smaclab.network.expression import Call, Name, Node, Number, names, to_text
from smaclab.network.network import Constant, Function, Network, Observable, Parameter, Reaction, arranged
from smaclab.network.species import Monomer, Site, Species, canonical_species


def expand(model: Any, *, inputs: Mapping[str, str], units: Mapping[str, str]) -> Network:
    """The flat network of a model, in canonical order.

    Args:
        model: a PySB `Model`; BioNetGen fills in its species and reactions.
        inputs: what an experiment can pour in: name -> an observable that matches exactly one species. Inputs
            start empty, whatever their starting amount in the model.
        units: parameter -> unit, for at least every parameter that the reactions use.

    Returns:
        The network: parameters and expressions that reactions or starting amounts use, and all observables.

    Raises:
        NetworkError: something the network cannot hold: a rate without a name, a compartment's size other
            than 1, a fixed species, two sites of one name, an input that is not one species, a missing unit.
    """
    _check_model(model)
    _generate(model)
    species = [_species(pattern) for pattern in model.species]
    place = {one.name: index for index, one in enumerate(species)}
    reactions = [_reaction(one, model) for one in model.reactions]
    observables = [_observable(one) for one in model.observables]
    poured = _inputs(inputs, observables, species)
    found = [(_find(one.pattern, place), str(one.value.name)) for one in model.initials]
    # What is poured in starts empty; BioNetGen wants a seed species only to know that it exists.
    initial = [(where, amount) for where, amount in found if where not in poured.values()]
    used = {one.rate for one in reactions} | {amount for _, amount in initial}
    constants, functions = _formulas(model, used)
    used = used.union(*(names(tree) for tree in (constants | functions).values()))
    parameters = sorted(used & {one.name for one in model.parameters})
    if missing := [name for name in parameters if name not in units]:
        raise NetworkError(f"These parameters have no unit: {', '.join(missing)}.")
    return arranged(
        Network(
            parameters=tuple(Parameter(name=name, unit=units[name]) for name in parameters),
            constants=tuple(
                Constant(name=name, expression=to_text(tree)) for name, tree in constants.items()
            ),
            observables=tuple(observables),
            functions=tuple(
                Function(name=name, expression=to_text(tree)) for name, tree in functions.items()
            ),
            species=tuple(species),
            reactions=tuple(reactions),
            initial=tuple(initial),
            inputs=poured,
        )
    )


def _generate(model: Any) -> None:
    try:
        from pysb.bng import generate_equations
    except ImportError as problem:
        raise NetworkError(
            f"Expanding rules needs PySB ({problem}). Install the extra: pip install 'smaclab[rules]'."
        ) from problem
    try:
        generate_equations(model)
    except Exception as problem:  # PySB raises many kinds: no Perl, no BioNetGen, a rule it cannot read
        raise NetworkError(f"BioNetGen could not expand {model.name!r}: {problem}") from problem


def _check_model(model: Any) -> None:
    for compartment in model.compartments:
        size = compartment.size.value if compartment.size is not None else 1.0
        if size != 1.0:
            raise NetworkError(
                f"Compartment {compartment.name!r} has size {size}. Sizes are 1; volumes belong in rates."
            )
    for initial in model.initials:
        if initial.fixed:
            raise NetworkError(
                f"{initial.pattern} is fixed. A network holds no fixed species; use a rate instead."
            )
    for rule in model.rules:
        if rule.total_rate:
            raise NetworkError(f"Rule {rule.name!r} has a total rate. A network multiplies rates by counts.")


# --- species --------------------------------------------------------------------------------------


def _species(pattern: Any) -> Species:
    return canonical_species(_monomer(one, pattern.compartment) for one in pattern.monomer_patterns)


def _monomer(pattern: Any, shared: Any) -> Monomer:
    compartment = pattern.compartment or shared
    sites = []
    for site in pattern.monomer.sites:
        state, bond = _condition(pattern.site_conditions.get(site), f"{pattern.monomer.name}({site})")
        sites.append(Site(site, state, bond))
    return Monomer(
        name=pattern.monomer.name, sites=tuple(sites), compartment=compartment.name if compartment else None
    )


def _condition(condition: Any, where: str) -> tuple[str | None, int | None]:
    """State and bond from PySB's four ways of writing them."""
    state, bond = condition if isinstance(condition, tuple) else (None, condition)
    if isinstance(bond, str):
        state, bond = bond, None
    if not (state is None or isinstance(state, str)) or not (bond is None or isinstance(bond, int)):
        raise NetworkError(f"{where} is {condition!r}. A site has one state and at most one bond.")
    return state, bond


def _find(pattern: Any, place: Mapping[str, int]) -> int:
    name = _species(pattern).name
    if name not in place:
        raise NetworkError(unknown("species", name, place, where="starting amounts"))
    return place[name]


def _observable(observable: Any) -> Observable:
    terms = zip(observable.species, observable.coefficients, strict=True)
    return Observable(
        name=observable.name, terms=tuple((int(place), float(weight)) for place, weight in terms)
    )


def _inputs(
    inputs: Mapping[str, str], observables: Iterable[Observable], species: list[Species]
) -> dict[str, int]:
    known = {observable.name: observable.terms for observable in observables}
    found = {}
    for name, observable in inputs.items():
        if observable not in known:
            raise NetworkError(unknown("observable", observable, known, where=f"input {name}"))
        terms = known[observable]
        if len(terms) != 1 or terms[0][1] != 1.0:
            matched = ", ".join(species[place].name for place, _ in terms) or "nothing"
            raise NetworkError(f"input {name}: observable {observable!r} matches {matched}. It must be one.")
        found[name] = terms[0][0]
    return found


# --- rates ----------------------------------------------------------------------------------------


def _reaction(reaction: Mapping[str, Any], model: Any) -> Reaction:
    ways = zip(reaction["rule"], reaction["reverse"], strict=True)
    rule = ", ".join(sorted({f"{name}(reverse)" if backward else name for name, backward in ways}))
    factor, rest = reaction["rate"].as_coeff_Mul()
    powers = {symbol: power for symbol, power in rest.as_powers_dict().items() if symbol != 1}
    named = [str(symbol.name) for symbol in powers if symbol.is_Symbol and not symbol.name.startswith("__s")]
    if len(named) != 1 or named[0] not in _rate_names(model):
        raise NetworkError(
            f"rule {rule}: rate {reaction['rate']}. A rate is one named parameter or expression."
        )
    return Reaction(
        rule=rule,
        reactants=tuple(sorted(int(place) for place in reaction["reactants"])),
        products=tuple(sorted(int(place) for place in reaction["products"])),
        rate=named[0],
        factor=float(factor),
    )


def _rate_names(model: Any) -> set[str]:
    groups = (model.parameters, model.expressions, model._derived_parameters, model._derived_expressions)
    return {one.name for group in groups for one in group}


def _formulas(model: Any, wanted: set[str]) -> tuple[dict[str, Node], dict[str, Node]]:
    """The expressions that something uses: those of parameters only, and those that observables change."""
    available = {one.name: one.expr for one in (*model.expressions, *model._derived_expressions)}
    available |= {one.name: one.get_value() for one in model._derived_parameters}
    found: dict[str, Node] = {}
    waiting = sorted(wanted & available.keys())
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = from_sympy(available[name], where=name)
            waiting += sorted(names(found[name]) & available.keys())
    changing = {observable.name for observable in model.observables}
    while more := {name for name, tree in found.items() if names(tree) & changing} - changing:
        changing |= more
    constants = {name: found[name] for name in sorted(found) if name not in changing}
    functions = {name: found[name] for name in sorted(found) if name in changing}
    return constants, functions


def from_sympy(formula: Any, *, where: str) -> Node:
    """A SymPy formula as a tree of ours, always in the same order of terms.

    Raises:
        NetworkError: an operation that formulas here do not have, such as a condition.
    """
    import sympy

    tree = sympy.sympify(formula)

    def several(one: Any) -> list[Node]:
        return [
            from_sympy(argument, where=where) for argument in sorted(one.args, key=sympy.default_sort_key)
        ]

    if tree.is_Symbol:
        return Name(str(tree.name))
    if tree.is_Rational and not tree.is_Integer:
        return Call("/", (Number(float(tree.p)), Number(float(tree.q))))
    if tree.is_Number:
        return Number(float(tree))
    if tree.is_Add:
        return _sum(several(tree))
    if tree.is_Mul:
        return _product(tree, where)
    if tree.is_Pow:
        return _power(tree, where)
    known = {sympy.exp: "exp", sympy.log: "log", sympy.Min: "min", sympy.Max: "max"}
    if tree.func in known:
        return Call(known[tree.func], tuple(several(tree)))
    raise NetworkError(f"{where}: {tree} is not a formula of numbers, names, + - * / **, exp, log, max, min.")


def _sum(terms: list[Node]) -> Node:
    # A term that carries a minus is easier to read behind a plus: b - a, not -a + b.
    terms = sorted(terms, key=_is_negative)
    return reduce(_plus, terms)


def _is_negative(term: Node) -> bool:
    return (isinstance(term, Call) and term.function == "neg") or (
        isinstance(term, Number) and term.value < 0
    )


def _plus(left: Node, right: Node) -> Node:
    if isinstance(right, Call) and right.function == "neg":
        return Call("-", (left, right.arguments[0]))
    if isinstance(right, Number) and right.value < 0:
        return Call("-", (left, Number(-right.value)))
    return Call("+", (left, right))


def _product(tree: Any, where: str) -> Node:
    """Factors with negative exponents go below the line; a minus goes to the front."""
    import sympy

    above: list[Node] = []
    below: list[Node] = []
    negative = False
    for factor in sorted(tree.args, key=sympy.default_sort_key):
        if factor.is_Number and factor < 0:
            negative, factor = not negative, -factor
        if factor == 1:
            continue
        base, exponent = factor.as_base_exp()
        if factor.is_Rational and not factor.is_Integer:
            above += [Number(float(factor.p))] if factor.p != 1 else []
            below.append(Number(float(factor.q)))
        elif factor.is_Pow and exponent.is_Number and exponent < 0:
            below.append(from_sympy(sympy.Pow(base, -exponent), where=where))
        else:
            above.append(from_sympy(factor, where=where))
    result = _times(above)
    if below:
        result = Call("/", (result, _times(below)))
    return Call("neg", (result,)) if negative else result


def _times(factors: list[Node]) -> Node:
    return reduce(lambda left, right: Call("*", (left, right)), factors) if factors else Number(1.0)


def _power(tree: Any, where: str) -> Node:
    import sympy

    base, exponent = tree.as_base_exp()
    if base == sympy.E:
        return Call("exp", (from_sympy(exponent, where=where),))
    if exponent.is_Number and exponent < 0:
        return Call("/", (Number(1.0), from_sympy(sympy.Pow(base, -exponent), where=where)))
    if exponent.is_Rational and not exponent.is_Integer:
        return Call("**", (from_sympy(base, where=where), Number(float(exponent))))
    return Call("**", (from_sympy(base, where=where), from_sympy(exponent, where=where)))
