"""Predictions kept on disk one by one. A sampler that goes on reads them instead of simulating again.

The sampler is a function of the problem, its settings and the predictions alone, so nothing else needs to be
kept: killed at any moment, it is started again, reads what is there, comes to the same place and goes on
    with the same bits.

The file: a line of JSON that says what problem it belongs to; then records, each of which is its length and
CRC-32 (8 bytes), the hash of what was asked (16 bytes) and the numbers (little-endian doubles). A record
that was cut short is cut off. One process writes; a lock beside the file keeps a second one out.
"""

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from io import BufferedRandom
from pathlib import Path
from time import monotonic
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import BudgetSpent, SmaclabError
from smaclab.infer.looks import Looks
from smaclab.infer.problem import Problem

Array = NDArray[Any]
Told = Callable[[str, int, int], None]  # stage, sets predicted in all, of which were read

_HEAD: Final = struct.Struct("<II")
_KEY_BYTES: Final = 16


class Checkpoint:
    """Predictions of one problem, in the order in which a sampler asks for them.

    Attributes:
        simulated: predictions made by this process. read: taken from the file.
        seen: name, sets and predictions of each stage that is whole, as `infer.known` takes them, without
            sets that were looked at in part.
    """

    def __init__(
        self,
        problem: Problem,
        path: Path | None = None,
        *,
        settings: Mapping[str, Any] | None = None,
        minutes: float | None = None,
        told: Told | None = None,
    ) -> None:
        """Open, or make, the file.

        Args:
            problem: what is sampled.
            path: of the file; None keeps nothing.
            settings: of the sampler; a file made with others is refused.
            minutes: after which no further set is predicted; None: no limit.
            told: called after each set.

        Raises:
            SmaclabError: the file belongs to another problem or other settings, or is in use.
        """
        self._problem, self._told = problem, told
        self._until = None if minutes is None else monotonic() + 60.0 * minutes
        self._kept: list[tuple[bytes, Array]] = []
        self._next = 0
        self.simulated = self.read = 0
        self.seen: list[tuple[str, Array, Array]] = []
        self._file: BufferedRandom | None = None
        self._path = path
        if path is not None:
            self._file = _opened(path, {"problem": problem.identity(), "settings": dict(settings or {})})
            try:
                self._kept = _records(self._file)
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> "Checkpoint":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def predict(self, stage: str, coordinates: Array, looks: Looks | None = None) -> Array:
        """Predictions of sets, (set, parameter) in standard coordinates -> (set, number).

        Args:
            stage: what they are for; a part of what a record is known by.
            coordinates: in which order, too.
            looks: when to stop looking at a set; what nobody looked at is NaN, where anything is kept.

        Raises:
            BudgetSpent: the time is over; what was predicted is kept.
            SmaclabError: the file holds the answer to another question: it was made by other code.
        """
        found = self._predicted(stage, coordinates, looks)
        # Of what was refused half-way nobody knows the rest.
        missing = np.isnan(found) if looks is not None else np.zeros((len(found), 1), dtype=bool)
        kept = missing.all(axis=1) | ~missing.any(axis=1)
        self.seen.append((stage, coordinates[kept], found[kept]))
        return found

    def _predicted(self, stage: str, coordinates: Array, looks: Looks | None) -> Array:
        if self._path is None and self._until is None and self._told is None:
            self.simulated += len(coordinates)
            return self._problem.predict(self._problem.values(coordinates))
        # What is kept is a beginning of what is asked for: the rest is made beside each other.
        kept = min(len(self._kept) - self._next, len(coordinates))
        left = None if looks is None else looks.behind(kept)
        rest = iter(self._problem.predict_each(coordinates[kept:], left))
        try:
            return np.stack([self._one(stage, place, row, rest) for place, row in enumerate(coordinates)])
        finally:
            if isinstance(rest, Generator):
                rest.close()  # ends processes at once, and not when somebody collects what is left over

    def _one(self, stage: str, place: int, row: Array, rest: Iterator[Array]) -> Array:
        key = hashlib.blake2b(
            repr((stage, place)).encode() + np.ascontiguousarray(row, dtype="<f8").tobytes(),
            digest_size=_KEY_BYTES,
        ).digest()
        if self._next < len(self._kept):
            found_key, found = self._kept[self._next]
            if found_key != key:
                raise SmaclabError(
                    f"{self._path}: record {self._next + 1} is not what {stage} asks for now. Another "
                    "version of smaclab or numpy, or another machine, made it; start anew in another folder."
                )
            self._next += 1
            self.read += 1
        else:
            found = self._made(key, rest)
        if self._told is not None:
            self._told(stage, self.read + self.simulated, self.read)
        return found

    def _made(self, key: bytes, rest: Iterator[Array]) -> Array:
        if self._until is not None and monotonic() >= self._until:
            raise BudgetSpent(
                f"the time is over after {self.read + self.simulated} parameter sets; all are kept."
            )
        found = np.asarray(next(rest), dtype="<f8")
        self.simulated += 1
        if self._file is not None:
            body = key + found.tobytes()
            self._file.write(_HEAD.pack(len(body), zlib.crc32(body)) + body)
            self._file.flush()
            os.fsync(self._file.fileno())
        return found


def _opened(path: Path, about: Mapping[str, Any]) -> BufferedRandom:
    """The file behind its header line."""
    header = (json.dumps(about, sort_keys=True) + "\n").encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            draft = path.with_name(f".{path.name}.{os.getpid()}")
            draft.write_bytes(header)
            draft.replace(path)
        file = path.open("r+b")
    except OSError as error:
        raise SmaclabError(f"{path}: cannot be written ({error.strerror}). Give another folder.") from error
    _lock(file, path)
    found = file.readline()
    if found != header:
        file.close()
        raise SmaclabError(
            f"{path}: made for another problem (another seed, model, evidence or number of sets). "
            "Say what was said then, or start anew in another folder."
        )
    return file


def _lock(file: BufferedRandom, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: nothing keeps a second process out
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise SmaclabError(f"{path}: another process is writing it ({error.strerror}).") from error


def _records(file: BufferedRandom) -> list[tuple[bytes, Array]]:
    """All whole records; what was cut short at the end is cut off."""
    found: list[tuple[bytes, Array]] = []
    while True:
        start = file.tell()
        head = file.read(_HEAD.size)
        body = b""
        if len(head) == _HEAD.size:
            length, check = _HEAD.unpack(head)
            body = file.read(length)
            if len(body) == length >= _KEY_BYTES and zlib.crc32(body) == check:
                found.append((body[:_KEY_BYTES], np.frombuffer(body[_KEY_BYTES:], dtype="<f8")))
                continue
        file.seek(start)
        file.truncate()
        return found
