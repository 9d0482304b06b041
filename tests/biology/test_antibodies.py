from itertools import pairwise
from math import log

import pytest

from smaclab.biology.antibodies import antibody
from smaclab.biology.toml_table import TomlTable
from smaclab.experiment.antibody import FRACTIONS
from smaclab.lab import own_catalogue, own_network
from smaclab.network.pull_down import pull_down_weights

KNOWN = own_catalogue()
ANTIBODIES = {one.name: one for one in KNOWN.antibodies}


def read(entries):
    problems = []
    table = TomlTable(entries, file="antibodies.toml", key="X", problems=problems)
    return antibody(table), [str(one) for one in problems]


def test_an_antibody_is_read():
    bands = [{"name": "full", "kDa": 116, "form": "s=full"}, {"name": "cut", "kDa": 89, "form": "s=cut|gone"}]
    found, problems = read(
        {"protein": "PARP1", "bands": bands, "source": "a page", "organelles": {"nucleus": "s=full"}}
    )
    assert problems == []
    assert [(one.name, one.kDa, dict(one.form)) for one in found.bands] == [
        ("full", 116, {"s": ("full",)}),
        ("cut", 89, {"s": ("cut", "gone")}),
    ]
    assert dict(found.organelles) == {"nucleus": {"s": ("full",)}}


def test_what_is_no_form_gets_a_letter():
    _, problems = read({"protein": "P", "source": "s", "bands": [{"name": "b", "kDa": 1, "form": "full"}]})
    assert problems == [
        "antibodies.toml, [X.bands[0].form]: 'full' is no form. "
        "Write sites and states, such as 'ub=k63|m1, act=on'."
    ]


def test_a_band_without_a_size_gets_a_letter():
    _, problems = read({"protein": "P", "source": "s", "bands": [{"name": "b"}]})
    assert "0.0 kDa. A band runs at a finite size above 0." in problems[0]


@pytest.mark.parametrize("protein", KNOWN.proteins, ids=lambda one: one.symbol)
def test_every_protein_has_an_antibody_by_each_of_its_names(protein):
    for name in (protein.symbol, protein.name, *protein.aliases):
        assert KNOWN.find_antibody(name).protein == protein.symbol


@pytest.mark.parametrize("fraction", FRACTIONS)
def test_every_fraction_has_a_loading_control(fraction):
    assert [one.name for one in KNOWN.antibodies if one.loads == fraction]


@pytest.mark.parametrize("name", ANTIBODIES)
def test_the_forms_are_those_of_the_network_and_no_molecule_is_shown_twice(name):
    one, species = ANTIBODIES[name], own_network().species
    if not one.protein:
        return
    holds = {one.protein: ()}
    shown = sum(pull_down_weights(species, holds, one.protein, band.form) for band in one.bands)
    whole = pull_down_weights(species, holds, one.protein)
    assert (shown <= whole).all()
    # A ladder's bands run above; the protein's own antibody is cropped below them.
    is_whole = not one.is_selective and name not in ("cIAP1", "cIAP2", "RIP1")
    assert (shown == whole).all() == (is_whole or name.startswith("Ub-"))
    for content in one.organelles.values():
        if isinstance(content, str):
            assert KNOWN.find_readout(content).unit == "copies"
        else:
            assert pull_down_weights(species, holds, one.protein, content).sum() > 0


@pytest.mark.parametrize("name", ANTIBODIES)
def test_bands_stand_apart_from_the_largest_to_the_smallest(name):
    """15 % in size is what a mini-gel tells apart with ease; closer bands would hide their labels."""
    sizes = [band.kDa for band in ANTIBODIES[name].bands if not band.is_ladder]
    assert all(log(upper / lower) > 0.15 for upper, lower in pairwise(sizes))


def test_the_molecules_of_loading_controls_are_no_fraction_of_a_cells_lifetime():
    assert KNOWN.find_antibody("β-actin").bands[0].copies == 1.2e8
