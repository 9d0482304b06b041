"""Answers on the measurements alone: the claims take a hundred times as long a set."""

import pytest

from smaclab import claims, lab

pytestmark = pytest.mark.slow


def test_an_answer_that_no_measurement_hangs_on_cannot_be_told():
    done = []
    found = claims.weigh_answers((), ["O18"], lab.ensemble_from(), 2, progress=done.append)
    question = next(one for one in lab.own_catalogue().hypotheses if one.id == "O18")
    assert [one.name for one in found.answers] == [
        f"O18={letter}" for letter in question.values if letter != question.default
    ]
    assert all(one.rival.change == one.rival.ahead == 0.0 for one in found.answers)
    assert all(one.rival.verdict == "cannot tell" for one in found.answers)
    assert not found.is_own_evidence  # the shipped sets were fitted to claims, too
    assert "no Bayes factor" in found.words()
    assert done[-1] == 2 * len(question.values)
    assert found.record()["n_sets"] == 2
    assert len(found.table().rows) == len(found.answers)
