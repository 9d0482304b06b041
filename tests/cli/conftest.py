"""The command line on the toy laboratory."""

import importlib.util
from pathlib import Path

import pytest

from smaclab.claims import choose, questions, read  # noqa: F401
from smaclab.cli import main
from smaclab.lab import bench, calibration, door, ensembles, samples, sensitivities, tour  # noqa: F401

HERE = Path(__file__).parents[1] / "lab"

FILE = """
id = "toy"
cell_line = "EVSA-T"
readouts = ["viability", "cIAP1"]
cells = 2
duration = "24 h"
sample = "every 2 h"

[[dose]]
drug = "SM-164"
concentration = "100 nM"
"""


@pytest.fixture(scope="session")
def toy():
    spec = importlib.util.spec_from_file_location("toy_lab", HERE / "toy_lab.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def on_the_toy(toy, monkeypatch):
    """The package's catalogue and network are the toy's.

    The rooms above are loaded before: one that is first loaded by a command on the toy takes the toy's
    catalogue for the package's own, and keeps it in every test after.
    """
    catalogue, network = toy.toy_catalogue(), toy.toy_network()
    monkeypatch.setattr(door, "own_catalogue", lambda: catalogue)
    monkeypatch.setattr(bench, "own_catalogue", lambda: catalogue)
    monkeypatch.setattr(ensembles, "own_catalogue", lambda: catalogue)
    monkeypatch.setattr(bench, "own_network", lambda: network)
    bench._own_kernel.cache_clear()
    yield
    bench._own_kernel.cache_clear()


@pytest.fixture
def smaclab(on_the_toy, capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments):
        code = main([str(one) for one in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "toy.toml"
    path.write_text(FILE)
    return path
