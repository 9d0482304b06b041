"""Units and words of tables."""

import math

from smaclab.report.tables import percent, unit_of


def test_a_readout_has_the_unit_of_its_rows(rows_of, table_of):
    table = table_of(rows_of("X", "e", "0", (1.0, 2.0, 3.0)))
    assert unit_of(table, "Y") == ""
    assert unit_of(table, "X") == "molecules"


def test_percent_says_where_nothing_is_known():
    assert percent(0.417) == "42 %"
    assert percent(math.nan) == "no cell solved"
