import pytest

from smaclab.cli import main
from tests.network.sbml.written import document, event, math, parameter, rate


@pytest.fixture
def ramp(tmp_path):
    path = tmp_path / "ramp.xml"
    path.write_bytes(
        document(Parameters=[parameter("x", 0, "false"), parameter("v", 2)], Rules=[rate("x", "v")])
    )
    return path


def test_a_table_on_the_screen(ramp, capsys):
    assert (
        main(["simulate-sbml", str(ramp), "--end", "2", "--points", "3", "--set", "v=3", "--select", "x"])
        == 0
    )
    rows = [line.split(",") for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["time", "x"]
    assert [float(row[1]) for row in rows[1:]] == pytest.approx([0, 3, 6])


def test_a_table_in_a_file(ramp, tmp_path, capsys):
    out = tmp_path / "out.csv"
    assert main(["simulate-sbml", str(ramp), "--end", "2", "--out", str(out)]) == 0
    assert out.read_text().startswith("time,x,v\n")
    assert "Written" in capsys.readouterr().out


def test_bad_input_is_exit_code_2(ramp, tmp_path, capsys):
    assert main(["simulate-sbml", str(ramp), "--end", "2", "--set", "y=3"]) == 2
    assert "'y'" in capsys.readouterr().err
    late = tmp_path / "late.xml"
    delayed = event("e", "time > 1", {"x": "1"}, extra=f"<delay>{math('3')}</delay>")
    late.write_bytes(document(Parameters=[parameter("x", 0, "false")], Events=[delayed]))
    assert main(["simulate-sbml", str(late), "--end", "2"]) == 2
    assert "an event with a delay" in capsys.readouterr().err


def test_a_failed_solve_is_exit_code_3(tmp_path, capsys):
    path = tmp_path / "explodes.xml"
    # It leaves the floating-point numbers in a few steps; x^2 would first take many of them, up to its pole.
    path.write_bytes(document(Parameters=[parameter("x", 1, "false")], Rules=[rate("x", "exp(x^9)")]))
    assert main(["simulate-sbml", str(path), "--end", "2"]) == 3
    printed = capsys.readouterr()
    assert not printed.out
    assert printed.err
