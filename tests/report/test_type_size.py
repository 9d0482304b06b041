import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from smaclab.report.type_size import FAMILY, broken, cut, line_height, width_of


@pytest.mark.parametrize("text", ["cIAP1", "SM-164 100 nM", "−", "iiii", "WWWW", "IκBα"])
@pytest.mark.parametrize("bold", [False, True])
def test_the_width_is_what_is_drawn(text, bold):
    figure = Figure(figsize=(6, 1), dpi=100)
    drawn = figure.text(0, 0, text, fontsize=9, family=FAMILY, weight="bold" if bold else "normal")
    box = drawn.get_window_extent(FigureCanvasAgg(figure).get_renderer())
    assert width_of(text, 9, bold=bold) == pytest.approx(box.width, abs=3)  # whole pixels on either side


def test_lines_do_not_touch():
    figure = Figure(figsize=(6, 1), dpi=100)
    drawn = figure.text(0, 0, "Ågjp", fontsize=9, family=FAMILY)
    assert drawn.get_window_extent(FigureCanvasAgg(figure).get_renderer()).height < line_height(9)


def test_a_text_is_broken_at_spaces_but_not_inside_a_quantity():
    room = width_of("SM-164 100 nM + TNF", 9)
    assert broken("SM-164 100 nM + TNF 192 pM, 24 h", room, 9) == ["SM-164 100 nM + TNF", "192 pM, 24 h"]
    assert broken("a b", 1000, 9) == ["a b"]


def test_a_word_that_is_too_long_is_cut():
    assert cut("caspase-8", 1000, 9) == "caspase-8"
    short = cut("caspase-8", width_of("caspa", 9), 9)
    assert short.endswith("…")
    assert width_of(short, 9) <= width_of("caspa", 9)
    assert cut("caspase-8", 1, 9) == "c…"
