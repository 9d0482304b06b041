"""Campaigns of the toy: a series of doses, and a matrix of two drugs."""

import numpy as np
import pandas as pd

from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.report.sections import Material

DOSES_NM = (0.0, 0.1, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0)
TIMES_H = (0.0, 12.0, 24.0)


def _experiment(name, doses, **given):
    usual = {"cell_line": "EVSA-T", "readouts": ("viability", "cIAP1"), "cells": 40, "seed": 1}
    return Experiment(
        id=name,
        doses=tuple(Dose(drug=drug, concentration_nM=amount) for drug, amount in doses.items()),
        sample_s=tuple(3600.0 * one for one in TIMES_H),
        **(usual | given),
    )


def material(experiments, dead_of_40):
    """Cells die at 6 h; `dead_of_40` of 40 cells of each experiment, one of them failed."""
    deaths = [np.array([6.0 * 3600.0] * dead + [np.inf] * (40 - dead) + [np.nan]) for dead in dead_of_40]
    rows = [
        ("cIAP1", one.id, "", time, 100.0 * (1 - dead / 40) if time else 100.0, "copies")
        for one, dead in zip(experiments, dead_of_40, strict=True)
        for time in TIMES_H
    ]
    columns = ["observableId", "experimentId", "cell", "time", "simulation", "unit"]
    table = pd.DataFrame(rows, columns=columns)
    return Material(experiments=experiments, readouts=table, death_time_s=deaths, labels={})


def series():
    """Two lines: one dies with an IC50 of 5 nM, the other lives; two seeds."""
    experiments, dead = [], []
    for line in ("EVSA-T", "BJ"):
        for seed in (1, 2):
            for place, dose in enumerate(DOSES_NM):
                experiments.append(
                    _experiment(f"{line}-{seed}-{place}", {"SM-164": dose}, cell_line=line, seed=seed)
                )
                dead.append(round(38 * dose / (dose + 5.0)) + (seed - 1) if line == "EVSA-T" and dose else 0)
    return material(experiments, dead)


def matrix(seeds=(1, 2, 3)):
    """A mimetic and TNF, each nothing alone; together up to all die."""
    experiments, dead = [], []
    for seed in seeds:
        for one in (0.0, 1.0, 10.0, 100.0):
            for other in (0.0, 2.0, 20.0, 200.0):
                name = f"m-{seed}-{one:g}-{other:g}"
                experiments.append(_experiment(name, {"SM-164": one, "TNF": other}, seed=seed))
                share = one / (one + 10.0) * other / (other + 20.0)
                dead.append(round(38 * share) + (seed - 1 if share else 0))
    return material(experiments, dead)
