from dataclasses import replace

import pytest

from smaclab.errors import ExperimentError
from smaclab.report.blot_sheet import LANE_NARROWEST, LANE_WIDEST, apart, sheet_for
from tests.report.blots import course, lines_and_doses


@pytest.mark.parametrize("width", [1000.0, 400.0])
def test_lanes_stand_between_their_labels(width):
    panels, lanes = lines_and_doses()
    sheet = sheet_for(panels, lanes, width)
    assert 0 < sheet.left < sheet.right < sheet.sizes_at < sheet.names_at < width
    assert LANE_NARROWEST <= sheet.pitch <= LANE_WIDEST
    assert sheet.middle(0) - sheet.left == pytest.approx(0.5 * sheet.pitch)


def test_numbers_stand_upright_where_a_lane_is_too_narrow():
    panels, lanes = lines_and_doses()
    wide, narrow = (sheet_for(panels, lanes, width) for width in (1000.0, 400.0))
    dose = lanes.rows[0]
    assert (wide.is_turned(dose), narrow.is_turned(dose)) == (False, True)


def test_too_many_lanes_get_a_letter():
    panels, lanes = course(times=range(40))
    with pytest.raises(
        ExperimentError, match=r"40 lanes do not fit in a picture of 400 pixels, .* room for \d+\."
    ):
        sheet_for(panels, lanes, 400.0)
    assert sheet_for(panels, lanes, 1000.0).pitch >= LANE_NARROWEST


def test_lanes_that_share_nothing_have_no_title():
    panels, lanes = lines_and_doses()
    sheet = sheet_for(panels, replace(lanes, title=""), 1000.0)
    assert sheet.title() == []
    assert sheet.header_height() < sheet_for(panels, lanes, 1000.0).header_height()


def test_labels_move_apart_and_stay_inside():
    assert apart([10.0, 50.0], 12.0, 0.0, 100.0) == [10.0, 50.0]
    assert apart([10.0, 14.0], 12.0, 0.0, 100.0) == [10.0, 22.0]
    assert apart([90.0, 98.0], 12.0, 0.0, 100.0) == [88.0, 100.0]
    assert apart([5.0], 12.0, 0.0, 100.0) == [5.0]
