"""The record of a run."""

import json
import math
from dataclasses import replace

import pytest

from smaclab.provenance import Provenance, fingerprint, versions


@pytest.fixture
def provenance():
    return Provenance(
        network="ab" * 32,
        parameters={"a": 1.0, "b": 2.0},
        algorithm={"name": "LSODA", "kisao": "KISAO:0000088"},
        experiments=[
            {"id": "x", "seed": 1, "hypotheses": {"O06": "c"}, "doses": [{"drug": "TNF", "end_s": math.inf}]},
            {"id": "y", "seed": 1, "hypotheses": {"O06": "c"}},
        ],
        status={"OK": 9, "STEP_LIMIT": 1},
        advice={"STEP_LIMIT": "Too many steps."},
    )


def test_the_record_has_everything_that_repeats_a_run(provenance):
    record = json.loads(provenance.to_json())
    for key in ("versions", "network", "parameters", "hypotheses", "seed", "algorithm", "platform", "status"):
        assert record[key], key
    assert (record["cells"], record["failed_cells"], record["seed"]) == (10, 1, 1)
    assert record["hypotheses"] == {"O06": "c"}
    assert record["simulated"] is True
    assert record["advice"] == {"STEP_LIMIT": "Too many steps."}


def test_a_time_that_never_ends_is_a_word_and_the_json_is_strict(provenance):
    text = provenance.to_json()
    assert "Infinity" not in text
    assert json.loads(text)["experiments"][0]["doses"][0]["end_s"] == "never"


def test_it_says_where_experiments_differ(provenance):
    other = replace(
        provenance,
        experiments=[
            {"id": "x", "seed": 2, "hypotheses": {"O06": "a"}},
            {"id": "y", "seed": 1, "hypotheses": {}},
        ],
    )
    record = other.to_dict()
    assert record["seed"] == [1, 2]
    assert record["hypotheses"] == "differ; see experiments"


def test_the_parameter_set_depends_on_every_value_and_not_on_the_order(provenance):
    swapped = replace(provenance, parameters={"b": 2.0, "a": 1.0})
    nudged = replace(provenance, parameters={"a": math.nextafter(1.0, 2.0), "b": 2.0})
    assert swapped.parameter_set == provenance.parameter_set
    assert nudged.parameter_set != provenance.parameter_set


def test_equal_content_has_equal_fingerprints():
    assert fingerprint({"a": 1, "b": [2.0]}) == fingerprint({"b": [2.0], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})


def test_versions_name_every_package_that_can_change_a_number():
    assert {"python", "smaclab", "numpy", "scipy", "pandas"} == set(versions())
