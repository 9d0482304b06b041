import os

import numpy as np
import pytest


@pytest.fixture
def peer_of_sbml():
    """libRoadRunner at tight tolerance: SBML text, times, ids -> (time, id)."""
    try:
        import roadrunner
    except ImportError:
        if os.environ.get("SMACLAB_REQUIRE_PEER") == "1":
            raise
        pytest.skip("needs libRoadRunner: the extra [bench]")

    def simulate(text, times, ids):
        roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
        runner = roadrunner.RoadRunner(text)
        runner.integrator.relative_tolerance = 1e-11
        runner.integrator.absolute_tolerance = 1e-20
        runner.timeCourseSelections = ["time", *(f"[{one}]" for one in ids)]
        return np.array(runner.simulate(float(times[0]), float(times[-1]), len(times)))[:, 1:]

    return simulate
