"""What does not fit together in a well whose cells share their medium; for `check`."""

from collections.abc import Iterator

from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.draft import Draft
from smaclab.experiment.shared_well import MOST_DOUBLINGS
from smaclab.units import show


def a_well_holds_what_is_simulated(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Simulated cells stand for those in the well: no more of them, and one of each line at least."""
    well = draft.well
    if well is None or draft.cells is None:
        return
    if draft.cells > well.cell_number:
        yield (
            "cells",
            f"{draft.cells:,} cells are simulated, but the well holds {well.cell_number:,}. Simulate fewer, "
            "or write a larger cell_number in [well].",
        )
    counts = dict(well.lines(draft.cell_line or "", draft.cells))
    for line, fraction in well.others:
        if fraction > 0 and line not in counts:
            yield (
                f"well.with.{line}",
                f"{fraction:g} of {draft.cells} simulated cells is not one of {line}. Simulate more cells, "
                "or leave the line out.",
            )


def a_well_does_not_grow_for_ever(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Who doubles too often has been split or has filled the well long before."""
    well = draft.well
    if well is None or not well.grows or draft.duration_s is None:
        return
    for name in (draft.cell_line or "", *(line for line, fraction in well.others if fraction > 0)):
        line = catalogue.find_cell_line(name)
        if line is None:
            continue
        doubling_s = line.doubling_time_s.value if well.doubling_s is None else well.doubling_s
        doublings = draft.duration_s / doubling_s
        if doublings > MOST_DOUBLINGS:
            yield (
                "well.growth",
                f"{line.name} doubles in {show(doubling_s, 'time')}: {doublings:.3g} times in "
                f"{show(draft.duration_s, 'time')}. A well doubles {MOST_DOUBLINGS} times at most; give a "
                "shorter duration, or a longer time for one doubling.",
            )
            return


def medium_is_changed_before_the_end(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A change after the end does nothing: a slip."""
    for number, change in enumerate(draft.well.changes if draft.well else (), start=1):
        if draft.duration_s is not None and change.at_s >= draft.duration_s:
            yield (
                f"medium_change.{number}.at",
                f"the medium is changed at {show(change.at_s, 'time')}, but the experiment ends at "
                f"{show(draft.duration_s, 'time')}. Change it earlier, or give a longer duration.",
            )


def a_well_holds_cells(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """In a tube there are no cells that could share a medium."""
    if draft.well is not None and draft.in_vitro:
        yield (
            "well",
            "in_vitro is a tube without cells, so nothing shares a medium. Leave one of them out.",
        )
