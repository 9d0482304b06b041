import tomllib

import pytest

from smaclab.experiment.check import check
from smaclab.experiment.load import load

DOSE = {"drug": "birinapant", "concentration": "100 nM"}


def campaign(catalogue, **raw):
    return load({"id": "a", "cell_line": "BJ", **raw}, catalogue)


def letters(catalogue, **raw):
    return [(p.key, p.message) for p in check({"id": "a", "cell_line": "BJ", **raw}, catalogue)]


def test_every_combination_the_last_axis_fastest(catalogue):
    grid = {"cell_line": ["EVSA-T", "HCT 116"], "dose.tl32711.concentration": ["0 nM", "0.5 nM"]}
    found = campaign(catalogue, dose=[DOSE], grid=grid).experiments
    assert [(e.id, e.cell_line, e.doses[0].concentration_nM) for e in found] == [
        ("a__EVSA-T__0_nM", "EVSA-T", 0.0),
        ("a__EVSA-T__0p5_nM", "EVSA-T", 0.5),
        ("a__HCT_116__0_nM", "HCT 116", 0.0),
        ("a__HCT_116__0p5_nM", "HCT 116", 0.5),
    ]


def test_an_id_does_not_change_when_the_grid_grows(catalogue):
    few, many = (campaign(catalogue, grid={"seed": seeds}).experiments for seeds in ([1, 2], [5, 1, 3, 2]))
    assert {e.id: e.seed for e in few}.items() <= {e.id: e.seed for e in many}.items()


def test_an_axis_without_quotes_means_the_same(catalogue):
    quoted = tomllib.loads('[grid]\n"dose.birinapant.from" = ["0 h", "1 h"]')
    bare = tomllib.loads('[grid]\ndose.birinapant.from = ["0 h", "1 h"]')
    assert campaign(catalogue, dose=[DOSE], **quoted) == campaign(catalogue, dose=[DOSE], **bare)


def test_perturbations_and_hypotheses_vary_too(catalogue):
    grid = {"perturbation.rip1.remaining": [0.1, 1.0], "hypotheses.O06": ["a", "b"]}
    found = campaign(catalogue, perturbation=[{"knock_down": "RIPK1"}], grid=grid).experiments
    assert [(e.perturbations[0].remaining, e.hypotheses["O06"]) for e in found] == [
        (0.1, "a"), (0.1, "b"), (1.0, "a"), (1.0, "b"),
    ]  # fmt: skip


def test_ids_that_would_be_too_long_are_numbered(catalogue):
    found = campaign(catalogue, id="x" * 56, grid={"cell_line": ["EVSA-T", "HCT 116"]}).experiments
    assert [e.id for e in found] == ["x" * 56 + "__1", "x" * 56 + "__2"]


def test_ids_that_would_be_equal_are_numbered(catalogue):
    grid = {"dose.birinapant.concentration": ["1 uM", "1 µM"]}
    assert [e.id for e in campaign(catalogue, dose=[DOSE], grid=grid).experiments] == ["a__1", "a__2"]


def test_an_id_without_room_for_a_number(catalogue):
    ((key, message),) = letters(catalogue, id="x" * 64, grid={"seed": [1, 2]})
    assert key == "id"
    assert "leaves no room for a number: at most 61 characters" in message


def test_a_wrong_value_is_reported_once_and_where_it_stands(catalogue):
    grid = {"cell_line": ["EVSA-X", "BJ"], "dose.birinapant.concentration": ["1 nM", "2"]}
    found = letters(catalogue, dose=[DOSE], grid=grid)
    assert [key for key, _ in found] == ["grid.cell_line", "grid.dose.birinapant.concentration"]


