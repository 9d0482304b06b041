"""Everything that one parameter set is simulated for: measurements, and findings as margins."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.infer.evidence import Constraint, Evidence
from smaclab.infer.looks import Looks, Unit
from smaclab.lab.bench import look_many
from smaclab.lab.estimates import with_values
from smaclab.lab.measurements import Measured
from smaclab.simulate.choose import sharing_rests

Array = NDArray[Any]

FINDINGS: Final = "claims"
REPEATS: Final = 3
"""How often an established finding was seen: "one of three experiments" is what papers say (assumed)."""
RTOL: Final = 1e-3
"""Local error of a step. At 1e-5, a quarter slower, log-likelihoods of sets differ by 0.01 or less."""
MEASURED: Final = 0.1
"""What all measurements cost, as a share of all findings: their few cells are looked at often."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What is expected to hold, judged by whoever knows it; inference sees margins only.

    ids: (finding,). judge: a catalogue, solver= -> (finding,) margins in tolerances, positive where it holds;
        with only=, some ids, those alone, in the order of `ids`.
    cells: how many cells one judgement simulates. about: whatever changes the margins' meaning, as text.
    units: what is judged together, with its cells; none: all at once.
    """

    ids: tuple[str, ...]
    judge: Callable[..., Array]
    cells: int
    about: str
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OneSet:
    """What to simulate. Goes to other processes, as a local function cannot."""

    known: Catalogue
    measured: Sequence[Measured]
    experiments: Sequence[Experiment]
    findings: Findings | None

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Measurements, then findings."""
        names = self.findings.ids if self.findings is not None else ()
        findings = [Constraint(id=one, dataset=FINDINGS, repeats=REPEATS) for one in names]
        return [*(one.evidence for one in self.measured), *findings]

    @property
    def units(self) -> tuple[Unit, ...]:
        """Measurements together, and findings as they say."""
        if self.findings is None or not self.findings.units or not self.measured:
            return ()
        measured = frozenset(one.evidence.id for one in self.measured)
        return (Unit(evidence=measured, cost=MEASURED * self.findings.cells), *self.findings.units)

    @cached_property
    def _place(self) -> dict[str, slice]:
        ends = np.cumsum([one.size for one in self.evidence])
        return {one.id: slice(end - one.size, end) for one, end in zip(self.evidence, ends, strict=True)}

    def __call__(self, asked: tuple[Mapping[str, float], Looks | None]) -> Array:
        """(number,): predictions of the measurements, then margins; all NaN if nothing can be simulated.

        asked: values by name, and when to stop looking, for one set; what nobody looked at is NaN.
        """
        values, looks = asked
        changed = with_values(self.known, values)
        solver = sharing_rests(rtol=RTOL)  # measurements and findings look at the same cells
        row = np.full(sum(one.size for one in self.evidence), np.nan)
        groups = (frozenset(self._place),) if looks is None else looks.groups
        try:
            for number, ids in enumerate(groups):
                for name, found in self._simulated(ids, changed, solver):
                    row[self._place[name]] = found
                if looks is not None and not self._likely(row, ids & looks.fitted) >= looks.floors[0, number]:
                    break
        except SimulationError:
            # A set that cannot be planned or solved at all is unknown, never likely.
            row[:] = np.nan
        return row

    def _simulated(self, ids: frozenset[str], changed: Catalogue, solver: Any) -> Iterator[tuple[str, Any]]:
        chosen = [place for place, one in enumerate(self.measured) if one.evidence.id in ids]
        if chosen:
            looks = look_many([self.experiments[place] for place in chosen], catalogue=changed, solver=solver)
            for place in chosen:
                yield self.measured[place].evidence.id, self.measured[place].predicted(looks)
        if self.findings is None:
            return
        names = [one for one in self.findings.ids if one in ids]
        if len(names) == len(self.findings.ids):
            yield from zip(names, self.findings.judge(changed, solver=solver), strict=True)
        elif names:
            yield from zip(names, self.findings.judge(changed, solver=solver, only=names), strict=True)

    def _likely(self, row: Array, ids: frozenset[str]) -> float:
        return sum(
            float(one.log_likelihood(row[None, self._place[one.id]])[0])
            for one in self.evidence
            if one.id in ids
        )
