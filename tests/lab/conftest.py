"""The toy laboratory, its results computed once."""

import importlib.util
from pathlib import Path

import pytest

from smaclab import lab


def load_toy():
    """The module `toy_lab.py` beside this file."""
    path = Path(__file__).with_name("toy_lab.py")
    spec = importlib.util.spec_from_file_location("toy_lab", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def toy():
    return load_toy()


@pytest.fixture(scope="session")
def bench(toy):
    """The keyword arguments that replace the package's catalogue and network by the toy's."""
    return {"catalogue": toy.toy_catalogue(), "network": toy.toy_network()}


@pytest.fixture(scope="session")
def result(toy, bench):
    return lab.run(toy.toy_file(), **bench)


@pytest.fixture(scope="session")
def tour(bench):
    return lab.demo(cells=3, **bench)
