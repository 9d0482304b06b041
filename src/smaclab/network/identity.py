"""Which network this is: one number for everything that is compiled, and nothing that is only a value."""

import hashlib
import weakref

from smaclab.network.network import Network
from smaclab.network.store import write

# Every batch asks for it and the text takes a tenth of a second. Networks never change: each is asked once.
_KNOWN: dict[int, tuple[weakref.ref[Network], str]] = {}


def identity(network: Network) -> str:
    """SHA-256 of the network's canonical text, in hexadecimal.

    Equal for networks that differ only in the order in which things were given; different after any change
    of a species, reaction, rate law, observable, unit or name. Parameter values are not part of a network,
    so a calibration does not change it.
    """
    found = _KNOWN.get(id(network))
    if found is not None and found[0]() is network:  # the id of one that is gone may be given again
        return found[1]
    number = hashlib.sha256(write(network).encode()).hexdigest()
    for gone in [place for place, (there, _) in _KNOWN.items() if there() is None]:
        del _KNOWN[gone]
    _KNOWN[id(network)] = (weakref.ref(network), number)
    return number
