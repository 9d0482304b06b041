"""Synergy of a run."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.lab.synergies import mean_of_seeds, synergies
from tests.lab import campaigns


@pytest.fixture(scope="module")
def seen():
    return synergies(campaigns.matrix())


def test_four_models_score_a_matrix_over_its_seeds(seen):
    table = seen.table()
    assert list(table["model"]) == ["Bliss", "HSA", "Loewe", "ZIP"]
    assert set(table["plates"]) == {3}
    assert (table["score_low"] < table["score"]).all()
    # Nothing alone, so all that die together are beyond Bliss: by hand, the mean of all combined wells.
    shares = [a / (a + 10) * b / (b + 20) for a in (1.0, 10.0, 100.0) for b in (2.0, 20.0, 200.0)]
    by_hand = 100 * np.mean([(round(38 * share) + 1) / 40 for share in shares])
    assert table["score"].iloc[0] == pytest.approx(by_hand)


def test_every_well_has_its_numbers(seen):
    wells = seen.wells()
    assert len(wells) == 16
    last = wells.iloc[-1]
    assert (last["first_nM"], last["second_nM"]) == (100.0, 200.0)
    assert last["alive_percent"] == pytest.approx(100 - last["Bliss_excess"])
    assert wells["ZIP_excess"].iloc[0] == 0.0


def test_it_shows_itself(seen):
    assert "Loewe" in repr(seen)
    assert seen.figure("zip").axes[0].get_title(loc="left") == "Beyond ZIP, EVSA-T"
    with pytest.raises(ExperimentError, match="unknown model of synergy 'Blis'"):
        seen.figure("Blis")


def test_one_seed_has_a_score_without_an_interval():
    table = synergies(campaigns.matrix(seeds=(1,)), model="bliss").table()
    assert list(table["model"]) == ["Bliss"]
    assert table["score_low"].isna().all()


def test_cells_that_die_without_drugs_are_no_effect():
    base = campaigns.matrix(seeds=(1,))
    half = campaigns.material(base.experiments, [20] * 16)
    assert synergies(half, model="Bliss").table()["score"].iloc[0] == pytest.approx(0.0)
    assert synergies(half, model="Bliss", at_h=1.0).table()["score"].iloc[0] == pytest.approx(0.0)


def test_a_seed_that_lacks_a_well_is_left_out_of_its_mean():
    assert mean_of_seeds(np.array([[[1.0]], [[np.nan]]]))[0, 0] == 1.0
    assert np.isnan(mean_of_seeds(np.array([[[np.nan]]]))[0, 0])


def test_without_a_matrix_there_is_a_letter():
    with pytest.raises(ExperimentError, match="no matrix: every combination"):
        synergies(campaigns.series())


def test_doses_are_shown_in_the_unit_that_was_typed():
    """TNF typed in ng/ml is shown so, on the axis and in the table; the scores do not change."""
    base = campaigns.matrix()
    by_mass = [
        replace(
            one,
            doses=tuple(
                replace(dose, typed_g_per_mol=52_000.0) if dose.drug == "TNF" else dose for dose in one.doses
            ),
        )
        for one in base.experiments
    ]
    typed = synergies(replace(base, experiments=by_mass))
    plain = synergies(base)
    axes = typed.figure("Bliss").axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("TNF (µg/ml)", "SM-164 (nM)")
    matrix = typed.matrix(width_inches=4.0).axes[0]
    assert (matrix.get_xlabel(), matrix.get_ylabel()) == ("TNF (µg/ml)", "SM-164 (nM)")
    assert matrix.get_title(loc="left") == typed.matrix_title() == "Cells alive (%) after 24 h, EVSA-T"
    wells = typed.wells()
    numbers = [int(one.get_text()) for one in matrix.texts]
    assert numbers == [round(one) for one in wells["alive_percent"]]
    assert set(wells["second_unit"]) == {"ng/ml"}
    # 20 nM of 52 kDa are 1,040 ng/ml.
    np.testing.assert_allclose(wells["second_dose"], wells["second_nM"] * 52.0, rtol=1e-8)
    assert typed.table().equals(plain.table())
    assert set(plain.wells()["second_unit"]) == {"nM"}
