"""`smaclab network`."""

import json

import pytest


@pytest.fixture(autouse=True)
def _toy_statistics(on_the_toy, toy, monkeypatch):
    network = toy.toy_network()
    from smaclab.lab import rules

    monkeypatch.setattr(rules, "own_network", lambda: network)


def test_stats_are_shown_and_written_as_json(smaclab):
    code, out, _ = smaclab("network", "stats")
    assert code == 0
    assert "jacobian_nnz" in out
    numbers = json.loads(smaclab("network", "stats", "--json")[1])
    assert numbers["species"] == 6
    for name in (
        "reactions",
        "parameters",
        "jacobian_nnz",
        "lu_nnz",
        "lu_fma",
        "conserved_totals",
        "unmakeable",
    ):
        assert name in numbers


def test_docs_are_written_into_the_folder_that_was_asked_for(smaclab, tmp_path):
    code, out, _ = smaclab("network", "docs", "--out", "pages")
    assert code == 0
    assert "parameters.md" in out
    assert "TNF_competence" in (tmp_path / "pages" / "parameters.md").read_text(encoding="utf-8")
