"""A small PySB model with everything that can go wrong, expanded, against PySB's own equations."""

import re

import numpy as np
import pytest

from smaclab.errors import NetworkError
from smaclab.network import expand, identity, read, statistics, write
from smaclab.network.expression import evaluate, parse, to_text

pytestmark = pytest.mark.rules

RATES = {"on": 0.3, "off": 0.2, "make": 5.0, "lose": 0.1, "K": 7.0, "fold": 4.0, "start": 20.0, "volume": 2.0}
UNITS = {**dict.fromkeys([*RATES, "k"], "1/s"), "never_used": "nM"}


def toy(*, size=1.0, order=1):
    """Homodimers, a ring, two compartments, delete_molecules, a promoter, a rate of rates."""
    from pysb import (
        Compartment,
        Expression,
        Initial,
        Model,
        Monomer,
        Observable,
        Parameter,
        Rule,
    )

    model = Model("toy", _export=False)

    def add(kind, *arguments, **more):
        made = kind(*arguments, **more, _export=False)
        model.add_component(made)
        return made

    p = {name: add(Parameter, name, value) for name, value in list(RATES.items())[::order]}
    add(Parameter, "never_used", 3.0)
    one = add(Parameter, "compartment_size", size)
    medium = add(Compartment, "medium", None, 3, one)
    membrane = add(Compartment, "membrane", medium, 2, one)
    cell = add(Compartment, "cell", membrane, 3, one)
    A = add(Monomer, "A", ["a", "s"], {"s": ["u", "p"]})
    R = add(Monomer, "R", ["x", "y"])
    D = add(Monomer, "D", ["r"])
    T = add(Monomer, "T", ["d"])
    active = add(Observable, "active", A(s="p"))
    add(Observable, "drug_input", D(r=None) ** medium)
    add(Observable, "drug_anywhere", D())
    per_volume = add(Expression, "on_per_volume", p["on"] / (2 * p["volume"] ** 2))
    add(Expression, "not_used", p["on"] * 7)
    hill = add(Expression, "hill", (active / p["K"]) ** 3)
    promoter = add(Expression, "promoter", p["make"] * (1 + p["fold"] * hill) / (1 + hill) - active**0.5 / 9)
    rules = [
        ("dimer", A(a=None) + A(a=None) | A(a=1) % A(a=1), (p["on"], p["off"]), {}),
        ("mark", A(s="u") >> A(s="p"), (p["off"],), {}),
        ("pair_mark", A(a=1, s="p") % A(a=1, s="u") >> A(a=1, s="p") % A(a=1, s="p"), (p["on"],), {}),
        ("make_a", None >> A(a=None, s="u") ** cell, (promoter,), {}),
        ("lose_a", A() ** cell >> None, (p["lose"],), {"delete_molecules": True}),
        ("ring", R(x=None) + R(y=None) | R(x=1) % R(y=1), (p["on"], p["off"]), {}),
        ("close", R(x=None, y=1) % R(x=1, y=None) >> R(x=2, y=1) % R(x=1, y=2), (p["on"],), {}),
        ("break_trimer", R(x=None, y=1) % R(x=1, y=2) % R(x=2, y=None) >> None, (p["lose"],), {}),
        ("bind", D(r=None) ** medium + T(d=None) ** membrane | D(r=1) ** medium % T(d=1) ** membrane,
         (per_volume, p["off"]), {}),
        ("take_in", D(r=None) ** medium >> D(r=None) ** cell, (p["off"],), {}),
        ("eat", D(r=1) ** medium % T(d=1) ** membrane >> None, (p["lose"],), {}),
    ]  # fmt: skip
    for name, change, rates, more in rules[::order]:
        add(Rule, name, change, *rates, **more)
    for pattern in (A(a=None, s="u") ** cell, R(x=None, y=None) ** cell, T(d=None) ** membrane):
        model.add_initial(Initial(pattern, p["start"], _export=False))
    model.add_initial(Initial(D(r=None) ** medium, per_volume, _export=False))
    return model


def expanded(model):
    from pysb.bng import generate_equations

    # Rings of R would grow for ever; the equations are compared for what a few rounds give.
    generate_equations(model, max_iter=3)
    return expand(model, inputs={"drug": "drug_input"}, units=UNITS)


@pytest.fixture(scope="module")
def model():
    return toy()


@pytest.fixture(scope="module")
def network(model):
    return expanded(model)


