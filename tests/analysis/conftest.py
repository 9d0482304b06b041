import numpy as np
import pytest

from smaclab.analysis.seen import Seen
from tests.analysis.readout_rows import make_table
from tests.analysis.readout_rows import rows as readout_rows

TIME_H = np.array([0.0, 1.0, 2.0, 24.0])


def rows(*cells):
    return np.array(cells, dtype=float)


@pytest.fixture
def seen():
    """Four cells on a drug (one of which failed to report NIK) and a vehicle."""
    nan = np.nan
    return Seen(
        time_h={"drug": TIME_H, "vehicle": TIME_H},
        values={
            ("drug", "NIK"): rows([10, 20, 40, 40], [8, 18, 35, 30], [12, 25, 50, 60], [nan] * 4),
            ("vehicle", "NIK"): rows(*[[10, 10, 10, 10]] * 4),
            ("drug", "p52"): rows(*[[5, 5, 6, 20]] * 4),
            ("vehicle", "p52"): rows(*[[5, 5, 5, 5]] * 4),
            ("drug", "cIAP1"): rows(*[[100, 10, 5, 4]] * 4),
            ("drug", "flat"): rows(*[[0, 0, 0, 0]] * 4),
            ("drug", "viability"): rows([1, 1, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]),
            ("vehicle", "viability"): rows(*[[1, 1, 1, 1]] * 4),
        },
    )


@pytest.fixture
def rows_of():
    return readout_rows


@pytest.fixture
def table_of():
    return make_table
