import pytest

pytestmark = pytest.mark.rules

VALUES = {
    "on": ("1/(nM s)", 1e-3),
    "Kd": ("nM", 2.0),
    "decay": ("1/s", 1e-4),
    "activity": ("dimensionless", 1.0),
    "cell_volume": ("pL", 1.0),
    "medium_volume": ("pL", 1e4),
    "nothing": ("molecules", 0.0),
}


@pytest.fixture
def parts():
    pytest.importorskip("pysb")
    from smaclab.biology.parts import ModelParts
    from smaclab.experiment.value import Value

    values = {
        name: Value(value=value, unit=unit, evidence="assumed", source="a toy value for this test", prior={})
        for name, (unit, value) in VALUES.items()
    }
    made = ModelParts(values)
    made.monomer("A", ("b",))
    made.monomer("B", ("a",))
    return made


def number(parts, name):
    return float(parts.model.expressions[name].get_value())


def test_a_rate_that_is_nowhere_is_refused(parts):
    from smaclab.errors import NetworkError

    A, _ = parts.monomers("A", "B")
    with pytest.raises(NetworkError, match="'dekay' is used in a rule"):
        parts.rule("A_decays", A() >> None, "dekay")


def test_a_rate_between_molecules_is_converted_once_to_the_cells_volume(parts):
    A, B = parts.monomers("A", "B")
    parts.rule("A_binds_B", A(b=None) + B(a=None) >> A(b=1) % B(a=1), "on")
    assert number(parts, "on_in_cell") == pytest.approx(1e-3 / 602.214)
    parts.expression("slowed", "on * activity")
    assert number(parts, "slowed") == pytest.approx(1e-3 / 602.214)


def test_a_rate_times_a_concentration_is_a_plain_rate(parts):
    parts.expression("off", "Kd * on")
    assert number(parts, "off") == pytest.approx(2e-3)


def test_partners_in_the_medium_meet_in_its_volume(parts):
    assert number(parts, parts.in_medium("on")) == pytest.approx(1e-3 / (602.214 * 1e4))


def test_an_input_starts_empty_and_is_known_by_its_name(parts):
    A, _ = parts.monomers("A", "B")
    parts.input("drug", A(b=None) ** parts.medium)
    assert parts.inputs == {"drug": "drug_input"}
    assert [one.value.value for one in parts.model.initials] == [0.0]
