"""Published data with published answers."""

import numpy as np

# Root length (cm) of ryegrass over ferulic acid (mM): Inderjit, Streibig and Olofsdotter (2002), doi
# 10.1034/j.1399-3054.2002.1140312.x; the fit is that of the R package drc (LL.4), as its authors show it:
# Ritz et al. (2015), doi 10.1371/journal.pone.0146021.
RYEGRASS_DOSE = np.repeat([0.0, 0.94, 1.88, 3.75, 7.5, 15.0, 30.0], [6, 3, 3, 3, 3, 3, 3])
RYEGRASS_LENGTH = np.array(
    [
        7.58, 8.0, 8.3285714, 7.25, 7.375, 7.9625,
        8.3555556, 6.9142857, 7.75,
        6.8714286, 6.45, 5.9222222,
        1.925, 2.8857143, 4.2333333,
        1.1875, 0.8571429, 1.0571429,
        0.6875, 0.525, 0.825,
        0.25, 0.22, 0.44,
    ]
)  # fmt: skip
RYEGRASS_FIT = {"bottom": 0.48141, "top": 7.79296, "ed50": 3.05795, "hill": 2.98222, "residual_sd": 0.5196256}

# Weeks in remission with 6-mercaptopurine and with placebo: Freireich et al. (1963), as in Cox and Oakes
# (1984), Analysis of Survival Data, table 1.1, and Klein and Moeschberger (2003), section 1.2. 1: relapse, 0:
# censored.
MERCAPTOPURINE_WEEKS = np.array(
    [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], dtype=float
)
MERCAPTOPURINE_RELAPSE = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
PLACEBO_WEEKS = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], dtype=float)
# Time, at risk, relapses, survivor, standard error (Greenwood): the published table of the treated.
MERCAPTOPURINE_TABLE = (
    (6, 21, 3, 0.8571, 0.0764),
    (7, 17, 1, 0.8067, 0.0869),
    (10, 15, 1, 0.7529, 0.0963),
    (13, 12, 1, 0.6902, 0.1068),
    (16, 11, 1, 0.6275, 0.1141),
    (22, 7, 1, 0.5378, 0.1282),
    (23, 6, 1, 0.4482, 0.1346),
)
LOG_RANK_CHI_SQUARE = 16.79
