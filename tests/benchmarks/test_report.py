import json

from benchmarks.measure import Measured, Row
from benchmarks.report import COLUMNS, cells_of, line, page, print_table

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
