import tomllib

from smaclab.claims.written import experiment_text

WRITTEN = {
    "id": "C16_siTNFR1",
    "cell_line": "EVSA-T",
    "hypotheses": {"O13": "b"},
    "sample": ["0 min", "60 min"],
    "dose": [{"drug": "SM-164", "concentration": "100 nM"}, {"drug": "TNF", "concentration": "1 ng/ml"}],
    "perturbation": [{"mutate": "BIRC2", "mutation": "RING-dead", "beside_endogenous": True, "factor": 3.0}],
}


def test_what_is_written_is_read_back():
    assert tomllib.loads(experiment_text(WRITTEN)) == WRITTEN
