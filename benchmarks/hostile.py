"""python -m benchmarks.hostile --count 10000 --seed 1 --remember FILE: the SBML reader on hostile files.

Each file is read, built and, where it is a model, simulated for a few points.  Every answer must be a model
or a letter.  All of it runs in workers that a watchman replaces, so that a crash or a hang of what is
tested is counted and does not end the count.  A worker keeps one reader's process for many files, as
`smaclab.network.sbml.child` allows; a new process for each file would take a tenth of a second more. What has
been answered stands in FILE, so that a count may be broken off and goes on where it was.
"""

import argparse
import json
import logging
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from benchmarks.mutate import documents, hostile
from smaclab.errors import SbmlError, SmaclabError
from smaclab.network.sbml.build import build
from smaclab.network.sbml.child import Child
from smaclab.network.sbml.limit import ANSWER_S, within
from smaclab.simulate.sbml import simulate_model

SECONDS = 10.0  # for all of it
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

    def add(self, one: "Answered") -> None:
        """Count a file."""
        self.longest_s = max(self.longest_s, one.seconds)
        self.answers[one.answer if one.fine else "traceback, crash or hang"] += 1
        if not one.fine or one.answer == "letter without a word":
            self.bad.append((one.number, one.what, one.answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A file. what: was done to it. fine: whether nothing was raised, crashed or hung."""

    number: int
    what: str
    answer: str
    fine: bool
    seconds: float


def judged(data: bytes, child: Child) -> str:
    """What a file gets: "simulated", "model, and no course" or "letter"; anything else is raised."""
    begun_s = time.monotonic()
    try:
        model = within(ANSWER_S, lambda: build(child.parse(data)["model"]), lambda: SbmlError("too late"))
    except SmaclabError as error:
        return "letter" if str(error) else "letter without a word"
    left_s = ANSWER_S - (time.monotonic() - begun_s)
    try:
        simulate_model(model, POINTS, relative=1e-4, seconds=min(max(left_s, 0.5), SECONDS / 4))
    except SmaclabError as error:
        return "model, and no course" if str(error) else "letter without a word"
    return "simulated"


def work(pipe: Connection, seed: int, judge: Judge) -> None:
    """A worker: numbers of files come in, answers go out."""
    sound = documents()
    np.seterr(all="ignore")
    while True:
        with Child() as child:
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


def run(
    numbers: Sequence[int],
    seed: int,
    *,
    judge: Judge = judged,
    until_s: float = float("inf"),
    note: Callable[[Answered], None] = lambda one: None,
) -> Tally:
    """The files with these numbers, in one worker after the other.

    Args:
        numbers: of the files in the row of the seed.
        seed: of the row.
        judge: what a file is given to.
        until_s: when to stop, by `time.monotonic`.
        note: is told of every file.
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
        seconds = round(time.monotonic() - start, 2)
        what = hostile(seed, number, sound)[0]
        found = Answered(number=number, what=what, answer=answer, fine=fine, seconds=seconds)
        tally.add(found)
        note(found)
        if answer in ("hang", "crash"):
            worker.kill()
            worker, pipe = _hired(seed, judge)
    worker.kill()
    worker.join()
    return tally


def remembered(path: Path | None) -> dict[int, Answered]:
    """What a file of answers holds, by the number of the file."""
    if path is None or not path.exists():
        return {}
    found = [Answered(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return {one.number: one for one in found}


def remember(path: Path, one: Answered) -> None:
    """One more answer."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(one)) + "\n")


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
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after these")
    parser.add_argument("--remember", type=Path, help="file of answers: a second run goes on from there")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    known = remembered(given.remember)
    left = [number for number in range(given.count) if number not in known]
    until_s = time.monotonic() + 60.0 * given.minutes
    note = partial(remember, given.remember) if given.remember else lambda one: None
    tally = run(left, given.seed, until_s=until_s, note=note)
    for one in known.values():
        tally.add(one)
    for name, count in tally.answers.most_common():
        logging.info("%7d  %s", count, name)
    for number, what, happened in tally.bad:
        logging.info("file %d (%s): %s", number, what, happened)
    logging.info("%d of %d files; longest: %.1f s", sum(tally.answers.values()), given.count, tally.longest_s)
    sys.exit(0 if tally.is_clean else 1)


if __name__ == "__main__":
    main()
