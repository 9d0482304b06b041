import pytest

from smaclab.errors import NetworkError
from smaclab.network import (
    Constant,
    Function,
    Network,
    Observable,
    Parameter,
    Reaction,
    arranged,
    parse_species,
)
from smaclab.network.expression import parse


def tiny(**more):
    parts = {
        "parameters": (Parameter(name="k", unit="1/s"),),
        "species": (parse_species("B()"), parse_species("A()")),
        "reactions": (Reaction(rule="r", reactants=(1,), products=(0,), rate="k"),),
    }
    return Network(**(parts | more))


def twice(**more):
    return tiny(parameters=(Parameter(name="k", unit="1/s"), Parameter(name="k", unit="nM")), **more)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (twice, "'k' is given 2 times"),
        (lambda: tiny(species=(parse_species("A()"), parse_species("A()"))), "species 'A\\(\\)' is given 2"),
        (lambda: tiny(constants=(Constant(name="k", expression="1"),)), "'k' is given 2 times"),
        (lambda: tiny(constants=(Constant(name="c", expression="kk"),)), "formula of c: unknown name 'kk'"),
        (lambda: tiny(constants=(Constant(name="c", expression="f(1)"),)), "c: .*unknown function"),
        (lambda: tiny(constants=(Constant(name="c", expression="c"),)), "circle"),
        (
            lambda: tiny(
                constants=(Constant(name="c", expression="o"),),
                observables=(Observable(name="o", terms=((0, 1.0),)),),
            ),
            "formula of c: unknown name 'o'",
        ),
        (
            lambda: tiny(observables=(Observable(name="o", terms=((2, 1.0),)),)),
            "observable o: there is no species 2",
        ),
        (lambda: tiny(inputs={"drug": -1}), "input drug: there is no species -1"),
        (lambda: tiny(initial=((0, "k"), (0, "k"))), "starting amount '0' is given 2 times"),
        (lambda: tiny(initial=((0, "amount"),)), r"starting amount of B\(\): unknown parameter or constant"),
        (
            lambda: tiny(reactions=(Reaction(rule="r", reactants=(), products=(0,), rate="q"),)),
            "reaction of r: unknown rate 'q'",
        ),
        (
            lambda: tiny(
                reactions=(Reaction(rule="r", reactants=(), products=(0,), rate="k", factor=float("nan")),)
            ),
            "factor nan",
        ),
        (lambda: tiny(parameters=(Parameter(name="k-1", unit="1/s"),)), "'k-1' is not a name"),
    ],
)
def test_a_network_that_is_not_sound_gets_a_letter(build, message):
    with pytest.raises(NetworkError, match=message):
        build()


def test_arranged_puts_everything_in_its_place():
    network = tiny(
        initial=((0, "k"),), inputs={"drug": 1}, observables=(Observable(name="o", terms=((0, 2.0),)),)
    )
    there = arranged(network)
    assert [species.name for species in there.species] == ["A()", "B()"]
    assert there.reactions == (Reaction(rule="r", reactants=(0,), products=(1,), rate="k"),)
    assert (there.initial, there.inputs, there.observables[0].terms) == (
        ((1, "k"),),
        {"drug": 0},
        ((1, 2.0),),
    )
    assert arranged(there) == there


def test_reactions_merge_only_if_rule_and_rate_agree():
    def step(rule, rate):
        return Reaction(rule=rule, reactants=(0,), products=(1,), rate=rate)

    two = (Parameter(name="k", unit="1/s"), Parameter(name="q", unit="1/s"))
    network = tiny(parameters=two, reactions=(step("r", "k"), step("r", "k"), step("r", "q"), step("s", "k")))
    assert [reaction.factor for reaction in arranged(network).reactions] == [2.0, 1.0, 1.0]


def test_functions_are_written_out_in_terms_of_observables():
    network = tiny(
        observables=(Observable(name="o", terms=((0, 1.0),)),),
        functions=(Function(name="f", expression="2*g"), Function(name="g", expression="k*o")),
    )
    assert network.rate_functions == {"f": parse("2*(k*o)"), "g": parse("k*o")}


def test_a_reaction_knows_its_change():
    catalysis = Reaction(rule="r", reactants=(0, 1, 1), products=(0, 2), rate="k")
    assert catalysis.change() == {1: -2, 2: 1}
