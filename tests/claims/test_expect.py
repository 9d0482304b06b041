import pytest

from smaclab.analysis.predicate import Difference, DoseOrder, Fold, Limit, SupraAdditive, Unchanged
from smaclab.claims.expect import WORDS, predicate_of
from smaclab.errors import CatalogueError
from smaclab.lab import own_catalogue

NIK = {"of": "NIK", "in": "drug", "at": "4 h"}
DOSES = {"of": "cIAP2", "in": ["a", "b", "c"], "against_of": "cIAP1", "doses": ["0 nM", "1 nM", "1 uM"]}


def made(**table):
    return predicate_of(table, own_catalogue())


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ({**NIK, "at_least": 10}, Limit),
        ({**NIK, "at_most": 10}, Limit),
        ({**NIK, "against": "vehicle", "rises_at_least": 3}, Fold),
        ({**NIK, "against": "vehicle", "is_at_least": 3}, Fold),
        ({**NIK, "falls_to": 0.5}, Fold),
        ({**NIK, "against_of": "p52", "is_at_most": 0.5}, Fold),
        ({"of": "viability", "in": "drug", "against": "vehicle", "higher_by": 0.3}, Difference),
        ({"of": "viability", "in": "drug", "against": "vehicle", "lower_by": 0.3}, Difference),
        ({"of": "viability", "in": "drug", "against": "vehicle", "not_higher_by": 0.1}, Difference),
        ({**NIK, "against": "vehicle", "unchanged_within": 0.2}, Unchanged),
        ({"of": "NIK", "in": "a", "half_rise_to": "6 h", "against_of": "p52", "comes_before_by": 2}, Fold),
        ({"of": "NIK", "in": "a", "peak_to": "6 h", "against": "b", "comes_within": 2}, Unchanged),
        ({**DOSES, "needs_more_by": 5}, DoseOrder),
        ({**DOSES, "same_dose_within": 5}, DoseOrder),
        ({"of": "viability", "in": ["n", "a", "b", "ab"], "more_than_additive_by": 0.2}, SupraAdditive),
    ],
)
def test_every_word_has_its_predicate(table, kind):
    assert isinstance(made(**table), kind)


def test_no_word_is_left_out_above():
    pars = next(m for m in test_every_word_has_its_predicate.pytestmark if m.name == "parametrize").args[1]
    assert {word for table, _ in pars for word in table if word in WORDS} == set(WORDS)


def test_without_a_reference_an_amount_is_compared_with_its_start():
    found = made(**NIK, rises_at_least=3)
    assert (found.quantity.time_h, found.reference.time_h, found.reference.pick) == (4.0, 0.0, "at")


def test_before_compares_the_later_with_the_earlier():
    found = made(of="NIK", **{"in": "a"}, half_rise_to="6 h", against_of="p52", comes_before_by=2)
    assert (found.quantity.readout, found.reference.readout, found.at_least) == ("p52", "NIK", 2.0)


def test_the_one_that_needs_more_stands_first():
    found = made(**DOSES, needs_more_by=5)
    assert (found.later.quantities[0].readout, found.earlier.quantities[0].readout) == ("cIAP2", "cIAP1")
    assert found.later.doses_nM == (0.0, 1.0, 1000.0)


def test_a_time_may_be_a_limit():
    assert made(of="NIK", **{"in": "a"}, half_rise_to="6 h", at_most="90 min").at_most == 1.5


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({**NIK}, "no word"),
        ({**NIK, "at_least": 1, "at_most": 2}, "at_least, at_most"),
        ({**NIK, "rise_at_least": 2}, "unknown key 'rise_at_least'. Did you mean 'rises_at_least'"),
        ({**NIK, "of": "NIKK", "at_least": 1}, "unknown readout 'NIKK'. Did you mean 'NIK'"),
        ({**NIK, "highest_to": "2 h", "at_least": 1}, "Name one time"),
        ({**NIK, "at": "4 parsecs", "at_least": 1}, "parsecs"),
        ({"of": "NIK", "in": "a", "half_rise_to": "6 h", "comes_before_by": 2}, "name against"),
        ({**DOSES, "in": "a", "needs_more_by": 5}, "not a list of experiments"),
        ({**DOSES, "doses": ["0 nM"], "needs_more_by": 5}, "as many of each"),
        ({"of": "viability", "in": ["a"], "more_than_additive_by": 0.2}, "Name four"),
    ],
)
def test_a_table_that_is_not_understood_gets_a_letter(table, says):
    with pytest.raises(CatalogueError) as caught:
        made(**table)
    assert says in str(caught.value)
