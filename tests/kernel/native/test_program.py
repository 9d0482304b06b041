"""From a network to a program, through the disk."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from smaclab.kernel import compile_kernel
from smaclab.kernel.native import compile_program, program
from smaclab.kernel.native.program import aligned
from smaclab.kernel.rosenbrock import RODAS4, RODAS5
from smaclab.network import Network, Parameter, Reaction, parse_species
from smaclab.network.identity import identity
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import CellProblem
from smaclab.simulate.status import Status
from tests.kernel.native.toys import network, small_networks

ROOT = Path(__file__).parents[3]
DECAY = network(2, [((0,), (1,), "k")], ("k",))


def solved(compiled, of, counts, parameters, times, **tolerance):
    """(time, species) of one cell."""
    cells = Cells(
        counts=np.array([counts], dtype=float), parameters=np.array([parameters], dtype=float),
        start_s=np.zeros(1),
        end_s=np.array([times[-1]], dtype=float),
    )  # fmt: skip
    looks = Looks(time_s=np.array(times, dtype=float), observe=np.eye(len(counts)))
    ends = integrate(compiled, compile_kernel(of), cells, looks, Tolerance(**tolerance))
    assert ends.status[0] == Status.OK
    return ends.counts[0]


def refuse(*_given, **_more):
    raise AssertionError("compiled again")


def test_a_program_knows_what_it_was_made_of():
    made = compile_program(DECAY)
    assert (made.network, made.method, made.kind.real) == (DECAY, RODAS5, "double")
    assert (made.sections.n_species, made.sections.n_static, made.sections.stages) == (2, 1, 8)


def test_the_second_time_it_is_read(monkeypatch, own_cache):
    first = solved(compile_program(DECAY), DECAY, [9.0, 0.0], [0.5], [0.0, 2.0])
    assert len(list(own_cache.iterdir())) == 1
    monkeypatch.setattr(program, "object_code", refuse)
    second = solved(compile_program(DECAY), DECAY, [9.0, 0.0], [0.5], [0.0, 2.0])
    assert first.tobytes() == second.tobytes()
    with pytest.raises(AssertionError, match="compiled again"):
        compile_program(network(2, [((1,), (0,), "k")], ("k",)))


def test_another_process_reads_it(own_cache):
    """The other process cannot compile at all, and gives the same bits."""
    mine = solved(compile_program(DECAY), DECAY, [9.0, 0.0], [0.5], [0.0, 2.0])
    assert len(list(own_cache.iterdir())) == 1
    text = (
        "from smaclab.kernel.native import program\n"
        "program.object_code = None\n"
        "from tests.kernel.native.test_program import DECAY, compile_program, solved\n"
        "print(solved(compile_program(DECAY), DECAY, [9.0, 0.0], [0.5], [0.0, 2.0]).tobytes().hex())"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == mine.tobytes().hex()


def test_a_damaged_entry_is_compiled_again_and_mended(own_cache, monkeypatch):
    compile_program(DECAY)
    file = next(own_cache.iterdir())
    file.write_bytes(file.read_bytes()[:-100])
    np.testing.assert_allclose(
        solved(compile_program(DECAY), DECAY, [9.0, 0.0], [0.0], [0.0, 2.0])[1], [9.0, 0.0]
    )
    monkeypatch.setattr(program, "object_code", refuse)
    compile_program(DECAY)


def test_without_keeping_nothing_is_read_or_written(own_cache, monkeypatch):
    compile_program(DECAY, keep=False)
    assert not own_cache.exists()
    compile_program(DECAY)
    monkeypatch.setattr(program, "object_code", refuse)
    with pytest.raises(AssertionError, match="compiled again"):
        compile_program(DECAY, keep=False)


def test_each_network_precision_and_method_has_its_entry(own_cache):
    compile_program(DECAY)
    compile_program(DECAY, precision="float")
    compile_program(DECAY, method=RODAS4)
    compile_program(network(2, [((1,), (0,), "k")], ("k",)))
    assert len(list(own_cache.iterdir())) == 4


def test_a_folder_that_cannot_be_used_costs_only_time(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("SMACLAB_CACHE", str(tmp_path / "file" / "below"))
    found = solved(compile_program(DECAY), DECAY, [9.0, 0.0], [0.5], [0.0, 2.0])
    np.testing.assert_allclose(found[1, 0], 9 * np.exp(-1), rtol=1e-3)


def turned(flip):
    """A becomes B; the species stand in either order."""
    names = ["A()@cell", "B()@cell"]
    a, b = (1, 0) if flip else (0, 1)
    return Network(
        parameters=(Parameter(name="k", unit="1/s"),),
        species=tuple(parse_species(name) for name in (names[::-1] if flip else names)),
        reactions=(Reaction(rule="r", reactants=(a,), products=(b,), rate="k"),),
    )


def test_a_network_in_another_order_is_another_program():
    one, other = turned(flip=False), turned(flip=True)
    assert identity(one) == identity(other)
    np.testing.assert_allclose(
        solved(compile_program(one), one, [9.0, 0.0], [1e3], [0.0, 1.0])[1], [0, 9], atol=1e-3
    )
    np.testing.assert_allclose(
        solved(compile_program(other), other, [0.0, 9.0], [1e3], [0.0, 1.0])[1], [9, 0], atol=1e-3
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
def test_workspace_begins_at_a_cache_line_and_is_zero(dtype):
    for size in (1, 3, 64, 1000):
        room = aligned(size, dtype)
        assert room.ctypes.data % program.ALIGNMENT == 0
        assert room.shape == (size,)
        assert not room.any()


def test_floats_follow_a_cell_to_three_digits():
    compiled = compile_program(DECAY, precision="float", keep=False)
    times = np.linspace(0, 3, 7)
    found = solved(compiled, DECAY, [1e4, 0.0], [1.0], times, relative=1e-4)
    np.testing.assert_allclose(found[:, 0], 1e4 * np.exp(-times), rtol=1e-3)


@given(case=small_networks())
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_random_networks_agree_with_scipy(case):
    of, counts, parameters = case
    times = np.array([0.0, 1.0, 100.0, 1e4])
    found = solved(compile_program(of, keep=False), of, counts, parameters, times, relative=1e-9)
    problem = CellProblem(
        kernel=compile_kernel(of), rest=counts, parameters=parameters, changes=(), time_s=times,
        end_s=times[-1],
        observe=np.eye(len(counts)), watches=(),
    )  # fmt: skip
    expected = SciPySolver(rtol=1e-9).solve(problem)
    assert expected.status is Status.OK
    # Both are told 1e-9 for a step; over some hundred steps that is 1e-6 of a count, or of a molecule.
    np.testing.assert_allclose(found, expected.counts, rtol=1e-6, atol=1e-6)
