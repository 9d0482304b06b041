"""Which pictures a plate gets, and that each shows the numbers of its wells."""

import numpy as np
import pandas as pd
import pytest

from smaclab.experiment.dose import Dose
from smaclab.experiment.plate import Plate, Well
from smaclab.experiment.plate_campaign import campaign_of
from smaclab.lab.plate_pictures import dose_axis, pictures


def well(name, read_h=24.0, line="BJ", measured=(), **doses):
    given = tuple(Dose(drug=drug, concentration_nM=value) for drug, value in doses.items() if value)
    return Well(name=name, cell_line=line, read_s=3600 * read_h, doses=given, measured=dict(measured))


def campaign(*wells, **units):
    return campaign_of(Plate(id="p", format=96 if wells[0].name else None, wells=wells, units=units))


def table(plate, value=0.5):
    rows = [
        ("viability", one.id, "mean", time / 3600, value if time else 1.0, "alive")
        for one in plate.campaign.experiments
        for time in one.sample_s
    ]
    return pd.DataFrame(rows, columns=["observableId", "experimentId", "cell", "time", "simulation", "unit"])


def drawn(plate, **how):
    return {one.name: one for one in pictures(plate, table(plate), **how)}


SERIES = [well(f"A0{n}", TNF=10.0**n, measured={"viability": 1 - 0.2 * n}) for n in (1, 2, 3)]


def test_a_series_of_doses_is_a_plate_and_a_curve_with_its_points():
    found = drawn(campaign(*SERIES))
    assert list(found) == ["plate-viability", "dose-viability"]
    line, points = found["dose-viability"].figure.axes[0].lines
    np.testing.assert_allclose(line.get_xdata(), [10, 100, 1000])
    np.testing.assert_allclose(line.get_ydata(), [50, 50, 50])
    np.testing.assert_allclose(points.get_ydata(), [80, 60, 40])


def test_doses_that_were_typed_by_mass_stand_so_on_the_axis_and_in_the_legend():
    """1, 10 and 100 ng/ml of 52 kDa beside 10 µg/ml of an antibody of 150 kDa."""
    wells = []
    for n, ng in enumerate((0.0, 1.0, 10.0, 100.0), start=1):
        given = [Dose(drug="anti-TNF", concentration_nM=1e4 / 150, typed_g_per_mol=150_000.0)]
        given += [Dose(drug="TNF", concentration_nM=ng / 52, typed_g_per_mol=52_000.0)] if ng else []
        measured = {"viability": 0.5}
        wells.append(Well(name=f"A0{n}", cell_line="BJ", read_s=86400, doses=tuple(given), measured=measured))
    figure = drawn(campaign(*wells))["dose-viability"].figure
    (axes,) = figure.axes
    assert axes.get_xlabel() == "TNF (ng/ml)"
    for line in axes.lines:
        np.testing.assert_allclose(line.get_xdata()[1:], [1, 10, 100])
    assert figure.legends[0].get_texts()[-1].get_text() == "anti-TNF 10 µg/ml"


def test_a_time_course_is_a_curve_over_time():
    wells = [
        well(f"A0{n}", read_h=t, TNF=5, measured={"viability": 0.1 * n}) for n, t in ((1, 0), (2, 6), (3, 24))
    ]
    found = drawn(campaign(*wells))
    assert list(found) == ["plate-viability", "time-viability"]
    line, points = found["time-viability"].figure.axes[0].lines
    assert line.get_xdata()[[0, -1]].tolist() == [0.0, 24.0]
    np.testing.assert_allclose(points.get_xdata(), [0, 6, 24])
    np.testing.assert_allclose(points.get_ydata(), [10, 20, 30])


def test_without_wells_there_is_no_plate_and_without_doses_no_curve():
    assert list(drawn(campaign(well("", TNF=1), well("", TNF=10)))) == ["dose-viability"]
    assert list(drawn(campaign(well("A01", TNF=1)))) == ["plate-viability"]


def test_the_axis_is_the_drug_with_most_doses():
    wells = [well(f"A0{n}", TNF=n % 3, **{"SM-164": n}) for n in range(1, 7)]
    assert dose_axis(campaign(*wells)) == "SM-164"
    assert dose_axis(campaign(well("A01"))) is None


def test_what_has_all_but_the_dose_in_common_is_one_curve():
    wells = [
        well(f"{row}0{n + 1}", line=line, TNF=dose, **{"SM-164": other})
        for row, line, other in (("A", "BJ", 0), ("B", "BJ", 7), ("C", "EVSA-T", 0))
        for n, dose in enumerate((0, 1, 10))
    ]
    figure = drawn(campaign(*wells))["dose-viability"].figure
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["BJ", "EVSA-T"]
    assert [len(axes.lines) for axes in figure.axes] == [2, 1]
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend[1:] == ["no other treatment", "SM-164 7 nM"]


def test_many_curves_are_several_figures():
    wells = [
        well(f"{row}{n + 1:02d}", TNF=dose, **{"SM-164": n})
        for n in range(9)
        for row, dose in zip("ABCDEFGHIJ", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True)
    ]
    wells = [one for one in wells if one.name[0] <= "H"]
    wells += [well("H10", TNF=9), well("H11", TNF=10)]
    assert [name for name in drawn(campaign(*wells)) if "dose" in name] == [
        "dose-viability",
        "dose-viability-2",
    ]


@pytest.mark.parametrize(("unit", "plates"), [("pg/ml", 1), ("fold", 2)])
def test_measured_and_simulated_share_a_scale_only_where_they_share_a_unit(unit, plates):
    wells = [well(f"A0{n}", TNF=10.0**n, measured={"X": 2.0 * n}) for n in (1, 2, 3)]
    plate = campaign(*wells, X=unit)
    rows = table(plate)
    rows = pd.concat([rows, rows.assign(observableId="X", unit="pg/ml")])
    found = {one.name: one for one in pictures(plate, rows)}
    assert len([name for name in found if name.startswith("plate-X")]) == plates
    assert len(found["dose-X"].figure.axes) == plates  # an axis of its own at the right
