"""Type III: lines that live on a mimetic, on TNF and on both, because the death complex is not formed.

NCI-H460 by the cIAP2 that its file assumes, SH-SY5Y by amounts that were only derived.
24 cells an experiment.
"""

from functools import lru_cache

import pytest

import smaclab
from smaclab.simulate.run import usable_cores

MIMETIC = {"drug": "SM-164", "concentration": "100 nM"}
TNF = {"drug": "TNF", "concentration": "10 ng/ml"}
TREATMENTS = {"mimetic": [MIMETIC], "tnf": [TNF], "both": [MIMETIC, TNF]}
TYPE_THREE = ("NCI-H460", "SH-SY5Y")
COMPARED = "HCT 116"  # type II
pytestmark = pytest.mark.slow


def name(line, treatment, letter="own"):
    return f"{line}_{treatment}_{letter}".replace(" ", "_")


@lru_cache(maxsize=1)
def day():
    cases = [(line, letter) for line in TYPE_THREE for letter in ("own", "none")] + [(COMPARED, "own")]
    written = [
        {
            "id": name(line, treatment, letter),
            "cell_line": line,
            "cells": 24,
            "duration": "24 h",
            "sample": ["0 h", "30 min", "1 h", "2 h", "4 h", "8 h", "16 h", "24 h"],
            "readouts": ["viability", "cIAP1", "complex_II"],
            "dose": doses,
            "hypotheses": {"O11": letter},
        }
        for line, letter in cases
        for treatment, doses in TREATMENTS.items()
    ]
    result = smaclab.run_many([smaclab.load(one) for one in written], id="iii", workers=usable_cores())
    assert (result.status == 0).all()
    return result


def alive(*case):
    return float(day().fraction_alive()[name(*case)])


def most_complex(*case):
    return float(day().mean("complex_II")[name(*case)].max())


@pytest.mark.parametrize("treatment", TREATMENTS)
@pytest.mark.parametrize("line", TYPE_THREE)
@pytest.mark.claim("Type III lives on the mimetic, on TNF and on both", source="Wu 2007, C78")
def test_type_three_lives(line, treatment):
    assert alive(line, treatment) > 0.85


@pytest.mark.parametrize("line", TYPE_THREE)
@pytest.mark.claim("Type III loses cIAP1 like all lines", source="Wu 2007, C79")
def test_type_three_loses_ciap1(line):
    ciap1 = day().mean("cIAP1")[name(line, "both")]
    assert ciap1.loc[1] < 0.25 * ciap1.loc[0]  # C79


@pytest.mark.parametrize("line", TYPE_THREE)
@pytest.mark.claim("Type III forms little RIP1-FADD-caspase-8 complex", source="Wu 2007, C78")
def test_type_three_forms_little_complex(line):
    assert most_complex(line, "both") < 0.1 * most_complex(COMPARED, "both")


@pytest.mark.parametrize("line", TYPE_THREE)
@pytest.mark.claim("Without what protects it, the line is type II", source="O11; the line's file")
def test_type_three_becomes_type_two(line):
    assert alive(line, "mimetic", "none") > 0.85
    assert alive(line, "tnf", "none") > 0.85
    assert alive(line, "both", "none") < 0.15
    assert most_complex(line, "both", "none") > 0.3 * most_complex(COMPARED, "both")
