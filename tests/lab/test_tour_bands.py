"""The demo under parameter sets, on the toy."""

import numpy as np
import pytest

from smaclab import lab
from smaclab.infer.ensemble import equal_weights
from smaclab.lab import tour as tours
from smaclab.lab.ensembles import fits
from smaclab.lab.tour import ARMS


@pytest.fixture(scope="module")
def banded(bench):
    """In half of the sets caspase-8 is never made, and nobody dies."""
    value = bench["catalogue"].parameters["CASP8_on"].value
    values = np.array([[value]] * 10 + [[0.0]] * 10)
    sets = equal_weights(("CASP8_on",), values, np.zeros(20), {})
    assert fits(sets, bench["catalogue"])
    return lab.demo(cells=2, ensemble=sets, **bench)


def test_every_arm_has_its_band_and_the_own_numbers_stay(banded, tour):
    low, middle, high = banded.alive_over_sets
    assert banded.alive_over_sets.shape == (3, 3, 4)
    assert (low <= middle).all()
    assert (middle <= high).all()
    assert (low[:, 0] == 1.0).all()  # on vehicle nobody dies
    dies = banded.alive == 0.0
    assert dies.any()
    assert (low[dies] == 0.0).all()
    assert (high[dies] == 1.0).all()


def test_the_table_says_the_band_in_brackets(banded):
    table = banded.viability_table()
    assert "in brackets nine of ten of 20 parameter sets" in table.caption
    assert table.rows[0][1] == "100 % (100\N{EN DASH}100)"
    assert table.rows[0][4] == "0 % (0\N{EN DASH}100)"


def test_the_page_shows_bands_of_deaths_and_of_the_TNF_that_cells_make(banded, tour):
    page = banded.page()
    assert "What is not known" in page
    assert "Fraction of cells alive, over 20 parameter sets" in page
    assert "TNF in the medium, where none is added" in page
    assert "What is not known" not in tour.page()
    assert tour.alive_over_sets is None


def test_a_panel_a_line_and_a_curve_an_arm(banded, monkeypatch):
    drawn = []
    real = tours.bands_section.__globals__["set_band_panels"]

    def seen(panels, **more):
        drawn.append({title: list(curves) for title, curves in panels.items()})
        return real(panels, **more)

    monkeypatch.setitem(tours.bands_section.__globals__, "set_band_panels", seen)
    banded.page()
    assert list(drawn[0]) == list(banded.lines)
    assert drawn[0]["BJ"] == list(ARMS)
    assert drawn[1]["BJ"] == list(ARMS[:2])
