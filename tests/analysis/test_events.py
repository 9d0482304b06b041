"""When each thing happened."""

import math

import numpy as np
import pytest

from smaclab.analysis.events import (
    Event,
    doubles,
    falls_to_half,
    first_peak,
    half_maximum_of_8_h,
    half_rise,
    order_of_events,
)

TIME = np.array([0.0, 1.0, 2.0, 4.0, 12.0])


def values(*given):
    return np.array(given, dtype=float)


@pytest.mark.parametrize(
    ("rule", "mean", "time_h"),
    [
        (falls_to_half, values(10, 6, 4, 1, 0), 1.5),
        (falls_to_half, values(10, 9, 8, 7, 6), math.inf),
        (falls_to_half, values(0, 0, 0, 0, 0), math.inf),
        (doubles, values(1, 1, 3, 9, 9), 1.5),
        (doubles, values(0, 1, 2, 3, 4), math.inf),
        (first_peak, values(1, 8, 3, 1, 90), 1.0),
        (first_peak, values(1, 1, 1, 1, 90), math.inf),
        (half_rise, values(0, 2, 6, 8, 8), 1.5),
        (half_rise, values(5, 5, 5, 5, 5), math.inf),
        (half_rise, values(5, 6, 6, 6, 9), math.inf),
        (half_maximum_of_8_h, values(0, 2, 6, 8, 99), 1.5),
        (half_maximum_of_8_h, values(5, 6, 6, 6, 99), math.inf),
    ],
)
def test_each_rule_on_a_curve_with_a_known_answer(rule, mean, time_h):
    assert rule(TIME, mean) == time_h


def test_events_are_sorted_and_what_never_happened_is_last(rows_of, table_of):
    table = table_of(
        rows_of("A", "e", "0", (10.0, 10.0, 0.0)),
        rows_of("B", "e", "0", (10.0, 0.0, 0.0)),
        rows_of("C", "e", "0", (10.0, 10.0, 10.0)),
    )
    events = [Event(label=name, readout=name, rule=falls_to_half, meaning="half") for name in "ABCX"]
    happened = order_of_events(table, "e", median_death_h=1.2, events=events)
    assert [one.label for one in happened] == ["B", "half of the cells dead", "A", "C"]
    assert happened[-1].time_h == math.inf


def test_an_experiment_without_known_cells_has_no_times(rows_of, table_of):
    table = table_of(rows_of("A", "e", "0", (math.nan,) * 3))
    event = Event(label="A", readout="A", rule=falls_to_half, meaning="half")
    happened = order_of_events(table, "e", median_death_h=math.nan, events=[event])
    assert all(math.isnan(one.time_h) for one in happened)
