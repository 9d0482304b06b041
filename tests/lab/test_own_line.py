"""A person's own cell line, from a table to a run."""

import pytest

from smaclab import lab
from smaclab.errors import ExperimentError


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "mine.csv"
    file.write_text("gene,TPM\nBIRC2,5.4\nXIAP,8.4\n")
    return file


def test_a_table_becomes_a_file_that_an_experiment_can_name(table, tmp_path):
    file, line = lab.new_cell_line(table, "My Line 7")
    assert file.name == "my-line-7.toml"
    assert file.read_text(encoding="utf-8") == line.text
    experiment = tmp_path / "experiment.toml"
    experiment.write_text(f'id = "e"\ncell_line = "{file}"\n')
    assert lab.check(experiment) == []
    assert lab.load(experiment).cell_line == "My Line 7"
    made = lab.catalogue_for(experiment).find_cell_line("My Line 7")
    assert made.amounts["BIRC2"].value == round(24889 * (5.4 + 0.5) / (3.7 + 0.5))


def test_the_folder_is_made_and_a_name_without_letters_has_a_file_too(table, tmp_path):
    assert lab.new_cell_line(table, "x", out=tmp_path / "a" / "b.toml")[0].exists()
    assert lab.new_cell_line(table, "µ")[0].name == "cell-line.toml"


def test_ones_own_reference_is_read(table, tmp_path):
    reference = tmp_path / "hek.csv"
    reference.write_text("BIRC2;5,4\nXIAP;8,4\n")
    _, line = lab.new_cell_line(table, "x", reference=reference)
    assert line.reference == "HEK 293 (hek.csv)"
    assert "24,889 copies (OpenCell) x 1," in line.text


def test_a_file_that_is_there_is_kept_unless_forced(table):
    file, _ = lab.new_cell_line(table, "x")
    file.write_text("mine")
    with pytest.raises(ExperimentError, match=r"x\.toml is there already.*--force"):
        lab.new_cell_line(table, "x")
    assert file.read_text() == "mine"
    lab.new_cell_line(table, "x", force=True)
    assert "[amounts.BIRC2]" in file.read_text(encoding="utf-8")


def test_the_name_of_a_line_that_ships_is_refused(table, tmp_path):
    with pytest.raises(ExperimentError, match=r"'hct116' is a line of this package, HCT 116\. Give another"):
        lab.new_cell_line(table, "hct116")
    assert not list(tmp_path.glob("*.toml"))


def test_where_nothing_can_be_written_gets_a_letter(table, tmp_path):
    with pytest.raises(ExperimentError, match="cannot be written"):
        lab.new_cell_line(table, "x", out=table / "x.toml")
    with pytest.raises(ExperimentError, match="cannot be written"):
        lab.new_cell_line(table, "x", out=tmp_path, force=True)
