import pytest

from smaclab.experiment import plate_words as words


@pytest.mark.parametrize("text", ["", "-", "none", "N/A", "0", "0 nM", "0,00 ng/ml", ".0", "–"])
def test_nothing_has_many_names(text):
    assert words.is_nothing(text)
    assert words.is_no_drug(text)


@pytest.mark.parametrize("text", ["SM-164", "0.1 nM", "birinapant", "10", "+", "1", "00.1 nM", "nM"])
def test_something_is_not_nothing(text):
    assert not words.is_nothing(text)
    assert not words.is_no_drug(text)


@pytest.mark.parametrize("text", ["DMSO", "vehicle", "DMSO 0.1 %", "Medium", "untreated"])
def test_the_vehicle_is_no_drug(text):
    assert words.is_no_drug(text)
    assert not words.is_nothing(text)


@pytest.mark.parametrize("text", ["siCtrl", "si-NT", "scrambled", "non targeting", "sh_ctrl", "WT", "mock"])
def test_controls_are_controls(text):
    assert words.is_control(text)
    assert not words.is_control("siRIPK1")


def test_zero_is_a_value_and_what_a_spreadsheet_could_not_compute_is_none():
    assert not words.is_unknown("0")
    assert words.is_unknown("#DIV/0!")
    assert words.is_unknown("n/a")
    assert words.is_blank("-")
    assert not words.is_blank("0.5")
