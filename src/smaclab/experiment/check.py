"""What does not fit together, one small rule per function, and everything that is wrong with a source."""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from smaclab.errors import Problem, shown
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.draft import Draft
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.fields import Letters
from smaclab.experiment.grid import expand
from smaclab.experiment.in_vitro import what_is_changed_is_in_the_tube, what_stands_still_is_not_inhibited
from smaclab.experiment.perturbation import Activate, GeneDosage, Inhibit, KnockDown, KnockOut, Mutate
from smaclab.experiment.read import (
    LARGEST_GY,
    LARGEST_SEED,
    LONGEST_S,
    MOST_CELLS,
    MOST_SAMPLES,
    SHORTEST_S,
    LARGEST_nM,
    draft_of,
    read_draft,
)
from smaclab.experiment.read_blot import read_blot
from smaclab.experiment.read_population import sisters_come_in_pairs
from smaclab.experiment.source import read
from smaclab.experiment.well_rules import (
    a_well_does_not_grow_for_ever,
    a_well_holds_cells,
    a_well_holds_what_is_simulated,
    medium_is_changed_before_the_end,
)
from smaclab.units import show

Source = Path | str | Mapping[str, Any] | Experiment | Campaign
Rule = Callable[[Draft, Catalogue], Iterator[tuple[str, str]]]


