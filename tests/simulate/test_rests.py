"""Rests that were found already: the same bits, less work, never of another network or other settings."""

import numpy as np
import pytest

from smaclab.simulate.rests import Rests


def rest(value, cells=2):
    return np.full((cells, 3), float(value)), np.zeros(cells, dtype=np.int64), {}


class Finder:
    """Counts how often it was asked."""

    def __init__(self, value=1.0):
        self.asked, self.value = 0, value

    def __call__(self):
        self.asked += 1
        return rest(self.value)


TABLE = np.arange(8.0).reshape(2, 4)
ABOUT = object()


def test_the_same_cells_rest_once():
    rests, find = Rests(), Finder()
    first = rests.found(ABOUT, (1e-5,), TABLE, find)
    again = rests.found(ABOUT, (1e-5,), TABLE.copy(), find)
    assert find.asked == 1
    assert again[0] is first[0]


@pytest.mark.parametrize(
    ("about", "settings", "table"),
    [
        (object(), (1e-5,), TABLE),
        (ABOUT, (1e-3,), TABLE),
        (ABOUT, (1e-5,), TABLE.reshape(4, 2)),
        (ABOUT, (1e-5,), np.nextafter(TABLE, 9.0)),
    ],
)
def test_what_differs_in_one_bit_is_found_anew(about, settings, table):
    rests, find = Rests(), Finder()
    rests.found(ABOUT, (1e-5,), TABLE, find)
    rests.found(about, settings, table, find)
    assert find.asked == 2


def test_the_oldest_goes_first_and_what_is_too_large_is_not_kept():
    size = rest(0)[0].nbytes
    rests, find = Rests(most_bytes=2 * size), Finder()
    for place in (0, 1, 0, 2, 0, 1):  # 2 drives 1 out, which was asked for longest ago
        rests.found(ABOUT, place, TABLE, find)
    assert find.asked == 4
    small = Rests(most_bytes=size - 1)
    small.found(ABOUT, 0, TABLE, find)
    small.found(ABOUT, 0, TABLE, find)
    assert find.asked == 6


def test_nobody_can_write_into_a_rest_that_others_read():
    counts, _, _ = Rests().found(ABOUT, (), TABLE, Finder())
    with pytest.raises(ValueError, match="read-only"):
        counts[0] = 2.0
