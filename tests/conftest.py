"""What every test shares: the rule about tests that need the rule tools or the peer, and no clock."""

import os
import platform
import shutil
import sys
from importlib.util import find_spec

import pytest
from hypothesis import settings

settings.register_profile("no clock", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("no clock")

REQUIRED = {
    marker: os.environ.get(variable) == "1"
    for marker, variable in (("rules", "SMACLAB_REQUIRE_RULES"), ("peer", "SMACLAB_REQUIRE_PEER"))
}
# libRoadRunner has no wheel there.
NO_PEER = sys.platform == "linux" and platform.machine() == "aarch64"


def missing_for(marker: str) -> list[str]:
    """What is not there: of pysb, BioNetGen and perl, or of libRoadRunner."""
    names = {"rules": ("pysb", "bionetgen"), "peer": ("roadrunner",)}[marker]
    missing = [name for name in names if find_spec(name) is None]
    return missing + (["perl"] if marker == "rules" and not shutil.which("perl") else [])


def required(item, marker: str) -> bool:
    """Whether this test may not skip."""
    return REQUIRED[marker] and item.get_closest_marker(marker) and not (marker == "peer" and NO_PEER)


def pytest_collection_modifyitems(items):
    for marker, how in (("rules", "pip install '.[rules]', and perl"), ("peer", "pip install '.[bench]'")):
        missing = missing_for(marker)
        reason = f"not installed: {', '.join(missing)} ({how})"
        for item in items:
            if missing and item.get_closest_marker(marker) and not required(item, marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where what it needs is required, a test that skips has failed."""
    report = yield
    for marker in REQUIRED:
        if required(item, marker) and report.skipped and not hasattr(report, "wasxfail"):
            report.outcome = "failed"
            report.longrepr = (
                f"SMACLAB_REQUIRE_{marker.upper()}=1, but this test was skipped: {report.longrepr}"
            )
    return report


@pytest.fixture(autouse=True)
def _what_is_required_is_there(request):
    for marker in REQUIRED:
        if required(request.node, marker):
            missing = missing_for(marker)
            assert not missing, f"SMACLAB_REQUIRE_{marker.upper()}=1, but there is no {', '.join(missing)}"
