"""More together than apart? Synergy of every matrix of two drugs of a run. A plate is a seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.dose_series import MatrixMembers, drug_matrices
from smaclab.analysis.drug_matrix import DrugMatrix
from smaclab.analysis.synergy import MODELS, Synergy, synergy_of
from smaclab.errors import ExperimentError
from smaclab.lab.endpoint_values import ALIVE, label_of, own_name, time_of, values_at, with_ends
from smaclab.lab.shown import Shown
from smaclab.report.dose_matrix import dose_matrix
from smaclab.report.sections import Material
from smaclab.report.synergy_map import synergy_map
from smaclab.report.words import hours, table_unit, treatment


@final
@dataclass(frozen=True, kw_only=True, repr=False)
class Synergies(Shown):
    """What models of synergy say of every matrix of two drugs, by the fraction of cells that died.

    at_h: when, h; None: at the end.
    members: the matrices' experiments.
    alive: a matrix, (seed, row, column): the fraction alive.
    found: a matrix -> model -> what it says.
    """

    at_h: float | None
    members: tuple[MatrixMembers, ...]
    alive: tuple[np.ndarray, ...]
    found: tuple[Mapping[str, Synergy], ...]

    def table(self) -> pd.DataFrame:
        """A row a matrix and model: the mean excess over wells with both drugs, in percentage points."""
        rows = []
        for one, models in zip(self.members, self.found, strict=True):
            for model, seen in models.items():
                rows.append(
                    {
                        "cell_line": one.beside.cell_line,
                        "first": one.drugs[0],
                        "second": one.drugs[1],
                        "beside": treatment(one.beside),
                        "time_h": time_of(one.beside, self.at_h),
                        "model": model,
                        "plates": seen.matrix.plates,
                        **{name: 100.0 * end for name, end in with_ends("score", seen.score).items()},
                    }
                )
        return pd.DataFrame(rows)

    def wells(self) -> pd.DataFrame:
        """A row a well: doses, the percentage alive (mean over seeds), and every model's excess in points.

        Doses stand in nM, and in ng/ml where a person typed them by mass.
        """
        parts = []
        for one, alive, models in zip(self.members, self.alive, self.found, strict=True):
            first, second = np.meshgrid(*(np.array(each) for each in one.doses_nM), indexing="ij")
            columns = {
                "cell_line": one.beside.cell_line,
                "beside": treatment(one.beside),
                "first": one.drugs[0],
                "second": one.drugs[1],
                "first_nM": first.ravel(),
                "second_nM": second.ravel(),
                **own_doses("first", first.ravel(), one.typed_g_per_mol[0]),
                **own_doses("second", second.ravel(), one.typed_g_per_mol[1]),
                "alive_percent": 100.0 * mean_of_seeds(alive).ravel(),
            }
            columns |= {f"{model}_excess": 100.0 * seen.excess.ravel() for model, seen in models.items()}
            parts.append(pd.DataFrame(columns))
        return pd.concat(parts, ignore_index=True)

    def matrix_title(self, number: int = 0) -> str:
        """What stands over a matrix: cells alive, when, and where."""
        beside = self.members[number].beside
        when = hours(beside.duration_s if self.at_h is None else 3600.0 * self.at_h)
        return f"Cells alive (%) after {when}, {label_of(beside)}"

    def matrix(self, *, number: int = 0, width_inches: float = 5.0) -> Figure:
        """The percentage of cells alive in every well, the mean over seeds.

        Args:
            number: which matrix, in the order of `members`.
            width_inches: of the figure.
        """
        one = self.members[number]
        first, second = (np.array(each) for each in one.doses_nM)
        return dose_matrix(
            mean_of_seeds(self.alive[number]),
            one.drugs,
            (first, second),
            title=self.matrix_title(number),
            width_inches=width_inches,
            g_per_mol=one.typed_g_per_mol,
        )

    def figure(self, model: str = "Bliss", *, number: int = 0, width_inches: float = 5.0) -> Figure:
        """The map of one model.

        Args:
            model: one of those asked for.
            number: which matrix, in the order of `members`.
            width_inches: of the figure.

        Raises:
            ExperimentError: the model was not asked for.
        """
        name = own_name("model of synergy", model, list(self.found[number]), where="this synergy")
        title = f"Beyond {name}, {label_of(self.members[number].beside)}"
        masses = self.members[number].typed_g_per_mol
        return synergy_map(self.found[number][name], title=title, width_inches=width_inches, g_per_mol=masses)


def synergies(material: Material, *, model: str | None = None, at_h: float | None = None) -> Synergies:
    """Synergy of every matrix of a run.

    Args:
        material: the run.
        model: one of `MODELS`; all by default.
        at_h: h; the end by default.

    Raises:
        ExperimentError: no matrix, or no such model.
    """
    members = drug_matrices(material.experiments)
    if not members:
        raise ExperimentError(
            f"{len(material.experiments)} experiments and no matrix: every combination of 0 and two doses or "
            "more of each of two drugs, and all else equal. Name both drugs in [grid]."
        )
    names = list(MODELS) if model is None else [own_name("model of synergy", model, list(MODELS), where="")]
    fractions = values_at(material, ALIVE, at_h) / 100.0
    alive = tuple(_matrix(one, fractions) for one in members)
    found = []
    for one, values in zip(members, alive, strict=True):
        control = values[:, :1, :1]
        with np.errstate(invalid="ignore", divide="ignore"):
            effect = np.where(control > 0, 1.0 - values / control, np.nan)
        first, second = (np.array(each) for each in one.doses_nM)
        matrix = DrugMatrix(drugs=one.drugs, first_nM=first, second_nM=second, effect=effect)
        found.append({name: synergy_of(matrix, name) for name in names})
    return Synergies(at_h=at_h, members=members, alive=alive, found=tuple(found))


def own_doses(which: str, doses_nM: np.ndarray, g_per_mol: float | None) -> dict[str, object]:
    """Two columns: doses (well,) in nM, or in ng/ml where a person typed them by mass; and the unit."""
    factor, unit = table_unit(g_per_mol)
    # Typed 10 ng/ml must not come back as 9.99999999.
    return {f"{which}_dose": [float(f"{dose / factor:.9g}") for dose in doses_nM], f"{which}_unit": unit}


def mean_of_seeds(alive: np.ndarray) -> np.ndarray:
    """(row, column): the mean over seeds (seed, row, column) in which a well is known; NaN where in none."""
    known = ~np.isnan(alive)
    total, count = np.where(known, alive, 0.0).sum(axis=0), known.sum(axis=0)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def _matrix(one: MatrixMembers, values: np.ndarray) -> np.ndarray:
    """(seed, row, column) of `values` (experiment,); NaN where a seed has not that well."""
    shape = (len(one.seeds), len(one.doses_nM[0]), len(one.doses_nM[1]))
    matrix = np.full(shape, np.nan)
    for (first, second, seed), index in one.members.items():
        place = one.seeds.index(seed), one.doses_nM[0].index(first), one.doses_nM[1].index(second)
        matrix[place] = values[index]
    return matrix
