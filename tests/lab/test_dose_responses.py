"""Dose-response of a run."""

import pytest

from smaclab.errors import ExperimentError
from smaclab.lab.dose_responses import dose_responses
from tests.lab import campaigns


@pytest.fixture(scope="module")
def seen():
    return dose_responses(campaigns.series())


def test_each_line_is_a_series_with_its_words(seen):
    table = seen.table()
    assert list(table["cell_line"]) == ["EVSA-T", "BJ"]
    assert list(table["verdict"]) == ["bracketed", "no effect"]
    assert list(table["wells"]) == [16, 16]
    first = table.iloc[0]
    assert first["IC50_nM_low"] < 5.0 < first["IC50_nM_high"]
    assert first["HillSlope"] == pytest.approx(-1.0, abs=0.2)
    assert first["Top"] == pytest.approx(100.0, abs=3.0)
    assert (first["unit"], first["time_h"], first["doses"]) == ("%", 24.0, 8)


def test_it_shows_itself(seen):
    assert "bracketed" in repr(seen)
    assert "SIMULATED" in seen._repr_html_()
    (axes,) = seen.figure().axes
    assert axes.get_title(loc="left") == "Cells alive after 24 h over SM-164"


def test_other_readouts_and_times_are_asked_for():
    seen = dose_responses(campaigns.series(), readout="cIAP1", at_h=12.0)
    assert seen.unit == "copies"
    assert seen.table()["time_h"].iloc[0] == 12.0
    assert seen.figure().axes[0].get_ylabel() == "cIAP1 (copies)"


def test_a_matrix_has_a_series_beside_every_dose_of_the_partner():
    seen = dose_responses(campaigns.matrix(), drug="tnf")
    assert {one.drug for one in seen.series} == {"TNF"}
    assert list(seen.table()["beside"]) == ["vehicle", "SM-164 1 nM", "SM-164 10 nM", "SM-164 100 nM"]


def test_more_than_seven_curves_get_further_panels(seen):
    many = dose_responses(campaigns.series())
    many = type(many)(**{**vars(many), "series": many.series * 5, "responses": many.responses * 5})
    titles = [title for title, _ in many.panels("SM-164")]
    assert titles == [
        "Cells alive after 24 h over SM-164 (1 to 7 of 10)",
        "Cells alive after 24 h over SM-164 (8 to 10 of 10)",
    ]


def test_without_a_series_there_is_a_letter_that_says_what_to_write():
    lonely = campaigns.material(campaigns.series().experiments[:2], [0, 0])
    with pytest.raises(ExperimentError, match=r"2 experiments and no series.*\[grid\]"):
        dose_responses(lonely)
    with pytest.raises(ExperimentError, match="unknown drug 'TNF'"):
        dose_responses(campaigns.series(), drug="TNF")


def test_intervals_are_by_what_is_independent(seen):
    assert list(seen.table()["interval_by"]) == ["cells", "wells"]  # a flat series has none
    others = dose_responses(campaigns.series(), readout="cIAP1")
    assert others.table()["interval_by"].iloc[0] == "seeds"
    base = campaigns.series()
    single = campaigns.material(base.experiments[:8], [round(40 - 40 * 0.9**n) * 3 for n in range(8)])
    assert dose_responses(single, readout="cIAP1").table()["interval_by"].iloc[0] == "wells"
