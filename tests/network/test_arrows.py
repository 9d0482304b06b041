"""A flat network as arrows that a biologist reads."""

from smaclab.network.arrows import Words, arrows, side_words, species_words
from smaclab.network.network import Network, Parameter, Reaction
from smaclab.network.species import parse_species

WORDS = Words(
    names={"BIRC2": "cIAP1", "SMM": "mimetic"}, states={"closed": "", "ub": "marked"}, bound={"bir2": "BIR2"}
)
SPECIES = (
    "BIRC2(pocket,ring~closed)@cell",
    "SMM(iap)@cell",
    "BIRC2(pocket!1,ring~closed).SMM(iap!1)@cell",
    "BIRC2(pocket,ring~ub)@cell",
    "TNF(receptor)@medium",
)


def network(*reactions):
    return Network(
        parameters=(Parameter(name="on", unit="1/s"), Parameter(name="off", unit="1/s")),
        species=tuple(parse_species(text) for text in SPECIES),
        reactions=tuple(
            Reaction(rule=rule, reactants=left, products=right, rate=rate)
            for rule, left, right, rate in reactions
        ),
    )


def test_a_rule_and_its_reverse_are_one_line():
    found = arrows(network(("binds", (0, 1), (2,), "on"), ("binds(reverse)", (2,), (0, 1), "off")), WORDS)
    assert [(one.rule, one.text) for one in found] == [("binds", "cIAP1 + mimetic ⇌ cIAP1:mimetic")]
    assert found[0].reactions == 2
    assert found[0].rates == ("on", "off")


def test_the_smallest_reaction_stands_for_its_rule_and_all_are_counted():
    (found,) = arrows(network(("goes", (2,), (1,), "off"), ("goes", (0,), (), "off")), WORDS)
    assert found.text == "cIAP1 → nothing"
    assert found.reactions == 2
    assert found.rates == ("off",)


def test_rules_come_by_name():
    found = arrows(network(("b", (0,), (3,), "on"), ("a", (), (0,), "on")), WORDS)
    assert [one.text for one in found] == ["nothing → cIAP1", "cIAP1 → cIAP1(marked)"]


def test_equal_molecules_are_counted_and_the_medium_is_named():
    TNF = parse_species(SPECIES[4])
    assert side_words([TNF, TNF], WORDS) == "2 TNF in medium"


def test_which_pocket_is_filled_is_said_where_asked_for():
    bound = parse_species("SMM(iap!1).XIAP(bir2!1,bir3)@cell")
    assert species_words(bound, WORDS) == "mimetic:XIAP(BIR2)"
    assert species_words(bound, Words()) == "SMM:XIAP"
