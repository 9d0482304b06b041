from dataclasses import replace

import numpy as np
import pytest

from smaclab import lab
from smaclab.assay.co_ip import CoIP
from smaclab.errors import ExperimentError
from tests.contract.house import ROOT
from tests.lab.bench_experiments import ARMS, experiment

TUBE = ROOT / "examples" / "in_vitro_ubiquitination.toml"
COURSE = [0, 1, 4, 24]


@pytest.fixture(scope="module")
def course():
    """EVSA-T on SM-164, without noise, by a camera: proportional to what is there."""
    names = ["cIAP1", "cIAP2", "RIP1", "p100/p52", "PARP"]
    return lab.blot(
        ARMS[1], names, at=COURSE, seed=None, instrument=lab.Immunoblot(detector="imager")
    ).densitometry()


def band(table, name):
    return table.query("observableId == @name")["simulation"].to_numpy()


def test_the_time_course_of_a_mimetic_in_evsa_t(course):
    """What S1 tells of a type 1 line: cIAP1 goes at once, p100 becomes p52, the cells die with PARP cut."""
    assert band(course, "cIAP1")[1] < 0.05 * band(course, "cIAP1")[0]
    assert band(course, "cIAP2")[1] < 0.6 * band(course, "cIAP2")[0]
    assert band(course, "RIP1")[2] == pytest.approx(band(course, "RIP1")[0], rel=0.05)
    assert band(course, "p100/p52: p52")[3] > 3 * band(course, "p100/p52: p52")[0]
    assert band(course, "PARP: PARP")[3] < 0.1 * band(course, "PARP: PARP")[0]
    assert band(course, "PARP: cl. PARP")[3] == pytest.approx(band(course, "PARP: PARP")[0], rel=0.1)


def test_cleaved_caspase_8_is_seen_by_its_own_antibody_or_after_a_long_exposure():
    """On a strip exposed for procaspase-8 its p18, below 1 % of it, is lost; `docs/assays.md` says so."""
    names = ["caspase-8", "cleaved caspase-8"]
    type_two = replace(ARMS[2], cell_line="HCT 116")  # it has 230 copies of p18
    usual, long = (
        lab.blot(
            type_two, names, at=[0, 24], seed=None, instrument=lab.Immunoblot(exposure=times)
        ).densitometry()
        for times in (1.0, 20.0)
    )
    assert band(usual, "caspase-8: p18")[1] < 0.01
    assert band(usual, "cleaved caspase-8")[1] > 0.05
    assert band(long, "caspase-8: p18")[1] > 0.02


def test_a_camera_without_noise_is_proportional_to_the_copies(course):
    for _, rows in course.groupby("observableId"):
        seen, there = rows["simulation"].to_numpy(), rows["copies"].to_numpy()
        if len(rows) and there.max() > 1e3:
            # A neighbor's tail in the same box is what is left: PARP beside its fragment.
            np.testing.assert_allclose(seen / seen.max(), there / there.max(), atol=0.005)


def test_a_loading_control_comes_by_itself_and_once(course):
    assert list(course["observableId"].unique())[-1] == "actin"
    named = lab.blot(ARMS[0], ["actin", "cIAP1"], at=0).densitometry()
    assert list(named["observableId"].unique()) == ["actin", "cIAP1"]
    assert np.isfinite(named.query("observableId == 'cIAP1'")["normalized"]).all()


FILED = {
    "id": "filed",
    "cell_line": "EVSA-T",
    "cells": 2,
    "duration": "4 h",
    "dose": [{"drug": "SM-164", "concentration": "100 nM"}],
    "blot": {"proteins": ["cIAP1", "RIP1"], "at": ["0 h", "4 h"], "exposure": "long"},
}


def test_a_file_says_what_is_blotted_and_what_is_said_beside_it_wins():
    made = lab.blot(FILED)
    assert made.instrument.exposure == "long"
    assert [one.time_h for one in made.taken.samples] == [0.0, 4.0]
    assert [one.strip.name for one in made.exposed] == ["cIAP1", "RIP1", "actin"]
    assert made.densitometry()["saturated"].any()
    other = lab.blot(FILED, "cIAP1", at="0 h", instrument=lab.Immunoblot(exposure="short"))
    assert (other.instrument.exposure, len(other.taken.samples)) == ("short", 1)
    assert [one.strip.name for one in other.exposed] == ["cIAP1", "actin"]
    assert lab.ladder(FILED, "cIAP1", at="0 h").instrument.exposure == "long"


def test_a_file_may_ask_for_a_pull_down():
    made = lab.blot(FILED | {"blot": {"proteins": "RIP1", "ip": "caspase-8"}})
    assert [one.strip.panel for one in made.exposed] == ["IP: caspase-8", "Input", "Input"]
    assert [one.time_h for one in made.taken.samples] == [4.0]


def test_without_a_protein_there_is_a_letter():
    with pytest.raises(ExperimentError, match=r"proteins None: name one.*write a \[blot\]"):
        lab.blot(ARMS[0])


def test_proteins_can_be_one_text_and_are_shown_once():
    made = lab.blot(ARMS[0], "cIAP1, BIRC2, PARP", at=0)
    assert [one.strip.name for one in made.exposed] == ["cIAP1", "PARP", "actin"]


def test_each_fraction_is_a_panel_with_its_own_loading_control():
    made = lab.blot(ARMS[1], ["RelA", "p100/p52"], at=8, fractions=["cytoplasm", "nucleus"])
    assert [(one.strip.panel, one.strip.name) for one in made.exposed] == [
        *(("cytoplasm", name) for name in ("RelA", "p100/p52", "tubulin")),
        *(("nucleus", name) for name in ("RelA", "p100/p52", "histone H3")),
    ]


