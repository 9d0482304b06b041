"""The other end of `child`: a process that reads SBML for somebody else and may die of it.

A message is its length, eight bytes, the lowest first, and then that many bytes.  A file comes in on standard
input, an answer in JSON goes out on what was standard output; what a library prints goes to standard error,
so that it cannot be taken for an answer.  It ends when its input does.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

Plain = dict[str, Any]

HEADER = 8  # bytes


def main(seconds: float, memory_bytes: int) -> None:
    """Answer files until there are no more.

    Args:
        seconds: CPU time for a file, where the system can limit it.
        memory_bytes: address space of the process, where the system can limit it.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit_memory(memory_bytes)
    # By name, so that this file stands without libSBML and what goes wrong in the import is an answer, too.
    read: Callable[[bytes], Plain] = importlib.import_module("smaclab.network.sbml.extract").extract
    answer_all(sys.stdin.buffer, answers, read, seconds)


def answer_all(files: BinaryIO, answers: BinaryIO, read: Callable[[bytes], Plain], seconds: float) -> None:
    """One answer a file, in their order."""
    while len(header := files.read(HEADER)) == HEADER:
        data = files.read(int.from_bytes(header, "little"))
        limit_time(seconds)
        text = answer(data, read)
        answers.write(len(text).to_bytes(HEADER, "little") + text)
        answers.flush()


def answer(data: bytes, read: Callable[[bytes], Plain]) -> bytes:
    """What a reader says of a file as JSON; {"failed": {"kind", "message"}} if it raises."""
    try:
        return json.dumps(read(data)).encode()
    except Exception as error:  # noqa: BLE001 - whatever it is, the process that asked must hear of it
        return json.dumps({"failed": {"kind": type(error).__name__, "message": str(error)[:500]}}).encode()


def limit_memory(memory_bytes: int) -> None:
    """From now on no more address space than this, where the system knows such a limit."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file behind
    except (ImportError, ValueError, OSError):
        return  # Windows has none, macOS may refuse it; the clock of the parent remains


def limit_time(seconds: float) -> None:
    """From now on this much more CPU time, where the system knows such a limit."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    except (ImportError, ValueError, OSError):
        return
