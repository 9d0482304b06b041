import time

import numpy as np
import pytest

from smaclab.errors import SimulationError, SolveError
from smaclab.network.sbml.build import build
from smaclab.network.sbml.extract import extract
from smaclab.simulate.sbml import Dose, run, simulate_model
from tests.network.sbml.written import growing
from tests.simulate.sbml.models import (
    assignment,
    compartment,
    decay,
    event,
    function,
    initial,
    model,
    parameter,
    rate,
    reaction,
    species,
)

TIME = np.linspace(0.0, 4.0, 9)
NEAR = {"rel": 1e-6}  # what is promised with default settings


def seen(course, name):
    return course.values[:, course.ids.index(name)]


@pytest.mark.parametrize("solver", ["compiled", "stepwise"])
def test_decay_is_exponential(solver):
    course = simulate_model(decay(), TIME, solver=solver)
    assert seen(course, "A") == pytest.approx(8 * np.exp(-0.5 * TIME), **NEAR)
    assert course.solver == solver


@pytest.mark.parametrize("size", [1e-15, 1.0, 1e9])
@pytest.mark.parametrize("solver", ["compiled", "stepwise"])
def test_the_tolerance_follows_the_size_of_each_species(size, solver):
    chain = model(
        Compartments=[compartment()],
        Species=[species("A", f'initialAmount="{size}"'), species("B", 'initialAmount="0"')],
        Reactions=[reaction("r", {"A": 1}, {"B": 1}, "A"), reaction("s", {"B": 1}, {}, "2 * B")],
    )
    course = simulate_model(chain, TIME, solver=solver)
    expected = size * (np.exp(-TIME) - np.exp(-2 * TIME))
    assert seen(course, "B") == pytest.approx(expected, rel=1e-6, abs=1e-9 * size)


def test_concentrations_in_a_compartment_that_grows():
    grows = model(
        Compartments=[compartment(constant="false")],
        Species=[species("A", 'initialConcentration="6"', only="false")],
        Rules=[rate("cell", "0.5")],
    )
    course = simulate_model(grows, TIME)
    assert seen(course, "A") == pytest.approx(6 / (1 + 0.5 * TIME), **NEAR)
    assert course.amounts["A"] == pytest.approx(np.full(9, 6.0), **NEAR)


def test_a_rate_rule_of_a_concentration_is_of_the_concentration():
    ruled = model(
        Compartments=[compartment(constant="false")],
        Species=[species("A", 'initialConcentration="2"', only="false", boundary="true")],
        Rules=[rate("cell", "1"), rate("A", "3")],
    )
    course = simulate_model(ruled, TIME)
    assert seen(course, "A") == pytest.approx(2 + 3 * TIME, **NEAR)
    assert course.amounts["A"] == pytest.approx((2 + 3 * TIME) * (1 + TIME), **NEAR)


def test_initial_assignments_in_any_order_functions_and_rules():
    several = model(
        FunctionDefinitions=[function("half", "lambda(x, x / 2)")],
        Compartments=[compartment(size="2")],
        Species=[species("A", 'initialAmount="1"', only="false")],
        Parameters=[parameter("p", 1), parameter("q", 3, "false"), parameter("s", None, "false")],
        InitialAssignments=[initial("A", "q + p"), initial("p", "half(q)")],
        Rules=[assignment("s", "A + time")],
    )
    course = simulate_model(several, TIME)
    assert seen(course, "A") == pytest.approx(np.full(9, 4.5), **NEAR)
    assert course.amounts["A"] == pytest.approx(np.full(9, 9.0), **NEAR)
    assert seen(course, "s") == pytest.approx(4.5 + TIME, **NEAR)
    changed = simulate_model(several, TIME, changes={"q": 10.0})
    assert seen(changed, "A")[0] == pytest.approx(15.0)  # what depends on q follows


def test_fractional_stoichiometry_and_a_conversion_of_units():
    text = model(
        Compartments=[compartment()],
        Species=[species("A", 'initialAmount="8"'), species("B", 'initialAmount="0" conversionFactor="c"')],
        Parameters=[parameter("c", 10)],
        Reactions=[reaction("r", {"A": 1}, {"B": 0.25}, "A")],
    )
    course = simulate_model(text, TIME)
    assert seen(course, "B") == pytest.approx(10 * 0.25 * 8 * (1 - np.exp(-TIME)), **NEAR)


@pytest.mark.parametrize("solver", ["compiled", "stepwise"])
def test_a_dose_is_added(solver):
    course = simulate_model(decay(), TIME, doses=[Dose(id="A", amount=4.0, time=2.0)], solver=solver)
    expected = 8 * np.exp(-0.5 * TIME) + np.where(TIME >= 2, 4 * np.exp(-0.5 * (TIME - 2)), 0.0)
    assert seen(course, "A") == pytest.approx(expected, **NEAR)


