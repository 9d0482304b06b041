"""No test here reads or writes the user's own folder of compiled programs."""

import pytest


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """An empty folder for each test."""
    folder = tmp_path / "programs"
    monkeypatch.setenv("SMACLAB_CACHE", str(folder))
    return folder
