import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.ensemble import Ensemble, equal_weights, from_text, read_ensemble

NAMES = ("a", "b")
VALUES = np.exp(np.random.default_rng(1).standard_normal((20, 2)) * 9)
ONE = equal_weights(NAMES, VALUES, np.arange(20.0), {"seed": 1, "left out": ["x"]})


def test_text_and_back(tmp_path):
    again = read_ensemble(ONE.write(tmp_path / "e.csv"))
    np.testing.assert_allclose(again.values, VALUES, rtol=1e-8)
    assert (again.names, dict(again.provenance)) == (NAMES, {"seed": 1, "left out": ["x"]})
    assert again.to_text() == from_text(again.to_text()).to_text()
    assert ONE.to_text().splitlines()[0] == "# {"


def test_all_can_be_drawn_once():
    drawn = ONE.drawn(20)
    assert sorted(one["a"] for one in drawn) == sorted(VALUES[:, 0].tolist())
    assert len({one["a"] for one in ONE.drawn(7, seed=5)}) == 7
    assert ONE.drawn(7, seed=5) == ONE.drawn(7, seed=5) != ONE.drawn(7, seed=6)


def test_weights_decide_who_is_drawn():
    weight = np.array([0.5, 0.5, *[0.0] * 18])
    one = Ensemble(names=NAMES, values=VALUES, weight=weight, log_posterior=np.zeros(20), provenance={})
    assert {each["a"] for each in one.drawn(4)} == set(VALUES[:2, 0].tolist())
    assert one.effective_size == pytest.approx(2.0)
    assert ONE.effective_size == pytest.approx(20.0)


@pytest.mark.parametrize("number", [0, 21])
def test_more_than_there_are_gets_a_letter(number):
    with pytest.raises(SmaclabError, match="Ask for 1 to that many"):
        ONE.drawn(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        ONE.to_text().replace("ensemble 1", "ensemble 9"),
        ONE.to_text().replace("weight", "width"),
        ONE.to_text() + "1,2\n",
        ONE.to_text() + "0.1,0,nan,1\n",
        "# []\n",
    ],
)
def test_what_is_no_ensemble_gets_a_letter(text):
    with pytest.raises(SmaclabError, match="not an ensemble"):
        from_text(text, where="mine.csv")


def test_a_missing_file_gets_a_letter(tmp_path):
    with pytest.raises(SmaclabError, match="cannot be read as an ensemble"):
        read_ensemble(tmp_path / "none.csv")
