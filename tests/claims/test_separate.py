import numpy as np
import pytest

from smaclab.claims import few, separate
from smaclab.claims.read import read_claims
from smaclab.claims.separate import (
    Candidate,
    _sizes,
    by_letter,
    own_candidates,
    possible_letters,
    quick_verdicts,
    separations,
)
from smaclab.claims.verify import verify
from smaclab.lab import own_catalogue
from tests.claims.toy_claims import TEXT

TWEAK = Candidate(
    question="O18",
    name="TWEAK",
    written={
        "cell_line": "EVSA-T",
        "cells": 2,
        "duration": "8 h",
        "sample": ["0 h", "8 h"],
        "readouts": ["TRAF2", "viability"],
        "dose": [{"drug": "TWEAK", "concentration": "100 ng/ml"}],
    },
)


def test_the_largest_difference_is_found_and_can_be_recomputed():
    (found,) = separations([TWEAK])
    assert (found.letters, found.readout, found.time_h) == (("a", "b"), "TRAF2", 8.0)
    floor = 0.01 * max(found.values)
    low, high = sorted(found.values)
    assert found.size == pytest.approx(np.log((high + floor) / (low + floor)) / np.log(1.2))


def test_a_weaker_experiment_gives_way():
    weak = Candidate(question="O18", name="early", written={**TWEAK.written, "sample": ["0 h", "10 min"]})
    (found,) = separations([weak, TWEAK])
    assert found.experiment == "TWEAK"


def test_sizes_have_floors():
    one, other = np.array([4.0, 1e4, np.nan]), np.array([0.004, 1.2e4, 1.0])
    sizes = _sizes("NIK", "copies", one, other)
    assert sizes[0] < 2
    assert sizes[1] == pytest.approx(1.0, rel=0.02)
    assert sizes[2] == 0.0
    np.testing.assert_allclose(_sizes("viability", "alive", np.array([1.0]), np.array([0.4])), 6.0)


def test_every_question_that_can_be_switched_has_its_experiments():
    asked = {one.question for one in own_candidates()}
    assert asked == {one.id for one in own_catalogue().hypotheses}


def test_a_line_answers_what_its_file_has_values_for():
    assert possible_letters("O03", "EVSA-T", own_catalogue()) == ("a", "b", "c", "d", "e")
    assert set(possible_letters("O16", "BJ", own_catalogue())) >= {"a", "d"}
    assert possible_letters("O16", "nobody", own_catalogue()) == ()


def test_claims_under_each_answer(toy_claims):
    question = own_catalogue().find_hypothesis("O01")
    found = by_letter(toy_claims, question)
    assert set(found) == set(question.values)
    assert all(set(verdicts) == {"C01"} for verdicts in found.values())
    assert by_letter(toy_claims, own_catalogue().find_hypothesis("O02")) == {}


@pytest.fixture
def ran(monkeypatch):
    """The numbers of cells that claims were judged on, in order; two are few here."""
    seen = []

    def watched(claims, **how):
        found = verify(claims, **how)
        seen.append([one.cells for one in found.judged])
        return found

    monkeypatch.setattr(few, "FEW_CELLS", 2)
    monkeypatch.setattr(separate, "FEW_CELLS", 2)
    monkeypatch.setattr(separate, "verify", watched)
    return seen


def on_four_cells(limit):
    """C01, whose open arm says that cIAP1 falls to `limit` within 5 min."""
    text = TEXT.replace("cells = 2", "cells = 4").replace("falls_to = 0.001", f"falls_to = {limit}")
    return read_claims([text], own_catalogue())[0]


def test_few_cells_decide_where_the_limit_is_far(ran):
    assert quick_verdicts([on_four_cells(0.001)], {}) == {"C01": "fails"}
    assert ran == [[(2,)]]


def test_all_cells_decide_where_the_limit_is_near(ran):
    (_, (_, judged)) = verify([on_four_cells(0.001)]).judged[0].arms()
    # The first two cells alone differ from the four by more than this, so they would err on one side.
    sides = {"holds": 1.001 * judged.value, "fails": 0.999 * judged.value}
    for verdict, limit in sides.items():
        assert quick_verdicts([on_four_cells(limit)], {}) == {"C01": verdict}
    assert ran == [[(2,)], [(4,)]] * 2


def test_the_default_is_the_model_as_it_stands(toy_claims):
    question = own_catalogue().find_hypothesis("O01")
    found = by_letter(toy_claims, question, {"C01": "as it stands"})
    assert found[question.default] == {"C01": "as it stands"}
    assert found | {question.default: None} == by_letter(toy_claims, question) | {question.default: None}
