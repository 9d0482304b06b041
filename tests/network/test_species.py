import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smaclab.errors import NetworkError
from smaclab.network import Monomer, Site, canonical_species, parse_species


@pytest.mark.parametrize(
    ("given_text", "canonical"),
    [
        ("A()", "A()"),
        ("A", None),
        (
            "TRAF2(tradd,birc!7)@cell.BIRC2(traf2!7,ring~closed,pocket)@cell",
            "BIRC2(pocket,ring~closed,traf2!1).TRAF2(birc!1,tradd)@cell",
        ),
        ("A(b!2).A(b!2)", "A(b!1).A(b!1)"),
        ("T(d!1)@membrane.D(r!1)@medium", "D(r!1)@medium.T(d!1)@membrane"),
        (
            "A(x!1,y).A(x!2,y!1).A(x,y!2)@c",
            "A(x!1,y!2).A(x!2,y).A(x,y!1)@c",
        ),
    ],
)
def test_a_species_has_one_name(given_text, canonical):
    if canonical is None:
        with pytest.raises(NetworkError, match="not a monomer"):
            parse_species(given_text)
    else:
        assert parse_species(given_text).name == canonical
        assert parse_species(canonical) == parse_species(given_text)


@st.composite
def complexes(draw):
    """A connected graph of few kinds of monomers, so that symmetric ones are common."""
    size = draw(st.integers(1, 7))
    kinds = [draw(st.sampled_from("AB")) for _ in range(size)]
    states = [draw(st.sampled_from([None, "u", "p"])) for _ in range(size)]
    free = {(place, f"s{i}") for place in range(size) for i in range(3)}
    bonds = {}

    def join(one, other):
        bonds[one] = bonds[other] = len(bonds) // 2 + 1
        free.difference_update((one, other))

    for place in range(1, size):
        ends = sorted(end for end in free if end[0] < place)
        own = sorted(end for end in free if end[0] == place)
        join(draw(st.sampled_from(ends)), draw(st.sampled_from(own)))
    for _ in range(draw(st.integers(0, 2))):
        if len(free) > 1:
            one, other = draw(st.permutations(sorted(free)))[:2]
            join(one, other)
    where = draw(st.lists(st.sampled_from(["cell", "medium"]), min_size=size, max_size=size))
    return [
        Monomer(
            name=kinds[place],
            sites=(
                *(Site(f"s{i}", None, bonds.get((place, f"s{i}"))) for i in range(3)),
                Site("m", states[place]),
            ),
            compartment=where[place],
        )
        for place in range(size)
    ]


@given(complexes(), st.randoms(use_true_random=False))
def test_order_and_bond_numbers_do_not_matter(monomers, chance):
    new_number = dict(zip(range(20), chance.sample(range(100), 20), strict=True))
    shuffled = []
    for monomer in chance.sample(monomers, len(monomers)):
        sites = [site._replace(bond=new_number.get(site.bond)) for site in monomer.sites]
        random.Random(chance.random()).shuffle(sites)
        shuffled.append(Monomer(name=monomer.name, sites=tuple(sites), compartment=monomer.compartment))
    species = canonical_species(monomers)
    assert canonical_species(shuffled) == species
    assert parse_species(species.name) == species


@given(complexes(), complexes())
def test_equal_names_only_for_equal_graphs(one, other):
    import collections

    def invariant(monomers):
        ends = collections.defaultdict(list)
        for monomer in monomers:
            for site in monomer.sites:
                ends[site.bond].append((monomer.name, monomer.compartment, site.site, site.state))
        return sorted(map(str, (sorted(both, key=str) for bond, both in ends.items())))

    if canonical_species(one).name == canonical_species(other).name:
        assert invariant(one) == invariant(other)


def test_two_rings_with_the_same_neighborhoods_differ():
    # Six equal monomers: one ring of six is not two rings of three, and two rings are not one species.
    six = ".".join(f"A(x!{i},y!{(i + 1) % 6})" for i in range(6))
    assert parse_species(six).name.count("A(") == 6
    two = "A(x!0,y!1).A(x!1,y!2).A(x!2,y!0).A(x!3,y!4).A(x!4,y!5).A(x!5,y!3)"
    with pytest.raises(NetworkError, match="3 of 6 monomers are joined"):
        parse_species(two)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A(b!1)", "bond 1 has 1 ends"),
        ("A(b!1).A(b!1).A(b!1)", "bond 1 has 3 ends"),
        ("A(b,b)", "named twice"),
        ("A(b).B(a)", "1 of 2 monomers are joined"),
        ("A(b~)", "not a site"),
        ("A(b!1)@x.B(a!1)", "either every monomer"),
        ("", "not a monomer"),
    ],
)
def test_what_is_no_species_gets_a_letter(text, message):
    with pytest.raises(NetworkError, match=message):
        parse_species(text)


def test_a_species_says_what_and_where_it_is():
    species = parse_species("A(b!1).A(b!1)@cell")
    assert species.composition() == {"A": 2}
    assert species.compartment == "cell"
    assert parse_species("A(b!1)@x.B(a!1)@y").compartment is None
    assert parse_species("A()").compartment is None
