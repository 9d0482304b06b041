"""Parameter sets predicted beside each other, each in a process of its own.

Threads share one interpreter, and a fifth of the work on a set is Python: two processes take 2.7 s a set,
two threads took 4.3 s.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from threading import Thread
from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
OneSet = Callable[[Any], Array]
"""One set, such as its values by name -> (number,). Goes to other processes, so it is no local function."""

_AHEAD = 2
"""Sets that wait for each process, so that none is idle; those are lost when the run is killed."""

_here: list[OneSet] = []


class SetWorkers:
    """Processes that stay for the next sets: each one reads and compiles the model for some seconds first."""

    def __init__(self, one_set: OneSet, workers: int) -> None:
        """one_set: predicts one of them. workers: processes; 1 stays in this one."""
        self._one_set, self._workers = one_set, workers
        self._pool: ProcessPoolExecutor | None = None

    def predicted(self, sets: Iterable[Any]) -> Iterator[Array]:
        """Predictions in the order of the sets, as they are done. sets: what `one_set` takes."""
        if self._workers == 1:
            yield from map(self._one_set, sets)
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=self._workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self._one_set,),
            )
        pool, todo = self._pool, iter(sets)
        waiting = deque(pool.submit(_predict, one) for one in islice(todo, _AHEAD * self._workers))
        try:
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(_predict, one) for one in islice(todo, 1))
        except BrokenProcessPool:
            self._pool = None  # a process was killed; the next sets get new ones
            raise
        finally:
            for one in waiting:
                one.cancel()

    def end(self) -> None:
        """Let the processes go; the next sets start others."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def predicted(one_set: OneSet, sets: Iterable[Any], workers: int) -> Iterator[Array]:
    """Predictions in the order of the sets, as they are done, by processes that end with them.

    Args:
        one_set: predicts one of them.
        sets: what it takes.
        workers: processes; 1 stays in this one.
    """
    crew = SetWorkers(one_set, workers)
    try:
        yield from crew.predicted(sets)
    finally:
        crew.end()


def _begin(one_set: OneSet) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops everything, once
    Thread(target=_end_with_parent, daemon=True).start()
    _here[:] = [one_set]


def _end_with_parent() -> None:
    """A parent that is killed cannot say goodbye, and a pool's processes would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _predict(asked: Any) -> Array:
    return _here[0](asked)
