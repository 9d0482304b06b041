"""The file of a donor becomes an experiment, or a letter."""

import pytest

import smaclab
from smaclab.errors import ExperimentError
from smaclab.experiment.experiment import Experiment
from smaclab.lab.donors import with_donors

DONOR = 'id = "donor"\ncell_line = "EVSA-T"\nduration = "12 h"\n'
TAKER = (
    'id = "taker"\ncell_line = "HCT 116"\nduration = "24 h"\n[well]\n'
    '[[medium_change]]\nat = "0 h"\nsupernatant_of = "donor.toml"\n'
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "donor.toml").write_text(DONOR, encoding="utf-8")
    (tmp_path / "taker.toml").write_text(TAKER, encoding="utf-8")
    return tmp_path


def test_a_path_is_seen_from_the_takers_folder(folder):
    donor = smaclab.load(folder / "taker.toml").well.changes[0].donor
    assert isinstance(donor, Experiment)
    assert donor.id == "donor"


def test_every_experiment_of_a_campaign_has_its_donor(folder):
    (folder / "grid.toml").write_text(TAKER + "[grid]\nseed = [1, 2]\n", encoding="utf-8")
    first, second = smaclab.load(folder / "grid.toml").experiments
    assert first.well.changes[0].donor is second.well.changes[0].donor


@pytest.mark.parametrize(
    ("donor", "words"),
    [
        (None, "cannot be the donor"),
        (DONOR.replace("EVSA-T", "EVSA"), "Did you mean 'EVSA-T'"),
        (DONOR + "[grid]\nseed = [1, 2]\n", "is a campaign"),
        (TAKER, "takes its own supernatant"),
    ],
)
def test_a_donor_that_cannot_be_is_a_letter(folder, donor, words):
    path = folder / "donor.toml"
    path.unlink() if donor is None else path.write_text(donor, encoding="utf-8")
    told = "\n".join(map(str, smaclab.check(folder / "taker.toml")))
    assert words in told
    assert "medium_change.1.supernatant_of" in told
    with pytest.raises(ExperimentError):
        smaclab.load(folder / "taker.toml")


def test_a_supernatant_is_taken_before_the_donor_ends(folder):
    (folder / "taker.toml").write_text(TAKER + 'taken_at = "13 h"\n', encoding="utf-8")
    assert "donor ends at 12 h" in str(smaclab.check(folder / "taker.toml")[0])


def test_without_donors_nothing_is_read(folder):
    one = Experiment(id="x", cell_line="EVSA-T")
    assert with_donors(one, ("dict", folder), lambda path: pytest.fail(str(path))) is one
