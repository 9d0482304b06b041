import numpy as np
import pandas as pd
import pytest

from smaclab.assay.measure import COLUMNS, measure
from smaclab.errors import ShapeError, SimulationError
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.readout import Readout
from smaclab.simulate.trajectory import Trajectory

READOUTS = (
    Readout(name="T", observable="T_total", unit="molecules", description="toy"),
    Readout(name="share", observable="T_total", per="whole", unit="1", scale=100.0, description="toy"),
    Readout(
        name="medium", observable="T_total", unit="nM", scale=0.5, per_medium_volume=True, description="toy"
    ),
    Readout(name="viability", observable="", unit="1", special="viability", description="toy"),
)


def made(cells, deaths, *, names=("T",), ids=("one",)):
    """T is the cell's number plus the time in hours; `whole` is 0 at time 0, then 10."""
    time_s = np.array([0.0, 3600.0, 7200.0])
    cell, hour = np.arange(cells)[:, None], np.arange(3)[None, :]
    counts = np.stack([cell + hour + 0.0, np.broadcast_to(10.0 * (hour > 0), (cells, 3))], axis=-1)
    deaths = np.broadcast_to(np.asarray(deaths, dtype=float), (len(ids), cells))
    failed = np.isnan(deaths)
    counts = np.where(failed[..., None, None], np.nan, counts[None])
    trajectory = Trajectory(
        counts=counts, time_s=time_s, observables=("T_total", "whole"), death_time_s=deaths,
        death_kind=np.full(deaths.shape, ""), status=failed.astype(int), experiments=ids,
        end_s=np.full(len(ids), 7200.0),
    )  # fmt: skip
    experiments = [
        Experiment(
            id=name, cell_line="line", readouts=names, cells=cells, duration_s=7200.0, sample_s=tuple(time_s),
            medium_volume_pl=4.0,
        )
        for name in ids
    ]  # fmt: skip
    return measure(trajectory, experiments, READOUTS)


def test_a_table_of_one_cell_has_petabs_columns():
    table = made(1, np.inf)
    assert tuple(table.columns) == COLUMNS
    assert table.to_csv(index=False, na_rep="NaN").splitlines() == [
        "observableId,experimentId,cell,time,simulation,unit",
        "T,one,0,0.0,0.0,molecules",
        "T,one,0,1.0,1.0,molecules",
        "T,one,0,2.0,2.0,molecules",
    ]


def test_rows_stand_by_experiment_readout_cell_and_time():
    table = made(2, np.inf, names=("viability", "T"), ids=("b", "a"))
    assert len(table) == 2 * 2 * 2 * 3
    assert table["experimentId"].drop_duplicates().tolist() == ["b", "a"]
    first = table[table["experimentId"] == "b"]
    assert first["observableId"].tolist() == ["viability"] * 6 + ["T"] * 6
    assert first["cell"].tolist() == (["0"] * 3 + ["1"] * 3) * 2
    assert first["time"].tolist() == [0.0, 1.0, 2.0] * 4


def test_viability_is_one_or_zero_per_cell_and_unknown_where_the_solve_failed():
    table = made(3, [np.inf, 3600.0, np.nan], names=("viability",))
    assert table["simulation"].tolist()[:6] == [1, 1, 1, 1, 0, 0]
    assert table["simulation"].isna().tolist() == [False] * 6 + [True] * 3


def test_a_failed_cell_has_rows_that_say_nan():
    table = made(2, [np.inf, np.nan])
    assert table.loc[table["cell"] == "1", "simulation"].isna().all()
    assert "NaN,molecules" in table.to_csv(index=False, na_rep="NaN")


def test_a_share_of_nothing_is_unknown():
    table = made(1, np.inf, names=("share",))
    assert np.isnan(table["simulation"][0])
    assert table["simulation"].tolist()[1:] == [10.0, 20.0]


def test_a_readout_of_the_medium_is_per_volume():
    assert made(1, np.inf, names=("medium",))["simulation"].tolist() == [0.0, 0.125, 0.25]


def test_fifty_cells_stand_alone_and_more_are_summed_up():
    assert made(50, np.inf)["cell"].nunique() == 50
    table = made(101, np.inf)
    assert table["cell"].drop_duplicates().tolist() == ["mean", "q05", "q25", "q50", "q75", "q95"]
    at_one = table[table["time"] == 1.0]["simulation"]
    np.testing.assert_allclose(at_one, [51.0, 6.0, 26.0, 51.0, 76.0, 96.0])


def test_the_mean_of_viability_is_the_fraction_alive_of_the_known():
    deaths = np.full(100, np.inf)
    deaths[:20] = 1800.0
    deaths[20:60] = np.nan
    table = made(100, deaths, names=("viability", "T"))
    seen = table[table["observableId"] == "viability"]
    assert seen["cell"].tolist() == ["mean"] * 3
    np.testing.assert_allclose(seen["simulation"], [1.0, 2 / 3, 2 / 3])
    assert table["simulation"].notna().all()


def test_when_nobody_is_known_nothing_is():
    assert made(60, np.nan, names=("T", "viability"))["simulation"].isna().all()


def test_letters_about_what_does_not_fit():
    with pytest.raises(SimulationError, match=r"one: unknown readout 'viabilty'\. Did you mean 'viability'"):
        made(1, np.inf, names=("viabilty",))
    assert isinstance(made(1, np.inf), pd.DataFrame)
    trajectory = Trajectory(
        counts=np.zeros((1, 1, 1, 0)), time_s=np.zeros(1), observables=(), death_time_s=np.zeros((1, 1)),
        death_kind=np.full((1, 1), ""), status=np.zeros((1, 1), int), experiments=("x",), end_s=np.zeros(1),
    )  # fmt: skip
    with pytest.raises(ShapeError, match="the trajectory holds"):
        measure(trajectory, [], READOUTS)
