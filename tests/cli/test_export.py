import pytest

from smaclab.cli import main


@pytest.mark.usefixtures("on_the_toy")
def test_a_file_is_written(tmp_path, monkeypatch, toy, capsys):
    monkeypatch.setattr("smaclab.lab.export.own_network", toy.toy_network)
    source = tmp_path / "toy.toml"
    source.write_text('id = "toy"\ncell_line = "EVSA-T"\nreadouts = ["cIAP1"]\n')
    out = tmp_path / "out.csv"
    assert main(["export", str(source), "--format", "csv", "--out", str(out)]) == 0
    assert out.read_text().startswith("reaction,rule")
    assert "Written" in capsys.readouterr().out
    assert main(["export", str(source), "--format", "doc", "--out", str(out)]) == 2
    assert "unknown format" in capsys.readouterr().err