def starts_before_the_end(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A dose or an inhibition after the end does nothing: a slip."""
    end_s = math.inf if draft.duration_s is None else draft.duration_s
    starts = [(key, dose.drug, dose.start_s) for key, dose in draft.doses]
    starts += [
        (key, p.activity, p.start_s) for key, p in draft.perturbations if isinstance(p, Inhibit | Activate)
    ]
    for key, what, start_s in starts:
        if start_s >= end_s:
            yield (
                f"{key}.from",
                f"{what} from {show(start_s, 'time')}, but the experiment ends at {show(end_s, 'time')}. "
                "Start earlier, or give a longer duration.",
            )


def within_limits(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Numbers that no laboratory means, and that would only make a solver fail or a memory overflow."""
    if draft.cells is not None and draft.cells > MOST_CELLS:
        yield "cells", f"{draft.cells:,} cells. At most {MOST_CELLS:,} are understood."
    if draft.seed is not None and draft.seed > LARGEST_SEED:
        yield "seed", f"{draft.seed} is too large. A seed is at most {LARGEST_SEED:,}."
    if draft.sample_s is not None and len(draft.sample_s) > MOST_SAMPLES:
        yield "sample", f"{len(draft.sample_s):,} times. At most {MOST_SAMPLES:,} are understood."
    if draft.duration_s is not None and not SHORTEST_S <= draft.duration_s <= LONGEST_S:
        limits = f"{show(SHORTEST_S, 'time')} to {show(LONGEST_S, 'time')}"
        yield "duration", f"{show(draft.duration_s, 'time')} is not possible. A duration is {limits}."
    for key, dose in draft.doses:
        if dose.concentration_nM > LARGEST_nM:
            most = show(LARGEST_nM, "concentration")
            given = show(dose.concentration_nM, "concentration")
            yield f"{key}.concentration", f"{given} of {dose.drug}. At most {most} is understood."
        if dose.absorbed_Gy > LARGEST_GY:
            yield f"{key}.absorbed_dose", f"{dose.absorbed_Gy:g} Gy. At most {LARGEST_GY:g} Gy is understood."
    longest = show(LONGEST_S, "time")
    for key, p in draft.perturbations:
        if isinstance(p, Inhibit | Activate) and math.isfinite(p.start_s) and p.start_s < -LONGEST_S:
            yield (
                f"{key}.from",
                f"{show(p.start_s, 'time')} is too early. Begin at most {longest} before time 0.",
            )
        if isinstance(p, KnockDown) and p.before_s > LONGEST_S:
            yield f"{key}.before", f"{show(p.before_s, 'time')} is too long. Write at most {longest}."


def one_change_of_a_target_at_a_time(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Two changes of one target at one time have no order, so their result would be chance."""
    first: dict[tuple[str, float], str] = {}
    said: set[tuple[str, str]] = set()
    for key, what, target, start_s in _changes(draft, catalogue):
        earlier = first.setdefault((target, start_s), key)
        if earlier != key and (earlier, key) not in said:
            said.add((earlier, key))
            when = f" at {show(start_s, 'time')}" if math.isfinite(start_s) else ""
            yield key, f"{what} is changed{when} by [{earlier}] too. Change a target once at a time."


def _changes(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str, str, float]]:
    """(key, words, target, time) of all that is changed."""
    for key, dose in draft.doses:
        yield key, f"the dose of {dose.drug}", f"dose {dose.drug}", dose.start_s
        drug = catalogue.find_drug(dose.drug)
        for inhibition in drug.inhibits if drug and dose.given else ():
            yield key, inhibition.activity, f"parameter {inhibition.activity}", dose.start_s
    for key, p in draft.perturbations:
        if isinstance(p, Inhibit | Activate):
            activity = catalogue.find_activity(p.activity)
            parameter = activity.parameter if activity else p.activity
            yield key, p.activity, f"parameter {parameter}", p.start_s
        elif isinstance(p, Mutate):
            mutation = catalogue.find_mutation(p.symbol, p.mutation)
            beside = mutation.beside if mutation and p.beside_endogenous else None
            if beside:
                what = f"what is made beside {p.symbol}"
                yield key, what, f"parameter {beside.expression}", -math.inf
            for parameter in mutation.sets if mutation and not p.beside_endogenous else ():
                yield key, parameter, f"parameter {parameter}", -math.inf
        else:
            yield key, f"the expression of {p.symbol}", f"expression {p.symbol}", -math.inf


def a_mutant_needs_its_gene(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A gene that is gone makes no mutant: two changes of one gene at one time."""
    gone: dict[str, str] = {}
    mutants: dict[str, list[str]] = {}
    for key, p in draft.perturbations:
        if isinstance(p, KnockOut) or (isinstance(p, GeneDosage) and p.copies == 0):
            gone.setdefault(p.symbol, key)
        elif isinstance(p, Mutate) and not p.beside_endogenous:
            mutants.setdefault(p.symbol, []).append(key)
    places = {key: place for place, (key, _) in enumerate(draft.perturbations)}
    for symbol in sorted(mutants.keys() & gone.keys()):
        for mutant in mutants[symbol]:
            earlier, later = sorted((mutant, gone[symbol]), key=places.__getitem__)
            yield (
                later,
                f"the gene of {symbol} is changed by [{earlier}] too: one makes a mutant, the other takes "
                "the gene away. Change a target once at a time.",
            )


def a_mutant_has_its_place(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Some mutants are known in place of the protein only, the wild type beside it only."""
    for key, p in draft.perturbations:
        found = catalogue.find_mutation(p.symbol, p.mutation) if isinstance(p, Mutate) else None
        if found is None or not isinstance(p, Mutate):
            continue
        if p.beside_endogenous and found.beside is None:
            others = [f"{one.protein} {one.name}" for one in catalogue.mutations if one.beside]
            yield (
                f"{key}.beside_endogenous",
                f"{p.symbol} {found.name} is known in place of the protein only. Leave beside_endogenous "
                f"out. Beside it: {', '.join(others) or 'none'}.",
            )
        elif not p.beside_endogenous and not found.sets:
            yield (
                f"{key}.mutation",
                f"{p.symbol} {found.name} is known beside the endogenous protein only. "
                "Write beside_endogenous = true and a factor.",
            )


def one_drug_in_a_slot(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The model holds one mimetic: the affinities of two would overwrite each other."""
    first: dict[str, tuple[str, str]] = {}
    said: set[tuple[str, str]] = set()
    for key, dose in draft.doses:
        drug = catalogue.find_drug(dose.drug)
        if drug is None or not dose.given:  # a grid's column without the drug
            continue
        slots = {f"the input {drug.enters}"} if drug.kind == "mimetic" and drug.enters else set()
        slots |= {f"the parameter {name}" for name in drug.sets}
        for slot in sorted(slots):
            earlier, name = first.setdefault(slot, (key, drug.name))
            if name != drug.name and (earlier, key) not in said:
                said.add((earlier, key))
                yield (
                    f"{key}.drug",
                    f"{drug.name} and {name} in [{earlier}] share {slot}, so one run holds only one of them.",
                )


def a_clamp_holds_the_medium(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What never enters the medium keeps its concentration anyway."""
    for key, dose in draft.doses:
        drug = catalogue.find_drug(dose.drug)
        if dose.clamped and drug is not None and drug.enters is None:
            yield (
                f"{key}.clamped",
                f"nothing takes {drug.name} out of the medium, so its concentration is constant already. "
                "Leave clamped out.",
            )


def a_clamp_stands_alone(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A concentration that is held at one value takes no other dose of the same drug."""
    clamped = {dose.drug for _, dose in draft.doses if dose.clamped}
    given = [(key, d) for key, d in draft.doses if d.given and d.drug in clamped]
    for (earlier, one), (key, other) in itertools.combinations(given, 2):
        if one.drug != other.drug or not (one.clamped or other.clamped):
            continue
        start_s, end_s = max(one.start_s, other.start_s), min(one.end_s, other.end_s)
        if start_s < end_s and one.start_s != other.start_s:  # of one start there is a letter already
            held = earlier if one.clamped else key
            yield (
                key,
                f"the dose of {other.drug} overlaps that of [{earlier}] from {show(start_s, 'time')}, but "
                f"[{held}] is clamped. End one with until before the other begins, or leave clamped out.",
            )


def a_letter_about_lines_has_its_values(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What makes one line resist says nothing of another: such a letter is a set of values in its file."""
    line = catalogue.find_cell_line(draft.cell_line or "")
    for question, letter in draft.hypotheses.items():
        hypothesis = catalogue.find_hypothesis(question)
        if line is None or hypothesis is None or hypothesis.about != "lines" or letter == hypothesis.default:
            continue
        has = line.letters(question)
        if letter not in has:
            others = [one.name for one in catalogue.cell_lines if letter in one.letters(question)]
            yield (
                f"hypotheses.{question}",
                f"{line.name} has no values for {question} {letter}. It has: {', '.join(has) or 'none'}. "
                f"Lines that have {letter}: {', '.join(others) or 'none'}.",
            )


RULES: tuple[Rule, ...] = (
    within_limits,
    starts_before_the_end,
    one_change_of_a_target_at_a_time,
    a_mutant_needs_its_gene,
    a_mutant_has_its_place,
    one_drug_in_a_slot,
    a_letter_about_lines_has_its_values,
    a_clamp_holds_the_medium,
    a_clamp_stands_alone,
    what_is_changed_is_in_the_tube,
    what_stands_still_is_not_inhibited,
    a_well_holds_what_is_simulated,
    sisters_come_in_pairs,
    a_well_holds_cells,
    a_well_does_not_grow_for_ever,
    medium_is_changed_before_the_end,
)


def examine(source: Source, catalogue: Catalogue) -> tuple[str | None, bool, list[Draft], list[Problem]]:
    """Everything a source says, and everything that is wrong with it.

    Args:
        source: A TOML file, a dict, an experiment or a campaign.
        catalogue: What can be named.

    Returns:
        The id, whether this is a campaign, one draft per experiment, and all problems, each once.
    """
    if isinstance(source, Experiment | Campaign):
        return _examine_nouns(source, catalogue)
    file, raw, problem = _raw(source)
    if raw is None:
        return None, False, [], [Problem(file=file, key="", message=problem)]
    letters = Letters(file)
    read_blot(raw, catalogue, letters)  # the bench reads it again; here it is only looked at
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for variant in expand(raw, catalogue, letters):
        own = Letters(file, variant.renamed)
        drafts.append(read_draft(variant.raw, catalogue, own))
        _apply_rules(drafts[-1], catalogue, own)
        problems += own.problems
    problems += letters.problems
    name = raw.get("id")
    return name if isinstance(name, str) else None, "grid" in raw, drafts, list(dict.fromkeys(problems))


def check(source: Source, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with a source; an empty list if it can be run.  Bad input never raises."""
    return examine(source, catalogue)[3]


def _raw(source: object) -> tuple[str, Mapping[str, Any] | None, str]:
    """(file, tables, "") or (file, None, letter)."""
    if isinstance(source, Mapping):
        return "dict", source, ""
    if isinstance(source, str | Path):
        raw, letter = read(Path(source))
        return str(source), raw, letter
    return type(source).__name__, None, f"{shown(source)} is neither a TOML file, a dict nor an Experiment."


def _examine_nouns(
    source: Experiment | Campaign, catalogue: Catalogue
) -> tuple[str | None, bool, list[Draft], list[Problem]]:
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for experiment in source.experiments if isinstance(source, Campaign) else (source,):
        letters = Letters(f"experiment {experiment.id}")
        drafts.append(draft_of(experiment, catalogue, letters))
        _apply_rules(drafts[-1], catalogue, letters)
        problems += letters.problems
    return source.id, isinstance(source, Campaign), drafts, list(dict.fromkeys(problems))


def _apply_rules(draft: Draft, catalogue: Catalogue, letters: Letters) -> None:
    for rule in RULES:
        for key, message in rule(draft, catalogue):
            letters.say(key, message)
