"""Growth in number: how many cells a simulated cell stands for, from one division to the next.

Scope:   from time 0 on, who lives doubles at the pace of its line. A simulated cell is the founder of a
         lineage, whose cells are alike and die together.
Ignores: that sisters drift apart; arrest by a drug; a well that is full.

The medium keeps its volume. It is cut into as many shares as there would be cells at the end if none died
(`Well.shares_per_cell` a founder); the share of a founder that stands for n cells counts n times, and the
shares without a cell make up the rest. So no share shrinks, no rate constant changes, and no share counts
less than never: means over shares with such weights run away where something in the medium is fast.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smaclab.errors import SimulationError
from smaclab.simulate.well import Well, WellCourse

Array = NDArray[Any]

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class CellNumbers:
    """How many cells a well holds, by line, as multiples of those at the start that are known.

    alive: (time, member), at this time. dead: (time, member), that died up to then, as many as they were when
    they died. undisturbed: (time, member), how many would live had none died. NaN: all of a line have failed.
    """

    time_s: Array
    alive: Array
    dead: Array
    undisturbed: Array

    @property
    def fraction_alive(self) -> Array:
        """(time, member), of all that were ever made."""
        return self.alive / (self.alive + self.dead)

    @property
    def relative(self) -> Array:
        """(time, member), alive beside a well where none died: what a viability assay compares."""
        return self.alive / self.undisturbed


def grown(time_s: ArrayLike, doubling_s: ArrayLike) -> Array:
    """How many cells one has become. doubling_s: inf where cells do not divide; exactly 1 before time 0."""
    doublings = np.maximum(time_s, 0.0) / np.asarray(doubling_s, dtype=float)
    found: Array = np.exp2(doublings)
    return found


def most_cells(end_s: float, lines: ArrayLike) -> float:
    """How many cells there are at the end for each at the start, if none dies.

    lines: (line, 2), how many of the cells are of it, and in which time they double, s.
    """
    count, doubling_s = np.asarray(lines, dtype=float).T
    return float(count @ grown(end_s, doubling_s) / count.sum())


def refuse_too_few_shares(well: Well) -> None:
    """Raises a SimulationError where cells would have more shares than there are."""
    lines = [(len(one.cells), one.doubling_s) for one in well.members]
    most = most_cells(well.members[0].recipe.end_s, lines)
    if most > well.shares_per_cell * (1.0 + ROUNDING):
        raise SimulationError(
            f"{well.id}: {well.shares_per_cell:g} shares of medium for each cell at the start, but up to "
            f"{most:g} cells for each at the end. Plan for that many shares, with less medium in each."
        )


def cell_numbers(course: WellCourse) -> CellNumbers:
    """The numbers of cells at each sample.

    Raises:
        SimulationError: a course that does not say how fast its lines double.
    """
    members = len(course.doubling_s)
    if not members:
        raise SimulationError(f"a course of {members} doubling times: one for each line is needed.")
    alive, dead = np.full((2, len(course.time_s), members), np.nan)
    for number, doubling_s in enumerate(course.doubling_s):
        death_s = course.death_time_s[course.member == number]
        known = death_s[~np.isnan(death_s)][None]
        if not known.size:
            continue
        at_death = grown(np.where(np.isinf(known), 0.0, known), doubling_s)
        died = known <= course.time_s[:, None]
        alive[:, number] = (~died).mean(axis=1) * grown(course.time_s, doubling_s)
        dead[:, number] = np.where(died, at_death, 0.0).mean(axis=1)
    undisturbed = grown(course.time_s[:, None], course.doubling_s)
    return CellNumbers(time_s=course.time_s, alive=alive, dead=dead, undisturbed=undisturbed)
