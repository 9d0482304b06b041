"""Survival curves with numbers at risk."""

import numpy as np

from smaclab.analysis.survival import survival_of
from smaclab.report.survival_curves import survival_curves
from tests.report.looking import check, fits

DEATHS_H = np.array([1.0, 2.0, 5.0, 8.0, 13.0, np.inf, np.inf, np.nan])
ARMS = ("vehicle", "SM-164 100 nM", "TNF 10 ng/ml", "SM-164 100 nM + TNF 10 ng/ml + RIPK1 knock-down to 15 %")


def make(*, width_inches=5.0, arms=ARMS, end_h=24.0):
    one = survival_of(3600.0 * DEATHS_H, end_s=3600.0 * end_h)
    return survival_curves(dict.fromkeys(arms, one), title="EVSA-T", width_inches=width_inches)


def test_no_label_lies_on_another_and_equal_input_gives_equal_bytes():
    check(make)


def test_a_week_and_an_hour_have_room():
    for end_h in (1.0, 168.0):
        fits(lambda *, width_inches, end_h=end_h: make(width_inches=width_inches, end_h=end_h))


def test_the_numbers_under_the_axis_are_the_cells_alive_and_watched():
    above, below = make(arms=ARMS[:1]).axes
    ticks = list(above.get_xticks())
    assert ticks == [0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0]
    numbers = [int(one.get_text()) for one in below.texts[1:]]
    assert numbers == [7, 5, 4, 3, 2, 2, 2]


def test_failed_cells_are_told_and_no_cell_is_named():
    words = [one.get_text() for one in make().legends[0].get_texts()]
    assert words[0].replace("\u00a0", " ") == "vehicle (n = 7, 1 failed)"
    lost = survival_of(np.array([np.nan]), end_s=3600.0)
    figure = survival_curves({"vehicle": lost}, title="BJ")
    assert figure.legends[0].get_texts()[0].get_text() == "vehicle (no cell solved)"


def test_bands_are_drawn_while_there_are_few_curves():
    assert len(make(arms=ARMS[:3]).axes[0].collections) == 3
    assert len(make().axes[0].collections) == 0
