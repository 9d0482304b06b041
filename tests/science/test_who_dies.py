"""Which line dies of what: one parameter set for all lines and drugs."""

import numpy as np
import pytest

from tests.science import bench


@pytest.mark.claim("EVSA-T, type I, dies on a mimetic alone", source="Wu 2007, C09 and C74; P038")
def test_type_one_dies_on_the_mimetic_alone():
    assert bench.alive("evsa_mimetic") < 0.50


@pytest.mark.claim("20 nM SM-164 still kills EVSA-T", source="EVSA-T's IC50 is 2.5-13 nM, P038 and P039")
def test_a_fifth_of_the_dose_still_kills_type_one():
    assert bench.alive("evsa_20nM") < 0.50


@pytest.mark.claim("An antibody against TNF saves type I", source="Wu 2007, C18 and C22")
def test_anti_tnf_saves_type_one():
    assert bench.alive("evsa_anti_tnf") > 0.75


@pytest.mark.parametrize("protein", ["TNFR1", "CASP8", "RIP1"])
@pytest.mark.claim("Type I needs TNFR1, caspase-8 and RIP1 to die", source="Wu 2007, C12, C16 and C66")
def test_knock_down_saves_type_one(protein):
    assert bench.alive(f"evsa_si{protein}") > 0.75


@pytest.mark.claim("Type I does not need caspase-9 to die", source="Wu 2007, C12")
def test_caspase_9_knock_down_does_not_save_type_one():
    sampling_error = 3 * np.sqrt(2 * 0.25 / bench.CELLS)
    assert bench.alive("evsa_siCASP9") <= bench.alive("evsa_mimetic") + sampling_error


@pytest.mark.claim("Type II lives on the mimetic, lives on TNF, dies on both", source="Wu 2007, C64 and C75")
def test_type_two_needs_both():
    assert bench.alive("hct_mimetic") > 0.85
    assert bench.alive("hct_tnf") > 0.85
    assert bench.alive("hct_both") < 0.15


@pytest.mark.claim("A tenth of the TNF is enough for type II", source="P058: 1-10 ng/ml saturate (recalled)")
def test_little_tnf_kills_type_two_with_the_mimetic():
    assert bench.alive("hct_both_1") < 0.50


@pytest.mark.parametrize("treatment", ["mimetic", "tnf", "both"])
@pytest.mark.claim("The normal cell lives on all of them", source="Wu 2007, C83 and C85")
def test_the_normal_cell_lives(treatment):
    assert bench.alive(f"bj_{treatment}") > 0.75


@pytest.mark.claim("Cells without both cIAPs die on TNF", source="Bertrand 2008; Wu 2007, C63")
def test_without_both_ciaps_tnf_kills():
    assert bench.alive("hct_double_knock_out") > 0.85
    assert bench.alive("hct_double_knock_out_tnf") < 0.50


@pytest.mark.claim("Untreated cells live", source="requirement: below 2 % dead in 72 h")
def test_untreated_cells_live_for_three_days():
    result = bench.three_days_untreated()
    assert (result.status == 0).all()
    assert (result.fraction_alive() > 0.98).all()
