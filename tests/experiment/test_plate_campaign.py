import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.dose import Dose
from smaclab.experiment.perturbation import KnockOut
from smaclab.experiment.plate import Plate, Well
from smaclab.experiment.plate_campaign import campaign_of, without_drug
from smaclab.experiment.shared_well import SharedWell

HOUR = 3600.0


def well(name, *doses, read_h=24.0, line="EVSA-T", **more):
    return Well(
        name=name,
        cell_line=line,
        read_s=read_h * HOUR,
        doses=tuple(Dose(drug=drug, concentration_nM=value) for drug, value in doses),
        **more,
    )


def plate(*wells):
    return Plate(id="p", format=96, wells=wells)


def test_replicates_and_times_of_one_condition_share_an_experiment():
    made = campaign_of(
        plate(
            well("A01", ("SM-164", 1), ("TNF", 1)),
            well("A02", ("TNF", 1), ("SM-164", 1)),
            well("A03", ("SM-164", 1), ("TNF", 1), read_h=6),
            well("A04", ("SM-164", 2), ("TNF", 1)),
            well("A05", ("SM-164", 1), ("TNF", 1), line="BJ"),
            well("A06", ("SM-164", 1), ("TNF", 1), perturbations=(KnockOut(symbol="RIPK1"),)),
        )
    )
    assert made.experiment_ids == ("p__001", "p__001", "p__001", "p__002", "p__003", "p__004")
    assert [one.id for one in made.campaign.experiments] == ["p__001", "p__002", "p__003", "p__004"]


def test_a_well_with_another_medium_is_another_condition():
    little, much = (SharedWell(volume_ul=volume, cell_number=1000) for volume in (50.0, 100.0))
    made = campaign_of(
        plate(well("A01", shared=little), well("A02", shared=much), well("A03", shared=little), well("A04"))
    )
    assert made.experiment_ids == ("p__001", "p__002", "p__001", "p__003")
    assert [one.well for one in made.campaign.experiments] == [little, much, None]


def test_every_well_has_its_treatment_in_its_experiment():
    wells = [well(f"A{n + 1:02d}", ("SM-164", n), ("TNF", n % 2)) for n in range(12)]
    made = campaign_of(plate(*wells))
    by_id = {one.id: one for one in made.campaign.experiments}
    for one, name in zip(wells, made.experiment_ids, strict=True):
        assert set(by_id[name].doses) == set(one.doses)
        assert by_id[name].cell_line == one.cell_line


def test_every_time_at_which_a_well_is_read_is_a_sample_exactly():
    made = campaign_of(plate(well("A01", read_h=1 / 3), well("A02", ("TNF", 1), read_h=100.1)))
    for one in made.campaign.experiments:
        assert one.duration_s == 100.1 * HOUR
        assert {0.0, HOUR / 3, 100.1 * HOUR} <= set(one.sample_s)
        assert len(one.sample_s) < 60


def test_readouts_are_viability_what_was_measured_and_what_was_asked():
    made = campaign_of(
        plate(well("A01", measured={"cIAP1": 1.0})), readouts=("p52", "cIAP1"), cells=7, seed=9
    )
    (one,) = made.campaign.experiments
    assert one.readouts == ("viability", "cIAP1", "p52")
    assert (one.cells, one.seed) == (7, 9)


def test_a_plate_that_is_read_at_time_0_only_is_a_letter():
    with pytest.raises(ExperimentError, match="Look at one after time 0"):
        campaign_of(plate(well("A01", read_h=0)))


def test_what_the_points_of_a_dose_curve_share():
    (one,) = campaign_of(plate(well("A01", ("SM-164", 1), ("TNF", 1)))).campaign.experiments
    assert [dose.drug for dose in without_drug(one, "SM-164").doses] == ["TNF"]
