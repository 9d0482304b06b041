"""Which experiments belong together."""

from smaclab.analysis.dose_series import dose_series, drug_matrices
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import KnockOut


def experiment(number, mimetic=0.0, tnf=0.0, **given):
    doses = (
        Dose(drug="SM-164", concentration_nM=mimetic),
        Dose(drug="TNF", concentration_nM=tnf),
    )
    return Experiment(id=f"e{number}", **({"cell_line": "BJ", "doses": doses} | given))


def grid(mimetics, tnfs, **given):
    pairs = [(one, other) for one in mimetics for other in tnfs]
    return [experiment(place, one, other, **given) for place, (one, other) in enumerate(pairs)]


def test_one_drug_makes_a_series_in_rising_order():
    (series,) = dose_series([experiment(n, dose) for n, dose in enumerate((10.0, 0.0, 1.0))])
    assert series.drug == "SM-164"
    assert series.members == ((0.0, 1), (1.0, 2), (10.0, 0))
    assert series.beside.doses == ()


def test_lines_partners_and_perturbations_are_series_of_their_own():
    plain = [experiment(n, dose) for n, dose in enumerate((0.0, 1.0, 10.0))]
    lost = [
        experiment(n + 3, d, perturbations=(KnockOut(symbol="BIRC2"),))
        for n, d in enumerate((0.0, 1.0, 10.0))
    ]
    other = [experiment(n + 6, d, cell_line="HCT 116") for n, d in enumerate((0.0, 1.0, 10.0))]
    with_tnf = [experiment(n + 9, d, 5.0) for n, d in enumerate((0.0, 1.0, 10.0))]
    found = [one for one in dose_series([*plain, *lost, *other, *with_tnf]) if one.drug == "SM-164"]
    assert [[index for _, index in one.members] for one in found] == [
        [0, 1, 2],
        [3, 4, 5],
        [6, 7, 8],
        [9, 10, 11],
    ]
    assert found[3].beside.doses[0].drug == "TNF"


def test_seeds_are_replicates_and_two_doses_are_no_series():
    seeds = [
        experiment(n, dose, seed=seed)
        for n, (dose, seed) in enumerate([(0, 1), (0, 2), (1, 1), (1, 2), (9, 1)])
    ]
    (series,) = dose_series(seeds)
    assert [dose for dose, _ in series.members] == [0.0, 0.0, 1.0, 1.0, 9.0]
    assert dose_series(seeds[:4]) == ()


def test_a_later_start_or_a_second_pulse_is_another_question():
    late = Dose(drug="SM-164", concentration_nM=5.0, start_s=3600.0)
    pulse = (Dose(drug="SM-164", concentration_nM=5.0, end_s=60.0), late)
    usual = [experiment(n, dose) for n, dose in enumerate((0.0, 1.0, 10.0))]
    strange = [experiment(7, doses=(late,)), experiment(8, doses=pulse)]
    (series,) = dose_series([*usual, *strange])
    assert [index for _, index in series.members] == [0, 1, 2]


def test_two_drugs_make_a_matrix():
    (found,) = drug_matrices(grid((0.0, 1.0, 10.0), (0.0, 2.0, 20.0)))
    assert found.drugs == ("SM-164", "TNF")
    assert found.doses_nM == ((0.0, 1.0, 10.0), (0.0, 2.0, 20.0))
    assert found.members[1.0, 20.0, 1] == 5
    assert found.seeds == (1,)


def test_the_demos_four_arms_and_a_matrix_with_a_hole_are_none():
    assert drug_matrices(grid((0.0, 100.0), (0.0, 10.0))) == ()
    assert drug_matrices(grid((0.0, 1.0, 10.0), (0.0, 2.0, 20.0))[:-1]) == ()
    assert drug_matrices(grid((1.0, 3.0, 10.0), (0.0, 2.0, 20.0))) == ()
