"""A readouts table by hand."""

import pandas as pd

TIMES = (0.0, 1.0, 2.0)


def rows(readout, experiment, cell, values, unit="molecules"):
    return [
        {
            "observableId": readout,
            "experimentId": experiment,
            "cell": cell,
            "time": t,
            "simulation": v,
            "unit": unit,
        }
        for t, v in zip(TIMES, values, strict=True)
    ]


def make_table(*blocks):
    return pd.DataFrame([row for block in blocks for row in block])
