"""SBML is read in a process of its own, which may crash, hang or eat memory: here that is a letter.

The parent never imports libSBML.  A child starts without the environment's Python paths and without the
folder it is started in; it gets the place of this package and of libSBML by name, so that a checkout, an
installed package and an installation for one user all work.
"""

import contextlib
import importlib.util
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Any

import smaclab
from smaclab.errors import SbmlError, shown
from smaclab.network.sbml.answer import checked
from smaclab.network.sbml.guard import scan, without_mark
from smaclab.network.sbml.limit import ANSWER_S
from smaclab.network.sbml.serve import HEADER

Plain = dict[str, Any]

CHILDS_SHARE = 0.8  # of the time for a file; the rest is for what is built from the answer
SECONDS = CHILDS_SHARE * ANSWER_S
MEMORY = "2 GiB"
MOST_ANSWER = 64 * 1024**2  # bytes; a file of 1.1 MB with 500 species answers with a third of that
_UNITS = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
# Its own places come behind the standard library's, which no file beside a model may replace. The packages
# are made empty: what they import otherwise, NumPy and SciPy, takes longer than libSBML and reads nothing.
_START = """
import importlib, os, sys, types
n = sum("site-packages" not in p for p in sys.path)
sys.path[n:n] = sys.argv[4:]
for name in ("smaclab", "smaclab.network", "smaclab.network.sbml", sys.argv[3].rpartition(".")[0]):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [os.path.join(sys.argv[4], *name.split("."))]
importlib.import_module(sys.argv[3]).main(float(sys.argv[1]), int(sys.argv[2]))
"""
_READER = "smaclab.network.sbml.serve"


def parse_in_child(data: bytes, *, seconds: float = SECONDS, memory: str = MEMORY) -> Plain:
    """What an SBML file says, read by libSBML in another process.

    Args:
        data: the file.
        seconds: the longest it may take, s; the scan and the start of the process count.
        memory: the most it may take, such as "2 GiB"; not limited on Windows and macOS.

    Returns:
        {"model": the model as plain data}, as `answer.checked` says.

    Raises:
        SbmlError: the file is refused by `guard.scan` or by the reader; or the reader died, hung, ran out of
            memory or answered with no model.
    """
    with Child(seconds=seconds, memory=memory) as child:
        return child.parse(data)


class Child:
    """A reader's process.  It serves file after file and is replaced when it dies; one thread at a time."""

    def __init__(
        self, *, seconds: float = SECONDS, memory: str = MEMORY, command: Sequence[str] | None = None
    ) -> None:
        self.seconds = seconds
        self.memory = memory
        self.command = command
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def parse(self, data: bytes) -> Plain:
        """The model of one file; `parse_in_child` says what is raised."""
        until_s = monotonic() + self.seconds
        scan(data)
        return checked(self._answer(without_mark(data), until_s))

    def end(self) -> None:
        """Kill the process and all that it may have started."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _answer(self, data: bytes, until_s: float) -> bytes:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout
        answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # Both ends at once: a child that talks before it has heard everything would block us, and we it.
        threads = [_thread(lambda: _send(stdin, data)), _thread(lambda: answers.put(_receive(stdout)))]
        try:
            text = answers.get(timeout=max(until_s - monotonic(), 0.0))
        except queue.Empty:
            raise SbmlError(
                f"reading the SBML took longer than {self.seconds:g} s and was stopped. "
                f"It has {len(data):,} bytes; is it one model, without data?"
            ) from None
        else:
            if text is None:
                raise SbmlError(self._obituary(process, len(data)))
            threads.clear()
            return text
        finally:
            if threads:
                self.end()
            for thread in threads:
                thread.join()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self.starts += 1
            self._process = subprocess.Popen(
                self.command or command(self.seconds, self.memory),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Threads of a linear algebra that is imported and never used would take address space.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                start_new_session=True,
            )
        return self._process

    def _obituary(self, process: subprocess.Popen[bytes], size: int) -> str:
        try:
            code = process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return f"the reader's process answered the file of {size:,} bytes with no message; was it cut?"
        if os.name == "posix" and code < 0:
            name = signal.Signals(-code).name if -code in list(signal.Signals) else str(-code)
            if name == "SIGXCPU":
                return f"reading the SBML took more than {self.seconds:g} s of CPU time and was stopped."
            how = f"crashed ({name})"
        else:
            how = f"ended with code {code}"
        return (
            f"the reader's process {how} on this file of {size:,} bytes; nothing else is harmed. It may take "
            f"more than {self.memory} of memory, or not be SBML as a validator understands it."
        )


def command(seconds: float = SECONDS, memory: str = MEMORY, module: str = _READER) -> list[str]:
    """What starts a reader's process.

    Args:
        seconds: CPU time for a file.
        memory: its address space, such as "2 GiB".
        module: of this package, whose `main(seconds, bytes)` answers; what its package imports is left out.

    Raises:
        SbmlError: there is no libSBML, or `memory` is not understood.
    """
    library = importlib.util.find_spec("libsbml")
    if library is None or not library.origin:
        raise SbmlError(
            f"reading SBML needs python-libsbml, which {sys.executable} does not have: "
            'pip install "smaclab[sbml]".'
        )
    origin = Path(library.origin)
    places = [Path(str(smaclab.__file__)).parents[1], origin.parents[1 if origin.stem == "__init__" else 0]]
    return [
        sys.executable, "-I", "-c", _START, repr(seconds), str(_bytes(memory)), module,
        *map(str, dict.fromkeys(places)),
    ]  # fmt: skip


def _bytes(memory: str) -> int:
    number, _, unit = memory.partition(" ")
    if unit not in _UNITS or not number.isdecimal() or int(number) == 0:
        raise SbmlError(
            f"memory {shown(memory)} is not understood; write a number and a unit: 512 MiB, 2 GiB."
        )
    return int(number) * _UNITS[unit]


def _thread(what: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=what, daemon=True)
    thread.start()
    return thread


def _send(pipe: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):  # it died before it had heard all; the receiver tells
        pipe.write(len(data).to_bytes(HEADER, "little"))
        pipe.write(data)
        pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """One message; None where it is cut, too long, or never comes."""
    with contextlib.suppress(OSError, ValueError):
        header = pipe.read(HEADER)
        size = int.from_bytes(header, "little")
        if len(header) == HEADER and size <= MOST_ANSWER:
            text = pipe.read(size)
            return text if len(text) == size else None
    return None
