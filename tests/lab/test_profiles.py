import pytest

from smaclab.errors import ExperimentError, SmaclabError
from smaclab.lab import Plan
from smaclab.lab.calibration import calibrate
from smaclab.lab.profiles import profile, profile_frame, profile_table
from tests.lab.small_calibration import problem

PLAN = Plan(sets=12, chains=4, rounds=2, settling=1, last_sweeps=3, screened=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A calibration of one resting line that is done."""
    place = tmp_path_factory.mktemp("calibration")
    calibrate(place, problem(), PLAN)
    return place


def test_a_profile_from_the_folder_of_a_calibration(folder):
    asked, _ = problem()
    told = []
    before = (folder / "predictions.bin").read_bytes()
    found = profile(
        folder, ["XIAP amount"], asked, offsets=(1.0,), rounds=1, told=lambda *news: told.append(news)
    )
    assert (folder / "predictions.bin").read_bytes() == before
    frame = profile_frame(asked, found)
    assert list(frame["parameter"]) == ["XIAP amount"] * 2
    assert frame["prior_sd"].diff().iloc[1] == pytest.approx(1.0, abs=0.5)
    assert frame["loss"].min() == 0.0
    assert frame["within"].any()
    # All sets were read: two rounds of learning, 12 and 2, and four sweeps of four chains.
    assert told[-1] == ("profile", 32, 30)
    assert len(profile_table(frame).rows) == 2


def test_letters(folder, tmp_path):
    asked, _ = problem()
    with pytest.raises(SmaclabError, match="unknown parameter 'XIAP amont'"):
        profile(folder, ["XIAP amont"], asked)
    with pytest.raises(SmaclabError, match="no calibration there"):
        profile(tmp_path, ["XIAP amount"], asked)
    with pytest.raises(SmaclabError, match="of another problem"):
        profile(folder, ["XIAP amount"], problem(findings=None)[0])


def test_too_few_sets(tmp_path):
    calibrate(
        tmp_path, problem(), Plan(sets=2, chains=2, rounds=1, settling=0, last_sweeps=1, screened=False)
    )
    with pytest.raises(ExperimentError, match="Calibrate for longer"):
        profile(tmp_path, ["XIAP amount"], problem()[0])
