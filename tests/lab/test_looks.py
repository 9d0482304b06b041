import numpy as np
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError

WRITTEN = {
    "id": "one",
    "cell_line": "EVSA-T",
    "cells": 2,
    "duration": "1 h",
    "sample": ["0 h", "30 min", "1 h"],
    "readouts": ["viability", "cIAP1", "IP TRAF2: cIAP1"],
    "dose": [{"drug": "SM-164", "concentration": "100 nM"}],
}


@pytest.fixture(scope="module")
def loaded():
    return lab.load(WRITTEN)


def test_arrays_are_what_the_table_says(loaded):
    looks = lab.look_many([loaded])
    table = lab.run_many([loaded]).readouts
    for readout in ("cIAP1", "IP BIRC2: TRAF2"):
        if readout not in table["observableId"].unique():
            continue
        wide = table[table["observableId"] == readout].pivot(
            index="cell", columns="time", values="simulation"
        )
        np.testing.assert_array_equal(looks.values["one", readout], wide.to_numpy())
    assert list(looks.time_h["one"]) == [0.0, 0.5, 1.0]
    assert looks.provenance.cells == 2


def test_what_is_pulled_down_is_the_observable_of_the_same_complex(loaded):
    """At rest all cIAP1 on TRAF2 hangs on a bead against TRAF2; later a bridged partner comes along too."""
    values = lab.look_many([loaded]).values
    share = lab.look_many([lab.load({**WRITTEN, "readouts": ["cIAP1_on_TRAF2"]})]).values
    pulled = values["one", "IP TRAF2: BIRC2"] / values["one", "cIAP1"]
    on_traf2 = share["one", "cIAP1_on_TRAF2"]
    np.testing.assert_allclose(pulled[:, 0], on_traf2[:, 0], rtol=1e-9)
    assert (pulled[:, 1:] >= on_traf2[:, 1:]).all()


def test_an_id_stands_for_one_experiment(loaded):
    with pytest.raises(ExperimentError, match="given to more than one"):
        lab.look_many([loaded, loaded])
