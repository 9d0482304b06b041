"""One reader's process for all tests of this folder: starting it takes longer than reading."""

import pytest

from smaclab.exchange.petab import read
from smaclab.network.sbml.child import Child


@pytest.fixture(scope="session")
def reader():
    with Child(seconds=60.0) as child:
        yield child


@pytest.fixture(autouse=True)
def one_reader(reader, monkeypatch):
    original = read.read_sbml
    monkeypatch.setattr(read, "read_sbml", lambda path, child=None: original(path, reader))
