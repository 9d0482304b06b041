import pytest

from smaclab.claims.questions import answer, separation_table, verdict_table
from tests.claims.test_separate import TWEAK


@pytest.fixture(scope="module")
def answered(toy_claims):
    return answer(toy_claims, [TWEAK], ["O01", "O18"])


def test_a_row_a_claim_with_every_answer(answered):
    (row,) = verdict_table(answered).rows
    assert row[:2] == ("O01", "C01")
    assert "c*" in row[2]


def test_a_row_a_pair_of_answers(answered):
    (row,) = separation_table(answered).rows
    assert row[:3] == ("O18", "a / b", "TWEAK")
    assert "TRAF2 at 8 h" in row[3]


def test_a_program_reads_the_same(answered):
    one, other = (each.record() for each in answered)
    assert (one["id"], other["separated"][0]["letters"]) == ("O01", ["a", "b"])
    assert one["default"] in one["values"]
    assert set(one["claims"]) == set(one["values"])
