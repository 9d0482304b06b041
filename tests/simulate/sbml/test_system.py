from smaclab.network.expression import parse
from smaclab.simulate.sbml.system import System, comparisons
from tests.simulate.sbml.models import compartment, model, species


def test_comparisons_are_found_and_an_equality_is_watched_from_both_sides():
    found = comparisons(parse("where(logical_and(less(a, 1), equal(b, 2)), less_equal(1, 2), 0)"))
    assert {parse(text) for text in ("less(a, 1)", "equal(b, 2)", "less(b, 2)", "less(2, b)")} == found


def test_a_concentration_that_is_set_is_kept_as_an_amount():
    several = model(
        Compartments=[compartment(size="4")], Species=[species("A", 'initialConcentration="3"', only="false")]
    )
    system = System.of(several)
    names = list(several.network.parameter_index)
    assert system.start(0.0, {})[0][names.index("x_A")] == 12.0
    assert system.start(0.0, {"A": 5.0})[0][names.index("x_A")] == 20.0