def test_a_rate_that_switches_in_time():
    pulse = model(
        Parameters=[parameter("x", 0, "false")],
        Rules=[rate("x", "piecewise(1000, time >= 1.23 && time < 1.231, 0)")],
    )
    assert seen(simulate_model(pulse, TIME), "x")[-1] == pytest.approx(1.0, rel=1e-6)


def test_compiling_is_stopped_by_the_clock_too():
    # 15 rules that name one another twice: 2 ** 15 operations, and each of them differentiated and compared.
    grown = build(extract(growing(15))["model"])
    start = time.perf_counter()
    with pytest.raises(SolveError, match=r"not done after 0\.5 s. Allow more: --seconds"):
        simulate_model(grown, TIME, seconds=0.5)
    assert time.perf_counter() - start < 10.0


def test_what_takes_long_to_compile_is_followed_step_by_step(monkeypatch):
    monkeypatch.setattr(run, "COMPILED_FROM", 1)
    assert simulate_model(decay(), TIME).solver == "compiled"
    monkeypatch.setattr(run.at_once, "compiling_s", lambda system: 31.0)
    assert simulate_model(decay(), TIME, seconds=60.0).solver == "stepwise"
    assert simulate_model(decay(), TIME, seconds=64.0).solver == "compiled"
    assert simulate_model(decay(), TIME, solver="compiled").solver == "compiled"

    def for_ever(system):
        while True:
            pass

    monkeypatch.setattr(run.at_once, "compiling_s", for_ever)
    assert simulate_model(decay(), TIME, seconds=2.0).solver == "stepwise"


def test_the_phase_of_an_oscillation_does_not_drift():
    circle = model(
        Parameters=[parameter("x", 1, "false"), parameter("y", 0, "false")],
        Rules=[rate("x", "-y"), rate("y", "x")],
    )
    times = np.linspace(0.0, 50 * 2 * np.pi, 101)
    # With the whole tolerance for each step the error was 1.0e-7, with a tenth it is 1e-8.
    assert seen(simulate_model(circle, times), "x") == pytest.approx(np.cos(times), abs=3e-8)


@pytest.mark.parametrize(
    ("call", "letter"),
    [
        ({"changes": {"kk": 1.0}}, "Did you mean 'k'"),
        ({"changes": {"r": 1.0}}, "computed by a formula"),
        ({"doses": [Dose(id="k", amount=1.0, time=1.0)]}, "Only a species"),
        ({"doses": [Dose(id="A", amount=1.0, time=9.0)]}, "lasts from 0 to 4"),
        ({"solver": "magic"}, "magic"),
    ],
)
def test_what_cannot_be_done_gets_a_letter(call, letter):
    with pytest.raises(SimulationError, match=letter):
        simulate_model(decay(), TIME, **call)


def test_a_value_that_nobody_gives_is_asked_for():
    text = model(Parameters=[parameter("x", None, "false")], Rules=[rate("x", "1")])
    with pytest.raises(SimulationError, match="no starting value of x"):
        simulate_model(text, TIME)
    assert seen(simulate_model(text, TIME, changes={"x": 1.0}), "x")[-1] == pytest.approx(5.0)


def test_a_solve_that_fails_says_so():
    explodes = model(Parameters=[parameter("x", 1, "false")], Rules=[rate("x", "x^2")])
    with pytest.raises(SolveError, match=r"stands still at time 0\.99.* may become infinite"):
        simulate_model(explodes, TIME)


@pytest.mark.peer
def test_it_agrees_with_libroadrunner(peer_of_sbml):
    from tests.network.sbml.written import document

    # A repressor with two feedbacks; no formula is known, so another simulator is the reference.
    lists = {
        "Compartments": [compartment(size="0.3")],
        "Species": [species(name, 'initialConcentration="1e-3"', only="false") for name in "ABC"],
        "Parameters": [parameter("k", 2), parameter("n", 3)],
        "Reactions": [
            reaction(f"make{one}", {}, {one: 1}, f"cell * k * 1e-3 / (1 + ({by} / 5e-4)^n)")
            for one, by in ("AC", "BA", "CB")
        ]
        + [reaction(f"lose{one}", {one: 1}, {}, f"cell * 0.7 * {one}") for one in "ABC"],
        "Events": [event("e", "A > 1.5e-3 || time > 2", {"k": "3"})],
    }
    lists["Parameters"][0] = parameter("k", 2, "false")
    theirs = peer_of_sbml(document(**lists).decode(), TIME, ["A", "B", "C"])
    course = simulate_model(model(**lists), TIME)
    ours = np.stack([seen(course, one) for one in "ABC"], axis=1)
    assert ours == pytest.approx(theirs, rel=1e-6)
