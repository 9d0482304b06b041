"""The numbers of a network, and building it."""

import json
import sys

import pytest

from smaclab import lab
from smaclab.errors import NetworkError


def test_statistics_are_ready_for_json(bench):
    numbers = lab.network_statistics(bench["network"])
    assert numbers["species"] == 6
    assert numbers["reactions"] == 13
    json.dumps(numbers)


def test_without_the_rule_tools_building_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pysb", None)
    for name in [name for name in sys.modules if name.startswith("smaclab.biology")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(NetworkError, match=r"smaclab\[rules\]"):
        lab.build_network(tmp_path / "network.txt")
    assert list(tmp_path.iterdir()) == []
