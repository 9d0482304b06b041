"""Compiled programs of this process, with what it cost to make them, nothing on disk."""

import time

from smaclab.kernel.native import Program, Real, compile_program, program_key
from smaclab.network.network import Network

_PROGRAMS: dict[tuple[str, Real], tuple[Program, float]] = {}


def program(network: Network, real: Real = "double") -> tuple[Program, float]:
    """The program of a network, and the CPU seconds from the network to machine code.

    Args:
        network: what is solved.
        real: how counts are held.
    """
    key = (program_key(network), real)
    if key not in _PROGRAMS:
        start = time.process_time()
        made = compile_program(network, precision=real, keep=False)
        _PROGRAMS[key] = (made, time.process_time() - start)
    return _PROGRAMS[key]
