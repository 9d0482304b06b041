import pytest

from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import KnockDown
from smaclab.report.lanes import MINUS, PLUS, describe


def experiment(line="EVSA-T", doses=(), **parts):
    given = tuple(
        one if isinstance(one, Dose) else Dose(drug=one[0], concentration_nM=one[1]) for one in doses
    )
    return Experiment(id="x", cell_line=line, doses=given, **parts)


def test_a_time_course_of_one_experiment():
    one = experiment(doses=[("SM-164", 100.0)])
    lanes = describe([one] * 4, [0.0, 1.0, 4.0, 24.0])
    assert lanes.title == "EVSA-T, SM-164 100 nM"
    (row,) = lanes.rows
    assert (row.label, row.texts, row.wedges) == ("time (h)", ("0", "1", "4", "24"), ((0, 3),))


def test_short_times_are_minutes():
    lanes = describe([experiment()] * 3, [0.0, 2 / 60, 1.5])
    assert (lanes.rows[0].label, lanes.rows[0].texts) == ("time (min)", ("0", "2", "90"))


@pytest.mark.parametrize(
    ("times_h", "label", "texts"),
    [
        ([0.0, 0.25, 8.0], "time (h)", ("0", "0.25", "8")),
        ([0.0, 0.25, 0.5], "time (min)", ("0", "15", "30")),
        ([0.0, 1.0, 2.0], "time (h)", ("0", "1", "2")),
        ([0.0, 5 / 60, 4.0], "time (min)", ("0", "5", "240")),
        ([0.0, 5 / 60, 24.0], "time", ("0", "5 min", "24 h")),
    ],
)
def test_times_are_written_in_the_unit_that_reads_best(times_h, label, texts):
    (row,) = describe([experiment()] * 3, times_h).rows
    assert (row.label, row.texts, row.wedges) == (label, texts, ((0, 2),))


def test_the_grid_of_two_drugs():
    arms = [[], [("SM-164", 100.0)], [("TNF", 0.192)], [("SM-164", 100.0), ("TNF", 0.192)]]
    lanes = describe([experiment(doses=arm) for arm in arms], [6.0] * 4)
    assert lanes.title == "EVSA-T, 6 h"
    assert [(row.label, row.texts) for row in lanes.rows] == [
        ("SM-164 100 nM", (MINUS, PLUS, MINUS, PLUS)),
        ("TNF 192 pM", (MINUS, MINUS, PLUS, PLUS)),
    ]


def test_doses_rise_under_a_wedge_in_each_line():
    doses = [0.0, 1.0, 10.0, 100.0]
    given = [
        experiment(line, [("SM-164", dose)] if dose else []) for line in ("EVSA-T", "BJ") for dose in doses
    ]
    lanes = describe(given, [8.0] * 8)
    assert lanes.title == "8 h"
    assert lanes.groups == (("EVSA-T", 0, 3), ("BJ", 4, 7))
    (row,) = lanes.rows
    assert row.label == "SM-164 (nM)"
    assert row.texts == ("0", "1", "10", "100") * 2
    assert row.wedges == ((0, 3), (4, 7))


@pytest.mark.parametrize(
    ("largest", "unit", "texts"), [(5000.0, "µM", ("0", "0.5", "5")), (0.5, "pM", ("0", "50", "500"))]
)
def test_doses_are_written_in_the_unit_of_the_largest(largest, unit, texts):
    given = [experiment(doses=[("SM-164", dose)] if dose else []) for dose in (0.0, largest / 10, largest)]
    row = describe(given, [1.0] * 3).rows[0]
    assert (row.label, row.texts) == (f"SM-164 ({unit})", texts)


def test_a_wide_series_stays_in_nanomolar():
    given = [experiment(doses=[("SM-164", dose)] if dose else []) for dose in (0.0, 0.25, 1000.0)]
    assert describe(given, [1.0] * 3).rows[0].texts == ("0", "0.25", "1000")


def test_cytokines_are_written_by_mass():
    """1 ng/ml of the trimer of 52 kDa is 19.2 pM."""
    given = [experiment(doses=[("TNF", dose)] if dose else []) for dose in (0.0, 0.0192, 0.192)]
    row = describe(given, [1.0] * 3, {"TNF": 52_000.0}).rows[0]
    assert (row.label, row.texts) == ("TNF (ng/ml)", ("0", "0.998", "9.98"))
    assert describe(given[2:], [1.0], {"TNF": 52_000.0}).title == "EVSA-T, TNF 9.98 ng/ml, 1 h"


def test_a_series_that_was_typed_by_mass_is_written_so():
    doses = [Dose(drug="anti-TNF", concentration_nM=ug / 0.15, typed_g_per_mol=150_000.0) for ug in (1, 10)]
    row = describe([experiment(), *(experiment(doses=[one]) for one in doses)], [1.0] * 3).rows[0]
    assert (row.label, row.texts) == ("anti-TNF (µg/ml)", ("0", "1", "10"))
    assert describe([experiment(doses=doses[1:])], [1.0]).title == "EVSA-T, anti-TNF 10 µg/ml, 1 h"


def test_two_lanes_have_no_wedge():
    assert describe([experiment()] * 2, [0.0, 24.0]).rows[0].wedges == ()


def test_gray_is_a_dose_too():
    given = [
        experiment(doses=[Dose(drug="radiation", absorbed_Gy=dose)] if dose else []) for dose in (0, 2, 10)
    ]
    row = describe(given, [24.0] * 3).rows[0]
    assert (row.label, row.texts) == ("radiation (Gy)", ("0", "2", "10"))


def test_doses_at_other_times_are_told_in_words():
    early = Dose(drug="TNF", concentration_nM=1.0)
    late = Dose(drug="TNF", concentration_nM=1.0, start_s=3600.0)
    row = describe([experiment(), experiment(doses=[early]), experiment(doses=[late])], [4.0] * 3).rows[0]
    assert (row.label, row.texts) == ("TNF", (MINUS, "1 nM", "1 nM from 1 h"))


def test_a_delayed_series_says_when():
    doses = [Dose(drug="TNF", concentration_nM=c, start_s=3600.0) for c in (1.0, 10.0)]
    row = describe([experiment(doses=[one]) for one in doses], [4.0] * 2).rows[0]
    assert (row.label, row.texts) == ("TNF (nM) from 1 h", ("1", "10"))


def test_perturbations_and_hypotheses_are_plus_or_minus():
    down = KnockDown(symbol="RIPK1", remaining=0.1)
    lanes = describe([experiment(), experiment(perturbations=(down,), hypotheses={"O03": "c"})], [1.0, 1.0])
    assert [(row.label, row.texts) for row in lanes.rows] == [
        ("RIPK1 knock-down to 10 %", (MINUS, PLUS)),
        ("O03=c", (MINUS, PLUS)),
    ]


def test_a_tube_says_what_is_in_it():
    whole, without = ("BIRC2", "E1", "E2"), ("BIRC2", "E1")
    lanes = describe([experiment(in_vitro=without), experiment(in_vitro=whole)], [0.5, 0.5])
    assert lanes.title == "in vitro, BIRC2, E1, 30 min"
    assert [(row.label, row.texts) for row in lanes.rows] == [("E2", (MINUS, PLUS))]


def test_a_wedge_ends_with_its_line():
    given = [experiment(line) for line in ("EVSA-T", "BJ") for _ in range(3)]
    row = describe(given, [0.0, 1.0, 2.0, 4.0, 8.0, 24.0]).rows[0]
    assert row.wedges == ((0, 2), (3, 5))
