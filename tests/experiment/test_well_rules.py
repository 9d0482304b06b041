"""What does not fit together in a well."""

from dataclasses import replace

import pytest

from smaclab.experiment.draft import Draft
from smaclab.experiment.shared_well import MediumChange, SharedWell
from smaclab.experiment.well_rules import (
    a_well_does_not_grow_for_ever,
    a_well_holds_cells,
    a_well_holds_what_is_simulated,
    medium_is_changed_before_the_end,
)
from tests.experiment.conftest import make_line

WELL = SharedWell(
    volume_ul=100.0, cell_number=100, others=(("LINE-2", 0.1),), changes=(MediumChange(at_s=50.0),)
)
DRAFT = Draft(
    id="x", cell_line="LINE-1", readouts=("viability",), doses=(), perturbations=(), cells=20,
    duration_s=100.0, sample_s=(0.0,), seed=1, hypotheses={}, medium_volume_pl=1.0, in_vitro=(), well=WELL,
)  # fmt: skip
RULES = (
    *(a_well_holds_what_is_simulated, medium_is_changed_before_the_end, a_well_holds_cells),
    a_well_does_not_grow_for_ever,
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "draft", [DRAFT, replace(DRAFT, well=None), replace(DRAFT, cells=None, duration_s=None)]
)
def test_what_fits_is_let_through(rule, draft):
    assert list(rule(draft, None)) == []


@pytest.mark.parametrize(
    ("rule", "changed", "key"),
    [
        (a_well_holds_what_is_simulated, {"cells": 101}, "cells"),
        (a_well_holds_what_is_simulated, {"cells": 3}, "well.with.LINE-2"),
        (medium_is_changed_before_the_end, {"duration_s": 50.0}, "medium_change.1.at"),
        (a_well_holds_cells, {"in_vitro": ("ATP",)}, "well"),
    ],
)
def test_what_does_not_fit_is_told(rule, changed, key):
    assert [found for found, _ in rule(replace(DRAFT, **changed), None)] == [key]


def test_a_well_grows_five_times_at_most(catalogue):
    """LINE-1 doubles within a day in the toy catalogue; a pace that is given holds for all lines."""
    lines = replace(catalogue, cell_lines=(make_line("LINE-1"), make_line("LINE-2")))
    line_s = lines.cell_lines[0].doubling_time_s.value
    growing = replace(DRAFT, well=replace(WELL, grows=True), duration_s=5 * line_s)
    assert list(a_well_does_not_grow_for_ever(growing, lines)) == []
    longer = replace(growing, duration_s=5.1 * line_s)
    ((key, words),) = a_well_does_not_grow_for_ever(longer, lines)
    assert key == "well.growth"
    assert "LINE-1 doubles in" in words
    assert "doubles 5 times" in words
    slower = replace(longer, well=replace(longer.well, doubling_s=2 * line_s))
    assert list(a_well_does_not_grow_for_ever(slower, lines)) == []
