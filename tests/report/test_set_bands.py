import numpy as np

from smaclab.report.set_bands import SetBand, set_band_panels, set_bands
from smaclab.report.style import to_svg

TIME = np.array([0.0, 1.0, 2.0])


def band(level):
    return SetBand(
        time_h=TIME, low=TIME + level, middle=TIME + level + 1, high=TIME + level + 2, shipped=TIME
    )


def test_a_line_a_band_and_dots_for_each_experiment():
    figure = set_bands({"treated": band(0.0), "control": band(3.0)}, title="NIK", unit="copies")
    (axes,) = figure.axes
    assert len(axes.collections) == 2
    assert len(axes.lines) == 4
    svg = to_svg(figure)
    assert "SIMULATED" in svg
    assert "treated" in svg


def test_the_band_is_drawn_from_low_to_high():
    figure = set_bands({"a": band(0.0)}, title="x", unit="y")
    corners = figure.axes[0].collections[0].get_paths()[0].vertices
    assert corners[:, 1].min() == 0.0
    assert corners[:, 1].max() == 4.0


def test_panels_share_an_axis_and_a_legend():
    figure = set_band_panels({"EVSA-T": {"a": band(0.0)}, "BJ": {"a": band(1.0), "b": band(5.0)}}, unit="%")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["EVSA-T", "BJ"]
    assert len(figure.legends) == 1
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["a", "b"]
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
