import json

from benchmarks.growth import Grown, Size
from benchmarks.measure import Measured, Row
from benchmarks.report import (
    COLUMNS,
    ERBB,
    GROWTH_COLUMNS,
    WELLS,
    cells_of,
    erbb_of,
    erbb_section,
    growth_cells,
    line,
    page,
    print_table,
    wells_of,
    with_erbb,
)

USUAL = {
    "setting": "1e-06 / 1e-06", "cells": 200, "error_median": 1e-4, "error_p95": 2e-3, "failed": 0,
    "codegen_s": 0.5,
}  # fmt: skip
PEER = Row(case="earm", solver="libRoadRunner", precision="f64", per_s=200.0, **USUAL)
OURS = Row(
    case="earm", solver="ours", precision="f64", per_s=20_000.0, ratio=100.0, low=90.0, high=110.0,
    matched=True, **USUAL,
)  # fmt: skip
FOUND = {name: Measured(rows=(PEER, OURS), agreement=3e-9) for name in ("earm", "own")}


def test_the_line_has_its_keys():
    told = json.loads(line(FOUND))
    assert list(told) == [
        "earm_f64_ratio", "earm_f32_ratio", "earm_error_p95", "earm_peer_error_p95", "own_f64_ratio",
        "own_error_p95", "own_peer_error_p95", "isa",
    ]  # fmt: skip
    assert told["earm_f64_ratio"] == 100.0
    assert told["earm_f32_ratio"] is None
    assert told["own_peer_error_p95"] == 2e-3


def test_the_page_and_the_table_have_all_rows(capsys):
    assert page(FOUND).count("|earm|") == 4
    print_table(FOUND)
    assert "100 (90 to 110)" in capsys.readouterr().out
    assert len(cells_of(OURS)) == len(COLUMNS)


def test_growth_has_its_own_table(capsys):
    one = Grown(size=Size(10**6, workers=2), wall_s=40.0, cpu_s=50.0, peak_mib=400.0, alive=0.1, failed=0)
    assert "|1,000,000|1|8|100|2|40|50|2e+04|2.5e+04|400|0|" in page(FOUND, [one])
    assert "growth" not in page(FOUND)
    print_table(FOUND, [one])
    assert "1,000,000" in capsys.readouterr().out
    assert len(growth_cells(one)) == len(GROWTH_COLUMNS)


def test_the_section_of_500_species_stands_before_the_wells_and_is_replaced():
    old, new = (erbb_section(Measured(rows=(PEER, OURS), agreement=one)) for one in (3e-9, 4e-9))
    whole = page(FOUND) + WELLS + "wells"
    text = with_erbb(with_erbb(whole, old), new)
    assert text.index(ERBB) < text.index(WELLS)
    assert (text.count(ERBB), text.count("3e-09 at most"), text.count("4e-09 at most")) == (1, 0, 1)
    assert (erbb_of(text), wells_of(text)) == (new, WELLS + "wells")
    assert erbb_of(whole) == ""
