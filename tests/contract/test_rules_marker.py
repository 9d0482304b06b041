"""A test of the rules, or beside the peer, that skips has failed where what it needs is required."""

import os
import subprocess
import sys

import pytest

from tests.conftest import NO_PEER
from tests.contract.house import ROOT

SUITE = """
import pytest

@pytest.mark.{marker}
def test_that_skips():
    pytest.skip("no perl")

def test_of_something_else():
    pytest.skip("this one may")
"""


@pytest.mark.parametrize("marker", ["rules", "peer"])
@pytest.mark.parametrize(("required", "code"), [("1", 1), ("0", 0), (None, 0)])
def test_a_skip_is_a_failure_where_it_is_required(tmp_path, marker, required, code):
    if marker == "peer" and NO_PEER:
        pytest.skip("no wheel of libRoadRunner here, so nothing can require it")
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  rules\n  peer\n")
    (tmp_path / "test_suite.py").write_text(SUITE.format(marker=marker))
    environment = {key: value for key, value in os.environ.items() if "SMACLAB_REQUIRE" not in key}
    if required:
        environment[f"SMACLAB_REQUIRE_{marker.upper()}"] = required
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "1 skipped" in done.stdout or "2 skipped" in done.stdout, "the other test may skip"
