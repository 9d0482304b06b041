"""A readouts table by hand."""

import math

import numpy as np
import pytest

from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.provenance import Provenance
from smaclab.report.sections import Material
from tests.analysis.readout_rows import make_table, rows


@pytest.fixture
def rows_of():
    return rows


@pytest.fixture
def table_of():
    return make_table


def make_experiments(count=2, cell_line="EVSA-T"):
    return [
        Experiment(
            id=f"e{i}",
            cell_line=cell_line,
            readouts=("viability", "cIAP1"),
            cells=2,
            doses=(Dose(drug="SM-164", concentration_nM=float(i)),),
            duration_s=7200.0,
            sample_s=(0.0, 3600.0, 7200.0),
        )
        for i in range(count)
    ]


@pytest.fixture
def experiments_of():
    return make_experiments


@pytest.fixture
def material():
    """Two experiments of two cells: all alive; one dead after an hour and one failed."""
    table = make_table(
        rows("cIAP1", "e0", "0", (10.0, 10.0, 10.0)),
        rows("cIAP1", "e0", "1", (20.0, 20.0, 20.0)),
        rows("cIAP1", "e1", "0", (10.0, 4.0, 1.0)),
        rows("cIAP1", "e1", "1", (math.nan,) * 3),
    )
    return Material(
        experiments=make_experiments(),
        readouts=table,
        death_time_s=(np.array([np.inf, np.inf]), np.array([3600.0, np.nan])),
        labels={},
    )


@pytest.fixture
def provenance():
    return Provenance(
        network="ab" * 32,
        parameters={"rate": 1.0},
        algorithm={"name": "LSODA", "relative_tolerance": {"kisao": "KISAO:0000209", "value": 1e-6}},
        experiments=[{"id": "e0", "seed": 7, "hypotheses": {"O06": "c"}}],
        status={"OK": 3, "STEP_LIMIT": 1},
    )
