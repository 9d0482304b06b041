from dataclasses import replace
from time import monotonic

import numpy as np
import pytest

from smaclab.simulate.sbml import Dose, at_once, simulate_model
from smaclab.simulate.sbml.follow import Task
from smaclab.simulate.sbml.system import System
from tests.simulate.sbml.models import compartment, decay, event, model, parameter, rate, reaction, species

TIME = np.linspace(0.0, 4.0, 9)


def test_events_and_jumps_are_for_the_other_solver():
    assert at_once.can(System.of(decay()))
    assert not at_once.can(System.of(decay(Events=[event("e", "time > 1", {"n": "1"})])))
    jumps = model(Parameters=[parameter("x", 0, "false")], Rules=[rate("x", "piecewise(1, time < 1, 2)")])
    assert not at_once.can(System.of(jumps))


def test_both_solvers_agree():
    several = model(
        Compartments=[compartment(size="0.2")],
        Species=[species("A", only="false"), species("B", only="false"), species("F", boundary="true")],
        Parameters=[parameter("k", 2), parameter("h", 2.5)],
        Reactions=[
            reaction("r", {"A": 1}, {"B": 2}, "k * A^h / (1 + A^h) * F"),
            reaction("s", {"B": 1}, {"A": 0.5}, "cell * k * tanh(B) * (1 + sin(time))"),
        ],
    )
    doses = [Dose(id="A", amount=1.0, time=1.5), Dose(id="F", amount=1.0, time=2.0)]
    compiled = simulate_model(several, TIME, doses=doses, solver="compiled")
    stepwise = simulate_model(several, TIME, doses=doses, solver="stepwise")
    assert (compiled.solver, stepwise.solver) == ("compiled", "stepwise")
    assert compiled.values == pytest.approx(stepwise.values, rel=1e-6)


def test_the_program_gets_as_many_steps_as_there_is_time_for():
    pytest.importorskip("llvmlite")
    system = System.of(decay())
    parameters, states = system.start(0.0, {})
    task = Task(
        parameters=parameters, states=states, times=np.linspace(0.0, 4.0, 5), floors=np.full(1, 1e-12)
    )
    assert at_once.states_at(system, task) is not None
    assert at_once.states_at(system, replace(task, until_s=monotonic() + 60.0)) is not None
    # None is left: one step does not do, and whoever asked goes on step by step, which knows what to say.
    assert at_once.states_at(system, replace(task, until_s=monotonic() - 1.0)) is None


def test_compiling_is_expected_to_take_longer_for_more():
    pytest.importorskip("llvmlite")
    several = model(
        Compartments=[compartment()],
        Species=[species(name) for name in "ABC"],
        Parameters=[parameter("k", 1)],
        Reactions=[reaction(f"r{a}{b}", {a: 1}, {b: 1}, f"k * {a} * {b}") for a, b in ("AB", "BC", "CA")],
    )
    found = [at_once.compiling_s(System.of(one)) for one in (decay(), several)]
    assert 0.5 < found[0] < found[1] < 0.6
