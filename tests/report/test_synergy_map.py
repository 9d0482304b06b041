"""Maps of synergy."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from smaclab.analysis.synergy import synergy_of
from smaclab.report.synergy_map import LESS_TO_MORE, synergy_map
from tests.analysis.matrices import independent, matrix
from tests.report.looking import check

EFFECT = independent(0.12)


def make(*, width_inches=5.0, model="Bliss", effect=EFFECT):
    seen = synergy_of(matrix(effect, drugs=("SM-164", "TNF")), model)
    return synergy_map(seen, title=f"Beyond {model}, HCT 116", width_inches=width_inches)


def test_no_label_lies_on_another_and_equal_input_gives_equal_bytes():
    check(make)


@pytest.mark.parametrize("model", ["HSA", "Loewe", "ZIP"])
def test_every_model_has_its_map(model):
    assert make(model=model).axes[0].get_title(loc="left") == f"Beyond {model}, HCT 116"


def test_the_scale_is_centered_at_zero():
    image = make().axes[0].images[0]
    assert image.norm.vmin == -image.norm.vmax
    assert image.norm.vmax == pytest.approx(0.2)
    flat = make(effect=independent()).axes[0].images[0]
    assert flat.norm.vmax == pytest.approx(0.1)  # rounding is not painted


def test_numbers_are_signed_and_only_where_both_drugs_are():
    lost = EFFECT.copy()
    lost[2, 2] = np.nan
    words = [one.get_text() for one in make(effect=lost).axes[0].texts]
    assert len(words) == 20
    assert words[0] == "+12"
    assert "–" in words
    assert "−5" in [one.get_text() for one in make(effect=independent(-0.05)).axes[0].texts]


def test_less_and_more_differ_also_without_red_and_green():
    # Deuteranopia after Viénot, Brettel and Mollon (1999): red and green become one channel.
    def seen(color):
        red, green, blue = to_rgb(color)
        return np.array([0.29 * red + 0.71 * green, blue])

    less, more = seen(LESS_TO_MORE[0]), seen(LESS_TO_MORE[-1])
    assert np.linalg.norm(less - more) > 0.35
