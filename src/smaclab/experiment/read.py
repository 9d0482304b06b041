"""A dict, or an experiment made in Python, becomes a draft; every misunderstanding becomes a letter."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from smaclab.errors import ExperimentError, plain, shown, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.draft import Draft
from smaclab.experiment.experiment import ID, ID_RULE, MEDIUM_VOLUME_PL, Experiment
from smaclab.experiment.fields import Letters, Table
from smaclab.experiment.find import Kind, own_mutation, own_name
from smaclab.experiment.in_vitro import read_in_vitro
from smaclab.experiment.perturbation import Activate, Inhibit, Mutate, Perturbation
from smaclab.experiment.read_doses import read_doses, read_perturbations
from smaclab.experiment.read_population import read_population
from smaclab.experiment.read_shared_well import own_well, read_shared_well
from smaclab.units import parse, show

TOP_KEYS = (
    "id", "cell_line", "readouts", "cells", "duration", "sample",
    "hypotheses", "seed", "in_vitro", "dose", "perturbation", "well", "medium_change", "population",
    "blot", "grid",
)  # fmt: skip
TABLES = ("dose", "perturbation", "well", "medium_change", "population", "blot")
MOST_CELLS = 100_000
MOST_SAMPLES = 10_001
LARGEST_SEED = 2**63 - 1
LARGEST_nM = 1e9  # one molar
LARGEST_GY = 1000.0
SHORTEST_S = 1.0
LONGEST_S = 60 * 86_400.0  # two months; no culture is left alone longer


def read_draft(raw: Mapping[str, Any], catalogue: Catalogue, letters: Letters) -> Draft:
    """What a dict says.

    Args:
        raw: The file's tables, without a grid.
        catalogue: What can be named.
        letters: Receives every problem.

    Returns:
        The draft, with gaps where letters were written.
    """
    top = Table(raw, letters)
    top.allow(TOP_KEYS)
    duration = _duration(top)
    inner = tuple(key for key in TOP_KEYS if key not in TABLES)
    name, line = _id(top), _cell_line(top, catalogue)
    return Draft(
        id=name,
        cell_line=line,
        readouts=tuple(_readouts(top, catalogue)),
        doses=tuple(read_doses(raw, inner, catalogue, letters)),
        perturbations=tuple(read_perturbations(raw, inner, catalogue, letters)),
        cells=top.whole("cells", 50, 1, MOST_CELLS),
        duration_s=duration,
        sample_s=_sample(top, duration),
        seed=top.whole("seed", 1, 0, LARGEST_SEED),
        hypotheses=_hypotheses(top, catalogue),
        medium_volume_pl=MEDIUM_VOLUME_PL,
        in_vitro=tuple(read_in_vitro(top, catalogue)),
        well=read_shared_well(raw, catalogue, letters, line),
        population=read_population(raw, letters),
    )


def draft_of(experiment: Experiment, catalogue: Catalogue, letters: Letters) -> Draft:
    """The draft of an experiment made in Python, with the catalogue's own names."""

    def named(kind: Kind, name: str, key: str) -> str:
        found, letter = own_name(kind, name, catalogue)
        if found is None:
            letters.say(key, letter)
        return found or name

    doses = tuple(
        (f"dose.{n}", replace(dose, drug=named("drug", dose.drug, f"dose.{n}.drug")))
        for n, dose in enumerate(experiment.doses, start=1)
    )
    perturbations: list[tuple[str, Perturbation]] = []
    for n, p in enumerate(experiment.perturbations, start=1):
        key = f"perturbation.{n}"
        if isinstance(p, Inhibit | Activate):
            perturbations.append((key, replace(p, activity=named("activity", p.activity, key))))
            continue
        known = replace(p, symbol=named("protein", p.symbol, key))
        perturbations.append((key, _own_mutant(known, key, catalogue, letters)))
    tube = {"in_vitro": experiment.in_vitro} if experiment.in_vitro else {}
    table = Table({"hypotheses": experiment.hypotheses, **tube}, letters)
    return Draft(
        id=experiment.id,
        cell_line=named("cell line", experiment.cell_line, "cell_line"),
        readouts=tuple(_readouts(Table({"readouts": list(experiment.readouts)}, letters), catalogue)),
        doses=doses,
        perturbations=tuple(perturbations),
        cells=experiment.cells,
        duration_s=experiment.duration_s,
        sample_s=experiment.sample_s,
        seed=experiment.seed,
        hypotheses=_hypotheses(table, catalogue),
        medium_volume_pl=experiment.medium_volume_pl,
        in_vitro=tuple(read_in_vitro(table, catalogue)),
        well=own_well(experiment.well, catalogue, letters),
        population=experiment.population,
    )


def _own_mutant(p: Perturbation, key: str, catalogue: Catalogue, letters: Letters) -> Perturbation:
    """The same perturbation; a mutation by the catalogue's own name."""
    # Of a protein that is not known there is a letter already.
    if not isinstance(p, Mutate) or catalogue.find_protein(p.symbol) is None:
        return p
    found, letter = own_mutation(p.symbol, p.mutation, catalogue)
    if found is None:
        letters.say(key, letter)
        return p
    return replace(p, mutation=found)


def _id(top: Table) -> str | None:
    name = top.text("id", '"my_experiment"')
    if name is None or ID.fullmatch(name):
        return name
    path = " Give no path; --out says where results go." if any(c in name for c in "/\\") else ""
    top.say("id", f"{shown(name)} is not an id. {ID_RULE}.{path}")
    return None


