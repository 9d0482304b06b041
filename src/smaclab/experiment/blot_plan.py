"""What a `[blot]` table asks for: proteins, samples, and how long the film is exposed."""

from dataclasses import dataclass

from smaclab.experiment.antibody import LYSATE

EXPOSURES = ("short", "usual", "long")
DETECTORS = ("film", "imager")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlotPlan:
    """A blot as a file describes it.

    proteins: antibodies, from top to bottom.
    at: times, as text with units; (): the end.
    bait: of a pull-down; "": a lysate or fractions of it.
    fractions: what is loaded where there is no bait.
    exposure: "short", "usual", "long", or how many times the usual one.
    detector: "film" or "imager".
    """

    proteins: tuple[str, ...]
    at: tuple[str, ...] = ()
    bait: str = ""
    fractions: tuple[str, ...] = (LYSATE,)
    exposure: str | float = "usual"
    detector: str = "film"
