"""Which experiments are a series of doses, and which are a matrix of two drugs?

A series: experiments that differ in the concentration of one drug, and in nothing else but their seed. A
matrix: the same for two drugs. What differs only in its seed is a replicate: another draw of cells, as on
another plate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment

LEAST_DOSES = 3
"""Of a series, that without the drug among them; fewer make no curve."""

LEAST_GIVEN = 2
"""Doses above 0 of each drug of a matrix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseSeries:
    """One drug in rising doses.

    drug: its name.
    beside: an experiment of the series as it would be without the drug: line, partners, perturbations.
    members: (dose nM, index of the experiment), rising.
    typed_g_per_mol: of the drug, where all its doses were typed by mass; None: shown in molar units.
    """

    drug: str
    beside: Experiment
    members: tuple[tuple[float, int], ...]
    typed_g_per_mol: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixMembers:
    """Two drugs in all combinations.

    drugs: names.
    beside: an experiment of the matrix as it would be without both.
    doses_nM: rising from 0, of each drug.
    members: (dose of the first, of the second, seed) -> index of the experiment.
    typed_g_per_mol: of each drug, where all its doses were typed by mass; None: shown in molar units.
    """

    drugs: tuple[str, str]
    beside: Experiment
    doses_nM: tuple[tuple[float, ...], tuple[float, ...]]
    members: Mapping[tuple[float, float, int], int]
    typed_g_per_mol: tuple[float | None, float | None] = (None, None)

    @property
    def seeds(self) -> tuple[int, ...]:
        """One a plate."""
        return tuple(sorted({seed for _, _, seed in self.members}))


def dose_series(experiments: Sequence[Experiment]) -> tuple[DoseSeries, ...]:
    """All series of at least `LEAST_DOSES` doses, in the order of drugs, then of experiments."""
    found, all_else = [], _all_else(experiments)
    for drug in _drugs(experiments):
        for beside, members in _groups(experiments, all_else, (drug,)):
            rising = tuple(sorted((amounts[0], index) for amounts, index in members))
            if len({dose for dose, _ in rising}) >= LEAST_DOSES:
                mass = typed_mass(experiments, [index for _, index in rising], drug)
                found.append(DoseSeries(drug=drug, beside=beside, members=rising, typed_g_per_mol=mass))
    return tuple(found)


def drug_matrices(experiments: Sequence[Experiment]) -> tuple[MatrixMembers, ...]:
    """All matrices of two drugs with at least `LEAST_GIVEN` doses of each beside 0."""
    found, all_else = [], _all_else(experiments)
    drugs = _drugs(experiments)
    pairs = [(one, other) for place, one in enumerate(drugs) for other in drugs[place + 1 :]]
    for pair in pairs:
        for beside, members in _groups(experiments, all_else, pair):
            doses = tuple(tuple(sorted({amounts[side] for amounts, _ in members})) for side in (0, 1))
            if any(one[0] != 0.0 or len(one) <= LEAST_GIVEN for one in doses):
                continue
            named = {(amounts[0], amounts[1], experiments[index].seed): index for amounts, index in members}
            if all(
                (first, second) in {key[:2] for key in named} for first in doses[0] for second in doses[1]
            ):
                found.append(
                    MatrixMembers(
                        drugs=pair,
                        beside=beside,
                        doses_nM=(doses[0], doses[1]),
                        members=named,
                        typed_g_per_mol=(
                            typed_mass(experiments, [index for _, index in members], pair[0]),
                            typed_mass(experiments, [index for _, index in members], pair[1]),
                        ),
                    )
                )
    return tuple(found)


def typed_mass(experiments: Sequence[Experiment], members: Sequence[int], drug: str) -> float | None:
    """g/mol of a drug, where all its doses in these experiments were typed by mass; None: molar, or both."""
    doses = [
        dose for index in members for dose in experiments[index].doses if dose.drug == drug and dose.given
    ]
    masses = {dose.typed_g_per_mol for dose in doses}
    return masses.pop() if len(masses) == 1 else None


def _drugs(experiments: Sequence[Experiment]) -> list[str]:
    """Drugs that are given at a concentration somewhere, in the order in which they are named."""
    given = {dose.drug for one in experiments for dose in one.doses if dose.concentration_nM > 0}
    named = dict.fromkeys(dose.drug for one in experiments for dose in one.doses)
    return [drug for drug in named if drug in given]


def _groups(
    experiments: Sequence[Experiment], all_else: Sequence[str], drugs: Sequence[str]
) -> list[tuple[Experiment, list[tuple[tuple[float, ...], int]]]]:
    """Experiments that differ only in the amounts of these drugs and their seed: what is beside, members."""
    groups: dict[tuple[object, ...], tuple[Experiment, list[tuple[tuple[float, ...], int]]]] = {}
    for index, one in enumerate(experiments):
        own = [[dose for dose in one.doses if dose.drug == drug] for drug in drugs]
        if any(len(each) > 1 for each in own):  # two pulses of one drug are not one dose
            continue
        amounts = tuple(each[0].concentration_nM if each else 0.0 for each in own)
        others = tuple(dose for dose in one.doses if dose.drug not in drugs and dose.given)
        schedules = tuple(_schedule(each[0]) if each else () for each in own)
        key = (all_else[index], others, schedules)
        if key not in groups:
            groups[key] = (replace(one, doses=others), [])
        groups[key][1].append((amounts, index))
    return list(groups.values())


def _all_else(experiments: Sequence[Experiment]) -> list[str]:
    """What each experiment is beside its name, seed and doses."""
    return [repr(replace(one, id="x", seed=0, doses=())) for one in experiments]


def _schedule(dose: Dose) -> tuple[float, float, bool]:
    return dose.start_s, dose.end_s, dose.clamped
