import io
import json
import sys

import pytest

from smaclab.network.sbml import extract as room
from smaclab.network.sbml.extract import extract
from tests.network.sbml.written import (
    compartment,
    document,
    event,
    function,
    math,
    parameter,
    reaction,
    species,
)


def test_a_model_becomes_plain_data():
    data = document(
        FunctionDefinitions=[function("f", "lambda(x, 2 * x)")],
        Compartments=[compartment()],
        Species=[species("A"), species("B", 'initialConcentration="3"', only="false")],
        Parameters=[parameter("k", 0.5)],
        Reactions=[
            reaction("r", {"A": 2}, {"B": 1}, "f(k) * A", '<localParameter id="k" value="7"/>')
        ],
    )
    model = extract(data)["model"]
    assert json.loads(json.dumps(model)) == model
    assert model["species"][1]["concentration"] == 3.0
    assert model["species"][1]["amount"] is None
    assert model["reactions"][0]["law"] == "((2 * l_r_k) * v_A)"  # the local k hides the model's
    assert model["reactions"][0]["local"] == {"l_r_k": 7.0}


DELAYED = event("late", "time > 1", {"k": "2"}, extra=f"<delay>{math('3')}</delay>")


@pytest.mark.parametrize(
    ("lists", "what"),
    [
        ({"Rules": [f"<algebraicRule>{math('k - 1')}</algebraicRule>"]}, "an algebraic rule"),
        ({"Events": [DELAYED]}, "an event with a delay"),
        ({"Rules": [f'<assignmentRule variable="k">{math("delay(k, 1)")}</assignmentRule>']}, "a delay"),
        ({"Rules": [f'<assignmentRule variable="k">{math("rateOf(k)")}</assignmentRule>']}, "rateOf"),
    ],
)
def test_what_is_not_simulated_is_named(lists, what):
    found = extract(document(Parameters=[parameter("k", 1, "false")], **lists))
    assert [one["what"] for one in found["refused"]] == [what]
    assert all(one["where"] and one["remedy"] for one in found["refused"])


def test_all_of_it_is_named_at_once():
    found = extract(
        document(
            Parameters=[parameter("k", 1, "false")],
            Rules=[f"<algebraicRule>{math('k - 1')}</algebraicRule>"],
            Events=[DELAYED],
        )
    )
    assert {one["what"] for one in found["refused"]} == {"an algebraic rule", "an event with a delay"}


def test_a_package_is_refused_by_its_name():
    data = document(Parameters=[parameter("k", 1)]).replace(
        b"<sbml ",
        b'<sbml xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" comp:required="true" ',
    )
    assert "'comp'" in extract(data)["refused"][0]["what"]


@pytest.mark.parametrize("data", [b"", b"no xml", b"<a/>", b"\xff\xfe\x00"])
def test_what_is_no_sbml_is_refused(data):
    assert extract(data)["refused"]


def test_it_speaks_json_on_standard_output(monkeypatch, capsys):
    class Input:
        buffer = io.BytesIO(document(Parameters=[parameter("k", 1)]))

    monkeypatch.setattr(sys, "stdin", Input)
    room.main()
    assert json.loads(capsys.readouterr().out)["model"]["parameters"][0]["value"] == 1.0
