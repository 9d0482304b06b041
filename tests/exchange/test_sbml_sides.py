"""What SBML calls reactants, products and modifiers."""

from smaclab.exchange.sbml_sides import Sides, sides_of
from smaclab.network.network import Reaction


def test_a_step_of_molecules_keeps_its_sides():
    one = Reaction(rule="r", reactants=(0, 0, 2), products=(1, 2), rate="k")
    assert sides_of(one) == Sides(before=((0, 2.0), (2, 1.0)), after=((1, 1.0), (2, 1.0)))


def test_what_a_step_says_it_changes_is_written_and_the_rest_of_its_speed_are_modifiers():
    # Half of species 0 to 1.5 of species 3, fast where there is much of 0, 1 and 2; 2 is made besides.
    one = Reaction(
        rule="r", reactants=(0, 1, 2), products=(), rate="k", net=((3, 1.5), (0, -0.5), (2, 1.0), (4, 0.0))
    )
    assert sides_of(one) == Sides(before=((0, 0.5),), after=((2, 1.0), (3, 1.5)), modifiers=(1,))


def test_a_step_that_changes_nothing_has_modifiers_only():
    assert sides_of(Reaction(rule="r", reactants=(1, 1), products=(), rate="k", net=())) == Sides(
        before=(), after=(), modifiers=(1,)
    )
