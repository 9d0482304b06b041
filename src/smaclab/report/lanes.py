"""What stands above the lanes of a blot: what all share, cell lines, + and −, wedges of doses and times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.report.words import by_mass, change_words, dose_words, hours, typed_masses, when_words

PLUS, MINUS = "+", "−"
FEWEST_OF_A_WEDGE = 3
SHORT_H, LONGEST_IN_MINUTES_H = 2.0, 6.0
LEAST_OF_MICRO_NM = 100.0  # a series from here on is written in micromolar
LEAST_OF_MICRO_NG = 1000.0  # and one by mass in µg/ml


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a text for each lane, and wedges from lane to lane, both included."""

    label: str
    texts: tuple[str, ...]
    wedges: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """What is known of the lanes.

    title: what all lanes share.
    groups: (words, first lane, last lane), of cell lines; empty where there is one.
    rows: what differs.
    """

    title: str
    groups: tuple[tuple[str, int, int], ...]
    rows: tuple[Row, ...]
    n_lanes: int


def describe(
    experiments: Sequence[Experiment], times_h: Sequence[float], masses: Mapping[str, float] | None = None
) -> Lanes:
    """What to write above the lanes.

    Args:
        experiments: (lane,), the experiment of each lane.
        times_h: (lane,), h.
        masses: of drugs that are given by mass: name -> g/mol. Those that were typed so are known already.
    """
    own = {**(masses or {}), **typed_masses(dose for each in experiments for dose in each.doses)}
    lines = ["in vitro" if one.in_vitro else one.cell_line for one in experiments]
    groups = _runs(lines) if len(set(lines)) > 1 else ()
    shared = [] if groups else [lines[0]]
    rows: list[Row] = []
    for drug in dict.fromkeys(one.drug for each in experiments for one in each.doses if one.given):
        given = [tuple(one for one in each.doses if one.given and one.drug == drug) for each in experiments]
        if len(set(given)) == 1:
            shared.append(_all_words(given[0], own))
        else:
            rows.append(_drug_row(drug, given, groups, own))
    tokens = [_tokens(one) for one in experiments]
    for token in dict.fromkeys(one for each in tokens for one in each):
        has = [token in each for each in tokens]
        if all(has):
            shared.append(token)
        else:
            rows.append(Row(label=token, texts=tuple(PLUS if one else MINUS for one in has)))
    if len(set(times_h)) == 1:
        shared.append(hours(3600.0 * times_h[0]))
    else:
        rows.append(_time_row(times_h, groups))
    return Lanes(title=", ".join(shared), groups=groups, rows=tuple(rows), n_lanes=len(experiments))


def _drug_row(
    drug: str,
    given: Sequence[tuple[Dose, ...]],
    groups: Sequence[tuple[str, int, int]],
    masses: Mapping[str, float],
) -> Row:
    kinds = [one for one in dict.fromkeys(given) if one]
    if len(kinds) == 1:
        return Row(label=_all_words(kinds[0], masses), texts=tuple(PLUS if one else MINUS for one in given))
    single = [one[0] for one in kinds]
    is_series = all(len(one) == 1 for one in kinds) and len({_without_amount(one) for one in single}) == 1
    if not is_series:
        texts = [_all_words(one, masses).removeprefix(f"{drug} ") if one else MINUS for one in given]
        return Row(label=drug, texts=tuple(texts))
    factor, unit = _unit(single, masses.get(drug))
    amounts = [_amount(one[0]) / factor if one else 0.0 for one in given]
    when = when_words(single[0].start_s, single[0].end_s)
    return _series(f"{drug} ({unit}){when}", amounts, groups)


def _time_row(times_h: Sequence[float], groups: Sequence[tuple[str, int, int]]) -> Row:
    """Hours where quarters of them are enough, minutes where the course is short, else each with its unit."""
    are_quarters = all((4.0 * one).is_integer() for one in times_h)
    are_whole = all(float(one).is_integer() for one in times_h)
    if are_whole or (are_quarters and max(times_h) > SHORT_H):
        return _series("time (h)", times_h, groups)
    row = _series("time (min)", [60.0 * one for one in times_h], groups)
    if max(times_h) <= LONGEST_IN_MINUTES_H:
        return row
    return replace(row, label="time", texts=tuple(hours(3600.0 * one) if one else "0" for one in times_h))


def _series(label: str, values: Sequence[float], groups: Sequence[tuple[str, int, int]]) -> Row:
    """Numbers, with a wedge over each stretch of lanes in which they rise."""
    stretches, first = [], 0
    starts = {start for _, start, _ in groups}
    for place, (before, after) in enumerate(pairwise(values), start=1):
        if after <= before or place in starts:
            stretches.append((first, place - 1))
            first = place
    stretches.append((first, len(values) - 1))
    wedges = tuple(one for one in stretches if one[1] - one[0] + 1 >= FEWEST_OF_A_WEDGE)
    return Row(label=label, texts=tuple(_number(value) for value in values), wedges=wedges)


def _number(value: float) -> str:
    """Three digits, and 1000 rather than 1e+03."""
    return f"{float(f'{value:.3g}'):g}"


def _tokens(experiment: Experiment) -> list[str]:
    """What is done to the cells beside drugs; of a tube, what is in it."""
    letters = [f"{name}={letter}" for name, letter in sorted(experiment.hypotheses.items())]
    changes = [change_words(one) for one in experiment.perturbations]
    return [*experiment.in_vitro, *changes, *letters]


def _all_words(doses: Sequence[Dose], masses: Mapping[str, float]) -> str:
    return " + ".join(dose_words(one, masses) for one in doses)


def _amount(dose: Dose) -> float:
    return dose.absorbed_Gy or dose.concentration_nM


def _without_amount(dose: Dose) -> Dose:
    return replace(dose, concentration_nM=0.0, absorbed_Gy=0.0)


def _unit(doses: Sequence[Dose], mass_g_per_mol: float | None) -> tuple[float, str]:
    """What a series is written in: what one unit is in nM (or Gy), and its name."""
    if doses[0].absorbed_Gy:
        return 1.0, "Gy"
    amounts = [one.concentration_nM for one in doses]
    if mass_g_per_mol is not None:
        nM = 1.0 / by_mass(1.0, mass_g_per_mol)
        return (1e3 * nM, "µg/ml") if min(amounts) >= LEAST_OF_MICRO_NG * nM else (nM, "ng/ml")
    if max(amounts) < 1.0:
        return 1e-3, "pM"
    return (1e3, "µM") if min(amounts) >= LEAST_OF_MICRO_NM else (1.0, "nM")


def _runs(words: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """(word, first place, last place) of each stretch of equal words."""
    runs: list[tuple[str, int, int]] = []
    for place, word in enumerate(words):
        if runs and runs[-1][0] == word:
            runs[-1] = (word, runs[-1][1], place)
        else:
            runs.append((word, place, place))
    return tuple(runs)
