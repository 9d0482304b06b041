import pytest

from smaclab.experiment.plate_column import column_of


@pytest.mark.parametrize(
    ("header", "meaning", "name", "number", "unit"),
    [
        ("Well", "well", "", 0, ""),
        ("Cell line", "cell line", "", 0, ""),
        ("cell_line", "cell line", "", 0, ""),
        ("drug", "drug", "", 1, ""),
        ("Drug 2", "drug", "", 2, ""),
        ("second drug", "drug", "", 2, ""),
        ("conc [nM]", "dose", "", 1, "nM"),
        ("dose2 (ng/ml)", "dose", "", 2, "ng/ml"),
        ("Unit", "unit", "", 1, ""),
        ("SM164", "dose", "SM-164", 0, ""),
        ("SM-164 [nM]", "dose", "SM-164", 0, "nM"),
        ("TNFα (ng/ml)", "dose", "TNF", 0, "ng/ml"),
        ("tl32711, µM", "dose", "birinapant", 0, "µM"),
        ("siRNA", "siRNA", "", 0, ""),
        ("time (h)", "time", "", 0, "h"),
        ("hours", "time", "", 0, "h"),
        ("viability [%]", "measured", "viability", 0, "%"),
        ("TNF_medium (pg/ml)", "measured", "TNF_medium", 0, "pg/ml"),
        ("measured TNF [pg/ml]", "measured", "TNF_medium", 0, "pg/ml"),
        ("TNF measured", "measured", "TNF_medium", 0, ""),
        ("TNF (measured)", "measured", "TNF_medium", 0, ""),
        ("TNF dose [nM]", "dose", "TNF", 0, "nM"),
        ("conc. of SM-164", "dose", "SM-164", 0, ""),
        ("comment", "note", "", 0, ""),
        ("# anything = 5", "note", "", 0, ""),
        ("", "note", "", 0, ""),
    ],
)
def test_a_header_says_what_its_column_holds(catalogue, header, meaning, name, number, unit):
    column, letter = column_of(header, catalogue)
    assert letter == ""
    assert (column.meaning, column.name, column.number, column.unit) == (meaning, name, number, unit)
    assert column.header == header


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("SM-146 [nM]", "SM-164"),
        ("cel line", "cell line"),
        ("viabilty", "viability"),
        ("replicat", "replicate"),
    ],
)
def test_a_slip_is_never_a_note_or_a_dose_would_be_lost(catalogue, header, meant):
    column, letter = column_of(header, catalogue)
    assert column is None
    assert f"Did you mean {meant!r}?" in letter
    assert "begins with # is left alone" in letter
