import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.ensemble import read_ensemble
from smaclab.infer.plan import Plan
from smaclab.lab.calibration import calibrate, calibration_problem, cost_so_far
from tests.lab.small_calibration import CALLS, FINDINGS, PLAN, problem


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibration")
    return folder, calibrate(folder, problem(), PLAN)


def test_a_calibration_ends_with_an_ensemble(done):
    folder, found = done
    ensemble = read_ensemble(folder / "ensemble.csv")
    assert ensemble.values.shape == (9, len(found.problem.priors))
    assert ensemble.provenance["plan"]["sets"] == 9
    assert ensemble.provenance["left_out"]["numbers"]
    assert found.cells_a_set == 16 + 48
    assert found.simulated == 9 * 3 + 2 * len(found.problem.priors)  # each number alone, twice


def test_it_goes_on_where_it_stopped_and_reads_what_is_there(done):
    folder, found = done
    before = cost_so_far(folder)
    asked = len(CALLS)
    again = calibrate(folder, problem(), PLAN)
    assert (again.simulated, again.read) == (0, found.simulated)
    assert len(CALLS) == asked
    assert again.ensemble.to_text() == found.ensemble.to_text()
    assert cost_so_far(folder)["sets"] == before["sets"] == found.simulated


def test_the_time_can_be_over(tmp_path):
    found = calibrate(tmp_path, problem(), PLAN, minutes=0.0)
    assert not found.is_done
    assert not (tmp_path / "ensemble.csv").exists()


def test_another_problem_is_refused(done):
    folder, _ = done
    with pytest.raises(SmaclabError, match="made for another problem"):
        calibrate(folder, problem(None), PLAN)


def test_findings_are_constraints_and_can_be_left_out():
    asked, _ = problem()
    predicted = np.array([[6e4, 7e4, 1.0, -1.0]])
    assert asked.log_likelihood(predicted)[0] < asked.without(["claims"]).log_likelihood(predicted)[0] == 0.0
    with pytest.raises(SmaclabError, match="unknown data set"):
        problem(without=["clams"])


def test_a_fifth_of_the_own_measurements_is_held_out():
    whole, _ = calibration_problem(FINDINGS)
    assert len(whole.held_out) == 6  # of 26, rounded up
    assert not any(one.startswith("C0") for one in whole.held_out)


def test_chains_go_on_without_a_data_set_from_where_they_ended(done, tmp_path):
    folder, found = done
    asked = len(CALLS)
    left_out = problem(without=["claims"])
    refit = calibrate(tmp_path, left_out, PLAN, without=["claims"], origin=folder)
    assert refit.simulated == 9 * 2  # a sweep to settle, and a last one
    assert len(CALLS) - asked == 18
    assert refit.ensemble.provenance["left_out"]["data_sets"] == ["claims"]
    assert refit.ensemble.provenance["origin"]
    assert found.ensemble.provenance["origin"] is None
    assert calibrate(tmp_path, left_out, PLAN, origin=folder).simulated == 0
    with pytest.raises(SmaclabError, match="made for another problem"):
        calibrate(tmp_path, left_out, PLAN)  # the same folder, without its origin


def test_the_cost_has_what_other_processes_took(tmp_path):
    few = Plan(sets=4, chains=4, rounds=1, settling=0, last_sweeps=1, screened=False)
    found = calibrate(tmp_path, problem(None, workers=2), few)
    # Each of two processes reads and compiles the model for a second or more; this one does neither.
    assert found.simulated == 8
    assert found.core_seconds > 2.0


def test_only_a_calibration_that_is_done_can_be_gone_on_from(tmp_path):
    begun, refit = tmp_path / "begun", tmp_path / "refit"
    calibrate(begun, problem(), PLAN, minutes=0.0)
    with pytest.raises(SmaclabError, match="only from its end"):
        calibrate(refit, problem(), PLAN, origin=begun)
    with pytest.raises(SmaclabError, match="no calibration there"):
        calibrate(refit, problem(), PLAN, origin=tmp_path)