def test_the_network_has_pysbs_derivative(model, network):
    import sympy

    from smaclab.kernel import compile_kernel

    ours = [network.species_index[name] for name in names_in_pysbs_order(model)]
    rng = np.random.default_rng(3)
    counts = rng.uniform(0.5, 9.0, len(network.species))
    kernel = compile_kernel(network)
    values = kernel.constants(np.array([RATES[parameter.name] for parameter in network.parameters]))
    odes = [sympy.sympify(ode) for ode in model.odes]
    known = {f"__s{i}": counts[place] for i, place in enumerate(ours)} | RATES
    for observable in model.observables:
        known[observable.name] = sum(
            counts[ours[s]] * c for s, c in zip(observable.species, observable.coefficients, strict=True)
        )
    expressions = {e: e.expand_expr() for e in model.expressions}
    theirs = []
    for ode in odes:
        whole = ode.xreplace(expressions)
        theirs.append(
            float(whole.xreplace({s: sympy.Float(float(known[s.name]), 20) for s in whole.free_symbols}))
        )
    np.testing.assert_allclose(kernel.derivative(counts, values)[ours], theirs, rtol=1e-12, atol=1e-12)


def names_in_pysbs_order(model):
    from smaclab.network.expand import _species

    return [_species(pattern).name for pattern in model.species]


def test_the_order_in_which_a_model_is_written_does_not_matter(network):
    other = expanded(toy(order=-1))
    assert identity(other) == identity(network)
    assert write(other) == write(network)


def test_what_is_in_it(network):
    text = write(network)
    assert read(text) == network
    assert "dimer | A(a,s~u)@cell + A(a,s~u)@cell -> A(a!1,s~u).A(a!1,s~u)@cell | 0.5 * on" in text
    assert "dimer(reverse) | A(a!1,s~p).A(a!1,s~u)@cell -> A(a,s~p)@cell + A(a,s~u)@cell | off" in text
    assert "make_a | 0 -> A(a,s~u)@cell | promoter" in text
    assert "lose_a | A(a!1,s~u).A(a!1,s~u)@cell -> A(a,s~u)@cell | 2 * lose" in text
    assert "bind | D(r)@medium + T(d)@membrane -> D(r!1)@medium.T(d!1)@membrane | on_per_volume" in text
    assert {p.name for p in network.parameters} == {*RATES}
    assert [c.name for c in network.constants] == ["on_per_volume"]
    assert [f.name for f in network.functions] == ["hill", "promoter"]
    assert network.species[network.inputs["drug"]].name == "D(r)@medium"
    assert [network.species[place].name for place, _ in network.initial] == [
        "A(a,s~u)@cell", "R(x,y)@cell", "T(d)@membrane",
    ]  # fmt: skip  # the input D starts empty
    assert statistics(network)["unmakeable"] == []


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: expand(toy(size=2.0), inputs={}, units=UNITS), "Compartment 'medium' has size 2.0"),
        (lambda: expand(small(), inputs={"drug": "none"}, units=UNITS), "input drug: unknown observable"),
        (lambda: expand(small(), inputs={"drug": "all"}, units=UNITS), r"matches X\(s~a\), X\(s~b\)"),
        (lambda: expand(small(), inputs={}, units={}), "no unit: k"),
        (lambda: expand(small(fixed=True), inputs={}, units=UNITS), "is fixed"),
        (lambda: expand(small(total=True), inputs={}, units=UNITS), "total rate"),
        (lambda: expand(small(condition=True), inputs={}, units=UNITS), "rate: Piecewise"),
    ],
)
def test_what_a_network_cannot_hold_gets_a_letter(build, message):
    with pytest.raises(NetworkError, match=message):
        build()


def small(*, fixed=False, total=False, condition=False):
    import sympy
    from pysb import Expression, Initial, Model, Monomer, Observable, Parameter, Rule

    model = Model("small", _export=False)
    X = Monomer("X", ["s"], {"s": ["a", "b"]}, _export=False)
    k = Parameter("k", 1.0, _export=False)
    everything = Observable("all", X(), _export=False)
    rate = Expression("rate", sympy.Piecewise((k, everything > 1), (2 * k, True)), _export=False)
    rule = Rule("turn", X(s="a") >> X(s="b"), rate if condition else k, total_rate=total, _export=False)
    for part in (X, k, everything, rate, rule):
        model.add_component(part)
    model.add_initial(Initial(X(s="a"), k, fixed=fixed, _export=False))
    return model


@pytest.mark.parametrize(
    "text",
    ["a/(b*c)", "-a + b", "a - b - 3", "2*a/3", "-2*a*b/(3*c)", "a**(-2)", "sqrt(a)/b", "a**(1/3)", "a**b",
     "exp(-a/b)", "log(a) + Min(a, b, 3)", "1/(1 + (a/b)**3)", "-a", "0.1*a - 0.25",
     "a**(-b)", "Max(0, a - b)"],
)  # fmt: skip
def test_a_sympy_formula_keeps_its_value(text):
    import sympy

    from smaclab.network.expand import from_sympy

    tree = from_sympy(sympy.sympify(text), where="test")
    values = {"a": 1.7, "b": 0.6, "c": 2.3}
    python = re.sub(
        r"\b(Min|Max|sqrt|exp|log)\b", lambda m: {"Min": "min", "Max": "max"}.get(m[1], f"np.{m[1]}"), text
    )
    assert parse(to_text(tree)) == tree
    assert evaluate(tree, values) == pytest.approx(eval(python, {"np": np}, values), rel=1e-14)
