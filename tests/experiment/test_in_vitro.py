import math
from dataclasses import replace

import pytest

from smaclab.experiment.activity import Activity
from smaclab.experiment.check import check
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.load import load
from smaclab.experiment.perturbation import Inhibit, KnockOut


def letters(catalogue, **changed):
    return [(p.key, p.message) for p in check({"id": "a", "cell_line": "BJ", **changed}, catalogue)]


def the_letter(catalogue, **changed):
    found = letters(catalogue, **changed)
    assert len(found) == 1, found
    return found[0]


def test_proteins_by_any_name_and_reagents_in_any_case(catalogue):
    raw = {"id": "a", "cell_line": "BJ", "in_vitro": ["cIAP1", "e1", "E2", "Ubiquitin", "atp", "PROTEASOME"]}
    assert load(raw, catalogue).in_vitro == ("BIRC2", "E1", "E2", "ubiquitin", "ATP", "proteasome")


def test_a_cell_is_alive_unless_a_tube_is_named(catalogue):
    assert load({"id": "a", "cell_line": "BJ"}, catalogue).in_vitro == ()
    made = Experiment(id="a", cell_line="BJ")
    assert load(made, catalogue) == made


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "[] is an empty tube. Write for example"),
        ("BIRC2", "'BIRC2' is not a list of names. Write for example: in_vitro = ["),
        ({"BIRC2": True}, "is not a list of names"),
        (True, "True is not a list of names"),
        (["BIRC2", 3], "3 is not a name. Put every protein and reagent in quotes."),
        (["BIRC9"], "unknown protein or reagent 'BIRC9'. Did you mean 'BIRC2'?"),
        (["ubiquitine"], "Did you mean 'ubiquitin'?"),
        (["E3"], "Reagents: E1, E2, ubiquitin, ATP, proteasome."),
        (["BIRC2", "birinapant"], "'birinapant' is a drug; give it as a [[dose]]."),
        (["BIRC2", "E1", "cIAP1"], "'cIAP1' and 'BIRC2' are the same. Name it once."),
        (["E1", "e1"], "'e1' and 'E1' are the same."),
    ],
)
def test_a_tube_that_is_not_understood(catalogue, given, says):
    key, letter = the_letter(catalogue, in_vitro=given)
    assert key == "in_vitro"
    assert says in letter


def test_all_that_is_wrong_with_a_tube_is_told_at_once(catalogue):
    assert [key for key, _ in letters(catalogue, in_vitro=["BIRC9", 3, "E9"])] == ["in_vitro"] * 3


@pytest.mark.parametrize(
    "change",
    [
        {"knock_out": "RIP1"},
        {"knock_down": "RIPK1", "remaining": 0.1},
        {"mutate": "RIPK1", "mutation": "K45A"},
        {"over_express": "RIPK1", "factor": 2},
    ],
)
def test_what_is_not_in_the_tube_cannot_be_changed(catalogue, change):
    assert the_letter(catalogue, in_vitro=["BIRC2", "E1"], perturbation=[change]) == (
        "perturbation.1",
        "RIPK1 is changed, but in_vitro holds only BIRC2, E1. "
        "List RIPK1 too, or leave this [[perturbation]] out.",
    )


def test_what_is_in_the_tube_can_be_changed_and_activities_can_be_lowered(catalogue):
    ring = {"mutate": "BIRC2", "mutation": "RING-dead"}
    lowered = {"inhibit": "proteasome", "remaining": 0.1}
    assert letters(catalogue, in_vitro=["cIAP1", "proteasome"], perturbation=[ring, lowered]) == []


def test_a_tube_made_in_python_meets_the_same_rules(catalogue):
    made = Experiment(id="a", cell_line="BJ", in_vitro=["ciap-1", "e2"])
    assert load(made, catalogue).in_vitro == ("BIRC2", "E2")
    wrong = Experiment(
        id="a", cell_line="BJ", in_vitro=["BIRC2", "E3"], perturbations=(KnockOut(symbol="XIAP"),)
    )
    assert [problem.key for problem in check(wrong, catalogue)] == ["in_vitro", "perturbation.1"]


def test_what_is_not_in_the_tube_cannot_be_inhibited(catalogue):
    drug = {"drug": "MG132", "concentration": "1 uM"}
    lowered = {"inhibit": "proteasome", "remaining": 0.1, "from": "1 h"}
    assert letters(catalogue, in_vitro=["BIRC2", "E1"], dose=[drug], perturbation=[lowered]) == [
        (
            "dose.1",
            "MG132 lowers proteasome, but in_vitro holds only BIRC2, E1. "
            "List 'proteasome' too, or leave MG132 out.",
        ),
        (
            "perturbation.1",
            "the inhibition of proteasome lowers proteasome, but in_vitro holds only BIRC2, E1. "
            "List 'proteasome' too, or leave the inhibition of proteasome out.",
        ),
    ]
    assert letters(catalogue, in_vitro=["BIRC2", "proteasome"], dose=[drug]) == []
    assert letters(catalogue, in_vitro=["BIRC2"], dose=[{**drug, "concentration": "0 nM"}]) == []
    assert letters(catalogue, dose=[drug]) == []


def test_what_a_tube_has_stopped_cannot_be_inhibited(catalogue):
    translation = Activity(name="translation", parameter="translation_activity", description="a toy")
    known = replace(catalogue, activities=(*catalogue.activities, translation))
    stopped = {"inhibit": "translation", "remaining": 0.1}
    assert the_letter(known, in_vitro=["BIRC2"], perturbation=[stopped]) == (
        "perturbation.1",
        "the inhibition of translation lowers translation_activity, which is 0 in vitro anyway. "
        "Leave the inhibition of translation out.",
    )
    at_rest = Inhibit(activity="translation", remaining=0.1, start_s=-math.inf)
    made = Experiment(id="a", cell_line="BJ", in_vitro=["BIRC2"], perturbations=(at_rest,))
    assert check(made, known) == []
    assert check(replace(made, perturbations=(replace(at_rest, end_s=60.0),)), known) != []
