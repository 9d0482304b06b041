"""Doses, wash-outs and inhibitions become changes of one target at one time.

What is poured in: C nM in a cell's share of medium is C * 602.214 molecules per picoliter of it. A wash-out
takes that drug out of the medium: the input then holds exactly what the doses that go on after it bring,
usually nothing; whatever else is in the medium stays.
What is absorbed: D gray are 1000 D counts of the input, which the network turns into damage within minutes.
What is clamped: the network pours an input X in at clamp_X_in (molecules/s) and lets it out at clamp_X_out
(1/s); both are 0 but while a clamped dose lasts.
What is inhibited or activated: at every moment an activity is its base value times what each inhibition that
lasts leaves, times the factor of each activation; the doses of one inhibitor add up before its dose-response
curve is read.
"""

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from smaclab.errors import SimulationError
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.dose import Dose
from smaclab.experiment.drug import Drug
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import Activate, Inhibit
from smaclab.simulate.change import Change, Condition

COUNTS_PER_GY = 1000.0  # the network counts milligrays
MOLECULES_PER_NM_PL = 602.214_076  # Avogadro's number, in one picoliter of a one-nanomolar solution
AT_REST = -math.inf
# 1/s. What cells bind, take up and lose leaves the medium at less than 1e-3 1/s; a hundred times faster, the
# clamp keeps the concentration within a percent. Only an antibody in excess is as fast, until it is full.
CLAMP_RATE = 0.1


