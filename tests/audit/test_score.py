from time import monotonic

import pytest

from smaclab.audit.score import audit_bytes, audit_sbml
from smaclab.errors import SbmlError
from tests.network.sbml.written import compartment, document, event, math, parameter, reaction, species

BARE = document(
    Compartments=[compartment()],
    Species=[species("A"), species("B")],
    Parameters=[parameter("k", 0.5)],
    Reactions=[reaction("r", {"A": 1}, {"B": 1}, "k * A")],
)


def criteria(audit):
    return {one.name: one for one in audit.criteria}


def test_a_bare_model_runs_well_and_says_nothing():
    audit = audit_bytes(BARE, "bare", end=5.0)
    found = criteria(audit)
    for name in ("valid", "dead species", "positivity", "solvers agree", "repeatable"):
        assert found[name].points == found[name].weight, (name, found[name].lost)
    assert found["annotations"].points == 0.0
    assert found["provenance"].points == 0.0
    assert found["mass balance"].points == 12.0  # nothing says what A and B are made of
    assert found["units"].points < 15.0
    assert audit.score == pytest.approx(sum(one.points for one in audit.criteria))


def test_every_point_that_is_lost_has_a_reason():
    for one in audit_bytes(BARE, "bare", end=5.0).criteria:
        assert one.points == pytest.approx(one.weight - sum(each.points for each in one.lost))
        assert all(each.why for each in one.lost)


def test_what_is_not_simulated_loses_what_cannot_be_checked():
    delayed = event("e", "time > 1", {"k": "1"}, extra=f"<delay>{math('3')}</delay>")
    late = BARE.replace(b"</model>", f"<listOfEvents>{delayed}</listOfEvents></model>".encode())
    late = late.replace(b'constant="true"/></listOfPar', b'constant="false"/></listOfPar')
    found = criteria(audit_bytes(late, "late"))
    assert found["positivity"].points == 0.0
    assert any("a delay" in each.why for each in found["valid"].lost)


def test_a_file_that_cannot_be_read_gets_a_letter(tmp_path):
    with pytest.raises(SbmlError, match="cannot be read"):
        audit_sbml(tmp_path / "none.xml")
    with pytest.raises(SbmlError, match="not well-formed"):
        audit_bytes(b"<sbml>", "cut")


def _slow_build(_said):
    until_s = monotonic() + 20.0  # Python that the clock can stop, and that ends where there is none
    while monotonic() < until_s:
        pass
    raise AssertionError("nobody stopped it")


def test_what_is_not_built_in_time_is_stopped_and_said(monkeypatch):
    monkeypatch.setattr("smaclab.network.sbml.build.build", _slow_build)
    monkeypatch.setattr("smaclab.network.sbml.child.Child.parse", lambda _self, _data: {"model": {}})
    monkeypatch.setattr("smaclab.network.sbml.limit.ANSWER_S", 0.5)
    lost = criteria(audit_bytes(BARE, "slow"))["valid"].lost
    assert any("not read after 0.5 s" in each.why for each in lost)
