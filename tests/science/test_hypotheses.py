"""Each open question that can be switched: its experiment tells its answers apart.

One median-like cell (cell 0 of seed 1) an experiment: the question here is whether mechanisms differ, not
how many cells die. What is compared are the readouts at the sampled times; two answers differ where one of
these does by 8 %.
"""

from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

import smaclab
from smaclab.biology.catalogue import load_catalogue
from smaclab.simulate.run import usable_cores

SM = {"drug": "SM-164", "concentration": "100 nM"}
MONO = {"drug": "monovalent mimetic", "concentration": "100 nM"}
TNF = {"drug": "TNF", "concentration": "10 ng/ml"}
IL1 = {"drug": "IL-1", "concentration": "10 ng/ml"}
Z_VAD = {"drug": "z-VAD", "concentration": "20 uM"}
MG132 = {"drug": "MG132", "concentration": "10 uM"}
ANTI_TNF = {"drug": "anti-TNF", "concentration": "10 ug/ml"}
TWEAK = {"drug": "TWEAK", "concentration": "100 ng/ml"}


def out(protein):
    return {"knock_out": protein}


# question: (line, doses, perturbations, readouts, sample times), as many as tell all answers apart.
SEPARATE: dict[str, list[tuple[str, list[Any], list[Any], list[str], list[str]]]] = {
    "O01": [
        ("EVSA-T", [MONO], [], ["cIAP1"], ["0 h", "1 h"]),
        (
            "EVSA-T",
            [SM],
            [{"mutate": "BIRC2", "mutation": "RING-dimer-dead"}],
            ["cIAP1", "cIAP1_on_TRAF2"],
            ["1 h"],
        ),
    ],
    "O02": [
        ("EVSA-T", [SM], [out("BIRC2")], ["cIAP2"], ["1 h"]),
        ("EVSA-T", [{**SM, "concentration": "1 nM"}], [], ["cIAP2"], ["20 h"]),
    ],
    "O03": [
        ("EVSA-T", [SM], [out("TNFRSF1A")], ["p_IkBa"], ["5 min", "4 h"]),
        ("EVSA-T", [SM, ANTI_TNF], [], ["p_IkBa"], ["5 min", "1 h", "4 h"]),
        ("EVSA-T", [SM], [], ["p_IkBa"], ["5 min", "4 h"]),
    ],
    "O04": [
        ("HCT 116", [SM, TNF], [], ["RIP1_on_TNFR1"], ["10 min", "30 min"]),
        ("HCT 116", [TNF], [], ["RIP1_on_TNFR1"], ["10 min", "30 min"]),  # what cIAP1 takes away
        ("HCT 116", [SM], [], ["RIP1_on_unligated_TNFR1"], ["1 h"]),
    ],
    "O05": [
        ("HCT 116", [TNF], [out("BIRC2"), out("BIRC3")], ["p_IkBa"], ["10 min"]),
        # Without NIK, which holds IKK awake where both cIAPs are gone.
        ("HCT 116", [TNF], [out("BIRC2"), out("BIRC3"), out("MAP3K14")], ["p_IkBa"], ["5 min", "10 min"]),
        ("HCT 116", [SM, {**TNF, "from": "2 h"}], [], ["p_IkBa"], ["130 min"]),
    ],
    "O06": [
        ("EVSA-T", [SM, Z_VAD], [out("MAP3K14")], ["TNF_mRNA"], ["12 h"]),
        ("EVSA-T", [SM, Z_VAD], [], ["TNF_mRNA"], ["12 h"]),
        ("EVSA-T", [IL1, Z_VAD], [out("NFKB2")], ["TNF_mRNA"], ["1 h"]),
    ],
    "O07": [("EVSA-T", [SM, Z_VAD], [], ["TNF_medium"], ["0 h", "24 h"])],
    "O08": [
        ("HCT 116", [SM, Z_VAD], [], ["TNF_mRNA", "TNF_medium"], ["24 h"]),
        ("HCT 116", [SM, TNF, Z_VAD], [], ["TNF_mRNA"], ["12 h"]),
        (
            "HCT 116",
            [SM, Z_VAD],
            [{"inhibit": "transcription", "remaining": 0.0, "from": "12 h"}],
            ["TNF_mRNA"],
            ["12.5 h"],
        ),
    ],
    "O09": [
        ("HCT 116", [TNF], [], ["caspase8_activity", "caspase3_activity", "cFLIP_mRNA", "cFLIP_L"], ["6 h"]),
        ("HCT 116", [SM, TNF], [], ["caspase3_activity"], ["2 h"]),
    ],
    "O10": [("HCT 116", [SM, TNF, Z_VAD], [], ["cFLIP_L"], ["6 h"])],
    "O11": [
        ("NCI-H460", [SM, TNF], [], ["complex_II", "caspase8_activity", "cIAP2"], ["1 h", "4 h", "24 h"]),
        ("SH-SY5Y", [SM, TNF], [], ["complex_II", "caspase8_activity"], ["1 h", "4 h", "24 h"]),
    ],
    "O12": [("HCT 116", [SM, TNF], [], ["complex_II", "complex_II_TRADD"], ["1 h", "2 h"])],
    "O13": [("HCT 116", [SM, ANTI_TNF], [], ["complex_II"], ["24 h"])],
    "O14": [("HCT 116", [SM, TNF], [], ["caspase3_activity"], ["2 h"])],
    "O15": [("BJ", [{**SM, "concentration": "20 uM"}], [], ["complex_II", "viability"], ["24 h"])],
    "O16": [
        ("BJ", [SM], [], ["TNF_medium", "complex_II"], ["24 h"]),
        ("BJ", [SM, TNF], [], ["complex_II", "RIP1_ubiquitin", "viability"], ["1 h", "4 h", "24 h"]),
    ],
    "O17": [
        ("MEF cIAP1-null", [TNF], [], ["cIAP2", "RIP1_ubiquitin", "complex_II"], ["10 min", "4 h"]),
        ("MEF cIAP1-null", [], [], ["cIAP2", "p52"], ["0 h"]),
    ],
    "O18": [("EVSA-T", [TWEAK], [], ["TRAF2", "cIAP1"], ["8 h"])],
    "O19": [
        ("HCT 116", [], [out("TRAF3")], ["NIK"], ["0 h"]),
        ("HCT 116", [SM], [], ["NIK"], ["0 h", "24 h"]),
    ],
    "O21": [("BJ", [SM, TNF, Z_VAD], [], ["p_MLKL"], ["24 h"])],
}
QUESTIONS = {one.id: one for one in load_catalogue().hypotheses}
LINES = {one.name: one for one in load_catalogue().cell_lines}


