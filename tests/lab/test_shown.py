"""A table that shows itself."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from smaclab.lab.shown import Shown


class Two(Shown):
    def table(self):
        return pd.DataFrame({"a": [1, 2], "b": ["<x>", "y"]})

    def figure(self):
        return Figure(figsize=(2.0, 1.0))


def test_in_a_terminal_and_in_a_notebook():
    assert "a" in repr(Two())
    page = Two()._repr_html_()
    assert "SIMULATED" in page
    assert "&lt;x&gt;" in page
    assert "<svg" in page
    assert page == Two()._repr_html_()


def test_what_has_no_table_cannot_be_made():
    with pytest.raises(TypeError, match="table"):
        Shown()
