"""Stand-in: parses in this process."""

from typing import Any

from smaclab.network.sbml.extract import extract


def parse_in_child(data: bytes) -> dict[str, Any]:
    """What `extract` gives."""
    return extract(data)
