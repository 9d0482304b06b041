import math
from importlib.resources import files
from statistics import median

import pytest

from smaclab.biology.catalogue import read_cell_lines
from smaclab.biology.derive_amounts import (
    CHAINS,
    CORRECTED,
    POOLED,
    REFERENCE_LINE,
    SIBLING,
    SourceTables,
    derivable_symbols,
    derived_amounts,
    hpa_amount,
    load_tables,
    median_amount,
    nci60_amount,
    sibling_amount,
    transcript_ratio,
)
from smaclab.errors import CatalogueError

TABLES = load_tables()
COLUMN = {  # a line's name -> its name in the table of transcripts
    "BJ": "BJ",
    "BJ hTERT": "BJ hTERT+",
    "BJ hTERT SV40 LT": "BJ hTERT+ SV40 Large T+",
    "BJ hTERT SV40 LT RasG12V": "BJ hTERT+ SV40 Large T+ RasG12V",
    "EFO-21": "EFO-21",
    "HCT 116": "HCT_116",
    "HeLa": "HeLa",
    "MDA-MB-231": "MDA_MB_231",
    "NCI-H460": "NCI_H460",
    "SH-SY5Y": "SH-SY5Y",
}
LIKE_BJ = ("MEF", "MEF immortalized", "MEF cIAP1-null", "MEF cIAP1-null immortalized")
MEDIAN_LINES = ("EVSA-T", "HT-1080")
COUNTED = "HEK293T"  # the line in which the copies were counted
LINES = {line.name: line for line in read_cell_lines()}

TOY = SourceTables(
    copies={"A": 100.0, "BCL2": 1.0, "BCL2L1": 2.0, "MCL1": 4.0, "TRAF2": 300.0, "CYCS": 7.0},
    hpa={
        "HEK 293": {"A": 1.5, "BCL2": 0.5, "BCL2L1": 0.5, "MCL1": 0.5, "TRAF2": 0.5},
        "x": {"A": 3.5, "BCL2": 1.5, "BCL2L1": 0.5, "MCL1": 0.5, "TRAF2": 0.5},
        "y": {"A": 5.5, "BCL2": 0.5, "BCL2L1": 0.5, "MCL1": 0.5, "TRAF2": 0.5},
    },
    nci60={"p": {"A": 1.0}, "q": {"A": 2.0}, "r": {"A": 4.0}, "empty": {}},
)


def test_a_ratio_has_a_floor_and_is_clipped():
    assert transcript_ratio(1.5, 0.5) == 2.0
    assert transcript_ratio(0.0, 0.0) == 1.0
    assert transcript_ratio(0.0, 1000.0) == 0.05
    assert transcript_ratio(1000.0, 0.0) == 20.0


def test_an_hpa_line_is_compared_with_hpas_hek_293():
    assert hpa_amount(TOY, "x", "A") == pytest.approx(200.0)
    assert hpa_amount(TOY, "HEK 293", "A") == pytest.approx(100.0)


def test_the_median_runs_over_all_hpa_lines():
    assert median_amount(TOY, "A") == pytest.approx(200.0)  # of 100, 200 and 300


def test_an_nci60_line_scales_the_median_and_lines_without_the_gene_do_not_count():
    assert nci60_amount(TOY, "q", "A") == pytest.approx(200.0)
    assert nci60_amount(TOY, "r", "A") == pytest.approx(800.0)


def test_a_pool_is_the_sum_of_its_genes_and_an_assembly_counts_once():
    assert hpa_amount(TOY, "x", "BCL2L1") == pytest.approx(2 * 1 + 2 + 4)
    assert hpa_amount(TOY, "x", "TRAF2") == pytest.approx(100.0)


def test_a_receptor_that_was_not_counted_is_scaled_from_its_sibling():
    tables = SourceTables(
        copies={"TNFRSF10B": 100.0},
        hpa={
            "HEK 293": {"TNFRSF10A": 0.0, "TNFRSF10B": 0.5},
            "x": {"TNFRSF10A": 1.5, "TNFRSF10B": 3.5},  # 400 copies of the sibling, half the transcript
            "y": {"TNFRSF10A": 3.5, "TNFRSF10B": 3.5},
        },
        nci60={"p": {"TNFRSF10A": 1.0}, "q": {"TNFRSF10A": 2.0}, "r": {"TNFRSF10A": 4.0}},
    )
    assert sibling_amount(tables, "x", "TNFRSF10A") == pytest.approx(200.0)
    assert sibling_amount(tables, None, "TNFRSF10A") == pytest.approx(200.0)  # of 50, 200 and 400
    assert sibling_amount(tables, "r", "TNFRSF10A") == pytest.approx(800.0)
    with pytest.raises(CatalogueError, match="unknown cell line 'z'"):
        sibling_amount(tables, "z", "TNFRSF10A")


