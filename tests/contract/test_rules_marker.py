"""A test of the rules that skips has failed where the rule tools are required."""

import os
import subprocess
import sys

import pytest

from tests.contract.house import ROOT

SUITE = """
import pytest

@pytest.mark.rules
def test_that_skips():
    pytest.skip("no perl")

def test_of_something_else():
    pytest.skip("this one may")
"""


@pytest.mark.parametrize(("required", "code"), [("1", 1), ("0", 0), (None, 0)])
def test_a_skip_is_a_failure_where_rules_are_required(tmp_path, required, code):
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = rules\n")
    (tmp_path / "test_suite.py").write_text(SUITE)
    environment = {key: value for key, value in os.environ.items() if key != "SMACLAB_REQUIRE_RULES"}
    if required:
        environment["SMACLAB_REQUIRE_RULES"] = required
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "1 skipped" in done.stdout or "2 skipped" in done.stdout, "the other test may skip"
