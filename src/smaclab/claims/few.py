"""Claims on fewer cells than their verdicts take: where very many parameter sets or hypotheses are judged."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from smaclab.claims.claim import Claim
from smaclab.claims.verify import CELLS

FEW_CELLS: Final = 24


def cells_of(written: Mapping[str, Any]) -> int:
    """How many cells an experiment of a claim has."""
    return int(written.get("cells", CELLS))


def with_few_cells(claim: Claim) -> Claim:
    """The same claim, none of whose experiments has more than `FEW_CELLS`."""
    few = {name: {**one, "cells": min(FEW_CELLS, cells_of(one))} for name, one in claim.experiments.items()}
    return replace(claim, experiments=few)
