import json

from smaclab.cli import main
from tests.network.sbml.written import document, parameter, rate


def test_an_audit_on_the_screen_and_as_json(tmp_path, capsys):
    path = tmp_path / "ramp.xml"
    path.write_bytes(
        document(Parameters=[parameter("x", 0, "false"), parameter("v", 2)], Rules=[rate("x", "v")])
    )
    assert main(["audit", str(path), "--end", "2"]) == 0
    assert "Score:" in capsys.readouterr().out
    assert main(["audit", str(path), "--end", "2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["of"] == 100
    assert {"name", "points", "of", "lost"} == set(found["criteria"][0])
    assert main(["audit", str(tmp_path / "none.xml")]) == 2
    assert "cannot be read" in capsys.readouterr().err