@pytest.mark.parametrize(
    ("grid", "key", "says"),
    [
        ({}, "grid", "is not a grid"),
        (["cell_line"], "grid", "is not a grid"),
        ({"cell_line": []}, "grid.cell_line", "is not a list of values"),
        ({"cell_line": "BJ"}, "grid.cell_line", "is not a list of values"),
        ({"cell_line": ["BJ", "bj"]}, "grid.cell_line", "names a value twice"),
        ({"cell_lines": ["BJ"]}, "grid.cell_lines", "unknown axis 'cell_lines'. Did you mean 'cell_line'?"),
        ({"duration": ["1 h"]}, "grid.duration", "unknown axis 'duration'"),
        ({"dose.birinapant": ["1 nM"]}, "grid.dose.birinapant", "unknown axis"),
        ({"dose.birinapant.amount": ["1 nM"]}, "grid.dose.birinapant.amount", "unknown key 'amount'"),
        ({"dose.SM-164.from": ["1 h"]}, "grid.dose.SM-164.from", "there is no [[dose]] of 'SM-164' to vary"),
        ({"seed": list(range(10_001))}, "grid", "10,001 combinations. At most 10,000"),
    ],
)
def test_a_grid_that_is_not_understood(catalogue, grid, key, says):
    found = letters(catalogue, dose=[DOSE], grid=grid)
    assert [k for k, _ in found] == [key]
    assert says in found[0][1]


def test_a_grid_of_monsters_gets_letters(catalogue):
    deep = current = {}
    for _ in range(2000):
        current["a"] = current = {}
    assert letters(catalogue, grid=deep)


def test_values_that_cannot_even_be_shown_get_letters(catalogue):
    deep = []
    for _ in range(3000):
        deep = [deep]
    assert [key for key, _ in letters(catalogue, cells=10**5000, grid={"seed": [deep]})] == [
        "cells",
        "grid.seed",
    ]


def test_mutants_and_alleles_of_one_protein_vary_each_in_its_own_table(catalogue):
    both = [{"mutate": "BIRC2"}, {"gene_dosage": "cIAP1"}]
    grid = {
        "perturbation.ciap1.mutation": ["RING-dead", "BIR3-dead"],
        "perturbation.BIRC2.copies": [0.5, 1],
    }
    found = campaign(catalogue, perturbation=both, grid=grid).experiments
    assert [(e.id, e.perturbations[0].mutation, e.perturbations[1].copies) for e in found] == [
        ("a__RING-dead__0p5", "RING-dead", 0.5),
        ("a__RING-dead__1", "RING-dead", 1.0),
        ("a__BIR3-dead__0p5", "BIR3-dead", 0.5),
        ("a__BIR3-dead__1", "BIR3-dead", 1.0),
    ]


def test_lanes_of_a_gel_are_an_axis(catalogue):
    lanes = [["BIRC2", "E1", "E2"], ["cIAP1", "E1"], ["BIRC2"]]
    found = campaign(catalogue, grid={"in_vitro": lanes}).experiments
    assert [(e.id, e.in_vitro) for e in found] == [
        ("a__BIRC2_E1_E2", ("BIRC2", "E1", "E2")),
        ("a__cIAP1_E1", ("BIRC2", "E1")),
        ("a__BIRC2", ("BIRC2",)),
    ]
    assert letters(catalogue, grid={"in_vitro": [["BIRC2"], []]})[0][0] == "grid.in_vitro"


def test_a_long_list_is_compared_to_its_end(catalogue):
    names = ["BIRC2", "RIPK1", "XIAP", "E1", "E2", "ubiquitin", "ATP", "proteasome"]
    both = [[*names, "x" * 20], [*names, "y" * 20]]
    assert "names a value twice" not in str(letters(catalogue, grid={"in_vitro": both}))
    assert "names a value twice" in letters(catalogue, grid={"in_vitro": [names, names]})[0][1]


def test_a_clamp_is_an_axis(catalogue):
    grid = {"dose.birinapant.clamped": [False, True]}
    found = campaign(catalogue, dose=[DOSE], grid=grid).experiments
    assert [(e.id, e.doses[0].clamped) for e in found] == [("a__False", False), ("a__True", True)]
