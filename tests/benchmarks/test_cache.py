import numpy as np

from benchmarks.cache import cached


def test_what_was_made_is_found_by_what_it_depends_on(tmp_path):
    made = []

    def make(value):
        made.append(value)
        return np.array([value])

    assert cached("x", (b"a",), lambda: make(1.0), tmp_path) == [1.0]
    assert cached("x", (b"a",), lambda: make(2.0), tmp_path) == [1.0]
    assert cached("x", (b"b",), lambda: make(3.0), tmp_path) == [3.0]
    assert cached("x", (b"a", b""), lambda: make(4.0), tmp_path) == [4.0]
    assert made == [1.0, 3.0, 4.0]
