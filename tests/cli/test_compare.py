from dataclasses import replace

from smaclab.cli.app import BAD_INPUT, main
from tests.lab.small_ensemble import SETS


def written(folder, name, log_evidence):
    one = replace(SETS, provenance={"log_evidence": log_evidence, "evidence": {"used": ["C01-1"]}})
    return str(one.write(folder / name))


def test_the_evidence_prefers_one(tmp_path, capsys):
    files = [written(tmp_path, "a.csv", -100.0), written(tmp_path, "b.csv", -104.0)]
    assert main(["compare", *files]) == 0
    assert "prefers another" in " ".join(capsys.readouterr().out.split())


def test_one_alone_gets_a_letter(tmp_path, capsys):
    assert main(["compare", written(tmp_path, "a.csv", -100.0)]) == BAD_INPUT
    assert "Give two or more" in capsys.readouterr().err
