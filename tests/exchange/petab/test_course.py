import math

import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab.course import follow
from smaclab.exchange.petab.mathematics import parse_petab
from smaclab.exchange.petab.problem import PetabPeriod
from smaclab.network.sbml import read_sbml
from smaclab.network.sbml.child import Child
from smaclab.simulate.sbml.system import System
from tests.exchange.petab.toy import MODEL, a_at
from tests.network.sbml.written import compartment, document, event, parameter, rate, species

VALUES = {"k1": 0.8, "k2": 0.6, "a0": 2.0}


def system(tmp_path, data=MODEL):
    path = tmp_path / "m.xml"
    path.write_bytes(data)
    with Child(seconds=60.0) as child:
        return System.of(read_sbml(path, child))


def period(time, **changes):
    return PetabPeriod(time=time, changes={name: parse_petab(text) for name, text in changes.items()})


def test_a_course_begins_where_the_table_says(tmp_path):
    seen = follow(system(tmp_path), [period(5.0)], [5.0, 6.0], VALUES)
    assert seen[5.0]["A"] == 2.0
    assert seen[6.0]["A"] == pytest.approx(a_at(1), rel=1e-9)


def test_changes_see_what_was_before_all_of_them(tmp_path):
    periods = [period(0.0), period(1.0, A="B", B="A")]
    seen = follow(system(tmp_path), periods, [1.0, 2.0], VALUES)
    a, b = a_at(1), 2 - a_at(1)
    assert (seen[1.0]["A"], seen[1.0]["B"]) == (pytest.approx(b, rel=1e-8), pytest.approx(a, rel=1e-8))
    assert seen[2.0]["A"] == pytest.approx(a_at(1, a=b, b=a), rel=1e-8)


def test_rest_before_and_after(tmp_path):
    periods = [period(-math.inf, k1="0.3"), period(0.0, k1="0.8")]
    seen = follow(system(tmp_path), periods, [0.0, math.inf], VALUES)
    assert seen[0.0]["A"] == pytest.approx(2 * 0.6 / 0.9, rel=1e-7)
    assert seen[math.inf]["A"] == pytest.approx(2 * 0.6 / 1.4, rel=1e-7)


def test_what_a_concentration_means_stays_where_its_compartment_grows(tmp_path):
    periods = [period(0.0), period(1.0, cell="4")]
    place = document(
        Compartments=[compartment(constant="false")],
        Species=[species("S", 'initialConcentration="3"', only="false"), species("N")],
    )
    seen = follow(system(tmp_path, place), periods, [0.5, 1.0], {})
    assert (seen[0.5]["S"], seen[0.5]["N"], seen[0.5]["cell"]) == (3.0, 1.0, 1.0)
    assert (seen[1.0]["S"], seen[1.0]["N"], seen[1.0]["cell"]) == (3.0, 1.0, 4.0)


def test_a_change_comes_before_the_event_of_its_moment(tmp_path):
    ramp = document(
        Parameters=[parameter("x", 0, "false"), parameter("y", 1, "false")],
        Rules=[rate("x", "1")],
        Events=[event("e", "time >= 2", {"y": "2 * y"})],
    )
    seen = follow(system(tmp_path, ramp), [period(0.0), period(2.0, y="5")], [1.0, 2.0, 3.0], {})
    assert [seen[time]["y"] for time in (1.0, 2.0, 3.0)] == [1.0, 10.0, 10.0]


def test_what_a_rule_computes_cannot_be_changed(tmp_path):
    from tests.network.sbml.written import assignment

    ruled = document(Parameters=[parameter("x", None, "false")], Rules=[assignment("x", "2")])
    with pytest.raises(PetabError, match="x: the model computes it"):
        follow(system(tmp_path, ruled), [period(0.0, x="3")], [0.0], {})
    with pytest.raises(PetabError, match="x: the model computes it"):
        follow(system(tmp_path, ruled), [period(0.0)], [0.0], {"x": 1.0})
