"""`smaclab cell-line`, and a run of the line that it made."""

import json
import re

import pytest


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("gene;TPM\nBIRC2;5,4\nTNFRSF10A;1\nTNFRSF10B;3\nTNF;2\n")
    return file


def test_a_file_is_written_and_everything_assumed_is_said(smaclab, table, tmp_path):
    code, out, err = smaclab("cell-line", "new", "--expression", table, "--name", "Mine")
    assert (code, err) == (0, "")
    assert "[amounts.BIRC2]" in (tmp_path / "mine.toml").read_text(encoding="utf-8")
    assert "Reference: HEK 293 (HPA)" in out
    assert "Derived (2): BIRC2, TNFRSF10B." in out
    assert "a guess (1): TNFRSF10A." in out
    assert "XIAP" in out.split("Not in the table")[1].split("\n")[0]
    for name in ("TNF_competence", "RIPK1_checkpoint", "TNF_basal_transcription", "BIRC3"):
        assert name in out
    assert "Note: TNF has 2 TPM" in out
    assert 'cell_line = "mine.toml"' in out


def test_the_file_can_be_put_elsewhere_but_not_over_another(smaclab, table, tmp_path):
    arguments = ("cell-line", "new", "--expression", table, "--name", "Mine", "--out", "lines/m.toml")
    assert smaclab(*arguments)[0] == 0
    assert (tmp_path / "lines" / "m.toml").exists()
    code, _, err = smaclab(*arguments)
    assert code == 2
    assert "--force" in err
    assert smaclab(*arguments, "--force")[0] == 0


def test_bad_rows_are_letters_and_nothing_is_written(smaclab, table, tmp_path):
    table.write_text("BIRC2,-1\nXIAP,x\n")
    code, _, err = smaclab("cell-line", "new", "--expression", table, "--name", "Mine")
    assert code == 2
    assert "[row 1]" in err
    assert "[row 2]" in err
    assert not list(tmp_path.glob("mine.toml"))


def test_the_line_runs_where_an_experiment_names_its_file(smaclab, table, file, tmp_path):
    smaclab("cell-line", "new", "--expression", table, "--name", "Mine")
    made = tmp_path / "mine.toml"
    # The toy knows one protein and one property.
    parts = re.split(r"\n\n(?=\[)", made.read_text(encoding="utf-8"))
    kept = [
        p
        for p in parts
        if not p.startswith(("[amounts.", "[properties.")) or "BIRC2]" in p or "TNF_comp" in p
    ]
    made.write_text("\n\n".join(kept), encoding="utf-8")
    file.write_text(file.read_text().replace('"EVSA-T"', '"mine.toml"'))
    assert smaclab("check", file)[0] == 0
    code, out, err = smaclab("run", file, "--out", "out", "--workers", 1)
    assert code == 0, err
    assert "Mine" in out
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["experiments"][0]["cell_line"] == "Mine"
    made.unlink()
    code, _, err = smaclab("run", file, "--out", "again")
    assert code == 2
    assert "there is no such file" in err
