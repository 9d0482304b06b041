"""The experiments that the claims below are judged on, each in the words a person would type.

60 cells an experiment: the standard error of a fraction of one half is 0.065, so a claim with a wide margin
is decided and a claim that sits on its limit is not hidden.  One seed, so that the figures stay.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import smaclab
from smaclab.simulate.run import usable_cores

CELLS: Final = 60
EARLY: Final = [f"{minute} min" for minute in (0, 5, 10, 15, 20, 30, 45, 60, 90)]
SAMPLE: Final = [*EARLY, *(f"{hour} h" for hour in range(2, 25))]
READOUTS: Final = [
    *("viability", "cIAP1", "cIAP2", "p_IkBa", "NIK", "p52", "TNF_mRNA", "TNF_medium", "TNFR1_ligated"),
    *("RIP1_on_TNFR1", "RIP1_ubiquitin", "complex_II", "caspase8_activity", "caspase3_activity"),
]
MIMETIC: Final = {"drug": "SM-164", "concentration": "100 nM"}
LITTLE_MIMETIC: Final = {"drug": "SM-164", "concentration": "20 nM"}
TNF: Final = {"drug": "TNF", "concentration": "10 ng/ml"}
LITTLE_TNF: Final = {"drug": "TNF", "concentration": "1 ng/ml"}
ANTI_TNF: Final = {"drug": "anti-TNF", "concentration": "10 ug/ml"}


def knocked_down(protein: str) -> dict[str, Any]:
    """An siRNA that leaves 15 %, given two days before."""
    return {"knock_down": protein, "remaining": 0.15, "before": "48 h"}


BOTH_CIAPS_OUT: Final = [{"knock_out": "cIAP1"}, {"knock_out": "cIAP2"}]

EXPERIMENTS: Final[Mapping[str, tuple[str, list[dict[str, str]], list[dict[str, Any]]]]] = {
    "evsa_mimetic": ("EVSA-T", [MIMETIC], []),
    "evsa_20nM": ("EVSA-T", [LITTLE_MIMETIC], []),
    "evsa_anti_tnf": ("EVSA-T", [MIMETIC, ANTI_TNF], []),
    "evsa_siTNFR1": ("EVSA-T", [MIMETIC], [knocked_down("TNFR1")]),
    "evsa_siCASP8": ("EVSA-T", [MIMETIC], [knocked_down("CASP8")]),
    "evsa_siRIP1": ("EVSA-T", [MIMETIC], [knocked_down("RIP1")]),
    "evsa_siCASP9": ("EVSA-T", [MIMETIC], [knocked_down("CASP9")]),
    "hct_mimetic": ("HCT 116", [MIMETIC], []),
    "hct_tnf": ("HCT 116", [TNF], []),
    "hct_both": ("HCT 116", [MIMETIC, TNF], []),
    "hct_both_1": ("HCT 116", [MIMETIC, LITTLE_TNF], []),
    "hct_vehicle": ("HCT 116", [], []),
    "hct_double_knock_out": ("HCT 116", [], BOTH_CIAPS_OUT),
    "hct_double_knock_out_tnf": ("HCT 116", [TNF], BOTH_CIAPS_OUT),
    "bj_mimetic": ("BJ", [MIMETIC], []),
    "bj_tnf": ("BJ", [TNF], []),
    "bj_both": ("BJ", [MIMETIC, TNF], []),
}


def written(name: str) -> dict[str, Any]:
    """The experiment `name` as a person would write it."""
    line, doses, perturbations = EXPERIMENTS[name]
    return {
        "id": name,
        "cell_line": line,
        "cells": CELLS,
        "duration": "24 h",
        "sample": SAMPLE,
        "readouts": READOUTS,
        "dose": doses,
        "perturbation": perturbations,
    }


@lru_cache(maxsize=1)
def day() -> smaclab.Result:
    """All experiments above, 24 h."""
    loaded = [smaclab.load(written(name)) for name in EXPERIMENTS]
    return smaclab.run_many(loaded, id="science", workers=usable_cores())


@lru_cache(maxsize=1)
def three_days_untreated() -> smaclab.Result:
    """The three lines without any drug for 72 h."""
    lines = {"evsa": "EVSA-T", "hct": "HCT 116", "bj": "BJ"}
    common = {"cells": CELLS, "duration": "72 h", "sample": "every 12 h", "readouts": ["viability", "NIK"]}
    loaded = [smaclab.load({"id": f"{key}_72h", "cell_line": line, **common}) for key, line in lines.items()]
    return smaclab.run_many(loaded, id="untreated", workers=usable_cores())


def alive(name: str) -> float:
    """Fraction of cells alive at 24 h; every cell was solved, so none is a survivor by failing."""
    result = day()
    row = [one.id for one in result.experiments].index(name)
    assert (result.status[row] == 0).all(), f"{name}: some cells failed"
    return float(result.fraction_alive()[name])


def mean(name: str, readout: str) -> Any:
    """The population's mean of one readout, indexed by time in hours."""
    return day().mean(readout)[name]
