"""Which pictures the page of a run with wells has, and that they show the arrays."""

import numpy as np
import pytest

import smaclab
from smaclab.lab.well_pictures import well_figures

MIXTURE = {
    "id": "mixture",
    "cell_line": "HCT 116",
    "cells": 8,
    "duration": "24 h",
    "sample": "every 4 h",
    "readouts": ["viability", "TNF_medium", "caspase8_activity"],
    "well": {"format": 96, "cell_number": 50_000, "with": {"EVSA-T": 0.5}},
    "dose": [{"drug": "SM-164", "concentration": "100 nM"}],
    "grid": {"seed": [1, 2]},
}


@pytest.fixture(scope="module")
def result():
    return smaclab.run(MIXTURE)


def test_killing_deaths_and_single_cells_each_have_a_picture(result):
    found = list(well_figures(result.wells, result.readouts))
    titles = [figure.axes[0].get_title(loc="left") for figure, _ in found]
    assert titles == [
        "Fractional killing",
        *(
            f"{what}, mixture__{seed}"
            for seed in (1, 2)
            for what in ("Times of death", "caspase8_activity")  # TNF in the medium is every cell's
        ),
    ]
    table = result.wells.fractional_killing()
    points = [one.get_xdata()[0] for one in found[0][0].axes[0].lines if one.get_marker() == "o"]
    np.testing.assert_allclose(points, 100.0 * table["dead"])


def test_they_stand_on_the_page(result):
    page = result.page()
    assert page.count("Times of death, mixture__") >= 2
    assert "Fractional killing" in page


def test_single_cells_stand_in_the_csv_too(result):
    table = result.readouts[result.readouts["observableId"] == "caspase8_activity"]
    assert table.groupby("experimentId")["cell"].nunique().tolist() == [8, 8]
