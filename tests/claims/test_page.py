from dataclasses import replace

from smaclab.claims.page import claims_page, line, sampled, summary
from smaclab.claims.verify import verify


def test_how_many_hold_in_one_line(toy_verdicts):
    assert line(toy_verdicts) == "3 of 4 claims hold; 1 cannot be tested by simulated cells."


def test_cells_and_seed_in_one_line(toy_verdicts):
    assert sampled(toy_verdicts) == "2 cells an experiment, seed 1."
    assert sampled(replace(toy_verdicts, provenance=None)) == ""


def test_the_page_says_the_seed_it_was_judged_with(toy_claims):
    page = claims_page(verify(toy_claims[:1], seed=2))
    assert "2 cells an experiment, seed 2." in page
    assert "seed = 2" in page


def test_a_row_a_claim(toy_verdicts):
    table = summary(toy_verdicts)
    assert [row[2] for row in table.rows] == ["holds", "holds", "fails", "holds", "narrative"]
    assert table.rows[-1][3:5] == ("–", "–")


def test_a_claim_shows_sentence_experiment_panel_and_how_to_run_it(toy_verdicts):
    page = claims_page(toy_verdicts, {"O01": "a"})
    assert 'id="C03"' in page
    for words in (
        "A mimetic takes cIAP1.",
        "smaclab verify --claim C01 --out c01",
        "Nobody dies in an hour.",
        "Not tested: No cell was there.",
        "cell_line = &#34;EVSA-T&#34;",
        "Under O01 a.",
        "SIMULATED",
    ):
        assert words in page, words
    assert page.count("<svg") == 4


def test_equal_verdicts_give_equal_bytes(toy_verdicts):
    assert claims_page(toy_verdicts) == claims_page(toy_verdicts)
