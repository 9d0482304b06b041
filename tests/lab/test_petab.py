import pytest

from smaclab.exchange.petab.write import Seen
from smaclab.lab.export import prepare
from smaclab.lab.petab import evaluate_problem, from_petab, petab_files, simulated
from tests.lab.toy_lab import toy_catalogue, toy_network

TOY = {
    "id": "toy-one",
    "cell_line": "EVSA-T",
    "readouts": ["viability", "cIAP1"],
    "duration": "4 h",
    "sample": "every 1 h",
    "dose": [
        {"drug": "SM-164", "concentration": "100 nM"},
        {"drug": "SM-164", "concentration": "50 nM", "from": "2 h"},
    ],
}


@pytest.fixture
def cell():
    return prepare(TOY, catalogue=toy_catalogue(), network=toy_network())


def written(folder, cell, measured=None):
    for name, text in petab_files(cell, measured).items():
        (folder / name).write_text(text)
    return folder / "problem.yaml"


def test_our_problem_evaluated_by_us_gives_what_our_own_solver_saw(cell, tmp_path):
    problem = from_petab(written(tmp_path, cell))
    assert "SIMULATED" in (tmp_path / "README.txt").read_text()
    found = evaluate_problem(problem)
    assert found.simulations == pytest.approx([one.value for one in problem.measurements], rel=1e-7)
    assert problem.measurements[-1].value < problem.measurements[0].value / 2


def test_measured_values_take_the_place_of_simulated_ones(cell, tmp_path):
    measured = [Seen(readout="cIAP1", time_s=3600.0, value=123.0)]
    problem = from_petab(written(tmp_path, cell, measured))
    assert [one.value for one in problem.measurements] == [123.0]
    assert not (tmp_path / "README.txt").exists()
    assert len(simulated(cell)) == 5


@pytest.mark.peer
def test_petabs_linter_has_nothing_to_complain_of(cell, tmp_path):
    lint = pytest.importorskip("petab.v2.lint")
    from petab.v2 import Problem

    found = lint.lint_problem(Problem.from_yaml(written(tmp_path, cell)))
    assert not found.has_errors(), str(found)
