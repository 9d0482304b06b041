"""The pages from a catalogue and a network, and into a folder."""

import pytest

from smaclab import lab
from smaclab.errors import NetworkError


def test_rules_that_no_mechanism_writes_are_shown_all_the_same(bench):
    text = lab.model_pages(**bench)["reactions.md"]
    assert "## elsewhere" in text
    assert "| `drug_removes_cIAP1` |" in text


def test_other_files_in_the_folder_stay(tmp_path):
    folder = tmp_path / "docs" / "model"
    folder.mkdir(parents=True)
    (folder / "limits.md").write_text("by hand")
    written = lab.write_model_pages(folder)
    assert (folder / "limits.md").read_text() == "by hand"
    assert {path.name for path in folder.iterdir()} == {"limits.md", *(path.name for path in written)}
    assert written[0].read_bytes() == lab.model_pages()["index.md"].encode()


def test_a_file_in_the_way_gets_a_letter(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(NetworkError, match="taken.*--out"):
        lab.write_model_pages(tmp_path / "taken")
