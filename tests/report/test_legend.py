"""One legend under the panels."""

from matplotlib.figure import Figure

from smaclab.report.legend import legend_below


def drawn(labels, width):
    figure = Figure(figsize=(width, 3.0), layout="constrained")
    axes = figure.add_subplot()
    for label in labels:
        axes.plot([0, 1], label=label)
    legend_below(figure, [axes])
    return figure


def test_long_words_are_folded_and_the_figure_grows():
    short, long = drawn(["a"], 4.0), drawn(["SM-164 100 nM and " * 8], 4.0)
    assert "\n" in long.legends[0].get_texts()[0].get_text()
    assert long.get_size_inches()[1] > short.get_size_inches()[1] > 3.0


def test_short_words_share_a_line():
    assert drawn(["a", "b", "c"], 8.0).legends[0]._ncols == 3


def test_without_curves_there_is_no_legend():
    assert drawn([], 4.0).legends == []


def test_the_panel_keeps_its_height():
    def height(labels):
        figure = drawn(labels, 4.0)
        figure.draw_without_rendering()
        return figure.axes[0].get_position().height * figure.get_size_inches()[1]

    # Three lines each of seven: without room of its own the legend would take the whole panel.
    assert height(["SM-164 100 nM and TNF 10 ng/ml and " * 2] * 7) > 0.9 * height(["a"])
