import sys

import pytest

from smaclab.audit import consistency
from smaclab.audit.consistency import check, complaints
from smaclab.errors import SbmlError
from tests.network.sbml.written import document, parameter, rate

RAMP = document(Parameters=[parameter("x", 0, "false"), parameter("v", 2)], Rules=[rate("x", "v")])


def test_libsbml_complains_in_a_process_of_its_own():
    found = complaints(RAMP)
    assert found["errors"] == ()
    assert found["units"]  # neither x nor v has one
    assert found == {name: tuple(several) for name, several in check(RAMP)["model"].items()}


def test_errors_are_apart_from_warnings():
    wrong = RAMP.replace(b'variable="x"', b'variable="y"')
    assert any("y" in one for one in check(wrong)["model"]["errors"])


def test_what_may_do_harm_never_reaches_it():
    with pytest.raises(SbmlError, match="document type"):
        complaints(b"<!DOCTYPE a><sbml/>")


def test_a_process_that_ends_at_once_is_a_letter(monkeypatch):
    start = [sys.executable, "-I", "-c", "raise SystemExit(3)"]
    monkeypatch.setattr(consistency, "command", lambda _seconds, *, module: start)
    with pytest.raises(SbmlError, match="ended with code 3"):
        complaints(RAMP)
