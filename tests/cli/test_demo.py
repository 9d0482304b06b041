"""`smaclab demo`."""

import pytest

from smaclab.report import sections


@pytest.fixture(autouse=True)
def _few_pictures(monkeypatch):
    """The page is tested elsewhere; drawing all of it takes longer than everything else here."""
    monkeypatch.setattr(sections, "MAX_PICTURES", 1)


def test_the_demo_needs_no_argument(smaclab, tmp_path):
    code, out, err = smaclab("demo", "--cells", 2, "--workers", 1)
    assert code == 0, err
    for text in (
        "EVSA-T",
        "HCT 116",
        "BJ",
        "SM-164 100 nM",
        "cIAP1 halved",
        "Try next",
        "SIMULATED",
        "report.html",
    ):
        assert text in out, text
    report = (tmp_path / "smaclab-demo" / "report.html").read_text(encoding="utf-8")
    assert '<a href="claims.html">' in report
    assert "claims hold on the shipped model, which is not the one of this run</a>" in report  # a toy's
    assert "All verdicts" in (tmp_path / "smaclab-demo" / "claims.html").read_text(encoding="utf-8")


def test_the_demo_can_be_run_again_and_so_can_the_file_that_it_writes(smaclab):
    assert smaclab("demo", "--cells", 1, "--workers", 1)[0] == 0
    assert smaclab("demo", "--cells", 1, "--workers", 1)[0] == 0
    code, _, err = smaclab("run", "smaclab-demo/demo.toml", "--cells", 1, "--workers", 1, "--out", "again")
    assert code == 0, err


def test_results_in_a_folder_of_ones_own_are_not_replaced(smaclab, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "run.json").write_text("of another run")
    code, _, err = smaclab("demo", "--cells", 1, "--workers", 1, "--out", "mine")
    assert code == 2
    assert "--force" in err
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["run.json"]
