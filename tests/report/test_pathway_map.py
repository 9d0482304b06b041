"""The map: its edges name what is there, nothing lies on anything else, and colors say what they mean."""

import itertools
import math

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from smaclab.errors import SmaclabError
from smaclab.report import pathway_map, style
from smaclab.report.pathway_map import BOXES, EDGES, FRAMES, HEIGHT, NOTES, SCALE_HEIGHT, WIDTH

PLACES = {name: box.sides for name, box in BOXES.items()} | {name: f.sides for name, f in FRAMES.items()}
TITLE = "EVSA-T, 4 h after SM-164 100 nM: how many times as much as at the start"
WIDEST_FOLDS = dict.fromkeys(BOXES, 123_456.0)


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def segments(edge):
    """Left, top, right, bottom of each straight part; all are level or upright."""
    for (x0, y0), (x1, y1) in itertools.pairwise(edge.path):
        assert x0 == x1 or y0 == y1, edge
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def distance(point, sides):
    """From a point to a rectangle's rim or into it; 0 where it lies inside."""
    left, top, right, bottom = sides
    return max(left - point[0], point[0] - right, top - point[1], point[1] - bottom, 0.0)


def texts_of(figure):
    """Words -> left, top, right, bottom in points."""
    figure.set_dpi(72)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    height = figure.get_size_inches()[1] * 72
    found = [one for one in figure.findobj(match=Text) if one.get_text().strip() and one.get_visible()]
    boxes = [
        (one, one.get_window_extent(canvas.get_renderer())) for one in {id(t): t for t in found}.values()
    ]
    return [
        (one.get_text(), (box.x0, height - box.y1, box.x1, height - box.y0))
        for one, box in boxes
        if box.width > 0 and box.x0 < WIDTH
    ]


def own_texts(figure):
    """Without the ticks of the hidden axes."""
    ticks = {
        one.get_text() for axes in figure.axes for one in axes.get_xticklabels() + axes.get_yticklabels()
    }
    return [(words, sides) for words, sides in texts_of(figure) if words not in ticks]


def test_every_end_of_an_edge_is_there():
    assert [e for e in EDGES if e.source not in PLACES or e.target not in PLACES] == []


def test_every_box_takes_part():
    inside = {
        name
        for name, box in BOXES.items()
        for frame in FRAMES.values()
        if frame.sides[0] < box.x < frame.sides[2] and frame.sides[1] < box.y < frame.sides[3]
    }
    assert set(BOXES) - inside - {e.source for e in EDGES} - {e.target for e in EDGES} == set()


def test_no_two_boxes_overlap():
    pairs = itertools.combinations(BOXES, 2)
    assert [(a, b) for a, b in pairs if overlap(BOXES[a].sides, BOXES[b].sides)] == []


def test_a_box_is_inside_a_frame_or_outside_of_it():
    for (name, box), (where, frame) in itertools.product(BOXES.items(), FRAMES.items()):
        left, top, right, bottom = box.sides
        is_inside = distance((left, top), frame.sides) == distance((right, bottom), frame.sides) == 0.0
        assert is_inside or not overlap(box.sides, frame.sides), (name, where)


def test_edges_go_from_their_source_to_their_target():
    for edge in EDGES:
        assert distance(edge.path[0], PLACES[edge.source]) < 1, edge
        assert distance(edge.path[-1], PLACES[edge.target]) < 4, edge


def test_no_edge_runs_through_a_box():
    for edge, (name, box) in itertools.product(EDGES, BOXES.items()):
        assert name in (edge.source, edge.target) or not any(
            overlap(part, box.sides) for part in segments(edge)
        ), (edge, name)


def test_edges_cross_only_at_their_ends():
    def apart(one, other):
        return not any(
            overlap((a[0] - 0.5, a[1] - 0.5, a[2] + 0.5, a[3] + 0.5), b)
            for a in segments(one)
            for b in segments(other)
        )

    assert [(a, b) for a, b in itertools.combinations(EDGES, 2) if not apart(a, b)] == []


@pytest.mark.parametrize("folds", [{}, WIDEST_FOLDS], ids=["plain", "colored"])
def test_no_text_lies_on_another_or_on_an_edge_and_none_is_cut(folds):
    figure = pathway_map.draw(folds, title=TITLE)
    height = HEIGHT + (SCALE_HEIGHT if folds else 0)
    texts = own_texts(figure)
    assert len(texts) >= len(BOXES) + len(NOTES)
    for (one, left), (other, right) in itertools.combinations(texts, 2):
        assert not overlap(left, right), (one, other)
    for words, sides in texts:
        assert min(sides[0], sides[1], WIDTH - sides[2], height - sides[3]) >= 0, words
        assert not any(overlap(part, sides) for edge in EDGES for part in segments(edge)), words


@pytest.mark.parametrize("folds", [{}, WIDEST_FOLDS], ids=["plain", "colored"])
def test_words_stay_in_their_box(folds):
    texts = own_texts(pathway_map.draw(folds))
    for name, box in BOXES.items():
        inside = [sides for words, sides in texts if words == box.words and overlap(sides, box.sides)]
        assert len(inside) == 1, name
        left, top, right, bottom = inside[0]
        assert distance((left, top), box.sides) == distance((right, bottom), box.sides) == 0.0, name


def test_it_says_what_it_is():
    plain = [words for words, _ in own_texts(pathway_map.draw())]
    colored = [words for words, _ in own_texts(pathway_map.draw({"NIK": 12.0}, title=TITLE))]
    assert "model map" in plain
    assert not any("SIMULATED" in words for words in plain)
    assert {"model map, colors SIMULATED", "×12", TITLE, "×16 or more"} <= set(colored)


def test_unknown_is_not_colored():
    assert style.to_svg(pathway_map.draw({"NIK": math.nan}, title=TITLE)) == style.to_svg(pathway_map.draw())


@pytest.mark.parametrize(
    ("fold", "words", "color"),
    [
        (0.0, "×<0.01", "#d55e00"),
        (1 / 16, "×0.062", "#d55e00"),
        (1.0, "×1", "#f7f7f7"),
        (16.0, "×16", "#0072b2"),
        (1688.4, "×1688", "#0072b2"),
        (math.inf, "from 0", "#0072b2"),
    ],
)
def test_colors_end_at_sixteen_times(fold, words, color):
    assert pathway_map.fold_words(fold) == words
    drawn = pathway_map.fold_color(fold)[0]
    assert all(abs(int(drawn[i : i + 2], 16) - int(color[i : i + 2], 16)) <= 2 for i in (1, 3, 5))


def test_words_can_be_read_on_every_color():
    def light(color):
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for power in range(-40, 41):
        low, high = sorted(light(color) for color in pathway_map.fold_color(2.0 ** (power / 10)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, power / 10


@pytest.mark.parametrize("folds", [{"NIKK": 2.0}, {"NIK": -1.0}])
def test_no_box_or_no_fold_is_refused(folds):
    with pytest.raises(SmaclabError, match=next(iter(folds))):
        pathway_map.draw(folds)


def test_equal_bytes_every_time():
    folds = {"cIAP1": 0.02, "NIK": 60.0, "TNF": math.inf}
    first, second = (style.to_svg(pathway_map.draw(folds, title=TITLE)) for _ in range(2))
    assert first == second
