"""What every test shares: the rule about tests that need the rule tools."""

import os
import shutil
from importlib.util import find_spec

import pytest

REQUIRED = os.environ.get("SMACLAB_REQUIRE_RULES") == "1"


def missing_for_rules() -> list[str]:
    """What is not there of pysb, BioNetGen and perl."""
    missing = [name for name in ("pysb", "bionetgen") if find_spec(name) is None]
    return missing + ([] if shutil.which("perl") else ["perl"])


def pytest_collection_modifyitems(items):
    missing = missing_for_rules()
    if not missing or REQUIRED:
        return
    reason = f"not installed: {', '.join(missing)} (pip install '.[rules]', and perl)"
    for item in items:
        if item.get_closest_marker("rules"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where the rule tools are required, a test of the rules that skips has failed."""
    report = yield
    if REQUIRED and item.get_closest_marker("rules") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"SMACLAB_REQUIRE_RULES=1, but this test was skipped: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _rules_are_there_where_required(request):
    if REQUIRED and request.node.get_closest_marker("rules"):
        missing = missing_for_rules()
        assert not missing, f"SMACLAB_REQUIRE_RULES=1, but there is no {', '.join(missing)}"
