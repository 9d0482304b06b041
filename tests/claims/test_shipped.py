import json
from dataclasses import replace

import pytest

from smaclab.claims import shipped as room
from smaclab.claims.read import own_claims
from smaclab.claims.shipped import claims_line, remember, remembered, remembered_page
from smaclab.claims.verify import CELLS, SEED, Verdicts
from smaclab.errors import CatalogueError
from smaclab.lab import own_catalogue, own_network, run
from smaclab.network.identity import identity

BRIEF = {"id": "x", "cell_line": "BJ", "cells": 1, "duration": "1 min", "sample": ["0 h"]}


@pytest.fixture(scope="module")
def provenance():
    assert own_catalogue()
    return run({**BRIEF, "readouts": ["cIAP1"]}).provenance


def test_the_verdicts_that_ship_are_of_the_model_that_ships(provenance):
    """After a change of the model: smaclab verify --remember."""
    found = remembered()
    assert found.network == identity(own_network())
    assert found.is_of(provenance)


def test_every_claim_is_remembered():
    assert [row["id"] for row in remembered().rows] == [one.id for one in own_claims()]
    holds, tested = remembered().counted()
    assert 0 < holds <= tested == sum(not one.is_narrative for one in own_claims())


def test_the_line_says_how_many_hold_and_leads_to_the_page(provenance):
    holds, tested = remembered().counted()
    (link,) = claims_line(remembered(), provenance).links
    assert (link.words, link.target) == (f"{holds} of {tested} claims hold", "claims.html")


def test_on_another_model_the_line_says_so(provenance):
    other = replace(remembered(), network="other", parameter_set="x")
    assert "not the one of this run" in claims_line(other, provenance).links[0].words


def test_the_page_has_a_row_a_claim_and_says_cells_and_seed(provenance):
    page = remembered_page(remembered(), provenance)
    assert "96 cells an experiment, seed 1." in page
    assert all(one.id in page for one in own_claims())


def test_what_was_judged_is_written_and_read(toy_verdicts, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "files", lambda _: tmp_path)
    place = remember(toy_verdicts)
    assert json.loads(place.read_text(encoding="utf-8"))["verdicts"][0]["id"] == "C01"
    assert remembered().counted() == (3, 4)
    assert (remembered().cells, remembered().seed) == (CELLS, SEED)
    with pytest.raises(CatalogueError, match="cannot be written"):
        remember(Verdicts(judged=(), provenance=None))


def test_what_another_seed_gave_is_not_remembered(toy_verdicts, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "files", lambda _: tmp_path)
    with pytest.raises(CatalogueError, match="Leave --seed out"):
        remember(replace(toy_verdicts, seed=2))
    assert list(tmp_path.iterdir()) == []
