import math

import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.perturbation import Activate, GeneDosage, Inhibit, KnockDown, Mutate, OverExpress


@pytest.mark.parametrize("remaining", [-0.1, 1.1, math.nan])
def test_remaining_is_a_fraction(remaining):
    with pytest.raises(ExperimentError, match=f"RIPK1: remaining {remaining}. It is a fraction"):
        KnockDown(symbol="RIPK1", remaining=remaining)
    with pytest.raises(ExperimentError, match="It is a fraction"):
        Inhibit(activity="RIPK1 kinase", remaining=remaining)


@pytest.mark.parametrize("before_s", [-1.0, math.inf])
def test_rna_is_given_before(before_s):
    with pytest.raises(ExperimentError, match="It is a time of 0 or more"):
        KnockDown(symbol="RIPK1", remaining=0.1, before_s=before_s)


@pytest.mark.parametrize("factor", [0.5, math.inf, math.nan])
def test_over_expression_is_more(factor):
    with pytest.raises(ExperimentError, match="for less protein write knock_down"):
        OverExpress(symbol="RIPK1", factor=factor)


def test_an_inhibition_may_be_there_from_the_beginning():
    assert Inhibit(activity="RIPK1 kinase", remaining=0.0, start_s=-math.inf).end_s == math.inf


@pytest.mark.parametrize(
    ("start_s", "end_s"), [(math.nan, 1.0), (math.inf, math.inf), (2.0, 1.0), (0.0, math.nan)]
)
def test_an_inhibition_lasts_a_time(start_s, end_s):
    with pytest.raises(ExperimentError, match="RIPK1 kinase"):
        Inhibit(activity="RIPK1 kinase", remaining=0.1, start_s=start_s, end_s=end_s)


@pytest.mark.parametrize("given", ["0.1", None, True])
def test_texts_are_no_numbers(given):
    with pytest.raises(ExperimentError, match="It is a fraction"):
        KnockDown(symbol="RIPK1", remaining=given)
    with pytest.raises(ExperimentError, match="It is a time of 0 or more"):
        KnockDown(symbol="RIPK1", remaining=0.1, before_s=given)
    with pytest.raises(ExperimentError, match="It is 1 or more"):
        OverExpress(symbol="RIPK1", factor=given)
    with pytest.raises(ExperimentError, match="It is a time"):
        Inhibit(activity="RIPK1 kinase", remaining=0.1, start_s=given)
    with pytest.raises(ExperimentError, match="It is a time"):
        Inhibit(activity="RIPK1 kinase", remaining=0.1, end_s=given)


def test_times_are_told_in_units():
    with pytest.raises(ExperimentError, match="inhibited from 2 h but free again at 30 min"):
        Inhibit(activity="RIPK1 kinase", remaining=0.1, start_s=7200, end_s=1800)


@pytest.mark.parametrize("copies", [0, 0.5, 1])
def test_alleles_are_none_one_or_both(copies):
    assert GeneDosage(symbol="BIRC2", copies=copies).copies == copies


@pytest.mark.parametrize("copies", [2, 0.25, -0.5, math.nan, math.inf, "0.5", None, True])
def test_other_numbers_of_alleles_get_a_letter(copies):
    with pytest.raises(ExperimentError, match="It is 0, 0.5 or 1: no, one or both alleles"):
        GeneDosage(symbol="BIRC2", copies=copies)


@pytest.mark.parametrize("beside", ["false", None, 0, 1])
def test_a_mutant_takes_the_proteins_place_unless_it_is_said_to_stand_beside_it(beside):
    assert Mutate(symbol="BIRC2", mutation="RING-dead").beside_endogenous is False
    with pytest.raises(ExperimentError, match="It is true or false"):
        Mutate(symbol="BIRC2", mutation="RING-dead", beside_endogenous=beside)


@pytest.mark.parametrize("factor", [-1, math.inf, math.nan, "3", None, True])
def test_a_mutant_beside_the_protein_is_made_by_a_factor(factor):
    made = Mutate(symbol="BIRC2", mutation="RING-dead", beside_endogenous=True, factor=3)
    assert (made.factor, type(made.factor)) == (3.0, float)
    with pytest.raises(ExperimentError, match="It is a number of 0 or more"):
        Mutate(symbol="BIRC2", mutation="RING-dead", beside_endogenous=True, factor=factor)


def test_a_mutant_in_place_of_the_protein_has_no_factor():
    with pytest.raises(ExperimentError, match=r"BIRC2: factor 3. .*Write beside_endogenous = true"):
        Mutate(symbol="BIRC2", mutation="RING-dead", factor=3)


@pytest.mark.parametrize("factor", [0.5, math.inf, math.nan, "5", True])
def test_an_activation_is_more(factor):
    with pytest.raises(ExperimentError, match="It is 1 or more; for less write inhibit"):
        Activate(activity="other inputs to the TNF gene", factor=factor)


def test_an_activation_ends_after_it_begins():
    assert Activate(activity="LUBAC", factor=2, start_s=-60).factor == 2.0
    with pytest.raises(ExperimentError, match="activated from 2 h but free again at 30 min"):
        Activate(activity="LUBAC", factor=2, start_s=7200, end_s=1800)
