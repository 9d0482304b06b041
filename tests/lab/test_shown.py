"""A table that shows itself."""

import pandas as pd
import pytest

from smaclab.lab.shown import Shown


class Two(Shown):
    def table(self):
        return pd.DataFrame({"a": [1, 2], "b": ["<x>", "y"]})


def test_in_a_terminal_and_in_a_notebook():
    assert "a" in repr(Two())
    page = Two()._repr_html_()
    assert "SIMULATED" in page
    assert "&lt;x&gt;" in page


def test_what_has_no_table_cannot_be_made():
    with pytest.raises(TypeError, match="table"):
        Shown()
