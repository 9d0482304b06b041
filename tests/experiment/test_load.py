import math
import pickle

import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.load import load
from smaclab.experiment.perturbation import Inhibit, KnockDown, KnockOut, OverExpress

WHOLE = """
id        = "birinapant_in_evsa_t"
cell_line = "evsa t"
readouts  = ["ciap1", "TNF medium", "viability"]
cells     = 500
duration  = "12 h"
sample    = "every 10 min"
hypotheses = { o06 = "B" }
seed = 7

[[dose]]
drug = "TL32711"
concentration = "100 nM"
from = "0 h"

[[dose]]
drug = "TNFα"
concentration = "10 ng/ml"
from = "1 h"
until = "1.5 h"

[[perturbation]]
knock_down = "rip1"
remaining  = 0.15
before     = "24 h"

[[perturbation]]
knock_out = "cIAP1"

[[perturbation]]
inhibit = "RIPK1 kinase"
remaining = 0.05
from = "-1 h"
"""


def test_a_whole_file_becomes_an_experiment_with_the_catalogues_names(tmp_path, catalogue):
    file = tmp_path / "whole.toml"
    file.write_text(WHOLE, encoding="utf-8")
    assert load(file, catalogue) == Experiment(
        id="birinapant_in_evsa_t",
        cell_line="EVSA-T",
        readouts=("cIAP1", "TNF_medium", "viability"),
        cells=500,
        duration_s=43_200.0,
        sample_s=tuple(600.0 * i for i in range(73)),
        hypotheses={"O06": "b"},
        seed=7,
        doses=(
            Dose(drug="birinapant", concentration_nM=100.0),
            Dose(drug="TNF", concentration_nM=10_000 / 52_000.0, start_s=3600.0, end_s=5400.0),
        ),
        perturbations=(
            KnockDown(symbol="RIPK1", remaining=0.15, before_s=86_400.0),
            KnockOut(symbol="BIRC2"),
            Inhibit(activity="RIPK1 kinase", remaining=0.05, start_s=-3600.0),
        ),
    )


def test_what_is_not_written_has_a_default(catalogue):
    experiment = load({"id": "a", "cell_line": "BJ"}, catalogue)
    assert experiment == Experiment(id="a", cell_line="BJ")
    assert (experiment.cells, experiment.duration_s, experiment.seed) == (50, 86_400.0, 1)
    assert experiment.readouts == ("viability",)
    assert (experiment.sample_s[1], experiment.sample_s[-1]) == (1800.0, 86_400.0)


def test_a_path_may_be_a_text(tmp_path, catalogue):
    file = tmp_path / "whole.toml"
    file.write_text(WHOLE, encoding="utf-8-sig")  # and a byte-order mark is fine
    assert load(str(file), catalogue).id == "birinapant_in_evsa_t"


def test_an_experiment_made_in_python_gets_the_catalogues_names(catalogue):
    asked = Experiment(
        id="a",
        cell_line="hct116",
        readouts=("CIAP1",),
        doses=(Dose(drug="tl32711", concentration_nM=1.0),),
        perturbations=(OverExpress(symbol="rip1", factor=3.0), Inhibit(activity="Proteasome", remaining=0.1)),
    )
    experiment = load(asked, catalogue)
    assert (experiment.cell_line, experiment.readouts) == ("HCT 116", ("cIAP1",))
    assert experiment.doses[0].drug == "birinapant"
    assert [experiment.perturbations[0].symbol, experiment.perturbations[1].activity] == [
        "RIPK1",
        "proteasome",
    ]
    assert load(experiment, catalogue) == experiment


def test_a_campaign_made_in_python_stays_one(catalogue):
    asked = Campaign(id="c", experiments=tuple(Experiment(id=i, cell_line="bj") for i in "xy"))
    campaign = load(asked, catalogue)
    assert [(e.id, e.cell_line) for e in campaign.experiments] == [("x", "BJ"), ("y", "BJ")]


def test_a_grid_becomes_a_campaign(catalogue):
    campaign = load({"id": "a", "grid": {"cell_line": ["EVSA-T", "HCT 116"]}}, catalogue)
    assert isinstance(campaign, Campaign)
    assert [(e.id, e.cell_line) for e in campaign.experiments] == [
        ("a__EVSA-T", "EVSA-T"),
        ("a__HCT_116", "HCT 116"),
    ]


def test_all_problems_are_told_at_once(catalogue):
    with pytest.raises(ExperimentError) as caught:
        load({"id": "a/b", "cell_line": "EVSA-X", "cells": 0, "dose": [{"drug": "TNF"}]}, catalogue)
    assert [problem.key for problem in caught.value.problems] == [
        "id",
        "cell_line",
        "dose.1.concentration",
        "cells",
    ]
    assert str(caught.value).count("\n") == 3


def test_what_is_loaded_travels_between_processes(catalogue):
    experiment = load(
        {"id": "a", "cell_line": "BJ", "dose": [{"drug": "TNF", "concentration": "1 nM"}]}, catalogue
    )
    assert pickle.loads(pickle.dumps(experiment)) == experiment
    assert experiment.doses[0].end_s == math.inf
