"""`supernatant_of = "treated.toml"`: the file of a donor becomes an experiment."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from smaclab.errors import ExperimentError, Problem, shown
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.shared_well import MediumChange
from smaclab.report.words import hours

Loader = Callable[[Path], Experiment | Campaign]


def with_donors(
    loaded: Experiment | Campaign, where: tuple[str, Path], load: Loader
) -> Experiment | Campaign:
    """The same, with every donor that is a path read.

    Args:
        loaded: What a file said.
        where: The name for letters, and the folder from which paths are seen.
        load: Reads a file.

    Raises:
        ExperimentError: a donor's file is missing, not sound, a campaign, or among its own donors.
    """
    known: dict[str, Experiment] = {}
    if isinstance(loaded, Campaign):
        return replace(
            loaded, experiments=tuple(_with_donors(one, where, load, known) for one in loaded.experiments)
        )
    return _with_donors(loaded, where, load, known)


def _with_donors(
    one: Experiment, where: tuple[str, Path], load: Loader, known: dict[str, Experiment]
) -> Experiment:
    if one.well is None or not any(isinstance(change.donor, str) for change in one.well.changes):
        return one
    changes = tuple(
        replace(change, donor=_donor(change, f"medium_change.{number}.supernatant_of", where, load, known))
        for number, change in enumerate(one.well.changes, start=1)
    )
    return replace(one, well=replace(one.well, changes=changes))


def _donor(
    change: MediumChange, key: str, where: tuple[str, Path], load: Loader, known: dict[str, Experiment]
) -> Experiment | None:
    if not isinstance(change.donor, str):
        found: Experiment | None = change.donor
        return found
    file, folder = where
    if change.donor not in known:
        path = folder / change.donor
        try:
            donor = load(path)
        except RecursionError:
            raise _letter(file, key, f"{shown(change.donor)} takes its own supernatant.") from None
        except ExperimentError as error:
            told = [_problem(file, key, f"{shown(change.donor)} cannot be the donor."), *error.problems]
            raise ExperimentError(problems=told) from error
        if isinstance(donor, Campaign):
            raise _letter(
                file, key, f"{shown(change.donor)} is a campaign. A supernatant comes from one experiment."
            )
        if change.taken_s is not None and not 0 < change.taken_s <= donor.duration_s:
            raise _letter(
                file,
                key,
                f"taken at {hours(change.taken_s)}, but {donor.id} ends at {hours(donor.duration_s)}.",
            )
        known[change.donor] = donor
    return known[change.donor]


def _problem(file: str, key: str, message: str) -> Problem:
    return Problem(file=file, key=key, message=message)


def _letter(file: str, key: str, message: str) -> ExperimentError:
    return ExperimentError(problems=[_problem(file, key, message)])
