import pytest

from benchmarks import wells
from benchmarks.report import wells_of
from benchmarks.wells import HEADER, Shared, experiment, main, measured, section, table, write

pytest.importorskip("llvmlite")

ROW = Shared(
    cells=1000, threads=2, apart_cpu_s=2.0, well_cpu_s=5.0, well_wall_s=3.0, macro_steps=50, rejected=4,
    apart_dead=0.5, well_dead=0.75, failed=0, peak_mib=300.0,
)  # fmt: skip


def test_as_many_are_simulated_as_there_are():
    assert experiment(7).cells == 7
    assert experiment(7).well is None  # a share of 10,000 pl, in the well and apart


def test_a_row_says_the_ratio():
    assert len(ROW.row()) == len(HEADER)
    assert ROW.row()[HEADER.index("ratio")] == "2.50"
    assert table([ROW]).splitlines()[2].startswith("|1,000|2|2|5|2.50|")


def test_the_page_keeps_its_rest_and_its_wells(tmp_path, monkeypatch):
    page = tmp_path / "performance.md"
    page.write_text("# Performance\n\n|a|\n", encoding="utf-8")
    monkeypatch.setattr(wells, "PAGE", page)
    write([ROW])
    write([ROW])
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Performance\n\n|a|\n")
    assert text.count("|2.50|") == 1
    assert wells_of(text) == section([ROW])
    assert wells_of("# Performance\n") == ""


def test_a_well_and_the_same_cells_apart_are_measured():
    found = measured(6, 1)
    assert found.failed == 0
    assert found.well_cpu_s > 0
    assert found.well_dead > 0.5
    assert found.peak_mib > 10


@pytest.mark.slow
def test_a_process_of_its_own_says_what_it_took():
    assert main(["3"]).count("\n") == 2
