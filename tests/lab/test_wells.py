"""Simulated beside measured, on numbers that can be worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from smaclab.experiment.dose import Dose
from smaclab.experiment.plate import Plate, Well
from smaclab.experiment.plate_campaign import campaign_of
from smaclab.lab.wells import agreement, condition_table, seen, well_table


def well(name, dose, read_h=24.0, own=(), **measured):
    doses = (Dose(drug="TNF", concentration_nM=dose),) if dose else ()
    return Well(
        name=name,
        cell_line="BJ",
        read_s=3600.0 * read_h,
        doses=doses,
        measured=measured,
        own=own,
        replicate="1",
    )


def plate_of(*wells, **units):
    return campaign_of(Plate(id="p", format=96, wells=wells, units=units))


def readouts(plate, values, unit="pg/ml", name="TNF_medium"):
    """A readouts table in which each experiment has two cells, whose mean is what `values` says."""
    rows = []
    for one in plate.campaign.experiments:
        for readout, text in (("viability", "alive"), (name, unit)):
            for cell, shift in (("0", -0.1), ("1", 0.1)):
                for time in (0.0, 6.0, 24.0):
                    value = values[one.id] if time else 0.0
                    rows.append((readout, one.id, cell, time, value + shift, text))
    return pd.DataFrame(rows, columns=["observableId", "experimentId", "cell", "time", "simulation", "unit"])


def test_every_well_has_the_value_of_its_own_experiment_and_time():
    plate = plate_of(well("A01", 0), well("A02", 5), well("A03", 5, read_h=6), viability="")
    table = well_table(plate, readouts(plate, {"p__001": 0.9, "p__002": 0.4}))
    assert list(table["well"]) == ["A01", "A02", "A03"]
    assert list(table["experimentId"]) == ["p__001", "p__002", "p__002"]
    assert list(table["condition"]) == ["vehicle", "TNF 5 nM", "TNF 5 nM"]
    assert list(table["viability SIMULATED [fraction alive]"]) == pytest.approx([0.9, 0.4, 0.4])


def test_a_persons_own_columns_stand_as_written_also_where_their_names_are_ours():
    own = (("cell line", "bj"), ("condition", "mine"), ("", "x"), ("viability [%]", "87,5"))
    plate = plate_of(well("A01", 0, own=own, viability=0.875), viability="%")
    table = well_table(plate, readouts(plate, {"p__001": 0.9}))
    assert list(table.columns[:5]) == [
        "well",
        "cell line",
        "condition (own)",
        "viability [%]",
        "experimentId",
    ]
    assert list(table.iloc[0][:4]) == ["A01", "bj", "mine", "87,5"]
    assert table.iloc[0]["viability measured [fraction alive]"] == 0.875


def test_a_condition_has_the_mean_and_the_spread_of_its_replicates():
    plate = plate_of(
        *(well(f"A0{n}", 5, viability=v) for n, v in ((1, 0.2), (2, 0.4), (3, 0.9))), well("B01", 0)
    )
    table = condition_table(plate, readouts(plate, {"p__001": 0.4, "p__002": 0.9}))
    first, second = table.to_dict("records")
    assert first["viability measured, mean [fraction alive]"] == pytest.approx(0.5)
    assert first["viability measured, SD [fraction alive]"] == pytest.approx(
        math.sqrt(0.13)
    )  # (0.09+0.01+0.16)/2
    assert (first["wells"], first["viability measured, n"], second["viability measured, n"]) == (3, 3, 0)
    assert math.isnan(second["viability measured, mean [fraction alive]"])


def test_agreement_is_that_of_the_textbook():
    """RMSE and bias by hand; Spearman's rank correlation as SciPy has it, ties included."""
    measured = {"A01": 0.1, "A02": 0.3, "A03": 0.3, "A04": 0.8, "A05": 0.6}
    plate = plate_of(*(well(name, n, viability=v) for n, (name, v) in enumerate(measured.items(), start=1)))
    simulated = [0.2, 0.1, 0.4, 0.9, 0.9]
    values = {f"p__00{n}": v for n, v in enumerate(simulated, start=1)}
    (row,) = agreement(plate, readouts(plate, values)).to_dict("records")
    apart = np.array(simulated) - np.array(list(measured.values()))
    assert row["RMSE"] == pytest.approx(math.sqrt(np.mean(apart**2)))
    assert row["bias"] == pytest.approx(apart.mean())
    assert row["rank correlation"] == pytest.approx(stats.spearmanr(simulated, list(measured.values()))[0])
    assert row["conditions"] == 5


def test_units_that_cannot_be_compared_have_a_rank_only():
    wells = [well(f"A0{n}", n, TNF_medium=float(n)) for n in (1, 2, 3)]
    values = {"p__001": 10.0, "p__002": 20.0, "p__003": 15.0}
    plate = plate_of(*wells, TNF_medium="a.u.")
    (row,) = agreement(plate, readouts(plate, values)).to_dict("records")
    assert math.isnan(row["RMSE"])
    assert math.isnan(row["bias"])
    assert row["rank correlation"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("unit", "factor"), [("pg/ml", 1.0), ("PG/ml", 1.0), ("ng/ml", 1000.0), ("", None), ("fold", None)]
)
def test_masses_are_converted_and_nothing_is_guessed(unit, factor):
    plate = plate_of(well("A01", 1, TNF_medium=2.0), TNF_medium=unit)
    assert seen(plate, readouts(plate, {"p__001": 1.0}), "TNF_medium").factor == factor


def test_too_few_conditions_or_equal_ones_have_no_rank():
    for wells in ([well("A01", 1, viability=1.0), well("A02", 2, viability=0.5)],
                  [well(f"A0{n}", n, viability=1.0) for n in (1, 2, 3)]):  # fmt: skip
        plate = plate_of(*wells)
        values = {one.id: 0.1 * n for n, one in enumerate(plate.campaign.experiments)}
        assert math.isnan(agreement(plate, readouts(plate, values)).iloc[0]["rank correlation"])


def test_a_condition_that_was_not_solved_is_nan_and_compared_with_nothing():
    plate = plate_of(*(well(f"A0{n}", n, viability=0.5) for n in (1, 2)))
    table = readouts(plate, {"p__001": math.nan, "p__002": 0.7})
    assert math.isnan(well_table(plate, table).iloc[0]["viability SIMULATED [fraction alive]"])
    (row,) = agreement(plate, table).to_dict("records")
    assert (row["conditions"], row["RMSE"]) == (1, pytest.approx(0.2))


def test_without_data_there_is_no_agreement():
    plate = plate_of(well("A01", 1))
    table = agreement(plate, readouts(plate, {"p__001": 1.0}))
    assert len(table) == 0
    assert list(table.columns)[:2] == ["readout", "conditions"]
