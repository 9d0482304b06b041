import pytest

from smaclab.cli.app import BAD_INPUT, main


def test_indices_are_shown_and_written(tmp_path, capsys):
    pytest.importorskip("SALib")
    path = tmp_path / "indices.csv"
    assert main(["sensitivity", "EVSA-T", "--samples", "2", "--out", str(path), "--workers", "1"]) == 0
    assert "what moves it" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8").startswith("output,factor,first")


def test_another_end_of_the_file_or_line_gets_a_letter(tmp_path, capsys):
    assert main(["sensitivity", "EVSA-T", "--out", str(tmp_path / "indices.xls")]) == BAD_INPUT
    assert "ends in .csv" in capsys.readouterr().err
    assert main(["sensitivity", "nobody"]) == BAD_INPUT
    assert "unknown cell line 'nobody'" in capsys.readouterr().err