def letters(question, line):
    """The answers that this line can give: all, or those that its file has values for."""
    if QUESTIONS[question].about == "lines":
        return LINES[line].letters(question)
    return tuple(QUESTIONS[question].values)


def pairs(question):
    """Two answers that one line can give."""
    lines = dict.fromkeys(line for line, *_ in SEPARATE[question])
    return sorted({pair for line in lines for pair in combinations(sorted(letters(question, line)), 2)})


@lru_cache(maxsize=1)
def results():
    """(question, letter) -> number of the experiment -> all compared numbers."""
    written = {}
    for question, experiments in SEPARATE.items():
        for number, (line, doses, perturbations, readouts, sample) in enumerate(experiments):
            for letter in letters(question, line):
                written[question, letter, number] = {
                    "id": f"{question}_{letter}_{number}",
                    "cell_line": line,
                    "cells": 1,
                    "duration": "1 min" if sample == ["0 h"] else sample[-1],
                    "sample": sample,
                    "readouts": readouts,
                    "dose": doses,
                    "perturbation": perturbations,
                    "hypotheses": {question: letter},
                }
    result = smaclab.run_many(
        [smaclab.load(one) for one in written.values()], id="open_questions", workers=usable_cores()
    )
    assert (result.status == 0).all()
    found: dict[tuple[str, str], dict[int, list[float]]] = {}
    for (question, letter, number), one in written.items():
        row = found.setdefault((question, letter), {}).setdefault(number, [])
        for readout in one["readouts"]:
            row += result.mean(readout)[one["id"]].dropna().tolist()  # its own sample times
    return found


def test_every_switch_has_its_experiment():
    assert set(SEPARATE) == set(QUESTIONS)


@pytest.mark.slow
@pytest.mark.parametrize("question", sorted(SEPARATE))
@pytest.mark.claim("Its answers give different results", source="the open questions' own experiments")
def test_the_experiment_tells_the_answers_apart(question):
    for one, other in pairs(question):
        first, second = results()[question, one], results()[question, other]
        both = sorted(first.keys() & second.keys())  # of lines that can give both answers
        a, b = (np.concatenate([found[number] for number in both]) for found in (first, second))
        differ = np.abs(a - b) > 0.08 * np.maximum(np.abs(a), np.abs(b)) + 1e-9
        assert differ.any(), f"{question} {one} and {other}: {a} and {b}"


@pytest.mark.slow
@pytest.mark.claim("A bridging mechanism predicts that a monovalent drug does nothing", source="O01 a")
def test_bridging_alone_leaves_the_monovalent_drug_idle():
    (before, after), (open_before, open_after) = (results()["O01", letter][0] for letter in "ac")
    assert after > 0.9 * before
    assert open_after < 0.1 * open_before


def test_every_answer_about_lines_is_given_by_a_line():
    for question, one in QUESTIONS.items():
        if one.about == "lines":
            given = {letter for line in LINES.values() for letter in line.letters(question)}
            assert given == set(one.values) - {one.default}


@pytest.mark.slow
@pytest.mark.claim("Downstream blocks leave complex II as it is; upstream ones do not", source="O11")
def test_complex_ii_tells_upstream_from_downstream():
    peak = {x: max(results()["O11", x][0][:3]) for x in letters("O11", "NCI-H460")}
    assert all(peak[letter] < 0.1 * peak["none"] for letter in "cdf")
    # Ten times the XIAP soaks up the drug, so that cIAP1 goes more slowly and there is less of the complex.
    assert peak["e"] > 0.3 * peak["none"]