def clamp_parameters(slot: str) -> tuple[str, str]:
    """The network's parameters (inflow in molecules/s, outflow in 1/s) that hold one of its inputs."""
    return f"clamp_{slot}_in", f"clamp_{slot}_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """All doses of one drug in one experiment; doses of nothing (0 nM) are left out."""

    drug: Drug
    doses: tuple[Dose, ...]

    def concentration_nM(self, time_s: float) -> float:
        """What is in the medium by the protocol from `time_s` on, nM."""
        return math.fsum(d.concentration_nM for d in self.doses if d.start_s <= time_s < d.end_s)

    def clamped(self, time_s: float) -> bool:
        """Whether the medium is held from `time_s` on."""
        return any(d.clamped for d in self.doses if d.start_s <= time_s < d.end_s)

    def times(self) -> set[float]:
        """When something starts or ends, s."""
        return {t for d in self.doses for t in (d.start_s, d.end_s) if math.isfinite(t)}


def schedules(experiment: Experiment, catalogue: Catalogue) -> tuple[Schedule, ...]:
    """The experiment's doses, by drug.

    Raises:
        SimulationError: a drug that the catalogue lacks, two drugs of one slot, or a clamp that holds nothing
            or that another dose of its drug meets.
    """
    by_drug: dict[str, list[Dose]] = {}
    drugs: dict[str, Drug] = {}
    for dose in experiment.doses:
        drug = catalogue.find_drug(dose.drug)
        if drug is None:
            raise SimulationError(f"{experiment.id}: unknown drug {dose.drug!r}.")
        if dose.given:
            drugs[drug.name] = drug
            by_drug.setdefault(drug.name, []).append(dose)
    found = tuple(Schedule(drug=drugs[name], doses=tuple(doses)) for name, doses in by_drug.items())
    _check_slots(experiment, found)
    _check_clamps(experiment, found)
    return found


def _check_slots(experiment: Experiment, found: Iterable[Schedule]) -> None:
    slots: dict[str, str] = {}
    for schedule in found:
        slot = schedule.drug.enters
        if slot is not None and slots.setdefault(slot, schedule.drug.name) != schedule.drug.name:
            raise SimulationError(
                f"{experiment.id}: {slots[slot]} and {schedule.drug.name} both enter as {slot!r}. "
                "One experiment can hold one drug of this kind; run them apart."
            )


def _check_clamps(experiment: Experiment, found: Iterable[Schedule]) -> None:
    for schedule in found:
        name = schedule.drug.name
        held = [d for d in schedule.doses if d.clamped]
        if held and schedule.drug.enters is None:
            raise SimulationError(
                f"{experiment.id}: {name} is clamped, but it never enters the medium: its concentration is "
                "constant already. Leave clamped out."
            )
        for one, other in itertools.product(held, schedule.doses):
            if one is not other and max(one.start_s, other.start_s) < min(one.end_s, other.end_s):
                raise SimulationError(
                    f"{experiment.id}: a clamped dose of {name} overlaps another dose of it. End one with "
                    "until before the other begins, or leave clamped out."
                )


def conditions(
    experiment: Experiment, catalogue: Catalogue, base: Mapping[str, float]
) -> tuple[dict[str, float], tuple[Condition, ...]]:
    """What is changed at rest already, and what is changed in time.

    Args:
        experiment: whose doses and inhibitions.
        catalogue: drugs and activities.
        base: parameter -> value of the uninhibited cell.

    Returns:
        Parameter -> value at rest (only those that differ from `base`), and conditions in order of time (s).

    Raises:
        SimulationError: an unknown drug, activity or parameter, or two changes of one target at one time.
    """
    found = schedules(experiment, catalogue)
    inhibits = [p for p in experiment.perturbations if isinstance(p, Inhibit | Activate)]
    activities = _activities(experiment, catalogue, found, inhibits, base)
    times = {t for s in found for t in s.times()} | {t for i in inhibits for t in (i.start_s, i.end_s)}
    last = max(experiment.duration_s, experiment.sample_s[-1])
    level = dict.fromkeys(activities, 1.0)
    at_rest: dict[str, float] = {}
    in_time: list[Condition] = []
    for time_s in sorted(t for t in times | {AT_REST} if t <= last):
        now = {name: _remaining(parts, time_s) for name, parts in activities.items()}
        moved = {name: base[name] * now[name] for name in activities if now[name] != level[name]}
        level = now
        if time_s == AT_REST:
            at_rest = moved
            continue
        changes = [Change(kind="set_parameter", target=name, value=value) for name, value in moved.items()]
        changes += _poured(experiment, found, time_s)
        changes += _held(experiment, found, time_s, base)
        if changes:
            in_time.append(Condition(time_s=time_s, changes=tuple(changes)))
    return at_rest, tuple(in_time)


def _activities(
    experiment: Experiment,
    catalogue: Catalogue,
    found: Iterable[Schedule],
    inhibits: Iterable[Inhibit | Activate],
    base: Mapping[str, float],
) -> dict[str, list[Any]]:
    """Parameter -> everything that moves it: (schedule, inhibition) pairs, `Inhibit` and `Activate`."""
    parts: dict[str, list[Any]] = {}
    for schedule in found:
        for inhibition in schedule.drug.inhibits:
            parts.setdefault(inhibition.activity, []).append((schedule, inhibition))
    for inhibit in inhibits:
        activity = catalogue.find_activity(inhibit.activity)
        if activity is None:
            raise SimulationError(f"{experiment.id}: unknown activity {inhibit.activity!r}.")
        parts.setdefault(activity.parameter, []).append(inhibit)
    lacking = sorted(set(parts) - set(base))
    if lacking:
        raise SimulationError(
            f"{experiment.id}: the network has no parameter {', '.join(lacking)} to inhibit."
        )
    return parts


def _remaining(parts: Iterable[Any], time_s: float) -> float:
    """How many times its base value an activity is from `time_s` on."""
    left = 1.0
    for part in parts:
        if isinstance(part, Inhibit | Activate):
            size = part.remaining if isinstance(part, Inhibit) else part.factor
            left *= size if part.start_s <= time_s < part.end_s else 1.0
        else:
            schedule, inhibition = part
            left *= inhibition.remaining(schedule.concentration_nM(time_s))
    return left


def _poured(experiment: Experiment, found: Iterable[Schedule], time_s: float) -> list[Change]:
    """What enters or leaves the medium at `time_s`, and what a drug's first dose sets."""
    per_nM = MOLECULES_PER_NM_PL * experiment.medium_volume_pl
    changes = []
    for schedule in found:
        drug = schedule.drug
        if time_s == min(d.start_s for d in schedule.doses):
            changes += [Change(kind="set_parameter", target=n, value=v.value) for n, v in drug.sets.items()]
        if drug.enters is None:
            continue
        if any(d.end_s == time_s for d in schedule.doses):
            amount = schedule.concentration_nM(time_s) * per_nM
            changes.append(Change(kind="set_amount", target=drug.enters, value=amount))
            continue
        now = [d for d in schedule.doses if d.start_s == time_s]
        if now:
            added = math.fsum(d.concentration_nM * per_nM + d.absorbed_Gy * COUNTS_PER_GY for d in now)
            changes.append(Change(kind="add_amount", target=drug.enters, value=added))
    return changes


def _held(
    experiment: Experiment, found: Iterable[Schedule], time_s: float, base: Mapping[str, float]
) -> list[Change]:
    """What begins or ends to hold an input at `time_s`."""
    per_nM = MOLECULES_PER_NM_PL * experiment.medium_volume_pl
    changes = []
    for schedule in found:
        slot = schedule.drug.enters
        if slot is None or not any(d.clamped and time_s in (d.start_s, d.end_s) for d in schedule.doses):
            continue
        names = clamp_parameters(slot)
        if lacking := [name for name in names if name not in base]:
            raise SimulationError(
                f"{experiment.id}: {schedule.drug.name} is clamped, but the network has no parameter "
                f"{' and '.join(lacking)} that holds {slot!r}. Leave clamped out."
            )
        rate = CLAMP_RATE if schedule.clamped(time_s) else 0.0
        values = (rate * schedule.concentration_nM(time_s) * per_nM, rate)
        changes += [
            Change(kind="set_parameter", target=name, value=value)
            for name, value in zip(names, values, strict=True)
        ]
    return changes
