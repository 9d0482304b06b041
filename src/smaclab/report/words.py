"""What was done to the cells, in words short enough for a legend."""

import math
from collections.abc import Iterable, Mapping

from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import (
    Activate,
    GeneDosage,
    Inhibit,
    KnockDown,
    KnockOut,
    Mutate,
    OverExpress,
    Perturbation,
)
from smaclab.experiment.shared_well import SharedWell
from smaclab.experiment.variability import MIXING_S, Variability

_ALLELES = {0.0: "−/−", 0.5: "+/−", 1.0: "+/+"}
_MASSES = ((1e6, "mg/ml"), (1e3, "µg/ml"), (1.0, "ng/ml"), (1e-3, "pg/ml"))
"""In ng/ml."""
_PREFIXES = ((1e6, "mM"), (1e3, "µM"), (1.0, "nM"), (1e-3, "pM"))


def treatment(experiment: Experiment, masses: Mapping[str, float] | None = None) -> str:
    """Doses and perturbations joined by ' + '; 'vehicle' where there are none.

    masses: of drugs that are given by mass, such as cytokines: name -> g/mol.
    """
    doses = [dose_words(one, masses) for one in experiment.doses if one.given]
    tube = [f"in vitro ({', '.join(experiment.in_vitro)})"] if experiment.in_vitro else []
    parts = tube + doses + [change_words(one) for one in experiment.perturbations]
    parts += [f"{name}={letter}" for name, letter in sorted(experiment.hypotheses.items())]
    where = [] if experiment.well is None else [well_words(experiment.well)]
    who = [] if experiment.population is None else population_words(experiment.population)
    return ", ".join([" + ".join(parts) or "vehicle", *where, *who])


def population_words(population: Variability) -> list[str]:
    """['amounts correlate by 0.5', 'sisters 2 h after division']; nothing where cells vary as ever."""
    words = [f"amounts correlate by {population.correlation:.3g}"] if population.correlation else []
    if population.since_division_s is None:
        return words
    mixing = "" if population.mixing_s == MIXING_S else f", mixing in {hours(population.mixing_s)}"
    return [*words, f"sisters {hours(population.since_division_s)} after division{mixing}"]


def well_words(well: SharedWell) -> str:
    """'10,000 cells in 100 µl, 20 % EVSA-T, supernatant at 0 h'."""
    volume = well.volume_ul
    size = f"{volume / 1000:.3g} ml" if volume >= 1000 else f"{volume:.3g} µl"
    words = [f"{well.cell_number:,} cell{'s' if well.cell_number > 1 else ''} in {size}"]
    words += [f"{100 * part:.3g} % {line}" for line, part in well.others if part > 0]
    if well.grows:
        words.append("growing" + (f", doubling in {hours(well.doubling_s)}" if well.doubling_s else ""))
    for change in well.changes:
        what = "fresh medium" if change.donor is None else "supernatant"
        some = "" if change.fraction == 1.0 else f"{100 * change.fraction:.3g} % "
        words.append(f"{some}{what} at {hours(change.at_s)}")
    return ", ".join(words)


def concentration(value_nM: float) -> str:
    """0.192 -> '192 pM'; three digits are enough for a label."""
    for factor, unit in _PREFIXES:
        if value_nM >= factor:
            return f"{value_nM / factor:.3g} {unit}"
    return f"{value_nM / 1e-3:.3g} pM" if value_nM else "0 nM"


def mass_concentration(value_ng_per_ml: float) -> str:
    """10 -> '10 ng/ml', 20,000 -> '20 µg/ml', 0.1 -> '0.1 ng/ml': as it is written on a tube."""
    if not value_ng_per_ml:
        return "0 ng/ml"
    for factor, unit in _MASSES:
        least = 0.1 if unit == "ng/ml" else factor
        if value_ng_per_ml >= least * (1 - 1e-9):  # what was typed as 1 µg/ml may come back a hair below
            return f"{value_ng_per_ml / factor:.3g} {unit}"
    return f"{value_ng_per_ml / _MASSES[-1][0]:.3g} {_MASSES[-1][1]}"


def typed_masses(doses: Iterable[Dose]) -> dict[str, float]:
    """Molar masses of the drugs whose every dose was typed by mass: name -> g/mol. Doses of 0 say nothing."""
    found: dict[str, set[float | None]] = {}
    for one in doses:
        if one.given:
            found.setdefault(one.drug, set()).add(one.typed_g_per_mol)
    return {drug: mass for drug, own in found.items() if len(own) == 1 and (mass := own.pop()) is not None}


