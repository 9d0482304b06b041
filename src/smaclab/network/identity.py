"""Which network this is: one number for everything that is compiled, and nothing that is only a value."""

import hashlib

from smaclab.network.network import Network
from smaclab.network.store import write


def identity(network: Network) -> str:
    """SHA-256 of the network's canonical text, in hexadecimal.

    Equal for networks that differ only in the order in which things were given; different after any change
    of a species, reaction, rate law, observable, unit or name. Parameter values are not part of a network,
    so a calibration does not change it.
    """
    return hashlib.sha256(write(network).encode()).hexdigest()
