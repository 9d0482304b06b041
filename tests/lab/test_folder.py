"""A folder of results is complete or not there."""

from pathlib import Path

import pytest

from smaclab.errors import ExperimentError
from smaclab.lab.folder import fill, refuse_if_taken

FILES = {"run.json": "{}\n", "readouts.csv": "a,b\n"}


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_a_new_folder_appears_with_everything_in_it(tmp_path):
    folder = fill(tmp_path / "deep" / "out", FILES)
    assert names(folder) == ["readouts.csv", "run.json"]
    assert names(tmp_path / "deep") == ["out"]


def test_results_are_not_replaced_unless_asked(tmp_path):
    fill(tmp_path / "out", FILES)
    with pytest.raises(ExperimentError, match="already holds the results of a run"):
        fill(tmp_path / "out", FILES)
    fill(tmp_path / "out", {"run.json": "new"}, force=True)
    assert (tmp_path / "out" / "run.json").read_text() == "new"


def test_other_files_in_a_folder_stay(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    fill(tmp_path, FILES)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert names(tmp_path) == ["notes.txt", "readouts.csv", "run.json"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(ExperimentError, match="is a file"):
        refuse_if_taken(tmp_path / "out")


def test_a_write_that_fails_leaves_nothing(tmp_path, monkeypatch):
    usual = Path.open

    def full(self, *args, **kwargs):
        if self.name == "run.json":
            raise OSError(28, "No space left on device")
        return usual(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(ExperimentError, match="No space left"):
        fill(tmp_path / "out", {"readouts.csv": "x", "run.json": "y"})
    assert names(tmp_path) == []
