"""One number of one experiment: a readout at a time, its highest or lowest, or when it gets somewhere."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from smaclab.analysis.half_time import half_time_h
from smaclab.analysis.seen import Array, Seen
from smaclab.errors import SmaclabError

Pick = Literal["at", "highest", "lowest", "half_rise", "half_fall", "peak_time"]
TIMES: tuple[Pick, ...] = ("half_rise", "half_fall", "peak_time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What is read off.

    readout: by the catalogue's own name.
    experiment: by the name that the claim gives it.
    pick: "at" the time; "highest" or "lowest" up to the time; "half_rise", "half_fall": the first time, h, at
        which the readout is half-way from its start to its highest (lowest) up to the time; "peak_time": when
        it is highest, h, between looks, too.
    time_h: h; inf: the end.
    floor: added to a value, in the readout's unit: what an instrument would see of nothing.
    """

    readout: str
    experiment: str
    pick: Pick = "at"
    time_h: float = np.inf
    floor: float = 0.0

    @property
    def is_time(self) -> bool:
        """Whether the number is a time, h."""
        return self.pick in TIMES

    def value(self, seen: Seen) -> float:
        """The number; NaN where no cell is known, inf for a time that does not come.

        Raises:
            SmaclabError: the readout was not looked at, or not at that time.
        """
        time_h, curve = seen.time_h[self.experiment], seen.typical(self.experiment, self.readout)
        if self.pick == "at":
            return float(curve[self._place(time_h)]) + self.floor
        until = time_h <= self.time_h * (1 + 1e-9)
        time_h, curve = time_h[until], curve[until]
        if not np.isfinite(curve).all():
            return float("nan")
        if self.pick in ("highest", "lowest"):
            extreme = curve.max() if self.pick == "highest" else curve.min()
            return float(extreme) + self.floor
        if self.pick == "peak_time":
            return _peak_time_h(time_h, curve)
        return half_time_h(time_h, curve, rises=self.pick == "half_rise")

    def elsewhere(self, **changed: object) -> "Quantity":
        """The same, with another experiment, readout or time."""
        return replace(self, **changed)  # type: ignore[arg-type]

    def words(self) -> str:
        """As a sentence says it."""
        until = "" if np.isinf(self.time_h) else f" to {_show_h(self.time_h)}"
        when = "at the end" if np.isinf(self.time_h) else f"at {_show_h(self.time_h)}"
        said = {
            "at": f"{self.readout} {when}",
            "highest": f"highest {self.readout}{until}",
            "lowest": f"lowest {self.readout}{until}",
            "half_rise": f"time of half the rise of {self.readout}{until}",
            "half_fall": f"time of half the fall of {self.readout}{until}",
            "peak_time": f"time of the peak of {self.readout}{until}",
        }[self.pick]
        return f"{said} in {self.experiment}"

    def _place(self, time_h: Array) -> int:
        if np.isinf(self.time_h):
            return len(time_h) - 1
        place = int(np.argmin(np.abs(time_h - self.time_h)))
        if abs(time_h[place] - self.time_h) > 1e-6 * max(1.0, self.time_h):
            raise SmaclabError(
                f"{self.readout} of {self.experiment} is not looked at {self.time_h:g} h after the start. "
                "Name a time at which the experiment is sampled."
            )
        return place


def _peak_time_h(time_h: Array, curve: Array) -> float:
    """When it is highest, between looks: the top of the parabola through the highest three, if it has one."""
    top = int(np.argmax(curve))
    if top in (0, len(curve) - 1):
        return float(time_h[top])
    before, after = time_h[top] - time_h[top - 1], time_h[top + 1] - time_h[top]
    rise, fall = curve[top] - curve[top - 1], curve[top] - curve[top + 1]
    curved = rise * after + fall * before
    if curved <= 0.0:
        return float(time_h[top])
    return float(time_h[top] + 0.5 * (rise * after**2 - fall * before**2) / curved)


def _show_h(time_h: float) -> str:
    return f"{time_h * 60:.3g} min" if time_h < 1 else f"{time_h:.3g} h"
