"""A calibration of one resting line: a fraction of a second a parameter set."""

import numpy as np

from smaclab.lab import Plan
from smaclab.lab.calibration import calibration_problem
from smaclab.lab.measurements import own_measurements
from smaclab.lab.one_set import Findings

PLAN = Plan(sets=9, chains=9, rounds=1, settling=1, last_sweeps=1)
CALLS = []


def judge(catalogue, solver):
    CALLS.append(catalogue.parameters["RIP1_deactivation"].value)
    return np.array([1.0, -1.0])


FINDINGS = Findings(ids=("C01-1", "C02-1"), judge=judge, cells=48, about="two findings")


def problem(findings=FINDINGS, **more):
    measured = [one for one in own_measurements() if one.evidence.id in ("rest_XIAP", "rest_RIP1")]
    return calibration_problem(findings, measured=measured, **more)
