"""What holds for the wells of a file where it says nothing: a cell line, and when they are read."""

from dataclasses import dataclass

from smaclab.errors import ExperimentError
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.find import own_name
from smaclab.experiment.read import LONGEST_S, SHORTEST_S
from smaclab.units import parse, show

READ_AT = "24 h"
"""When a well is read whose file does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """What holds where the file says nothing.

    cell_line: the catalogue's own name, or None: every well needs one.
    read_s: when a well without a time is looked at, s.
    """

    cell_line: str | None = None
    read_s: float = 86_400.0


def default_of(read_at: str, cell_line: str | None, catalogue: Catalogue) -> Default:
    """The default that a person typed.

    Args:
        read_at: A time with its unit, such as "24 h".
        cell_line: A name, or None.
        catalogue: What can be named.

    Raises:
        ExperimentError: one of the two is not understood.
    """
    try:
        read_s = parse(read_at, "time")
    except ExperimentError as error:
        raise ExperimentError(f"duration: {error}") from error
    if not SHORTEST_S <= read_s <= LONGEST_S:
        limits = f"{show(SHORTEST_S, 'time')} to {show(LONGEST_S, 'time')}"
        raise ExperimentError(f"duration {read_at!r} is not possible. It is {limits}.")
    if cell_line is None:
        return Default(read_s=read_s)
    own, letter = own_name("cell line", cell_line, catalogue)
    if own is None:
        raise ExperimentError(f"cell line: {letter}")
    return Default(cell_line=own, read_s=read_s)
