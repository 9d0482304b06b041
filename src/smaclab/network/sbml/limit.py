"""Work on what others wrote, stopped when its time is over.

Scope:   whatever Python does, in any thread: a watch raises in the thread that works, as Ctrl-C would.
Ignores: a single call into compiled code, which is over before it hears; Pythons other than CPython.

Rules that name one another twice, forty deep, are 2^40 operations in a file of ten kilobytes; no list of what
may grow is ever whole, so the clock is what holds.
"""

import ctypes
import platform
import threading
from collections.abc import Callable
from typing import TypeVar

from smaclab.errors import SmaclabError

Found = TypeVar("Found")

ANSWER_S = (
    8.5  # for reading a file, or for reading and solving it; with the start of Python it stays below 10
)
AGAIN_S = 0.1  # a stop that somebody swallowed is said again


def within(seconds: float, work: Callable[[], Found], letter: Callable[[], SmaclabError]) -> Found:
    """What the work gives, if it is done in time.

    Args:
        seconds: the longest it may take, s.
        work: what to do; it may be stopped anywhere.
        letter: what is raised where it is not done.

    Raises:
        SmaclabError: the letter.
    """

    class Late(BaseException):  # none of the work's own handlers may take it for theirs
        pass

    watch = _Watch(seconds, Late)
    try:
        try:
            watch.start()
            return work()
        finally:
            watch.end()
    except Late:
        watch.end()
        problem = letter()
        raise problem from None


class _Watch:
    """Raises in the thread that made it, again and again, until it is ended."""

    def __init__(self, seconds: float, late: type[BaseException]) -> None:
        self.seconds, self.late = seconds, late
        self.worker = threading.get_ident()
        # A bare lock, held until the end: a stop that falls into an Event's own would leave it locked.
        self.running = threading.Lock()
        self.running.acquire()
        self.thread = threading.Thread(target=self._wait, daemon=True)

    def start(self) -> None:
        """From now on."""
        if platform.python_implementation() == "CPython":
            self.thread.start()

    def end(self) -> None:
        """No more; what was raised and has not arrived is taken back.  It may itself be interrupted."""
        while True:
            try:
                if self.running.locked():
                    self.running.release()
                if self.thread.ident is not None:
                    self.thread.join()
                    _raise(self.worker, None)
                return
            except self.late:
                continue

    def _wait(self) -> None:
        pause = self.seconds
        while not self.running.acquire(timeout=min(pause, threading.TIMEOUT_MAX)):
            _raise(self.worker, self.late)
            pause = AGAIN_S


def _raise(thread: int, what: type[BaseException] | None) -> None:
    given = None if what is None else ctypes.py_object(what)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), given)
