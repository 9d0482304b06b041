"""Random networks, shared with the tests of the network."""

import importlib.util
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1] / "network"


@pytest.fixture(scope="session")
def networks():
    """The module `networks.py`: `random_network(seed)` and `random_state(network, seed)`."""
    spec = importlib.util.spec_from_file_location("networks", HERE / "networks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
