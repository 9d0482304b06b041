import pytest

from smaclab.biology.parameters import canonical_unit, read_parameters, read_value
from smaclab.errors import CatalogueError

SOUND = {
    "value": 2.0,
    "unit": "1/h",
    "evidence": "assumed",
    "source": "A reason that is longer than a word.",
    "prior": {"distribution": "log-normal", "median": 2.0, "fold": 10},
}


@pytest.mark.parametrize(
    ("given", "inside", "factor"),
    [
        ("nM", "nM", 1.0),
        ("pM", "nM", 1e-3),
        ("µM", "nM", 1e3),
        ("s", "s", 1.0),
        ("h", "s", 3600.0),
        ("1/h", "1/s", 1 / 3600),
        ("1/(nM s)", "1/(nM s)", 1.0),
        ("1/(s nM)", "1/(nM s)", 1.0),
        ("1/(uM min)", "1/(nM s)", 1 / 60_000),
        ("copies", "molecules", 1.0),
        ("copies/cell", "molecules", 1.0),
        ("copies/(cell h)", "molecules/s", 1 / 3600),
        ("fL", "pL", 1e-3),
        ("nM^2", "nM^2", 1.0),
        ("dimensionless", "dimensionless", 1.0),
        ("1", "dimensionless", 1.0),
        ("h/min", "dimensionless", 60.0),
    ],
)
def test_a_unit_becomes_the_one_used_inside(given, inside, factor):
    unit, size = canonical_unit(given)
    assert unit == inside
    assert size == pytest.approx(factor)


@pytest.mark.parametrize("given", ["furlong", "1/nM/s", "nm", "1/(nM weeks)", "nM^x"])
def test_an_unknown_unit_gets_a_letter(given):
    with pytest.raises(CatalogueError, match="unknown unit") as caught:
        canonical_unit(given)
    assert "Known: " in str(caught.value)


def test_value_and_prior_are_converted_together():
    value, letters = read_value(SOUND)
    assert letters == []
    assert value.value == pytest.approx(2 / 3600)
    assert value.unit == "1/s"
    assert value.prior == {"distribution": "log-normal", "median": pytest.approx(2 / 3600), "fold": 10}


@pytest.mark.parametrize(
    "prior",
    [
        {"distribution": "uniform", "low": 0.0, "high": 3600.0},
        {"distribution": "log-uniform", "low": 1.0, "high": 3600.0},
        {"distribution": "normal", "mean": 3600.0, "sd": 3600.0},
    ],
)
def test_every_prior_is_understood(prior):
    value, letters = read_value(SOUND | {"prior": prior})
    assert letters == []
    assert max(v for v in value.prior.values() if not isinstance(v, str)) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("change", "letter"),
    [
        ({"value": "two"}, "value 'two' is not a finite number"),
        ({"value": True}, "value True is not a finite number"),
        ({"value": float("nan")}, "value nan is not a finite number"),
        ({"value": 10**400}, "is not a finite number"),
        ({"prior": {"distribution": ["normal"]}}, "unknown prior distribution"),
        ({"unit": "1/hour"}, "unknown unit 'hour'"),
        ({"unit": 3}, "unit 3 is not a text"),
        ({"evidence": "mesured"}, "Did you mean 'measured'"),
        ({"source": "me"}, "source 'me' is a word"),
        ({"sauce": "typo"}, "Did you mean 'source'"),
        ({"prior": "wide"}, "prior 'wide' is not a table"),
        ({"prior": {"distribution": "lognormal"}}, "Did you mean 'log-normal'"),
        ({"prior": {"distribution": "log-normal", "median": 1.0}}, "fold is None"),
        ({"prior": {"distribution": "log-normal", "median": 1.0, "fold": 1.0}}, "above 1"),
        (
            {"prior": {"distribution": "log-normal", "median": 1.0, "fold": 2.0, "sd": 1}},
            "key of a log-normal prior",
        ),
        ({"prior": {"distribution": "normal", "mean": 1.0, "sd": 0}}, "sd 0; it must be above 0"),
        ({"prior": {"distribution": "uniform", "low": 2.0, "high": 1.0}}, "is not below"),
        ({"prior": {"distribution": "log-uniform", "low": 0.0, "high": 1.0}}, "logarithm"),
    ],
)
def test_a_bad_entry_gets_a_letter(change, letter):
    value, letters = read_value(SOUND | change)
    assert value is None
    assert any(letter in one for one in letters), letters


@pytest.mark.parametrize("key", ["value", "unit", "evidence", "source"])
def test_a_missing_key_gets_a_letter(key):
    value, letters = read_value({k: v for k, v in SOUND.items() if k != key})
    assert value is None
    assert f"has no {key}." in letters


def test_a_guess_needs_a_prior_and_a_measurement_does_not():
    bare = {k: v for k, v in SOUND.items() if k != "prior"}
    assert read_value(bare)[1] == ["is assumed, so it needs a prior."]
    assert read_value(bare | {"evidence": "measured"})[1] == []


def test_the_unit_that_is_needed_is_enforced():
    value, letters = read_value(SOUND, unit="nM")
    assert value is None
    assert letters == ["unit '1/h' does not fit; this number is in nM, or what converts to it."]


def test_a_number_without_its_table_gets_a_letter():
    assert read_value(3.0)[1] == ["3.0 is not a table. A number needs value, unit, evidence, source, prior."]


def test_all_problems_of_the_file_are_said_at_once(tmp_path):
    file = tmp_path / "parameters.toml"
    file.write_text(
        "[a]\nvalue = 1\n[b]\nvalue = 2\nunit = 'nM'\nevidence = 'guess'\nsource = 'long enough'\n"
    )
    with pytest.raises(CatalogueError) as caught:
        read_parameters(file)
    text = str(caught.value)
    assert "parameters.toml, [a]: has no unit." in text
    assert "parameters.toml, [b]: unknown evidence 'guess'." in text


def test_a_sound_file_is_read_in_order(tmp_path):
    file = tmp_path / "parameters.toml"
    head = "unit = 'min'\nevidence = 'measured'\nsource = 'Somebody, 1999, table 1.'\n"
    file.write_text(f"[b]\nvalue = 1\n{head}[a]\nvalue = 2\n{head}", encoding="utf-8")
    parameters = read_parameters(file)
    assert list(parameters) == ["b", "a"]
    assert (parameters["a"].value, parameters["a"].unit, parameters["a"].prior) == (120.0, "s", None)


def test_every_number_of_the_model_says_where_it_comes_from():
    parameters = read_parameters()
    words = {name: value.source for name, value in parameters.items() if len(value.source) <= 20}
    assert not words, "a source is a reference or a reason, not a word"
    assert not [n for n, v in parameters.items() if v.evidence in {"assumed", "fitted"} and not v.prior]
