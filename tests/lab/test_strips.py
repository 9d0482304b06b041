import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.lab import own_catalogue
from smaclab.lab.samples import take
from smaclab.lab.strips import (
    all_readouts,
    antibody_named,
    copies_of,
    has_ladder,
    loading_control,
    probe_of,
    probe_on_beads,
    strip_of,
)
from tests.lab.bench_experiments import ARMS

KNOWN = own_catalogue()
NAMES = ("PARP", "p100/p52", "RelA", "cytochrome c", "Smac", "RelB")


@pytest.fixture(scope="module")
def taken():
    probes = [probe_of(antibody_named(name, KNOWN), "lysate") for name in (*NAMES, "Ub-cIAP1", "p-JNK")]
    probes += [probe_of(antibody_named(name, KNOWN), "cytoplasm") for name in NAMES]
    probes += [probe_of(antibody_named(name, KNOWN), "nucleus") for name in NAMES]
    probes += [probe_of(antibody_named(name, KNOWN), "mitochondria") for name in NAMES]
    more = [
        "p100",
        "p52",
        "p52_RelB",
        "RelA_nuclear",
        "PARP_cleaved",
        "p_JNK",
        "cytochrome_c_cytosol",
        "cIAP1",
    ]
    return take(list(ARMS), [*all_readouts(probes), *more], at=[0, 8], how={})


def copies(name, fraction, taken):
    return copies_of(probe_of(antibody_named(name, KNOWN), fraction), taken)


def test_bands_are_the_networks_own_observables(taken):
    """The same numbers by another way: observables that the rules themselves count."""
    np.testing.assert_allclose(copies("PARP", "lysate", taken)[:, 1], taken.mean("PARP_cleaved"), rtol=1e-9)
    p100, p52 = copies("p100/p52", "lysate", taken).T
    np.testing.assert_allclose(p100, taken.mean("p100"), rtol=1e-9)
    np.testing.assert_allclose(p52, taken.mean("p52"), rtol=1e-9)
    np.testing.assert_allclose(copies("p-JNK", "lysate", taken)[:, 0], taken.mean("p_JNK"), rtol=1e-9)
    np.testing.assert_allclose(
        copies("Ub-cIAP1", "lysate", taken).sum(axis=1), taken.mean("cIAP1"), rtol=1e-9
    )
    np.testing.assert_allclose(copies("RelA", "nucleus", taken)[:, 0], taken.mean("RelA_nuclear"), rtol=1e-9)
    np.testing.assert_allclose(copies("p100/p52", "nucleus", taken)[:, 1], taken.mean("p52_RelB"), rtol=1e-9)
    np.testing.assert_allclose(
        copies("cytochrome c", "cytoplasm", taken)[:, 0],
        taken.mean("cytochrome_c_cytosol"),
        rtol=1e-6,
        atol=1e-8,  # of one copy: before there are pores only the solver's error is there
    )


@pytest.mark.parametrize("name", NAMES)
def test_fractions_add_up_to_the_lysate(taken, name):
    parts = sum(copies(name, fraction, taken) for fraction in ("cytoplasm", "nucleus", "mitochondria"))
    whole = copies(name, "lysate", taken)
    np.testing.assert_allclose(parts, whole, rtol=1e-6, atol=1e-6)


def test_p100_is_not_in_the_nucleus_and_relb_is_there_with_p52(taken):
    assert (copies("p100/p52", "nucleus", taken)[:, 0] == 0).all()
    np.testing.assert_allclose(copies("RelB", "nucleus", taken)[:, 0], taken.mean("p52_RelB"))


def test_a_loading_control_is_constant(taken):
    actin = probe_of(loading_control("lysate", KNOWN), "lysate")
    assert set(copies_of(actin, taken).ravel()) == {1.2e8}


def test_a_ladder_becomes_rungs_of_one_label(taken):
    probe = probe_of(antibody_named("Ub-cIAP1", KNOWN), "lysate")
    strip = strip_of(probe, copies_of(probe, taken), cells=1e5)
    assert strip.labels == ("cIAP1", "Ub-cIAP1")
    assert len(strip.bands) > 10
    np.testing.assert_allclose(strip.copies.sum(axis=1), taken.mean("cIAP1"), rtol=1e-9)
    assert has_ladder(probe.antibody)


def test_beads_are_asked_for_the_same_forms():
    probe = probe_on_beads(antibody_named("PARP", KNOWN), "Fc-TNF", panel="IP: Fc-TNF")
    assert probe.readouts == ["IP Fc-TNF: PARP1[s=full]", "IP Fc-TNF: PARP1[s=cleaved]"]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("cIAP1x", "unknown protein of a blot 'cIAP1x'. Did you mean 'cIAP1'?"),
        ("viability", "viability is a readout that no antibody shows"),
        ("", "unknown protein of a blot ''"),
    ],
)
def test_an_unknown_protein_gets_a_letter(name, letter):
    with pytest.raises(ExperimentError, match=letter):
        antibody_named(name, KNOWN)


@pytest.mark.parametrize(
    ("name", "fraction", "letter"),
    [
        (
            "RIP1",
            "nucleus",
            "RIP1: the model does not say how much of it is in the nucleus. Ask for the lysate",
        ),
        ("RelA", "nucleos", "unknown fraction 'nucleos'. Did you mean 'nucleus'?"),
        ("TNF", "lysate", "TNF is in the medium, .* ELISA"),
    ],
)
def test_a_fraction_that_is_not_known_gets_a_letter(name, fraction, letter):
    with pytest.raises(ExperimentError, match=letter):
        probe_of(antibody_named(name, KNOWN), fraction)
