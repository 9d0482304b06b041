"""What the page, the folder and the terminal show of endpoints."""

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smaclab.lab import endpoints
from smaclab.lab.endpoints import DOSE_TITLE, SYNERGY_TITLE, endpoints_of
from tests.lab import campaigns


@pytest.fixture(scope="module")
def of_series():
    return endpoints_of(campaigns.series())


@pytest.fixture(scope="module")
def of_matrix():
    return endpoints_of(campaigns.matrix())


def test_a_series_gives_curves_of_every_readout_and_a_table(of_series):
    assert [one.readout for one in of_series.dose] == ["viability", "cIAP1"]
    (section,) = of_series.sections()
    assert section.title == DOSE_TITLE
    assert len(section.pictures) == 2
    assert all("<svg" in one.svg for one in section.pictures)
    (table,) = of_series.tables()
    assert table.header == ("dose of", "in", "Top", "Bottom", "IC50", "HillSlope")
    assert "cells alive" in table.caption
    assert "nM" in table.rows[0][4]
    assert table.rows[1] == ("SM-164", "BJ", "–", "–", "no effect", "–")
    assert section.tables[0].header[2] == "readout"  # on the page all readouts stand in one table


def test_a_matrix_gives_its_wells_its_map_and_its_scores(of_matrix):
    synergy, dose = of_matrix.sections()
    assert (synergy.title, dose.title) == (SYNERGY_TITLE, DOSE_TITLE)
    assert len(synergy.pictures) == 2
    assert [row[2] for row in synergy.tables[0].rows] == ["Bliss", "HSA", "Loewe", "ZIP"]


def test_files_are_tables_of_numbers(of_series, of_matrix):
    assert list(of_series.files()) == ["dose_response.csv"]
    assert list(of_matrix.files()) == ["dose_response.csv", "synergy.csv", "synergy_wells.csv"]
    table = pd.read_csv(io.StringIO(of_series.files()["dose_response.csv"]))
    for name in ("Top", "Bottom", "LogIC50", "IC50_nM", "HillSlope"):
        assert {name, f"{name}_low", f"{name}_high"} <= set(table.columns)
    assert len(pd.read_csv(io.StringIO(of_matrix.files()["synergy_wells.csv"]))) == 16
    assert of_series.files() == endpoints_of(campaigns.series()).files()


def test_a_run_without_series_shows_nothing_more():
    lonely = endpoints_of(campaigns.material(campaigns.series().experiments[:2], [0, 0]))
    assert (lonely.tables(), lonely.files(), lonely.sections()) == ((), {}, [])


def test_many_series_are_fitted_for_viability_only(monkeypatch):
    monkeypatch.setattr(endpoints, "MOST_FITS", 3)
    assert [one.readout for one in endpoints_of(campaigns.series()).dose] == ["viability"]


def test_a_plateau_without_an_end_is_told_by_its_limit():
    base = campaigns.series()
    late = campaigns.material(base.experiments, [0, 0, 0, 0, 0, 1, 2, 19] * 2 + [0] * 16)
    (row, _) = endpoints_of(late).tables()[0].rows
    assert row[3].startswith("at most")
    assert row[4] == "ambiguous"


def test_a_run_of_which_nothing_is_known_still_has_a_page():
    for base in (campaigns.series(), campaigns.matrix()):
        lost = campaigns.material(base.experiments, [0] * len(base.experiments))
        nothing = [np.full(41, np.nan) for _ in base.experiments]
        unknown = replace(lost, death_time_s=nothing, readouts=lost.readouts.assign(simulation=np.nan))
        seen = endpoints_of(unknown)
        assert all("<svg" in one.svg for section in seen.sections() for one in section.pictures)
        assert {row[4] for row in seen.tables()[0].rows} == {"too few doses"}
        assert "NaN" in "".join(seen.files().values())
