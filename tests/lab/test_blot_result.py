import re

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from smaclab import lab
from smaclab.errors import ExperimentError
from smaclab.lab.blot_result import COLUMNS
from tests.lab.bench_experiments import ARMS
from tests.report.blots import meeting, outside

AT = [0, 0.5, 8, 24]


def make(**parts):
    return lab.blot(list(ARMS), ["cIAP1", "PARP"], at=AT, **({"replicates": 3} | parts))


@pytest.fixture(scope="module")
def made():
    return make()


def test_densitometry_has_a_row_a_band_lane_and_replicate(made):
    table = made.densitometry()
    assert tuple(table.columns) == COLUMNS
    assert len(table) == 4 * 12 * 3  # cIAP1, PARP, its fragment, actin; lanes; replicates
    assert set(table["replicateId"]) == {1, 2, 3}
    assert list(table["lane"].unique()) == list(range(1, 13))
    first = table.query("lane == 6 and replicateId == 1")
    assert set(first["experimentId"]) == {"mimetic"}
    assert set(first["time"]) == {0.5}


def test_normalized_is_over_the_loading_control_of_the_same_lane(made):
    table = made.densitometry()
    key = ["lane", "replicateId"]
    actin = table.query("observableId == 'actin'").set_index(key)["simulation"]
    own = table.query("observableId == 'cIAP1'").set_index(key)
    np.testing.assert_allclose(own["normalized"], own["simulation"] / actin)
    assert table.query("observableId == 'actin'")["normalized"].isna().all()


def test_dividing_by_the_control_takes_loading_away():
    """Over 40 lanes of the same cells: spread of the quotient is transfer alone, less than with loading."""
    instrument = lab.Immunoblot(detector="imager", loading_cv=0.5, membrane_cv=0.0, background_sd=0.0)
    many = lab.blot(ARMS[0], ["RIP1"], at=list(np.linspace(0, 24, 40)), instrument=instrument).densitometry()
    own = many.query("observableId == 'RIP1'")
    assert (
        own["normalized"].std() / own["normalized"].mean()
        < 0.8 * own["simulation"].std() / own["simulation"].mean()
    )


def test_the_table_is_that_of_the_picture(made):
    """Same film, read again from the pixels that are drawn."""
    image = made.figure(replicate=2).axes[0].images[0]
    drawn = np.asarray(image.get_array())
    assert drawn.shape == made.exposed[0].film[1].shape


@pytest.mark.parametrize("width", [1000, 400])
def test_no_label_meets_another(made, width):
    figure = made.figure(width_px=width)
    assert meeting(figure) == []
    assert outside(figure) == []


def test_equal_questions_are_equal_bytes(made, tmp_path):
    again = make()
    for name in ("a.svg", "a.png"):
        one, other = made.save(tmp_path / f"1{name}"), again.save(tmp_path / f"2{name}")
        assert one.read_bytes() == other.read_bytes()
    pd.testing.assert_frame_equal(made.densitometry(), again.densitometry())


def test_without_noise_replicates_are_alike_and_the_foot_says_so():
    made = make(seed=None)
    table = made.densitometry().pivot_table(
        index=["observableId", "lane"], columns="replicateId", values="simulation"
    )
    assert (table.nunique(axis=1) == 1).all()
    texts = [text.get_text() for text in made.figure().axes[0].texts]
    assert "smaclab: film, no noise" in texts
    assert "SIMULATED" in texts


def test_the_foot_says_which_replicate_and_exposure():
    made = make(instrument=lab.Immunoblot(detector="imager", exposure=3))
    texts = [text.get_text() for text in made.figure(replicate=3).axes[0].texts]
    assert "smaclab: imager, exposure × 3, replicate 3 of 3" in texts
    texts = [
        text.get_text() for text in make(instrument=lab.Immunoblot(exposure="long")).figure().axes[0].texts
    ]
    assert "smaclab: film, long exposure (× 10), replicate 1 of 3" in texts


def test_it_shows_itself(made):
    html = made._repr_html_()
    assert html.startswith("<p>vehicle, SIMULATED</p><svg")
    assert "SIMULATED: cIAP1, PARP, actin; 12 lanes, n = 3" in repr(made)
    assert not re.search(r"<script|http://(?!www\.w3\.org|purl)", html)


def test_it_writes_a_picture_and_its_numbers(made, tmp_path):
    path = made.write(tmp_path / "blot.svg")
    assert path.read_text(encoding="utf-8").startswith("<?xml")
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "blot.csv"), made.densitometry(), check_dtype=False)
    with pytest.raises(ExperimentError, match="is there already"):
        made.write(tmp_path / "blot.svg")


def test_a_file_says_where_it_comes_from(made, tmp_path):
    network = made.provenance.network[:12]
    text = made.save(tmp_path / "a.svg").read_text(encoding="utf-8")
    about = re.search(r"<dc:description>(.*?)</dc:description>", text, re.DOTALL)[1]
    assert about.startswith(f"SIMULATED. smaclab, network {network}, parameters ")
    assert about.endswith("seed of the cells 1, seed of the bench 1")
    picture = Image.open(made.save(tmp_path / "a.png"))
    assert picture.text["Description"] == about


def test_means_are_text(made):
    table = made.means()
    assert table.header == ("experiment", "time (h)", "cIAP1", "PARP: PARP", "PARP: cl. PARP", "actin")
    assert table.rows[0][:2] == ("vehicle", "0")


@pytest.mark.parametrize("replicate", [0, 4])
def test_a_replicate_that_is_not_there_gets_a_letter(made, replicate):
    with pytest.raises(ExperimentError, match=f"Replicate {replicate}: there are 3, counted from 1"):
        made.figure(replicate=replicate)
