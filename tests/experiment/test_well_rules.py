"""What does not fit together in a well."""

from dataclasses import replace

import pytest

from smaclab.experiment.draft import Draft
from smaclab.experiment.shared_well import MediumChange, SharedWell
from smaclab.experiment.well_rules import (
    a_well_holds_cells,
    a_well_holds_what_is_simulated,
    medium_is_changed_before_the_end,
)

WELL = SharedWell(
    volume_ul=100.0, cell_number=100, others=(("LINE-2", 0.1),), changes=(MediumChange(at_s=50.0),)
)
DRAFT = Draft(
    id="x", cell_line="LINE-1", readouts=("viability",), doses=(), perturbations=(), cells=20,
    duration_s=100.0, sample_s=(0.0,), seed=1, hypotheses={}, medium_volume_pl=1.0, in_vitro=(), well=WELL,
)  # fmt: skip
RULES = (a_well_holds_what_is_simulated, medium_is_changed_before_the_end, a_well_holds_cells)


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
