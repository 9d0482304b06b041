"""Experiments that the tests of the virtual bench look at: the real network, few cells."""

from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment

H = 3600.0
SAMPLES = tuple(H * hour for hour in range(0, 25, 2))


def experiment(name, doses=(), *, line="EVSA-T", cells=4, **parts):
    given = tuple(Dose(drug=drug, concentration_nM=amount) for drug, amount in doses)
    return Experiment(
        id=name, cell_line=line, doses=given, cells=cells, duration_s=24 * H, sample_s=SAMPLES, **parts
    )


ARMS = (
    experiment("vehicle"),
    experiment("mimetic", [("SM-164", 100.0)]),
    experiment("both", [("SM-164", 100.0), ("TNF", 0.192)]),
)
