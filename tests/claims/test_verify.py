"""Verdicts on two toy claims: they hold, and they fail when the mechanism is broken on purpose."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.claims.read import read_claims
from smaclab.claims.verify import CELLS, plain_experiment, sample_for, verify
from smaclab.errors import ExperimentError
from smaclab.lab import own_catalogue

TEXT = """
[start.line]
cell_line = "EVSA-T"
duration = "1 h"
cells = 3

[C01]
sentence = "A mimetic takes cIAP1."
expected = "down"
source = "nobody"
status = ["E", "O"]
questions = ["O01"]
[C01.experiments]
drug = { like = "line", dose = [{ drug = "SM-164", concentration = "100 nM" }] }
vehicle = { like = "line" }
[[C01.expect]]
of = "cIAP1"
in = "drug"
against = "vehicle"
falls_to = 0.3
[[C01.expect]]
of = "XIAP"
in = "drug"
against = "vehicle"
falls_to = 0.5
arm = "O"

[C02]
sentence = "It does so in half an hour."
expected = "down"
source = "nobody"
status = ["E"]
[C02.experiments]
treated = { like = "line", dose = [{ drug = "SM-164", concentration = "100 nM" }] }
[[C02.expect]]
of = "cIAP1"
in = "treated"
at = "30 min"
falls_to = 0.5

[C03]
sentence = "It is history."
expected = "none"
source = "nobody"
status = ["B"]
narrative = "No cell was there."
"""


@pytest.fixture(scope="module")
def claims():
    return read_claims([TEXT], own_catalogue())


@pytest.fixture(scope="module")
def verdicts(claims):
    return verify(claims)


def test_every_claim_has_a_verdict(verdicts):
    assert [one.verdict for one in verdicts.judged] == ["holds", "holds", "narrative"]
    assert verdicts.counted() == (2, 2)
    assert verdicts.counted("B") == (0, 0)


def test_a_side_arm_has_its_own_verdict_and_does_not_decide(verdicts):
    first = verdicts.judged[0]
    assert [judged.holds for _, judged in first.arms()] == [True, False]
    assert first.decisive is first.judgements[0]


def test_equal_experiments_are_simulated_once(verdicts):
    ids = [one["id"] for one in verdicts.provenance.experiments]
    assert len(ids) == 2
    assert verdicts.judged[0].seen.values["drug", "cIAP1"].shape == (3, 9 - 1)


def test_a_program_reads_the_same(verdicts):
    first, _, third = (one.record() for one in verdicts.judged)
    assert {"id", "status", "verdict", "value", "margin"} <= set(first)
    assert (first["status"], [arm["verdict"] for arm in first["arms"]]) == ("E/O", ["holds", "fails"])
    assert (first["cells"], first["seed"], third["cells"]) == ([3], 1, [])
    assert (third["verdict"], third["value"], third["margin"]) == ("narrative", None, None)


def test_a_verdict_can_fail(claims):
    """Without a ligase cIAP1 stays: the claims that rest on it turn."""
    catalogue = own_catalogue()
    name = "BIRC2_ligase_activity"
    dead = {**catalogue.parameters, name: replace(catalogue.parameters[name], value=0.0)}
    broken = verify(claims, catalogue=replace(catalogue, parameters=dead))
    assert [one.verdict for one in broken.judged] == ["fails", "fails", "narrative"]
    assert all(one.decisive.margin < 0 for one in broken.judged[:2])


def test_another_answer_is_given_to_every_experiment(claims):
    found = verify(claims, letters={"O01": "a"})
    asked = found.provenance.to_dict()["hypotheses"]
    assert "O01" in str(asked)
    assert found.judged[0].seen.values["drug", "cIAP1"][0, -1] != pytest.approx(
        verify(claims).judged[0].seen.values["drug", "cIAP1"][0, -1], rel=1e-3
    )


def test_another_seed_draws_other_cells(claims, verdicts):
    other = verify(claims[:1], seed=2)
    assert (other.seed, other.provenance.seeds, other.judged[0].record()["seed"]) == (2, (2,), 2)
    first, second = (one.judged[0].seen.values["drug", "cIAP1"] for one in (verdicts, other))
    assert not np.allclose(first, second, rtol=1e-3)


def test_an_experiment_with_a_seed_of_its_own_keeps_it(claims):
    one = claims[1]
    own = replace(one, experiments={"treated": {**one.experiments["treated"], "seed": 7}})
    assert plain_experiment(own, "treated", seed=2)["seed"] == 7
    assert plain_experiment(one, "treated", seed=2)["seed"] == 2


def test_an_answer_about_lines_leaves_lines_without_it_alone(claims):
    assert verify(claims, letters={"O11": "c"}).judged[0].verdict == "holds"


def test_nothing_to_simulate(claims):
    assert verify(claims[2:]).provenance is None


def test_an_experiment_that_is_not_sound_is_told(claims):
    one = claims[1]
    broken = replace(one, experiments={"treated": {**one.experiments["treated"], "cell_line": "EVSAT2"}})
    with pytest.raises(ExperimentError, match="EVSAT2"):
        verify([broken])


def test_looks_are_dense_early_and_end_with_the_experiment(claims):
    assert sample_for(3600.0)[-2:] == ["45 min", "60 min"]
    assert sample_for(72 * 3600.0)[-1] == "4320 min"
    assert plain_experiment(claims[2 - 1], "treated")["cells"] == 3
    assert CELLS == 96