def shared_unit(values_nM: Iterable[float], g_per_mol: float | None = None) -> tuple[float, str]:
    """One unit for all concentrations of an axis: how much it is in nM, and its name.

    values_nM: nM, above 0; the unit suits the middle of their range on a logarithmic axis.
    g_per_mol: of a drug whose doses were typed by mass, and are shown so; None: molar.
    """
    values = [float(one) for one in values_nM]
    middle = math.sqrt(min(values) * max(values)) if values else 1.0
    prefixes: tuple[tuple[float, str], ...] = _PREFIXES
    if g_per_mol is not None:
        prefixes = tuple((nM / by_mass(1.0, g_per_mol), unit) for nM, unit in _MASSES)
    return next(((factor, unit) for factor, unit in prefixes if middle >= factor), prefixes[-1])


def table_unit(g_per_mol: float | None) -> tuple[float, str]:
    """The one unit of a column of doses: how much it is in nM, and its name; by mass where typed so."""
    return (1.0, "nM") if g_per_mol is None else (1.0 / by_mass(1.0, g_per_mol), "ng/ml")


def amount(value: float) -> str:
    """'0.0123', '36.9', '2,990': three digits, and never a power of ten."""
    return f"{value:,.0f}" if value >= 1000 else f"{float(f'{value:.3g}'):.12f}".rstrip("0").rstrip(".")


def hours(time_s: float) -> str:
    """Minutes below an hour, hours above, days never."""
    return f"{time_s / 60:.3g} min" if abs(time_s) < 3600 and time_s else f"{time_s / 3600:.3g} h"


def show_time(time_h: float) -> str:
    """'4 min', '2.5 h', 'not within the run', 'no cell solved'."""
    if math.isnan(time_h):
        return "no cell solved"
    if math.isinf(time_h):
        return "not within the run"
    return f"{60 * time_h:.0f} min" if time_h < 1.0 else f"{time_h:.1f} h"


def by_mass(value_nM: float, molar_mass_g_per_mol: float) -> float:
    """The same concentration, ng/ml."""
    return value_nM * molar_mass_g_per_mol / 1000.0


def dose_words(dose: Dose, masses: Mapping[str, float] | None = None) -> str:
    """One dose: 'SM-164 100 nM from 1 h'; 'TNF 10 ng/ml' where it was typed so or its g/mol are given."""
    if dose.absorbed_Gy > 0:
        return f"{dose.drug} {dose.absorbed_Gy:.3g} Gy{when_words(dose.start_s, dose.end_s)}"
    held = " clamped" if dose.clamped else ""
    mass = dose.typed_g_per_mol or (masses or {}).get(dose.drug)
    molar = dose.concentration_nM
    amount = concentration(molar) if mass is None else mass_concentration(by_mass(molar, mass))
    return f"{dose.drug} {amount}{held}{when_words(dose.start_s, dose.end_s)}"


def when_words(start_s: float, end_s: float) -> str:
    """From when and until when, such as ' from 1 h until 1.5 h'; empty from the start to the end."""
    since = "" if start_s in (0.0, -math.inf) else f" from {hours(start_s)}"
    return since if math.isinf(end_s) else f"{since} until {hours(end_s)}"


def change_words(change: Perturbation) -> str:
    """One perturbation, such as 'RIPK1 knock-down to 10 %'."""
    match change:
        case KnockOut():
            return f"{change.symbol} knock-out"
        case KnockDown():
            return f"{change.symbol} knock-down to {100 * change.remaining:.3g} %"
        case OverExpress():
            return f"{change.symbol} × {change.factor:g}"
        case GeneDosage():
            return f"{change.symbol} {_ALLELES[change.copies]}"
        case Mutate():
            beside = f" × {change.factor:g} beside the endogenous" if change.beside_endogenous else ""
            return f"{change.symbol} {change.mutation}{beside}"
        case Inhibit():
            when = when_words(change.start_s, change.end_s)
            return f"{change.activity} at {100 * change.remaining:.3g} %{when}"
        case Activate():
            return f"{change.activity} × {change.factor:g}{when_words(change.start_s, change.end_s)}"
