import io
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smaclab.errors import ExperimentError, SmaclabError
from smaclab.lab import own_catalogue
from smaclab.lab.ensembles import _over_sets, catalogues, ensemble_from, refuse_plate_ensemble, run_ensemble
from tests.lab.small_ensemble import EXPERIMENT, OTHER_MODEL, SETS


@pytest.fixture(scope="module")
def found():
    return run_ensemble(EXPERIMENT, 3, ensemble=SETS)


def test_every_readout_gets_its_band(found):
    bands = found.bands()
    first = bands[(bands["observableId"] == "XIAP") & (bands["time"] == 0.0)].iloc[0]
    assert first["median"] == pytest.approx(first["shipped"])
    # 5 and 95 % of 0.5, 1 and 2 times as much, along the line between neighbors.
    assert first["low"] == pytest.approx(0.55 * first["shipped"], rel=0.05)
    assert first["high"] == pytest.approx(1.9 * first["shipped"], rel=0.05)
    assert set(bands["n_sets"]) == {3}
    assert set(bands["observableId"]) == {"XIAP", "viability"}


def test_it_writes_the_usual_files_and_the_bands(found, tmp_path):
    folder = found.write(tmp_path / "out")
    assert {"bands.csv", "ensemble.json", "report.html", "run.json"} <= {one.name for one in folder.iterdir()}
    about = json.loads((folder / "ensemble.json").read_text(encoding="utf-8"))
    assert (about["sets"], about["made"]) == (3, "by hand")
    assert "What is not known" in (folder / "report.html").read_text(encoding="utf-8")
    assert found.table().rows[0][0] == "small"


def test_the_page_says_what_bands_may_not_be_trusted_for(found):
    def words(**about):
        return replace(found, ensemble=replace(SETS, provenance=about)).words()

    assert "narrower than what is not known" in words(scale_reduction={"median": 4.0})
    assert "another version of the network" in words(network="0" * 64)
    good = words(scale_reduction={"median": 1.05}, network=found.shipped.provenance.network)
    assert good == found.words()
    assert good.endswith("the package's own numbers.")
    assert words(scale_reduction={"median": None}) == good


def test_a_set_that_failed_takes_no_part(found):
    broken = found.sets[0].readouts.assign(simulation=np.nan)
    sets = (replace(found.sets[0], readouts=broken), *found.sets[1:])
    bands = replace(found, sets=sets).bands()
    xiap = bands[bands["observableId"] == "XIAP"]
    assert set(xiap["n_sets"]) == {2}
    assert (xiap["low"] >= 0.99 * xiap["shipped"]).all()


def test_endpoints_get_bands_row_by_row():
    tables = [f"drug,IC50,IC50_low,verdict\nSM-164,{value},0.1,clear\n" for value in (1.0, 2.0, 3.0)]
    one = _over_sets(tables[1], tables).iloc[0]
    assert (one["IC50"], one["IC50_set_median"]) == (2.0, 2.0)
    assert one["IC50_set_low"] == pytest.approx(1.1)
    assert "IC50_low_set_low" not in one.index
    assert one["verdict"] == "clear"


def test_the_file_that_is_asked_for_is_read(tmp_path):
    path = SETS.write(tmp_path / "mine.csv")
    assert ensemble_from(path).to_text() == SETS.to_text()
    with pytest.raises(SmaclabError, match="cannot be read"):
        ensemble_from(tmp_path / "none.csv")


def test_an_ensemble_of_another_model_gets_a_letter():
    with pytest.raises(ExperimentError, match="another version of the model"):
        list(catalogues(OTHER_MODEL, 1, own_catalogue()))


def test_plates_and_parquet_get_a_letter(tmp_path):
    refuse_plate_ensemble(tmp_path, is_plate=False, parquet=False)
    with pytest.raises(ExperimentError, match="not a plate"):
        refuse_plate_ensemble(tmp_path, is_plate=True, parquet=False)
    with pytest.raises(ExperimentError, match="leave --parquet out"):
        refuse_plate_ensemble(tmp_path, is_plate=False, parquet=True)


def test_bands_are_text_that_reads_back(found):
    again = pd.read_csv(io.StringIO(found.files()["bands.csv"]))
    assert list(again.columns) == list(found.bands().columns)
