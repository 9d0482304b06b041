"""A folder of results is complete or not there."""

import os
import tempfile
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


@pytest.mark.parametrize("name", ["a" * 300, "a\0b"])
def test_a_name_that_no_folder_can_have_gets_a_letter(tmp_path, name):
    with pytest.raises(ExperimentError, match="cannot be written"):
        refuse_if_taken(tmp_path / name)


def test_a_folder_below_a_file_is_refused_before_anything_runs(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExperimentError, match="file is a file"):
        refuse_if_taken(tmp_path / "file" / "deep" / "out")


def test_a_folder_that_may_not_be_written_is_refused_before_anything_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # chmod does not stop a superuser
    with pytest.raises(ExperimentError, match="no permission to write"):
        refuse_if_taken(tmp_path / "out")


def test_a_folder_that_exists_is_filled_although_its_parent_is_locked(tmp_path, monkeypatch):
    (tmp_path / "out").mkdir()
    usual = tempfile.mkdtemp

    def locked(*args, dir, **kwargs):
        if Path(dir) == tmp_path:
            raise PermissionError(13, "Permission denied")
        return usual(*args, dir=dir, **kwargs)

    monkeypatch.setattr(tempfile, "mkdtemp", locked)
    fill(tmp_path / "out", FILES)
    assert names(tmp_path / "out") == ["readouts.csv", "run.json"]
