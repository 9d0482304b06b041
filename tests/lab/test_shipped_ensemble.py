"""The ensemble that ships."""

import numpy as np
import pytest

from smaclab.claims import own_claims, verify_sets, with_few_cells
from smaclab.lab import catalogues, ensemble_from, own_catalogue, shipped_ensemble
from smaclab.lab.ensembles import fits
from smaclab.lab.estimates import estimates


@pytest.fixture(scope="module")
def shipped():
    return ensemble_from()


def test_it_is_of_this_model(shipped):
    assert fits(shipped, own_catalogue())
    assert set(shipped.names) == {one.name for one in estimates(own_catalogue())}
    assert shipped_ensemble() is not None


def test_it_has_two_hundred_sets_and_says_how_they_were_made(shipped):
    assert len(shipped.values) >= 200
    assert len(np.unique(shipped.values, axis=0)) >= 100  # a move that was not accepted leaves a set as it is
    for key in ("plan", "evidence", "left_out", "effective_sets", "scale_reduction", "cost", "network"):
        assert key in shipped.provenance, key


def test_its_sets_are_plausible(shipped):
    priors = {one.name: one for one in estimates(own_catalogue())}
    for name, column in zip(shipped.names, shipped.values.T, strict=True):
        away = np.abs(np.log(column / priors[name].median)) / priors[name].sd
        # Of 308 numbers and 200 sets the furthest of a normal distribution is 4.5 away; one in a million 5.
        assert away.max() < 6.0, name


@pytest.mark.slow
def test_most_established_claims_hold_in_a_few_of_its_sets(shipped):
    claims = [with_few_cells(one) for one in own_claims() if one.statuses[0] == "E"]
    found = verify_sets(claims, catalogues(shipped, 5, own_catalogue()))
    fractions = [one.fraction for one in found.held if one.fraction is not None]
    assert np.mean(fractions) > 0.85
