import pytest

from smaclab.cli.omex import main
from smaclab.exchange.omex import write_omex
from smaclab.exchange.sedml import Course, write_sedml
from tests.network.sbml.written import document, parameter, rate

RAMP = document(Parameters=[parameter("x", 0, "false"), parameter("v", 2)], Rules=[rate("x", "v")]).decode()


@pytest.mark.parametrize(("source", "code"), [("model.xml", 0), ("none.xml", 3)])
def test_an_archive_is_run(tmp_path, capsys, source, code):
    sedml = write_sedml(Course(start_s=0.0, end_s=2.0, n_steps=2), source=source, parameters={"x": "x"})
    files = {"model.xml": ("sbml", RAMP), "run.sedml": ("sedml", sedml)}
    archive = tmp_path / "a.omex"
    archive.write_bytes(write_omex(files, master="run.sedml", title="a", description="b"))
    assert main(["-i", str(archive), "-o", str(tmp_path / "out")]) == code
    assert (tmp_path / "out" / "log.json").exists()
    assert "log.json" in capsys.readouterr().out


def test_what_is_refused_is_exit_code_2(tmp_path, capsys):
    assert main(["-i", str(tmp_path / "none.omex"), "-o", str(tmp_path)]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["--version"]) == 0
