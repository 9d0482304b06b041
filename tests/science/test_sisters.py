"""Sister cells die alike, and less so the longer ago their mother divided."""

from itertools import pairwise

import numpy as np
import pytest

import smaclab

SPENCER = (
    "Spencer et al. 2009, doi 10.1038/nature08012: state is passed from mother to daughter, and sisters soon "
    "become no more similar than pairs chosen at random (abstract; of TRAIL in human lines)."
)
SIGAL = "Sigal et al. 2006, doi 10.1038/nature05316, for the mixing time: its bound of 40 h."
SISTERS = {"sisters": True, "since_division": "0 h"}


def written(times, **more):
    usual = {
        "id": "sisters", "cell_line": "EVSA-T", "cells": 160, "duration": "24 h", "sample": "every 4 h",
        "dose": [{"drug": "SM-164", "concentration": "100 nM"}], "population": SISTERS,
        "grid": {"population.since_division": times},
    }  # fmt: skip
    return {**usual, **more}


def table(file):
    result = smaclab.run(file)
    assert (result.status == 0).all()  # a failed cell is no survivor
    return result.sisters().table()


@pytest.mark.claim(
    "Times of death of sister cells correlate (R² above 0.9 at division), and the correlation is gone within "
    "two days.",
    source=f"{SPENCER} {SIGAL}",
)
def test_sisters_die_alike_and_the_likeness_is_lost():
    found = table(written(["0 h", "2 h", "10 h", "24 h", "48 h"]))["r_squared"].to_numpy()
    assert found[0] > 0.9
    assert found[1] > 0.5
    assert all(earlier > later - 0.1 for earlier, later in pairwise(found)), found  # 80 pairs: SE below 0.1
    assert found[-1] < 0.15


@pytest.mark.claim(
    "Sisters share their fate at a dose that kills some: soon after division more pairs die or live together "
    "than of strangers.",
    source=SPENCER,
)
def test_sisters_share_whether_they_die():
    little = [{"drug": "SM-164", "concentration": "3 nM"}]
    found = table(written(["0 h", "1000 h"], dose=little))
    split = found["one_dead"] / found["pairs"]
    assert split[0] < split[1] - 0.1
    assert 0.1 < split[1] < 0.7  # strangers: both fates are there


@pytest.mark.slow
@pytest.mark.claim(
    "Sisters in one well, with TNF that all share, still die alike soon after division; strangers do not.",
    source=SPENCER,
)
def test_sisters_die_alike_in_one_medium_too():
    found = table(written(["1 h", "1000 h"], well={"format": 96}))["r_squared"].to_numpy()
    assert found[0] > 0.6
    assert found[1] < 0.15
    assert np.isfinite(found).all()
