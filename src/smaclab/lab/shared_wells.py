"""Wells whose cells share their medium: who died of what and when, and what was in the medium."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smaclab.analysis.courses import replicate_groups
from smaclab.analysis.replicates import mean_estimate
from smaclab.errors import ExperimentError
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.lab.endpoint_values import own_name
from smaclab.network.network import Network
from smaclab.report.page import Table
from smaclab.report.tables import percent
from smaclab.simulate.schedule import MOLECULES_PER_NM_PL
from smaclab.simulate.status import Status
from smaclab.simulate.well import WellCourse
from smaclab.simulate.well_growth import cell_numbers
from smaclab.simulate.well_plan import lines_of

Array = NDArray[Any]


@final
@dataclass(frozen=True, kw_only=True)
class SharedWells:
    """The wells of a run.

    experiments: those with a well. courses: experiment id -> what happened. inputs: what can be in the medium
    -> the species' name. g_per_mol: molar masses, by input, where they are known.
    """

    experiments: tuple[Experiment, ...]
    courses: Mapping[str, WellCourse]
    inputs: Mapping[str, str]
    g_per_mol: Mapping[str, float]

    def table(self) -> pd.DataFrame:
        """A row a well and cell line: cells, failed, dead (fraction), kinds of death, median death (h).

        `dead` is of the known cells, NaN where none is known; `median_death_h` is inf where fewer than half
        died.
        """
        return pd.DataFrame([row for one in self.experiments for row in self._rows(one)])

    def fractional_killing(self) -> pd.DataFrame:
        """The fraction dead of every line, over wells that differ only in their seed.

        Mean and its 95 % interval by Student's t over wells, cut at 0 and 1; NaN ends with one well.
        """
        rows = []
        for group in replicate_groups(self.experiments):
            wells = [self.experiments[index] for index in group]
            by_line = pd.DataFrame([row for one in wells for row in self._rows(one)])
            for line, part in by_line.groupby("cell_line", sort=False):
                seen = mean_estimate(part["dead"].to_numpy(float))
                rows.append(
                    {
                        "experiment": wells[0].id,
                        "cell_line": line,
                        "wells": int(part["dead"].notna().sum()),
                        "dead": seen.value,
                        "dead_low": np.clip(seen.low, 0.0, 1.0),
                        "dead_high": np.clip(seen.high, 0.0, 1.0),
                    }
                )
        return pd.DataFrame(rows)

    def cells(self) -> pd.DataFrame:
        """A row a cell: its line, its number in the line, time of death (h), kind of death, status.

        `death_h` is inf for a cell alive at the end and NaN for one that failed.
        """
        parts = []
        for one in self.experiments:
            course = self.courses[one.id]
            lines = np.array([line for line, _ in lines_of(one)])
            parts.append(
                pd.DataFrame(
                    {
                        "experiment": one.id,
                        "cell_line": lines[course.member],
                        "cell": course.cell,
                        "death_h": course.death_time_s / 3600.0,
                        "kind": course.death_kind,
                        "status": [Status(int(number)).name for number in course.status],
                    }
                )
            )
        return pd.concat(parts, ignore_index=True)

    def medium(self, experiment: str | None = None) -> pd.DataFrame:
        """What is in the medium, free: experiment, species, time (h), nM, and pg/ml where a mass is known.

        Args:
            experiment: Only this one's.

        Raises:
            ExperimentError: no such experiment.
        """
        wanted = self.experiments
        if experiment is not None:
            name = own_name("experiment", experiment, list(self.courses), where="the wells")
            wanted = tuple(one for one in wanted if one.id == name)
        parts = []
        for one in wanted:
            course = self.courses[one.id]
            for slot, species in self.inputs.items():
                amount_nM = course.of(species) / (one.medium_volume_pl * MOLECULES_PER_NM_PL)
                if not np.any(amount_nM > 0):
                    continue
                table = {
                    "experiment": one.id,
                    "species": slot,
                    "time": course.time_s / 3600.0,
                    "nM": amount_nM,
                }
                # 1 nM of 1 g/mol is 1 pg/ml.
                parts.append(
                    pd.DataFrame({**table, "pg_per_ml": amount_nM * self.g_per_mol.get(slot, np.nan)})
                )
        columns = ["experiment", "species", "time", "nM", "pg_per_ml"]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)

    def numbers(self) -> pd.DataFrame:
        """How the number of cells changes: a row a well, line and time (h).

        `alive` and `dead` are multiples of the line's cells at the start; `fraction_alive` is of all that
        were made up to then, `relative` is the living beside a well in which none dies, as a viability assay
        has it. NaN where no cell of the line is known. `doubling_h` is inf where a well does not grow.
        """
        parts = []
        for one in self.experiments:
            course = self.courses[one.id]
            found = cell_numbers(course)
            for number, (line, _) in enumerate(lines_of(one)):
                table = {
                    "experiment": one.id,
                    "cell_line": line,
                    "doubling_h": course.doubling_s[number] / 3600.0,
                    "time": found.time_s / 3600.0,
                    "alive": found.alive[:, number],
                    "dead": found.dead[:, number],
                    "fraction_alive": found.fraction_alive[:, number],
                    "relative": found.relative[:, number],
                }
                parts.append(pd.DataFrame(table))
        return pd.concat(parts, ignore_index=True)

    def growth(self) -> Table | None:
        """Numbers at the last look of the wells that grow, as text; None where none does."""
        table = self.numbers()
        last = table[np.isfinite(table["doubling_h"])].groupby(["experiment", "cell_line"], sort=False).last()
        if not len(last):
            return None
        rows = tuple(
            (
                str(one["experiment"]),
                str(one["cell_line"]),
                f"{one['doubling_h']:.3g} h",
                f"{one['alive']:.3g}",
                percent(one["fraction_alive"]),
                percent(one["relative"]),
            )
            for one in last.reset_index().to_dict("records")
        )
        return Table(
            caption="Wells that grow, at the last look: cells alive", rows=rows,
            header=("well", "cell line", "doubling time", "for each at the start", "of all that were made",
                    "of an undisturbed well"),
        )  # fmt: skip

    def shown(self) -> Table:
        """Fractional killing, as text."""
        rows = []
        for one in self.fractional_killing().to_dict("records"):
            reach = (
                f" ({percent(one['dead_low'])} to {percent(one['dead_high'])})" if one["wells"] > 1 else ""
            )
            rows.append(
                (
                    str(one["experiment"]),
                    str(one["cell_line"]),
                    str(one["wells"]),
                    percent(one["dead"]) + reach,
                )
            )
        return Table(
            caption="Wells whose cells share their medium", rows=tuple(rows),
            header=("well", "cell line", "wells", "dead at the end (95 % interval over wells)"),
        )  # fmt: skip

    def files(self) -> dict[str, str]:
        """File name -> text."""
        tables = {
            "wells.csv": self.table(),
            "fractional_killing.csv": self.fractional_killing(),
            "cells.csv": self.cells(),
            "medium.csv": self.medium(),
        }
        if self.growth() is not None:
            tables["cell_numbers.csv"] = self.numbers()
        return {
            name: str(table.to_csv(index=False, na_rep="NaN", lineterminator="\n", float_format="%.6g"))
            for name, table in tables.items()
        }

    def _rows(self, one: Experiment) -> list[dict[str, object]]:
        course = self.courses[one.id]
        kinds = sorted({str(kind) for course in self.courses.values() for kind in course.death_kind if kind})
        rows = []
        for number, (line, _) in enumerate(lines_of(one)):
            death_s = course.death_time_s[course.member == number]
            kind = course.death_kind[course.member == number]
            known = ~np.isnan(death_s)
            row: dict[str, object] = {
                "experiment": one.id,
                "cell_line": line,
                "cells": len(death_s),
                "failed": int(np.sum(~known)),
                "dead": float(np.mean(np.isfinite(death_s[known]))) if known.any() else np.nan,
                "median_death_h": float(np.median(death_s[known])) / 3600.0 if known.any() else np.nan,
                "medium_pl_per_cell": one.medium_volume_pl,
            }
            rows.append(row | {f"dead_of_{name}": int(np.sum(kind == name)) for name in kinds})
        return rows


def shared_wells(
    experiments: Sequence[Experiment],
    courses: Mapping[str, WellCourse],
    network: Network,
    catalogue: Catalogue,
) -> SharedWells | None:
    """The wells of a run; None where it has none.

    Raises:
        ExperimentError: a well without its course.
    """
    wells = tuple(one for one in experiments if one.well is not None)
    if not wells:
        return None
    lacking = [one.id for one in wells if one.id not in courses]
    if lacking:
        raise ExperimentError(f"{', '.join(lacking)}: a well that was not simulated.")
    masses = {
        drug.enters: drug.molar_mass_g_per_mol
        for drug in reversed(catalogue.drugs)
        if drug.enters is not None and drug.molar_mass_g_per_mol is not None
    }
    # A slot that several drugs enter has the mass of none of them.
    entering = [drug.enters for drug in catalogue.drugs if drug.enters is not None]
    return SharedWells(
        experiments=wells,
        courses=courses,
        inputs={slot: network.species[place].name for slot, place in network.inputs.items()},
        g_per_mol={slot: mass for slot, mass in masses.items() if entering.count(slot) == 1},
    )
