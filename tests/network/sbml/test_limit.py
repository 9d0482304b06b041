"""Work is stopped when its time is over, whatever it does; and nothing else ever is."""

import threading
import time

import pytest

from smaclab.errors import SbmlError
from smaclab.network.sbml.limit import within

BUSY_S = 5.0  # a busy machine; each limit here is a tenth of a second


def late():
    return SbmlError("too late")


def for_ever():
    while True:
        pass


def stubborn():
    while True:
        try:
            for_ever()
        except Exception:  # noqa: BLE001 - exactly such handlers must not stop the stop
            continue


def deep():
    """2^60 calls, as formulas in formulas make them."""

    def names(n):
        return names(n - 1) | names(n - 1) if n else frozenset()

    return names(60)


@pytest.mark.parametrize("work", [for_ever, stubborn, deep])
def test_what_is_not_done_in_time_is_a_letter(work):
    start = time.perf_counter()
    with pytest.raises(SbmlError, match="too late"):
        within(0.1, work, late)
    assert time.perf_counter() - start < BUSY_S


def test_what_is_done_in_time_is_given_and_leaves_nothing_behind():
    before = threading.active_count()
    assert within(60.0, lambda: 7, late) == 7
    assert within(float("inf"), lambda: 7, late) == 7
    with pytest.raises(KeyError):
        within(60.0, lambda: {}["x"], late)
    assert threading.active_count() == before


def test_a_limit_inside_another_is_the_inner_ones_letter():
    def inner():
        return within(0.1, for_ever, lambda: SbmlError("inner"))

    with pytest.raises(SbmlError, match="inner"):
        within(60.0, inner, late)
    with pytest.raises(SbmlError, match="too late"):
        within(0.1, lambda: within(60.0, for_ever, lambda: SbmlError("inner")), late)


def test_only_the_thread_that_works_is_stopped():
    heard = []

    def worker():
        try:
            within(0.1, for_ever, late)
        except SbmlError as letter:
            heard.append(str(letter))

    thread = threading.Thread(target=worker)
    thread.start()
    thread.join(BUSY_S)
    assert heard == ["too late"]


def test_a_race_at_the_end_never_leaks():
    # Work that is done at the very moment: a result or the letter, and nothing raised afterwards.
    for _ in range(200):
        try:
            assert within(0.001, lambda: time.sleep(0.001) or 7, late) == 7
        except SbmlError:
            continue
    time.sleep(0.2)
