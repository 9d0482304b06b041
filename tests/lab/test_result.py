"""What came out of a run, also when cells failed."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError
from smaclab.simulate.status import Status


@pytest.fixture
def with_a_failure(result):
    """The result as if its second cell had failed."""
    readouts = result.readouts.copy()
    readouts.loc[readouts["cell"].astype(str) == "1", "simulation"] = np.nan
    status, deaths = result.status.copy(), result.death_time_s.copy()
    status[0, 1], deaths[0, 1] = Status.STEP_LIMIT, np.nan
    return replace(result, readouts=readouts, status=status, death_time_s=deaths, messages={(0, 1): "at 3 h"})


def test_a_failed_cell_is_not_counted_and_not_hidden(with_a_failure):
    assert with_a_failure.fraction_alive()["toy"] == 0.0
    assert np.isfinite(with_a_failure.mean("cIAP1")["toy"]).all()
    (line,) = with_a_failure.failures()
    assert "1 of 3 cells failed with STEP_LIMIT" in line
    assert "cell 1 of toy" in line
    assert "at 3 h" in line
    assert line in with_a_failure.summary()
    assert "1 of 3 cells failed" in with_a_failure.page()
    assert with_a_failure.exit_code == 0


def test_all_cells_failed_is_exit_code_3_and_still_a_page(result):
    readouts = result.readouts.assign(simulation=np.nan)
    lost = replace(
        result,
        readouts=readouts,
        status=np.full_like(result.status, Status.NO_REST),
        death_time_s=np.full_like(result.death_time_s, np.nan),
    )
    assert lost.exit_code == 3
    assert np.isnan(lost.fraction_alive()["toy"])
    assert "no cell solved" in lost.page()


def test_the_csv_has_petabs_columns_and_NaN_for_the_unknown(with_a_failure):
    rows = list(csv.DictReader(io.StringIO(with_a_failure.to_csv())))
    assert list(rows[0]) == ["observableId", "experimentId", "cell", "time", "simulation", "unit"]
    assert {row["simulation"] for row in rows if row["cell"] == "1"} == {"NaN"}
    alive = [row["simulation"] for row in rows if row["observableId"] == "viability" and row["cell"] == "0"]
    assert set(alive) == {"0.0", "1.0"}


def test_a_readout_of_the_population_has_an_empty_cell(result):
    table = result.readouts.copy()
    table["cell"] = None
    row = next(csv.DictReader(io.StringIO(replace(result, readouts=table).to_csv())))
    assert row["cell"] == ""


def test_it_writes_three_files(result, tmp_path):
    folder = result.write(tmp_path / "out")
    assert sorted(one.name for one in folder.iterdir()) == ["readouts.csv", "report.html", "run.json"]
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == {"OK": 3}
    assert record["network"]["sha256"] == result.provenance.network


def test_a_page_that_is_given_stands_for_its_own(result, monkeypatch):
    monkeypatch.setattr(type(result), "page", lambda _: pytest.fail("drawn for nothing"))
    assert result.files(page="mine")["report.html"] == "mine"


def test_the_page_says_where_it_comes_from(result):
    page = result.page()
    for text in (
        result.provenance.network,
        result.provenance.parameter_set,
        "SIMULATED",
        "of which 0 failed",
    ):
        assert text in page


def test_it_shows_itself_in_a_notebook(result):
    text = result._repr_html_()
    assert "<table>" in text
    assert "<svg" in text
    assert "SIMULATED" in text
    assert "0 % at 24 h" in repr(result)


def test_figures_are_asked_for_by_readout(result):
    assert len(result.figure().axes) == 1
    (axes,) = result.figure("cIAP1", cell_line="EVSA-T").axes
    assert axes.get_title(loc="left") == "cIAP1, EVSA-T"
    with pytest.raises(ExperimentError, match="Did you mean 'cIAP1'"):
        result.figure("ciap")
    with pytest.raises(ExperimentError, match="unknown cell line"):
        result.figure(cell_line="BJ")


def test_readouts_and_lines_are_found_by_any_spelling(result):
    np.testing.assert_array_equal(result.mean("ciap-1"), result.mean("cIAP1"))
    assert result.figure("Viability", cell_line="evsa t").axes
    with pytest.raises(ExperimentError, match="Did you mean 'cIAP1'"):
        result.mean("cIAP")


def test_parquet_holds_every_cell_where_the_csv_holds_quantiles(toy, bench, tmp_path):
    pytest.importorskip("pyarrow")
    crowd = lab.run(toy.toy_file(), cells=60, **bench)
    assert "mean" in set(crowd.readouts["cell"])
    folder = crowd.write(tmp_path / "crowd", parquet=True)
    table = pd.read_parquet(folder / "readouts.parquet")
    assert list(table.columns) == list(crowd.readouts.columns)
    assert set(table["cell"]) == {str(cell) for cell in range(60)}
    named = crowd.readouts["observableId"].iloc[0]
    mean = crowd.mean(named)
    again = table[table["observableId"] == named].groupby(["time", "experimentId"])["simulation"].mean()
    for column in mean:
        assert again.xs(column, level="experimentId").to_numpy() == pytest.approx(mean[column].to_numpy())


def test_without_pyarrow_parquet_gets_a_letter(result, monkeypatch):
    monkeypatch.setattr("smaclab.lab.result.find_spec", lambda name: None)
    with pytest.raises(ExperimentError, match=r"'pyarrow' is not installed.*smaclab\[parquet\]"):
        result.to_parquet()


SERIES = {"dose.SM-164.concentration": ["0 nM", "1 nM", "10 nM", "100 nM", "1 uM", "10 uM"]}


def test_a_series_of_doses_gives_endpoints_on_the_page_and_in_the_folder(toy, bench, tmp_path):
    seen = lab.run(toy.toy_file(grid=SERIES), **bench)
    table = seen.dose_response("sm164", readout="ciap1", at_h=4).table()
    assert (table["readout"].iloc[0], table["wells"].iloc[0]) == ("cIAP1", 6)
    assert len(seen.survival().table()) == 6
    assert len(seen.courses("ciap1").half_times()) == 6
    assert "How much it takes" in seen.page()
    folder = seen.write(tmp_path / "out")
    assert (folder / "dose_response.csv").read_text(encoding="utf-8").startswith("cell_line,drug,beside")
    with pytest.raises(ExperimentError, match="no matrix"):
        seen.synergy()


def test_a_single_experiment_has_no_series(result):
    assert result.endpoints.tables() == ()
    with pytest.raises(ExperimentError, match="no series of doses"):
        result.dose_response()
