"""Means and bands."""

import math

from smaclab.analysis.bands import bands


def test_the_mean_is_over_the_cells_that_are_known(rows_of, table_of):
    table = table_of(rows_of("X", "e", "0", (1.0, 2.0, 3.0)), rows_of("X", "e", "1", (math.nan,) * 3))
    assert list(bands(table, "X")["mean"]) == [1.0, 2.0, 3.0]


def test_a_band_holds_nine_cells_in_ten(rows_of, table_of):
    table = table_of(*(rows_of("X", "e", str(cell), (float(cell),) * 3) for cell in range(21)))
    first = bands(table, "X").iloc[0]
    assert (first["low"], first["mean"], first["high"]) == (1.0, 10.0, 19.0)


def test_statistics_are_taken_as_they_are(rows_of, table_of):
    table = table_of(
        rows_of("X", "e", "mean", (5.0, 6.0, 7.0)),
        rows_of("X", "e", "q05", (1.0, 1.0, 1.0)),
        rows_of("X", "e", "q50", (4.0, 4.0, 4.0)),
        rows_of("X", "e", "q95", (9.0, 9.0, 9.0)),
    )
    last = bands(table, "X").iloc[-1]
    assert (last["time"], last["low"], last["mean"], last["high"]) == (2.0, 1.0, 7.0, 9.0)


def test_statistics_of_failed_cells_stay_unknown(rows_of, table_of):
    table = table_of(rows_of("X", "e", "mean", (math.nan,) * 3))
    assert len(bands(table, "X")) == 3
    assert bands(table, "X")["mean"].isna().all()


def test_a_population_has_a_mean_and_no_band(rows_of, table_of):
    seen = bands(table_of(rows_of("X", "e", "", (1.0, 2.0, 3.0))), "X")
    assert list(seen["mean"]) == [1.0, 2.0, 3.0]
    assert seen["low"].isna().all()


def test_an_unknown_readout_gives_an_empty_table(rows_of, table_of):
    assert bands(table_of(rows_of("X", "e", "0", (1.0, 2.0, 3.0))), "Y").empty
