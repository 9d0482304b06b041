"""What loss of the cIAPs does: NF-kB up, RIP1 less ubiquitinated, more of it on the receptor."""

import pytest

from tests.science import bench


@pytest.mark.claim("Without both cIAPs NIK and p52 are high", source="Wu 2007, C38, C48 and C89")
def test_without_both_ciaps_nik_and_p52_are_high():
    for readout, fold in (("NIK", 5), ("p52", 2)):
        out, control = (bench.mean(name, readout) for name in ("hct_double_knock_out", "hct_vehicle"))
        assert out.iloc[0] > fold * control.iloc[0]


@pytest.mark.claim(
    "Without both cIAPs RIP1 is less ubiquitinated in complex I", source="Bertrand 2008, Moulin 2012"
)
def test_without_both_ciaps_rip1_is_less_ubiquitinated():
    out, control = (
        bench.mean(name, "RIP1_ubiquitin").loc[10 / 60] for name in ("hct_double_knock_out_tnf", "hct_tnf")
    )
    assert control > 0.05  # a tenth of the receptors at this moment
    assert out < 0.2 * control


@pytest.mark.claim("Without cIAP1 more RIP1 sits on TNFR1", source="Wu 2007, C42 and C43")
def test_the_mimetic_leaves_more_rip1_on_the_receptor():
    with_mimetic, without = (bench.mean(name, "RIP1_on_TNFR1").loc[0.5] for name in ("hct_both", "hct_tnf"))
    assert with_mimetic > without


@pytest.mark.claim(
    "The normal cell loses cIAP1 and turns on NIK and p52 all the same", source="Wu 2007, C79, C82"
)
def test_the_normal_cell_shows_the_same_early_events():
    ciap1, nik, p52 = (bench.mean("bj_mimetic", name) for name in ("cIAP1", "NIK", "p52"))
    assert ciap1.iloc[-1] < 0.2 * ciap1.iloc[0]
    assert nik.max() > 3 * nik.iloc[0]
    assert p52.max() > 1.5 * p52.iloc[0]


@pytest.mark.claim(
    "Complex II forms where cells die and not in the normal cell", source="Wu 2007, C68 and C78"
)
def test_complex_two_follows_death():
    dying = bench.mean("hct_both", "complex_II").max()
    assert bench.mean("bj_both", "complex_II").max() < 0.2 * dying
    assert bench.mean("hct_tnf", "complex_II").max() < 0.2 * dying
