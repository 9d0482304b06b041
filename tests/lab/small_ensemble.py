"""Three parameter sets that differ in how much XIAP and cIAP1 there is."""

import numpy as np

from smaclab.infer.ensemble import equal_weights

NAMES = ("XIAP amount", "BIRC2 amount")
SETS = equal_weights(NAMES, np.array([[0.5, 1.0], [1.0, 1.0], [2.0, 1.0]]), np.zeros(3), {"made": "by hand"})
CIAP1_SETS = equal_weights(NAMES[1:], np.array([[0.5], [1.0], [2.0]]), np.zeros(3), {})
OTHER_MODEL = equal_weights(("no_such_rate",), np.array([[1.0], [2.0]]), np.zeros(2), {})
EXPERIMENT = {
    "id": "small",
    "cell_line": "HEK293T",
    "readouts": ["XIAP", "viability"],
    "cells": 2,
    "duration": "1 h",
    "sample": "every 30 min",
}