def _cell_line(top: Table, catalogue: Catalogue) -> str | None:
    name = top.text("cell_line", '"EVSA-T"')
    if name is None:
        return None
    found, letter = own_name("cell line", name, catalogue)
    if found is None:
        top.say("cell_line", letter)
    return found


def _readouts(top: Table, catalogue: Catalogue) -> Iterator[str]:
    """The catalogue's names of all readouts that are understood."""
    given = top.raw.get("readouts", ["viability"])
    if not isinstance(given, list | tuple) or not given:
        top.say("readouts", f'{shown(given)} is not a list of names, such as ["cIAP1", "viability"].')
        return
    typed: dict[str, str] = {}
    for name in given:
        if not isinstance(name, str):
            top.say("readouts", f"{shown(name)} is not a name. Put every readout in quotes.")
            continue
        found, letter = own_name("readout", name, catalogue)
        if found is None:
            top.say("readouts", letter)
        elif found in typed:
            top.say("readouts", f"{name!r} and {typed[found]!r} are the same readout. Name it once.")
        else:
            typed[found] = name
            yield found


def _duration(top: Table) -> float | None:
    duration = top.time("duration", "24 h")
    if duration is None or SHORTEST_S <= duration <= LONGEST_S:
        return duration
    limits = f"{show(SHORTEST_S, 'time')} to {show(LONGEST_S, 'time')}"
    top.say("duration", f"{shown(top.raw['duration'])} is not possible. A duration is {limits}.")
    return None


def _sample(top: Table, duration_s: float | None) -> tuple[float, ...] | None:
    """The times at which readouts are taken, s; None where a letter was written or there is no duration."""
    given = top.raw.get("sample", "every 30 min")
    if isinstance(given, list | tuple):
        return _sample_list(top, given, duration_s)
    words = given.split(maxsplit=1) if isinstance(given, str) else []
    if len(words) != 2 or words[0].casefold() != "every":
        top.say(
            "sample", f'{shown(given)} is not understood. Write "every 10 min" or ["0 h", "6 h", "24 h"].'
        )
        return None
    step = Table({"sample": words[1]}, top.letters).time("sample", "")
    if step is None or duration_s is None:
        return None
    if step == 0:
        top.say("sample", f"{shown(given)}: the time between two samples is above 0.")
        return None
    if duration_s / step > MOST_SAMPLES - 1:
        top.say(
            "sample",
            f"{shown(given)} for {show(duration_s, 'time')}: at most {MOST_SAMPLES:,} times. Take fewer.",
        )
        return None
    count = int(duration_s / step * (1 + 1e-12)) + 1
    times = [min(i * step, duration_s) for i in range(count)]
    # The end is looked at too, also where the step does not divide the duration.
    return tuple(times) if duration_s - times[-1] < 1e-6 * step else (*times, duration_s)


def _sample_list(
    top: Table, given: list[Any] | tuple[Any, ...], end_s: float | None
) -> tuple[float, ...] | None:
    if not given or len(given) > MOST_SAMPLES:
        top.say("sample", f"{len(given):,} times. Name at least one and at most {MOST_SAMPLES:,}.")
        return None
    times: list[float] = []
    for text in given:
        try:
            times.append(parse(text, "time"))
        except ExperimentError as error:
            top.letters.say_error("sample", error)
    if len(times) < len(given):
        return None
    for text, earlier, later in zip(given[1:], times, times[1:], strict=False):
        if later <= earlier:
            top.say(
                "sample",
                f"{shown(text)} does not come after {show(earlier, 'time')}. List the times in order.",
            )
            return None
    if end_s is not None and times[-1] > end_s:
        top.say("sample", f"{shown(given[-1])} is after the end, {show(end_s, 'time')}.")
        return None
    return tuple(times)


def _not_switchable(name: str, catalogue: Catalogue) -> str:
    """The letter for an open question that has a number and, so far, no switch; empty for any other name."""
    if not re.fullmatch(r"O(0[1-9]|1\d|2[01])", name.strip().upper()):
        return ""
    known = ", ".join(one.id for one in catalogue.hypotheses)
    return f"{shown(name)} is an open question that this version cannot switch yet. It can switch: {known}."


def _hypotheses(top: Table, catalogue: Catalogue) -> dict[str, str]:
    """The letters that were chosen, of the hypotheses that are understood."""
    given = top.raw.get("hypotheses", {})
    if not isinstance(given, Mapping):
        top.say("hypotheses", f'{shown(given)} is not understood. Write {{ O06 = "a" }}.')
        return {}
    chosen: dict[str, str] = {}
    for name, letter in given.items():
        found, problem = own_name("hypothesis", str(name), catalogue)
        hypothesis = catalogue.find_hypothesis(str(name))
        if found is None or hypothesis is None:
            top.say("hypotheses", _not_switchable(str(name), catalogue) or problem)
            continue
        known = {plain(known): known for known in hypothesis.values}
        if not isinstance(letter, str) or plain(letter) not in known:
            top.say(f"hypotheses.{found}", unknown("letter", letter, hypothesis.values))
        elif found in chosen:
            top.say(f"hypotheses.{found}", f"{found} is chosen twice, as {shown(name)} too. Choose once.")
        else:
            chosen[found] = known[plain(letter)]
    return chosen
