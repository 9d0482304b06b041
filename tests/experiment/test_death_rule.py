import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.death_rule import DeathRule


def test_a_death_rule_needs_all_three():
    with pytest.raises(CatalogueError, match="needs a kind, an observable and a threshold"):
        DeathRule(kind="apoptosis", observable="", threshold_parameter="x")
