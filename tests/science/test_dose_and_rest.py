"""How much mimetic takes each cIAP, and that a cell has one state of rest."""

import numpy as np
import pytest

import smaclab
from smaclab.biology.catalogue import load_catalogue
from smaclab.experiment.load import load
from smaclab.kernel.compile import compile_kernel
from smaclab.lab import own_network
from smaclab.simulate.plan import plan
from smaclab.simulate.run import usable_cores
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import CellProblem

DOSES_nM = np.geomspace(0.01, 1000.0, 11)
READOUTS = ["cIAP1", "cIAP2"]


def half_dose_nM(left):
    """The dose at which half of what the highest dose takes is gone, between two doses on a log scale."""
    half = (1.0 + left[-1]) / 2
    after = int(np.flatnonzero(left <= half)[0])
    share = (left[after - 1] - half) / (left[after - 1] - left[after])
    return float(np.exp(np.interp(share, [0, 1], np.log(DOSES_nM[after - 1 : after + 1]))))


@pytest.mark.slow
@pytest.mark.parametrize("line", ["EVSA-T", "HCT 116"])
@pytest.mark.claim("cIAP1 goes at a five times lower dose than cIAP2", source="Wu 2007, C25; O02")
def test_ciap1_is_more_sensitive_than_ciap2(line):
    common = {
        "cell_line": line,
        "cells": 1,
        "duration": "1 h",
        "sample": ["0 h", "1 h"],
        "readouts": READOUTS,
    }
    loaded = [
        smaclab.load(
            {
                "id": f"d{n}",
                **common,
                "readouts": READOUTS,
                "dose": [{"drug": "SM-164", "concentration": f"{dose:.6f} nM"}],
            }
        )
        for n, dose in enumerate(DOSES_nM)
    ]
    result = smaclab.run_many(loaded, id="doses", workers=usable_cores())
    left = {
        name: np.array(
            [result.mean(name)[one.id].iloc[1] / result.mean(name)[one.id].iloc[0] for one in loaded]
        )
        for name in READOUTS
    }
    assert left["cIAP2"][-1] <= 0.5
    assert half_dose_nM(left["cIAP2"]) >= 5 * half_dose_nM(left["cIAP1"])


@pytest.mark.slow
@pytest.mark.parametrize("line", [one.name for one in load_catalogue().cell_lines])
@pytest.mark.claim("A cell has one state of rest, from low and high starts", source="requirement: TNF's loop")
def test_a_cell_has_one_state_of_rest(line):
    catalogue, network = load_catalogue(), own_network()
    kernel, solver = compile_kernel(network), SciPySolver()
    batch = plan([load({"id": "rest", "cell_line": line, "cells": 1}, catalogue)], catalogue, network)
    parameters = batch.recipes[0].parameters(range(1))[0]
    # Five times everything kills type I by its own TNF, and the dead do not come back: so without caspases.
    parameters[network.parameter_index["caspase_activity"]] = 0.0
    low = solver.rest(kernel, parameters)  # from nothing but what the network starts with
    assert low.status == 0
    high = solver.solve(
        CellProblem(
            kernel=kernel,
            rest=5.0 * low.counts
            + 100.0 * (low.counts > 1e-9),  # five times everything, active forms included
            parameters=parameters,
            changes=(),
            time_s=np.array([120 * 86_400.0]),
            end_s=120 * 86_400.0,
            observe=np.eye(len(network.species)),
            watches=(),
        )
    )
    assert high.status == 0
    # The search for rest stops where nothing moves by more than 1e-4 an hour; what is diluted by 2 % an hour
    # may then be half a percent off.  After 120 days nothing of the excess is left.
    np.testing.assert_allclose(high.counts[0], low.counts, rtol=1e-2, atol=1.0)
