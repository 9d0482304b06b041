"""libRoadRunner as the peer: CVODE on compiled code, one cell at a time, at its usual tolerances."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.case import Case

Array = NDArray[Any]
RTOL = ATOL = 1e-6


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a solver gives for a case. values: (cell, time, observable); NaN where a cell failed."""

    values: Array
    cpu_s: float
    steps: int = 0
    codegen_s: float = 0.0


class Peer:
    """A case in libRoadRunner, compiled once; cells differ in what is set before each solve."""

    def __init__(self, case: Case, rtol: float = RTOL, atol: float = ATOL) -> None:
        import roadrunner

        start = time.process_time()
        self.runner = roadrunner.RoadRunner(case.sbml())
        self.codegen_s = time.process_time() - start
        self.version = str(roadrunner.__version__)
        self.case = case
        self.tolerate(rtol, atol)
        self.runner.integrator.maximum_num_steps = 1_000_000
        names, places = case.called, case.network.value_index
        self.runner.timeCourseSelections = [names[one] for one in case.observables]
        known = list(self.runner.model.getGlobalParameterIds())
        self.settable = np.array([known.index(names[one]) for one in case.set_values], dtype=np.int32)
        self.set_places = [places[one] for one in case.set_values]
        floating = list(self.runner.model.getFloatingSpeciesIds())
        place = {identifier: index for index, identifier in enumerate(case.called_species)}
        self.order = np.array([place[identifier] for identifier in floating])
        self.times = [0.0, *case.time_s.tolist()]

    def tolerate(self, rtol: float, atol: float) -> None:
        """From now on with these tolerances."""
        self.runner.integrator.relative_tolerance = rtol
        self.runner.integrator.absolute_tolerance = atol

    def solve(self, cells: range) -> Run:
        """These cells. Set-up of a cell (its numbers) counts as the peer's time, as in any campaign."""
        values = self.case.values()[:, self.set_places]
        counts = self.case.counts[:, self.order]
        found = np.full((len(cells), len(self.case.time_s), len(self.case.observables)), np.nan)
        start = time.process_time()
        for row, cell in enumerate(cells):
            self.runner.reset()
            if len(self.settable):
                self.runner.model.setGlobalParameterValues(self.settable, values[cell])
            self.runner.model.setFloatingSpeciesAmounts(counts[cell])
            try:
                found[row] = self.runner.simulate(times=self.times)[1:]
            except RuntimeError:  # CVODE gave up: this cell stays NaN
                continue
        return Run(values=found, cpu_s=time.process_time() - start, codegen_s=self.codegen_s)
