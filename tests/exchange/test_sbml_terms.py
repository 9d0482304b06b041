import pytest

from smaclab.exchange import sbml_terms
from smaclab.exchange.links import Links
from smaclab.network.network import Network, Reaction
from smaclab.network.species import parse_species

NETWORK = Network(species=tuple(map(parse_species, ("A(b)@cell", "B(a)@cell", "A(b!1).B(a!1)@cell",
    "A(b)@medium"))))  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "term"),
    [
        ((), (0,), 393),
        ((0,), (), 179),
        ((0, 1), (2,), 177),
        ((2,), (0, 1), 180),
        ((3,), (0,), 185),
        ((0,), (1,), 176),
        ((0,), (0, 1), 176),
    ],
)
def test_a_reaction_is_named_by_what_goes_in_and_comes_out(before, after, term):
    reaction = Reaction(rule="r", reactants=before, products=after, rate="k")
    assert sbml_terms.of_reaction(reaction, NETWORK) == term


def test_a_reaction_that_says_what_it_changes_is_named_by_that():
    # It is sped up by all three, binds the first two, and leaves half of the third behind.
    net = ((0, -1.0), (1, -1.0), (2, 0.5))
    reaction = Reaction(rule="r", reactants=(0, 1, 3), products=(), rate="k", net=net)
    assert sbml_terms.of_reaction(reaction, NETWORK) == 177


@pytest.mark.parametrize(
    ("name", "unit", "term"),
    [("XIAP_half_life", "s", 332), ("a_Kd", "nM", 282), ("cell_volume", "pL", 468),
     ("XIAP_copies", "molecules", 361), ("k", "1/s", 35), ("k", "1/(nM s)", 36), ("O01_dimer", "1", 2)],
)  # fmt: skip
def test_a_parameter_is_named_by_its_name_and_unit(name, unit, term):
    assert sbml_terms.of_parameter(name, unit) == term


def test_a_species_is_named_by_its_kind():
    links = Links(kinds={"A": "protein"})
    assert [sbml_terms.of_species(one, links) for one in NETWORK.species] == [252, 240, 253, 252]


def test_libsbml_takes_each_term_where_it_is_used():
    libsbml = pytest.importorskip("libsbml")
    assert all(libsbml.SBO.isMaterialEntity(one) for one in (240, 245, 247, 250, 252, 253, 290))
    assert all(libsbml.SBO.isOccurringEntityRepresentation(one) for one in (176, 177, 179, 180, 185, 393))
    assert all(libsbml.SBO.isRateLaw(one) for one in (1, 163))
    assert all(libsbml.SBO.isQuantitativeParameter(one) for one in (2, 35, 36, 282, 332, 361, 468))