def test_caspase_8_pulls_rip1_and_fadd_down_when_cells_meet_mimetic_and_tnf():
    """S1: the complex of RIP1, FADD and caspase-8 forms on mimetic with TNF, not without."""
    made = lab.ip(list(ARMS), "caspase-8", ["RIP1", "FADD", "caspase-8"], at=6, seed=None)
    table = made.densitometry()
    pulled = table.query("panel == 'IP: caspase-8'")
    for prey in ("RIP1", "FADD"):
        vehicle, _, both = band(pulled, prey)
        assert both > 15 * max(vehicle, 1e-3)  # a little FADD sticks to the beads
    put_in = table.query("panel == 'Input'")
    assert list(put_in["observableId"].unique()) == [
        *("RIP1", "FADD", "caspase-8: procaspase-8", "caspase-8: p18", "actin"),
    ]
    assert band(put_in, "RIP1").std() < 0.05 * band(put_in, "RIP1").mean()


def test_beads_hold_what_the_readout_counts_and_a_little_that_sticks():
    beads, names = CoIP(), ("IP CASP8: FADD", "IP FADD: FADD")
    made = lab.ip(ARMS[2], "caspase-8", ["FADD"], at=6, seed=None)
    looked = lab.look_many([experiment("both", [("SM-164", 100.0), ("TNF", 0.192)], readouts=names)])
    pulled, whole = (
        looked.values["both", name][:, 3].mean() for name in names
    )  # every 2 h: 6 h is the fourth
    held = made.densitometry().query("panel == 'IP: caspase-8'")["copies"].iloc[0]
    assert held == pytest.approx(beads.recovery * pulled + beads.sticks * (whole - pulled), rel=1e-6)


def test_fc_tnf_brings_ubiquitinated_rip1_and_an_antagonist_does_not():
    """The complex on TNFR1 by its ligand at 5 min, and by an antagonist: chains on RIP1 need TNF."""
    ligand = experiment("ligand", [("TNF", 19.2)])
    antagonist = experiment("antagonist", [("anti-TNFR1", 100.0)])
    at = ["0 min", "5 min"]
    by_ligand = lab.ip(ligand, "Fc-TNF", ["Ub-RIP1", "TNFR1"], at=at, seed=None).densitometry()
    by_antagonist = lab.ip(
        antagonist, "anti-TNFR1 bead", ["Ub-RIP1", "TNFR1"], at=at, seed=None
    ).densitometry()
    chains = by_ligand.query("panel == 'IP: Fc-TNF' and observableId == 'Ub-RIP1: Ub-RIP1'")[
        "copies"
    ].to_numpy()
    none = by_antagonist.query("observableId == 'Ub-RIP1: Ub-RIP1'")["copies"].to_numpy()
    assert chains[1] > 100 * max(chains[0], 1e-3)
    assert none[1] < 0.05 * chains[1]
    receptor = by_antagonist.query("panel != 'Input' and observableId == 'TNFR1'")["copies"].to_numpy()
    assert receptor[1] > 100 * max(receptor[0], 1e-3)


def test_the_input_of_a_ladder_is_the_protein_itself():
    made = lab.ip(ARMS[0], "TNFR1", ["Ub-RIP1"], at=0)
    assert [(one.strip.panel, one.strip.name) for one in made.exposed] == [
        *(("IP: TNFR1", "Ub-RIP1"), ("Input", "RIP1"), ("Input", "actin")),
    ]


def test_a_mimetic_in_a_tube_makes_a_ladder_of_ciap1():
    table = lab.ladder(TUBE, at=["0 min", "30 min"], seed=None).densitometry()
    assert set(table["observableId"]) == {"Ub-cIAP1: cIAP1", "Ub-cIAP1: Ub-cIAP1"}  # no actin in a tube
    marked = table.query("observableId == 'Ub-cIAP1: Ub-cIAP1'")[
        "copies"
    ].to_numpy()  # without, with the drug
    assert marked[3] > 10 * max(marked[1], 1.0)


def test_a_ladder_in_cells_has_its_loading_control():
    made = lab.ladder(ARMS[1], at=["0 min", "5 min"])
    assert [one.strip.name for one in made.exposed] == ["Ub-cIAP1", "actin"]


@pytest.mark.parametrize(
    ("make", "letter"),
    [
        (
            lambda: lab.blot(ARMS[0], ["cIAP1", "RIPP1"], at=0),
            "unknown protein of a blot 'RIPP1'. Did you mean 'RIP1'?",
        ),
        (lambda: lab.blot(ARMS[0], [], at=0), "name at least one, such as 'cIAP1'"),
        (lambda: lab.blot(ARMS[0], " , ", at=0), "name at least one, such as 'cIAP1'"),
        (
            lambda: lab.ip(ARMS[0], "caspse-8", ["RIP1"], at=0),
            "unknown bait 'caspse-8'. Did you mean 'caspase-8'?",
        ),
        (lambda: lab.ladder(ARMS[0], "FADD"), "unknown protein with chains of ubiquitin 'FADD'"),
        (lambda: lab.blot(ARMS[0], ["TNF"], at=0), "TNF is in the medium"),
    ],
)
def test_what_cannot_be_shown_gets_a_letter(make, letter):
    with pytest.raises(ExperimentError, match=letter):
        make()
