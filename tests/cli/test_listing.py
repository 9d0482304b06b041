"""`smaclab list`."""

import json

import pytest


@pytest.mark.parametrize(
    "kind",
    [
        *("cell-lines", "drugs", "proteins", "activities", "mutations", "readouts", "hypotheses"),
        *("antibodies", "instruments"),
    ],
)
def test_every_kind_is_shown_and_written_as_json(smaclab, kind):
    code, out, _ = smaclab("list", kind)
    assert code == 0
    entries = json.loads(smaclab("list", kind, "--json")[1])
    first = entries[0].get("name") or entries[0].get("id")
    assert first in out


def test_an_unknown_kind_is_bad_input(smaclab):
    code, _, err = smaclab("list", "drug")
    assert code == 2
    assert "Did you mean 'drugs'" in err


def test_sources_are_for_json_and_the_table_keeps_its_edge(smaclab, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = smaclab("list", "drugs")
    assert "SM-164" in out
    assert out.splitlines()[0].endswith("┓")
    assert "For source: --json" in out
    assert max(len(line) for line in out.splitlines()) <= 60
    assert "source" in json.loads(smaclab("list", "drugs", "--json")[1])[0]


def test_a_mutation_says_of_which_protein_and_what_it_sets(smaclab):
    (entry,) = json.loads(smaclab("list", "mutations", "--json")[1])
    assert (entry["protein"], entry["name"], entry["sets"]) == ("BIRC2", "pocket-dead", {"drug_on": 0.0})
    _, out, _ = smaclab("list", "mutations")
    assert "drug_on: 0" in out
