"""What a run with sisters says of them, on the toy."""

import io

import numpy as np
import pandas as pd
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError


@pytest.fixture(scope="module")
def ran(toy, bench):
    file = {
        **{key: value for key, value in toy.toy_file().items() if key != "grid"},
        "cells": 20,
        "population": {"sisters": True, "since_division": "0 h"},
        "grid": {"population.since_division": ["0 h", "400 h"]},
    }
    return lab.run(file, **bench)


def test_a_row_an_experiment_with_its_pairs(ran):
    table = ran.sisters().table()
    assert table["since_division_h"].tolist() == [0.0, 400.0]
    assert table["pairs"].tolist() == [10, 10]
    assert (table[["both_dead", "one_dead", "both_alive"]].sum(axis=1) == 10).all()
    both = np.isfinite(ran.death_time_s.reshape(2, 10, 2)).all(axis=2).sum(axis=1)
    assert table["both_dead"].tolist() == both.tolist()


def test_they_stand_in_the_folder_on_the_page_and_in_the_terminal(ran):
    files = ran.files()
    pd.testing.assert_frame_equal(
        pd.read_csv(io.StringIO(files["sisters.csv"])),
        ran.sisters().table(),
        rtol=1e-5,
        check_dtype=False,
    )
    assert "Sister cells" in files["report.html"]
    assert len(ran.endpoints.tables()[-1].rows) == 2
    assert '"since_division_s": 0.0' in files["run.json"]


def test_a_time_since_division_is_no_other_group(ran):
    assert len(ran.sisters().figure().axes) == 2


def test_a_run_without_sisters_says_how_to_ask(result):
    assert result.endpoints.sisters is None
    with pytest.raises(ExperimentError, match="no experiment has sisters"):
        result.sisters()
