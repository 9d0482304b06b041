from dataclasses import replace

import numpy as np

from smaclab.audit.behavior import course, dead, differing, negative, second_course
from smaclab.network.sbml import read_sbml
from tests.network.sbml.written import compartment, document, event, parameter, reaction, species

AMOUNT = 'initialAmount="{}"'


def model(tmp_path, **other):
    path = tmp_path / "m.xml"
    lists = {
        "Compartments": [compartment()],
        "Species": [
            species("A"),
            species("B", AMOUNT.format(0)),
            species("never", AMOUNT.format(0)),
            species("idle"),
            species("late", AMOUNT.format(0)),
        ],
        "Parameters": [parameter("k", 0.5)],
        "Reactions": [
            reaction("r", {"A": 1}, {"B": 1}, "k * A"),
            reaction("q", {"never": 1}, {"B": 1}, "k * never"),
            reaction("p", {"late": 1}, {}, "k * late"),
        ],
        "Events": [event("e", "time > 1", {"late": "2"})],
    }
    path.write_bytes(document(**lists | other))
    return read_sbml(path)


def test_dead_is_what_is_never_there_or_never_used(tmp_path):
    one = model(tmp_path)
    assert dead(one, course(one, 5.0)) == ["never", "idle"]


def test_two_solvers_agree_on_a_decay(tmp_path):
    one = model(tmp_path, Events=[])
    first, second = course(one, 5.0), second_course(one, 5.0)
    assert second is not None
    assert differing(first, second) == []
    np.testing.assert_allclose(second.amounts["A"], np.exp(-0.5 * second.time), rtol=1e-7)
    wrong = replace(second, amounts=second.amounts | {"A": 1.001 * second.amounts["A"]})
    assert differing(first, wrong) == ["A"]


def test_events_are_watched_by_one_solver_only(tmp_path):
    assert second_course(model(tmp_path), 5.0) is None


def test_what_falls_below_zero_is_found(tmp_path):
    drain = model(tmp_path, Reactions=[reaction("r", {"A": 1}, {"B": 1}, "k")], Events=[])
    assert negative(course(drain, 5.0)) == ["A"]
    assert negative(course(model(tmp_path), 5.0)) == []
