from smaclab.claims import own_claims
from smaclab.claims.few import FEW_CELLS, cells_of, with_few_cells
from smaclab.claims.verify import CELLS


def test_no_experiment_has_more_than_a_few_cells_and_nothing_else_changes():
    claims = [one for one in own_claims() if one.experiments]
    assert any(cells_of(written) == CELLS for one in claims for written in one.experiments.values())
    for one in claims:
        few = with_few_cells(one)
        for name, written in one.experiments.items():
            assert few.experiments[name] == {**written, "cells": min(FEW_CELLS, cells_of(written))}
        assert few.expectations == one.expectations
