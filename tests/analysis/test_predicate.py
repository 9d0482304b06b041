"""Every word: on the right side, on the wrong side, at the limit, and where nothing is known."""

from math import log

import numpy as np
import pytest

from smaclab.analysis.predicate import (
    LARGEST_MARGIN,
    Difference,
    DoseOrder,
    DoseSeries,
    Fold,
    Judgement,
    Limit,
    SupraAdditive,
    Unchanged,
    weakest,
)
from smaclab.analysis.quantity import Quantity
from smaclab.analysis.seen import Seen
from smaclab.errors import SmaclabError


def drug(readout, **changed):
    return Quantity(readout=readout, experiment="drug", **changed)


def vehicle(readout, **changed):
    return Quantity(readout=readout, experiment="vehicle", **changed)


def known(seen):
    """The same, with the cell that failed left out."""
    values = {key: cells[:3] for key, cells in seen.values.items()}
    return Seen(time_h=seen.time_h, values=values)


def test_a_rise_has_its_ratio_and_a_margin_in_fifths(seen):
    found = Fold(quantity=drug("NIK"), reference=vehicle("NIK"), at_least=2.0).judge(known(seen))
    assert found.value == pytest.approx(4.0)
    assert found.margin == pytest.approx(log(2.0) / log(1.2))
    assert found.holds
    assert not Fold(quantity=drug("NIK"), reference=vehicle("NIK"), at_least=4.1).judge(known(seen)).holds


def test_at_the_limit_it_holds(seen):
    found = Fold(quantity=drug("p52"), reference=vehicle("p52"), at_least=4.0).judge(seen)
    assert (found.margin, found.holds) == (0.0, True)


def test_a_fall(seen):
    fall = Fold(quantity=drug("cIAP1", time_h=1.0), reference=drug("cIAP1", time_h=0.0), at_most=0.25)
    assert fall.judge(seen).value == pytest.approx(0.1)
    assert fall.judge(seen).margin == pytest.approx(log(2.5) / log(1.2))


def test_too_many_failed_cells_are_not_known_and_do_not_hold(seen):
    found = Fold(quantity=drug("NIK"), reference=vehicle("NIK"), at_least=2.0).judge(seen)
    assert np.isnan(found.value)
    assert (found.margin, found.holds) == (-LARGEST_MARGIN, False)


def test_limits_on_fractions_are_compared_by_difference(seen):
    assert Limit(quantity=drug("viability"), at_most=0.5).judge(seen).margin == pytest.approx(2.5)
    assert Limit(quantity=drug("viability"), at_least=0.5).judge(seen).margin == pytest.approx(-2.5)
    assert Limit(quantity=drug("NIK", time_h=0.0), at_least=5.0).judge(known(seen)).margin == pytest.approx(
        log(2) / log(1.2)
    )


def test_differences(seen):
    found = Difference(quantity=drug("viability"), reference=vehicle("viability"), at_most=-0.5).judge(seen)
    assert (found.value, found.margin) == (pytest.approx(-0.75), pytest.approx(2.5))


def test_no_change(seen):
    same = Unchanged(quantity=drug("p52", time_h=1.0), reference=vehicle("p52", time_h=1.0), within=0.2)
    assert same.judge(seen).margin == pytest.approx(1.0)
    assert not Unchanged(quantity=drug("p52"), reference=vehicle("p52"), within=0.2).judge(seen).holds
    lives = Unchanged(quantity=drug("viability"), reference=vehicle("viability"), within=0.1)
    assert lives.judge(seen).margin == pytest.approx(-6.5)


def test_before_is_a_ratio_of_times(seen):
    nik, p52 = drug("NIK", pick="half_rise"), drug("p52", pick="half_rise")
    found = Fold(quantity=p52, reference=nik, at_least=5.0).judge(known(seen))
    assert found.value == pytest.approx((2 + 22 * 6.5 / 14) / 1.25)
    never = Fold(quantity=drug("flat", pick="half_rise"), reference=nik, at_least=5.0).judge(known(seen))
    assert never.margin == LARGEST_MARGIN


def test_nothing_against_nothing_is_not_known(seen):
    found = Fold(quantity=drug("flat"), reference=drug("flat"), at_most=1.0).judge(seen)
    assert not found.holds
    assert Fold(quantity=drug("flat"), reference=drug("NIK"), at_most=0.05).judge(known(seen)).holds


def series(doses, shares, readout="cIAP1"):
    names = [f"{readout}_{place}" for place in range(len(doses))]
    values = {
        (name, readout): np.full((2, 1), 100.0 * share) for name, share in zip(names, shares, strict=True)
    }
    quantities = tuple(Quantity(readout=readout, experiment=name) for name in names)
    return DoseSeries(doses_nM=tuple(doses), quantities=quantities), values


def judged(one, other, **word):
    first, values = series(*one)
    second, more = series(*other, readout="cIAP2")
    time_h = {name: np.zeros(1) for name, _ in {**values, **more}}
    return DoseOrder(earlier=first, later=second, **word).judge(
        Seen(time_h=time_h, values={**values, **more})
    )


def test_the_half_dose_lies_between_doses_on_a_log_axis():
    found = judged(([0, 1, 100], [1, 0.75, 0.25]), ([0, 1, 100], [1, 1, 0]), at_least=1.0)
    assert found.value == pytest.approx(1.0)  # both cross one half at 10 nM


def test_an_order_of_doses():
    doses = [0, 1, 10, 100, 1000]
    early, late = (doses, [1, 0.9, 0.1, 0, 0]), (doses, [1, 1, 1, 0.9, 0.1])
    assert judged(early, late, at_least=5.0).value == pytest.approx(100.0)
    assert not judged(late, early, at_least=5.0).holds
    assert judged(early, early, within=2.0).holds
    assert not judged(early, late, within=2.0).holds
    assert judged(early, (doses, [1, 1, 1, 1, 1]), at_least=5.0).margin == LARGEST_MARGIN
    assert not judged((doses, [1, 1, 1, 1, 1]), late, at_least=5.0).holds


def test_more_than_additive():
    names = ("none", "a", "b", "ab")
    alive = dict(zip(names, (1.0, 0.8, 0.5, 0.1), strict=True))
    seen = Seen(
        time_h=dict.fromkeys(names, np.zeros(1)),
        values={(name, "viability"): np.full((1, 1), alive[name]) for name in names},
    )
    quantities = [Quantity(readout="viability", experiment=name) for name in names]
    words = dict(zip(("neither", "one", "other", "both"), quantities, strict=True))
    found = SupraAdditive(**words, at_least=0.2).judge(seen)
    assert (found.value, found.margin) == (pytest.approx(0.3), pytest.approx(1.0))


def test_a_limit_has_one_side():
    for sides in ({}, {"at_least": 1.0, "at_most": 2.0}):
        with pytest.raises(SmaclabError, match="only one"):
            Limit(quantity=drug("NIK"), **sides)


def test_a_dose_series_has_doses():
    with pytest.raises(SmaclabError, match="at least three"):
        DoseSeries(doses_nM=(0.0, 1.0), quantities=(drug("NIK"), drug("NIK")))


def test_the_weakest_decides():
    two = [Judgement(value=1.0, margin=margin, words="") for margin in (3.0, -1.0)]
    assert weakest(two).margin == -1.0
    with pytest.raises(SmaclabError, match="at least one"):
        weakest([])
