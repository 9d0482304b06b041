import numpy as np

from smaclab.report.profile_curves import HIGHEST, ProfileCurve, profile_curves
from smaclab.report.style import to_svg


def curve(name="TNF_medium_decay", loss=(12.0, 1.0, 0.0, 3.0, np.inf)):
    return ProfileCurve(
        name=name,
        unit="1/s",
        value=np.array([1e-5, 3e-5, 1e-4, 3e-4, 1e-3]),
        loss=np.array(loss),
        median=1e-4,
        sd=1.0,
    )


def test_the_best_sets_the_prior_and_the_limit():
    figure = profile_curves([curve()], within=1.92)
    (axes,) = figure.axes
    found, prior, limit = axes.lines
    # What is far off, or cannot be predicted, stands at the edge.
    assert list(found.get_ydata()) == [HIGHEST, 1.0, 0.0, 3.0, HIGHEST]
    assert axes.get_xscale() == "log"
    middle = np.argmin(np.abs(np.log(prior.get_xdata() / 1e-4)))
    assert prior.get_ydata()[middle] < 0.01
    assert prior.get_ydata()[0] == 0.5 * np.log(0.1) ** 2
    assert list(limit.get_ydata()) == [1.92, 1.92]
    svg = to_svg(figure)
    assert "SIMULATED" in svg
    assert "TNF_medium_decay" in svg
    assert "1/s" in svg


def test_a_panel_a_parameter_and_one_legend():
    figure = profile_curves([curve(f"k{number}") for number in range(4)], within=1.92)
    assert len(figure.axes) == 4
    assert len(figure.legends) == 1
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["k0", "k1", "k2", "k3"]
