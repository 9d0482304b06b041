import math

import pytest

from smaclab.errors import UnitError
from smaclab.units import parse, show


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10 min", 600),
        ("10min", 600),
        ("24 h", 86_400),
        ("1.5 hours", 5400),
        ("0 s", 0),
        ("2 d", 172_800),
        (" 1  h ", 3600),
    ],
)
def test_times(text, seconds):
    assert parse(text, "time") == seconds


@pytest.mark.parametrize(
    ("text", "nanomolar"),
    [
        ("100 nM", 100),
        ("1 uM", 1000),
        ("1 µM", 1000),
        ("1 \u03bcM", 1000),
        ("50pM", 0.05),
        ("1e-3 mM", 1000),
        ("1 M", 1e9),
    ],
)
def test_molar_concentrations(text, nanomolar):
    assert parse(text, "concentration") == pytest.approx(nanomolar, rel=1e-12)


@pytest.mark.parametrize(
    "text", ["10 ng/ml", "10 ng/mL", "10000 pg/ml", "0.01 ug/ml", "0.01 µg/ml", "1e-5 mg/ml"]
)
def test_a_mass_concentration_with_a_molar_mass(text):
    assert parse(text, "concentration", molar_mass_g_per_mol=52_000.0) == pytest.approx(10_000 / 52_000)


def letter(text, dimension, **more):
    with pytest.raises(UnitError) as caught:
        parse(text, dimension, **more)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "dimension", "says"),
    [
        ("24", "time", "'24' has no unit. Write a number and a unit: s, min, h or d, as in '30 min'."),
        (24, "time", "24 has no unit."),
        (0.5, "concentration", "0.5 has no unit."),
        (True, "time", "True is not a time."),
        (None, "time", "None is not a time."),
        ("soon", "time", "'soon' is not a time."),
        ("", "time", "'' is not a time."),
        ("10 nm", "concentration", "unknown unit 'nm'. Did you mean 'nM'?"),
        ("10 m", "concentration", "Did you mean 'M'?"),
        ("10 nM", "time", "'10 nM' is a concentration; a time is needed"),
        ("10 min", "concentration", "'10 min' is a time; a concentration is needed"),
        ("10 parsec", "time", "unknown unit 'parsec'."),
        ("1,5 h", "time", "write the decimals after a point"),
        ("1.2.3 h", "time", "'1.2.3' is not a number"),
        ("-1 h", "time", "cannot be negative"),
        ("-1 nM", "concentration", "cannot be negative"),
        ("nan nM", "concentration", "not a finite concentration"),
        ("inf h", "time", "not a finite time"),
        ("1e999 nM", "concentration", "not a finite concentration"),
    ],
)
def test_the_letter_about_a_text_that_is_not_understood(text, dimension, says):
    assert says in letter(text, dimension)


def test_a_mass_concentration_without_a_molar_mass():
    assert letter("10 ng/ml", "concentration") == (
        "'10 ng/ml' is a concentration by mass, and no molar mass is known here. "
        "Write a molar one (pM, nM, uM, mM, M), or add molar_mass_g_per_mol to the drug's file."
    )


def test_a_time_may_be_negative_where_the_caller_says_so():
    assert parse("-1 h", "time", may_be_negative=True) == -3600
    assert parse("\u22121 h", "time", may_be_negative=True) == -3600  # a typographer's minus


@pytest.mark.parametrize(
    ("value", "dimension", "text"),
    [
        (600.0, "time", "10 min"),
        (86_400.0, "time", "24 h"),
        (-3600.0, "time", "-1 h"),
        (0.0, "time", "0 h"),
        (0.5, "time", "0.5 s"),
        (0.0, "concentration", "0 nM"),
        (0.01, "concentration", "10 pM"),
        (1500.0, "concentration", "1.5 uM"),
        (math.inf, "time", "inf h"),
    ],
)
def test_show(value, dimension, text):
    assert show(value, dimension) == text


@pytest.mark.parametrize("value", [1e-6, 0.37, 1.0, 59.0, 3601.0, 123_456.0])
@pytest.mark.parametrize("dimension", ["time", "concentration"])
def test_what_is_shown_can_be_read(value, dimension):
    assert parse(show(value, dimension), dimension) == pytest.approx(value, rel=1e-5)


def test_one_time_in_two_units_is_one_number():
    assert parse("1.1 h", "time") == parse("66 min", "time") == 3960.0


def test_absorbed_doses():
    assert parse("2 Gy", "absorbed dose") == 2.0
    assert parse("250 cGy", "absorbed dose") == pytest.approx(2.5)
    assert show(2.5, "absorbed dose") == "2.5 Gy"
    assert "'2 nM' is a concentration; an absorbed dose is needed: Gy" in letter("2 nM", "absorbed dose")
    assert "'2 Gy' is an absorbed dose; a concentration is needed" in letter("2 Gy", "concentration")
    assert "Did you mean 'Gy'?" in letter("2 gy", "absorbed dose")
