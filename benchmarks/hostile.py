"""python -m benchmarks.hostile --count 10000 --seed 1: the SBML reader on hostile files.

Each file is read, built and, where it is a model, simulated for a few points.  Every answer must be a model
or a letter.  All of it runs in workers that a watchman replaces, so that a crash or a hang of what is
tested is counted and does not end the count.  A worker keeps one reader's process for many files, as
`smaclab.network.sbml.child` allows; a new process for each file would take half a second more.
"""

import argparse
import logging
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from benchmarks.mutate import documents, hostile
from smaclab.errors import SmaclabError
from smaclab.network.sbml.build import build
from smaclab.network.sbml.child import Child
from smaclab.simulate.sbml import follow, simulate_model

SECONDS = 10.0  # for reading, and again for building and simulating
POINTS = np.linspace(0.0, 10.0, 6)
RENEWED = 500  # files after which a worker takes a new reader

Judge = Callable[[bytes, Child], str]


@dataclass(kw_only=True)
class Tally:
    """What became of the files. bad: (number, what was done to it, what happened)."""

    answers: Counter[str] = field(default_factory=Counter)
    bad: list[tuple[int, str, str]] = field(default_factory=list)
    longest_s: float = 0.0

    @property
    def is_clean(self) -> bool:
        """Whether every answer was a model or a letter."""
        return not self.bad


def judged(data: bytes, child: Child) -> str:
    """What a file gets: "simulated", "model, and no course" or "letter"; anything else is raised."""
    try:
        model = build(child.parse(data)["model"])
    except SmaclabError as error:
        return "letter" if str(error) else "letter without a word"
    try:
        simulate_model(model, POINTS, relative=1e-4)
    except SmaclabError as error:
        return "model, and no course" if str(error) else "letter without a word"
    return "simulated"


def work(pipe: Connection, seed: int, judge: Judge) -> None:
    """A worker: numbers of files come in, answers go out."""
    sound = documents()
    np.seterr(all="ignore")
    follow.MOST_SECONDS = SECONDS / 4  # two rounds a model, and what is around them
    while True:
        with Child(seconds=SECONDS) as child:
            for _ in range(RENEWED):
                number = pipe.recv()
                if number is None:
                    return
                pipe.send(_answer(hostile(seed, number, sound)[1], child, judge))


def _answer(data: bytes, child: Child, judge: Judge) -> tuple[str, bool]:
    try:
        return judge(data, child), True
    except BaseException as error:  # noqa: BLE001 - exactly this is counted
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
        return f"{type(error).__name__} at {where}: {str(error)[:200]}", False


def run(numbers: range, seed: int, *, judge: Judge = judged, until_s: float = float("inf")) -> Tally:
    """The files with these numbers, in one worker after the other.

    Args:
        numbers: of the files in the row of the seed.
        seed: of the row.
        judge: what a file is given to.
        until_s: when to stop, by `time.monotonic`.
    """
    tally, sound = Tally(), documents()
    worker, pipe = _hired(seed, judge)
    for number in numbers:
        if time.monotonic() > until_s:
            break
        start = time.monotonic()
        pipe.send(number)
        try:
            answer, fine = pipe.recv() if pipe.poll(2 * SECONDS + 1.0) else ("hang", False)
        except EOFError:
            answer, fine = "crash", False
        tally.longest_s = max(tally.longest_s, time.monotonic() - start)
        tally.answers[answer if fine else "traceback, crash or hang"] += 1
        if not fine or answer == "letter without a word":
            tally.bad.append((number, hostile(seed, number, sound)[0], answer))
        if answer in ("hang", "crash"):
            worker.kill()
            worker, pipe = _hired(seed, judge)
    worker.kill()
    worker.join()
    return tally


def _hired(seed: int, judge: Judge) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    worker = context.Process(target=work, args=(there, seed, judge), daemon=True)
    worker.start()
    there.close()
    return worker, here


def main() -> None:
    """Count, and say what was bad; the exit code is 1 where something was."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after these")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    ends = np.linspace(given.first, given.first + given.count, given.workers + 1).astype(int)
    start = time.monotonic()
    with ThreadPoolExecutor(given.workers) as pool:
        parts = [range(*map(int, pair)) for pair in pairwise(ends)]
        until_s = start + 60.0 * given.minutes
        tallies = list(pool.map(lambda part: run(part, given.seed, until_s=until_s), parts))
    for name, count in sum((one.answers for one in tallies), Counter()).most_common():
        logging.info("%7d  %s", count, name)
    for number, what, happened in (bad for one in tallies for bad in one.bad):
        logging.info("file %d (%s): %s", number, what, happened)
    longest_s = max(one.longest_s for one in tallies)
    logging.info("longest: %.1f s; all: %.0f s", longest_s, time.monotonic() - start)
    sys.exit(0 if all(one.is_clean for one in tallies) else 1)


if __name__ == "__main__":
    main()
