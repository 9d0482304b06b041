import numpy as np
import pytest

from smaclab.exchange.petab.write import (
    Seen,
    bounds,
    conditions_table,
    experiments_table,
    measurements_table,
    parameters_table,
    prior_texts,
    problem_text,
)
from smaclab.exchange.petab.yaml_text import read_yaml
from smaclab.exchange.sbml_ids import sbml_ids
from smaclab.experiment.readout import Readout
from smaclab.experiment.value import Value
from smaclab.simulate.change import Change, Condition, resolve
from tests.simulate.conftest import trigger_network

NETWORK = trigger_network()
T = Readout(name="T", observable="T_total", unit="copies", description="toy")
IDS = sbml_ids(NETWORK, (T,))
CHANGES = resolve(
    [
        Condition(time_s=0.0, changes=(Change(kind="add_amount", target="drug", value=5.0),)),
        Condition(
            time_s=60.0,
            changes=(
                Change(kind="add_amount", target="drug", value=7.0),
                Change(kind="set_parameter", target="translation", value=0.5),
            ),
        ),
    ],
    NETWORK,
)


def rows(text):
    return [line.split("\t") for line in text.splitlines()]


def test_what_is_added_at_the_start_is_a_number():
    drug = IDS.species[NETWORK.inputs["drug"]]
    counts = np.full(len(NETWORK.species), 3.0)
    found = rows(conditions_table(NETWORK, IDS, CHANGES, counts, 0.0))
    assert found[1:] == [
        ["change_1", drug, "8"],
        ["change_2", "translation", "0.5"],
        ["change_2", drug, f"{drug} + 7"],
    ]


def test_periods_are_on_the_files_clock():
    assert rows(experiments_table("e", CHANGES, 0.0))[1:] == [["e", "0", "change_1"], ["e", "60", "change_2"]]
    assert rows(experiments_table("e", (), 0.0))[1:] == [["e", "0", ""]]
    seen = [Seen(readout="T", time_s=10.0, value=2.5)]
    assert rows(measurements_table("e", IDS, seen, -30.0))[1] == ["seen_readout_T", "e", "40", "2.5"]


def test_parameters_with_a_prior_are_estimated():
    prior = {"distribution": "log-normal", "median": 2.0, "fold": 3.0}
    value = Value(value=1.0, unit="1", evidence="assumed", source="toy", prior=prior)
    nominal = dict.fromkeys(NETWORK.parameter_index, 1.0)
    seen = [Seen(readout="T", time_s=0.0, value=40.0)]
    found = rows(parameters_table(NETWORK, IDS, {"translation": value}, nominal, seen))
    assert [row[0] for row in found[1:]] == ["translation", "sd_readout_T"]
    assert found[1][4:6] == ["true", "log-normal"]
    assert found[2][3] == "4"


@pytest.mark.parametrize(
    ("prior", "between"),
    [
        ({"distribution": "log-normal", "median": 2.0, "fold": 3.0}, (2 / 30, 60.0)),
        ({"distribution": "uniform", "low": 2.0, "high": 5.0}, (1.0, 5.0)),
        ({}, (1e-4, 1e4)),
    ],
)
def test_bounds_hold_the_nominal_value(prior, between):
    assert bounds(1.0, prior) == pytest.approx(between)


def test_priors_without_a_word_are_left_out():
    assert prior_texts({"distribution": "uniform", "low": 1.0, "high": 2.0}) == ("uniform", "1;2")
    assert prior_texts({"distribution": "log-uniform", "low": 0.0, "high": 2.0}) == ("", "")
    assert prior_texts({"distribution": "log-normal", "median": 1.0, "fold": 1.0}) == ("log-normal", "0;0")


def test_our_reader_reads_the_problem():
    found = read_yaml(problem_text("model.xml"))
    assert found["model_files"]["cell"]["location"] == "model.xml"
    assert found["condition_files"] == ["conditions.tsv"]
