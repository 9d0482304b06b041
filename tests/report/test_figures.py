"""Figures: what they show, and that no label lies on another."""

import math

import numpy as np
import pytest

from smaclab.analysis.bands import bands
from smaclab.analysis.events import Happened
from smaclab.report import figures, style
from tests.report.looking import collisions

ARMS = ("vehicle", "SM-164 100 nM", "TNF 10 ng/ml", "SM-164 100 nM + TNF 10 ng/ml")


def survival_figure():
    deaths = np.array([3600.0, 7200.0, np.inf, np.nan])
    curves = [figures.Curve(label=arm, death_time_s=deaths, end_s=86_400.0) for arm in ARMS]
    return figures.survival({"EVSA-T": curves, "HCT 116": curves, "BJ": curves})


def events_figure():
    times = [0.1, 0.2, 1.3, 3.6, 8.0, 9.0, 10.0, 12.0, math.inf]
    happened = [Happened(label=f"event number {i}", time_h=t, meaning="") for i, t in enumerate(times)]
    return figures.events_chart(happened, title="Order of events", end_h=24.0)


def heat_figure():
    values = np.array([[1.0, 0.2, 0.9, 0.0], [1.0, 0.9, 0.9, 0.1], [1.0, 1.0, 0.6, np.nan]])
    return figures.heat_table(values, ["EVSA-T", "HCT 116", "BJ"], ARMS, title="Cells alive after 24 h")


@pytest.mark.parametrize("make", [survival_figure, events_figure, heat_figure])
def test_no_text_lies_on_another_and_none_is_cut(make):
    assert collisions(make()) == []


def test_a_time_course_draws_the_mean_and_names_what_failed(rows_of, table_of):
    table = table_of(rows_of("X", "a", "0", (1.0, 2.0, 3.0)), rows_of("X", "b", "0", (math.nan,) * 3))
    figure = figures.time_course(
        bands(table, "X"), {"X, BJ": {"a": "vehicle", "b": "drug"}}, unit="molecules"
    )
    (axes,) = figure.axes
    assert axes.get_ylabel() == "molecules"
    assert list(axes.lines[0].get_ydata()) == [1.0, 2.0, 3.0]
    assert [line.get_label() for line in axes.lines] == ["vehicle", "drug (no cell solved)"]


def test_a_heat_table_shows_its_numbers_and_no_number_for_the_unknown():
    words = [text.get_text() for text in heat_figure().axes[0].texts]
    assert words[0] == "100 %"
    assert words[-1] == "–"


def test_no_curve_is_drawn_below_none_alive():
    dead = [figures.Curve(label=arm, death_time_s=np.full(3, 60.0), end_s=7200.0) for arm in ARMS]
    lines = figures.survival({"EVSA-T": dead}).axes[0].lines
    assert [float(line.get_ydata()[-1]) for line in lines] == [0.0] * 4
    assert [float(line.get_ydata()[0]) for line in lines] == [100.0, 99.5, 99.0, 98.5]


def test_every_figure_says_simulated():
    for make in (survival_figure, events_figure, heat_figure):
        assert "SIMULATED" in style.to_svg(make())