def test_only_what_all_tables_hold_can_be_derived():
    assert derivable_symbols(TOY) == ("A", "BCL2L1", "TRAF2")
    with pytest.raises(CatalogueError, match="unknown gene 'CYCS'"):
        hpa_amount(TOY, "x", "CYCS")
    with pytest.raises(CatalogueError, match="unknown cell line 'z'"):
        derived_amounts(TOY, "z")


def test_the_shipped_tables_hold_what_they_say():
    assert (len(TABLES.hpa), len(TABLES.nci60)) == (69, 60)
    assert TABLES.copies["BIRC2"] == 24889
    assert median(line["BIRC2"] for line in TABLES.nci60.values() if "BIRC2" in line) == pytest.approx(7.914)


@pytest.mark.parametrize("name", ["hek293t_copies.csv", "hpa_cell_lines_tpm.csv", "nci60_log2.csv"])
def test_every_table_says_its_source_and_its_terms(name):
    head = [
        line
        for line in (files("smaclab.biology") / "data" / name).read_text("utf-8").splitlines()
        if "#" in line
    ]
    assert any(line.startswith("# Source: ") for line in head)
    assert any(line.startswith("# Terms: ") for line in head)


@pytest.mark.parametrize("name", sorted(COLUMN))
def test_every_derived_amount_is_derived_again(name):
    amounts = LINES[name].amounts
    again = derived_amounts(TABLES, COLUMN[name])
    derived = {symbol: value for symbol, value in amounts.items() if value.evidence == "derived"}
    fitted = {symbol: value for symbol, value in amounts.items() if value.evidence == "fitted"}
    assert {*derived, *fitted} == set(again)
    for symbol, value in derived.items():
        assert value.value == round(again[symbol]), symbol
    for symbol, value in {
        **derived,
        **fitted,
    }.items():
        assert value.prior == {"distribution": "log-normal", "median": round(again[symbol]), "fold": 3}
        assert 1 / 3 < value.value / again[symbol] < 3, symbol


@pytest.mark.parametrize("name", MEDIAN_LINES)
def test_a_line_in_no_table_has_the_median_and_says_it_is_assumed(name):
    amounts = LINES[name].amounts
    assert {value.evidence for value in amounts.values()} <= {"assumed", "fitted"}
    for symbol in derivable_symbols(TABLES):
        value, middle = amounts[symbol], round(median_amount(TABLES, symbol))
        assert middle == (value.prior["median"] if value.evidence == "fitted" else value.value), symbol
        assert value.prior["fold"] > 3
        assert 1 / 3 < value.value / middle < 3, symbol


@pytest.mark.parametrize("name", sorted(LINES))
def test_what_is_scaled_from_a_sibling_is_a_guess_and_is_made_again(name):
    column = {COUNTED: REFERENCE_LINE, **dict.fromkeys(LIKE_BJ, "BJ"), **COLUMN}.get(name)
    for symbol in SIBLING:
        value = LINES[name].amounts[symbol]
        assert value.value == round(sibling_amount(TABLES, column, symbol)), symbol
        assert value.evidence == "assumed"
        assert value.prior["fold"] > 3


def test_what_was_counted_in_hek293t_is_measured_there_and_nowhere_else():
    amounts = LINES[COUNTED].amounts
    changed = {*CORRECTED, *POOLED, *CHAINS}  # not as OpenCell counts it, so not measured
    pooled = {gene for genes in POOLED.values() for gene in genes}
    measured = {symbol for symbol, value in amounts.items() if value.evidence == "measured"}
    assert measured == set(TABLES.copies) - changed - pooled
    assert {symbol for symbol, value in amounts.items() if value.evidence == "derived"} == changed
    for symbol in measured:
        assert amounts[symbol].value == TABLES.copies[symbol]
    for symbol in changed:
        assert amounts[symbol].value == round(hpa_amount(TABLES, REFERENCE_LINE, symbol))
    others = [line for line in LINES.values() if line.name != COUNTED]
    assert not [line.name for line in others if any(v.evidence == "measured" for v in line.amounts.values())]


def test_every_line_that_ships_is_looked_at_here():
    assert set(LINES) == {*COLUMN, *MEDIAN_LINES, *LIKE_BJ, COUNTED}
    assert all(math.isfinite(value.value) for line in LINES.values() for value in line.amounts.values())
