import numpy as np
import pytest

from smaclab.exchange.dimension import unit_text
from smaclab.exchange.sbml_formulas import READOUT, collected, readout_formula
from smaclab.experiment.readout import Readout
from smaclab.lab import own_network
from smaclab.network.expression import to_text
from smaclab.simulate.change import Change, Condition, resolve
from tests.simulate.conftest import trigger_network


def units(found, owner):
    return [unit_text(one) for one in found.dimensions.literals(owner)]


def test_every_formula_of_a_file_has_an_owner_and_units():
    network = trigger_network()
    changes = resolve(
        [Condition(time_s=60.0, changes=(Change(kind="add_amount", target="drug", value=5.0),))], network
    )
    found = collected(network, changes, (), begin_s=0.0, medium_volume_pl=1.0)
    assert units(found, "clock") == ["s"]
    assert units(found, "change 0") == ["s"]
    place = int(np.flatnonzero([one.name == "Drug()@medium" for one in network.species])[0])
    assert units(found, f"change 0 of species {place}") == ["molecules"]
    assert {f"reaction {n}" for n in range(len(network.reactions))} <= found.trees.keys()


def test_the_own_network_contradicts_its_units_in_two_places_only():
    network = own_network()
    found = collected(network, (), (), begin_s=0.0, medium_volume_pl=1.0)
    places = [int(one.split(":")[0].split()[1]) for one in found.dimensions.conflicts]
    # Both say 1/s of a synthesis in molecules a second.
    assert {network.reactions[place].rule for place in places} <= {"NIK_is_made", "TNF_is_transcribed"}


@pytest.mark.parametrize(
    ("readout", "text"),
    [
        ({"unit": "copies"}, "x"),
        ({"unit": "1", "per": "y"}, "x / y"),
        ({"unit": "copies", "per": "y", "scale": 2.0}, "2 * (x / y)"),
        ({"unit": "pg/ml"}, "1 * x"),
        ({"unit": "nM", "per_medium_volume": True, "scale": 5.0}, "0.5 * x"),
    ],
)
def test_a_readout_is_a_formula(readout, text):
    one = Readout(name="r", observable="x", description="toy", **readout)
    assert to_text(readout_formula(one, 10.0)) == text


def test_the_scale_of_a_readout_carries_its_unit():
    network = trigger_network()
    one = Readout(name="r", observable="T_total", unit="pg/ml", scale=3.0, description="toy")
    found = collected(network, (), (one,), begin_s=0.0, medium_volume_pl=1.0)
    assert units(found, f"{READOUT}r") == ["pg/(molecules ml)"]
