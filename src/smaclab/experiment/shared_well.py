"""A well whose cells share their medium: how much of it there is, who is in it, when it is changed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.real import is_finite, is_whole

PL_PER_UL = 1e6
MOST_DOUBLINGS = 5  # from 3 % to all of what a well can hold
WHOLE = 1e-9  # how far proportions may be from their sum by rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateFormat:
    """A well of a common plate.

    volume_ul: of medium; a round number, chosen. area_cm2, cells: growth area and cells at seeding. source:
        of these, and whether it was seen.
    """

    wells: int
    volume_ul: float
    area_cm2: float
    cells: int
    source: str


_SEEN = "Area and cells at seeding (HeLa): Fisher Scientific, Cell Culture Dishes FAQ (seen). Volume: "
_NEST = "chosen within what NEST recommends for its 6-well plate, 1.9 to 2.9 ml on 9.5 cm2 (a vendor's list)."
_CORNING = (
    "chosen within Corning's 0.38 to 0.57 ml on 1.9 cm2 (application note CLS-AN-209, as quoted in a public "
    "table of sources)."
)
FORMATS: Final[Mapping[int, PlateFormat]] = {
    one.wells: one
    for one in (
        PlateFormat(wells=6, volume_ul=2000.0, area_cm2=9.6, cells=300_000, source=_SEEN + _NEST),
        PlateFormat(wells=12, volume_ul=1000.0, area_cm2=3.5, cells=100_000, source=_SEEN + "assumed."),
        PlateFormat(wells=24, volume_ul=500.0, area_cm2=1.9, cells=50_000, source=_SEEN + _CORNING),
        PlateFormat(wells=48, volume_ul=300.0, area_cm2=1.1, cells=30_000, source=_SEEN + "assumed."),
        PlateFormat(wells=96, volume_ul=100.0, area_cm2=0.32, cells=10_000, source=_SEEN + "assumed."),
        PlateFormat(
            wells=384, volume_ul=50.0, area_cm2=0.056, cells=1_750,
            source="Area: 0.056 to 0.06 cm2 by Corning's note CLS-AN-209, as a public text quotes it "
            "(the note itself was not seen). Volume: assumed, below the 112 ul that such a well holds "
            "(Corning, in Opentrons' labware definition). Cells: derived, the density of a 96-well plate.",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumChange:
    """At `at_s` a fraction of the medium is taken away and replaced by as much.

    What comes is fresh, or the supernatant of another experiment (`donor`), taken at `taken_s` (its end where
    None). A dose from the same moment is given after the change.

    donor: An experiment, with or without a well; or the path of its file, which the door reads.
    """

    at_s: float
    fraction: float = 1.0
    donor: Any = None
    taken_s: float | None = None

    def __post_init__(self) -> None:
        if not (is_finite(self.at_s) and self.at_s >= 0):
            raise ExperimentError(f"a change of medium at {shown(self.at_s)} s. It is at 0 or later.")
        if not (is_finite(self.fraction) and 0 < self.fraction <= 1):
            raise ExperimentError(
                f"a change of medium by the fraction {shown(self.fraction)}. It is above 0 and at most 1."
            )
        if self.taken_s is not None and not (is_finite(self.taken_s) and self.taken_s >= 0):
            raise ExperimentError(f"a supernatant taken at {shown(self.taken_s)} s. It is at 0 or later.")
        if self.donor is None and self.taken_s is not None:
            raise ExperimentError(
                f"a supernatant is taken at {shown(self.taken_s)} s, but there is no donor. Name it, or "
                "leave the time out."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWell:
    """One well.

    volume_ul: of medium. cell_number: really in it; an experiment simulates some of them, who stand for all.
    others: (cell line, fraction of the cells) beside the experiment's own line, which is the rest.
    together_s: how long the lines have shared the medium at time 0; before that each rested in its own.
    changes: of medium, in order of time.
    grows: whether cells that live divide, from time 0 on.
    doubling_s: in which time their number doubles, and they dilute what they hold; None: each line's own.
    """

    volume_ul: float
    cell_number: int
    others: tuple[tuple[str, float], ...] = ()
    together_s: float = 0.0
    changes: tuple[MediumChange, ...] = ()
    grows: bool = False
    doubling_s: float | None = None

    def __post_init__(self) -> None:
        if not (is_finite(self.volume_ul) and self.volume_ul > 0):
            raise ExperimentError(f"a well of {shown(self.volume_ul)} ul. It is a number above 0.")
        if not is_whole(self.cell_number) or self.cell_number < 1:
            raise ExperimentError(
                f"a well with {shown(self.cell_number)} cells. It is a whole number, 1 or more."
            )
        if not (is_finite(self.together_s) and self.together_s >= 0):
            raise ExperimentError(f"together for {shown(self.together_s)} s. It is a time, 0 or more.")
        if self.doubling_s is not None and not (is_finite(self.doubling_s) and self.doubling_s > 0):
            raise ExperimentError(f"cells that double in {shown(self.doubling_s)} s. It is a time above 0.")
        if self.doubling_s is not None and not self.grows:
            raise ExperimentError(
                f"cells that double in {shown(self.doubling_s)} s in a well that does not grow. Let it grow, "
                "or leave the time out."
            )
        for line, fraction in self.others:
            if not (is_finite(fraction) and 0 <= fraction <= 1):
                raise ExperimentError(f"{line}: a fraction of {shown(fraction)}. It is from 0 to 1.")
        if math.fsum(fraction for _, fraction in self.others) > 1 + WHOLE:
            total = math.fsum(fraction for _, fraction in self.others)
            raise ExperimentError(f"the other lines are {total:g} of the cells. Together they are at most 1.")
        times = [one.at_s for one in self.changes]
        if sorted(set(times)) != times:
            raise ExperimentError(
                f"medium is changed at {shown(times)} s. Changes stand in order of time, one at a time."
            )

    @property
    def share_pl(self) -> float:
        """The medium of one cell, pl."""
        return self.volume_ul * PL_PER_UL / self.cell_number

    def lines(self, own: str, cells: int) -> tuple[tuple[str, int], ...]:
        """(cell line, how many of the simulated cells); none of a line whose fraction is 0.

        Args:
            own: The experiment's line, which is the rest.
            cells: All simulated cells.
        """
        rest = 1.0 - math.fsum(fraction for _, fraction in self.others)
        wanted = [(own, max(rest, 0.0) * cells), *((line, part * cells) for line, part in self.others)]
        counts = [int(part + WHOLE) for _, part in wanted]
        left = cells - sum(counts)
        # Who lacks the most gets the cells that rounding left over, the first named where several do.
        order = sorted(range(len(wanted)), key=lambda one: counts[one] - wanted[one][1])
        for place in order[:left]:
            counts[place] += 1
        return tuple((line, count) for (line, _), count in zip(wanted, counts, strict=True) if count)
