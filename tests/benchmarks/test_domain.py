import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks.case import earm_case
from benchmarks.domain import FLOOR, MODELS, compared, compared_file, differences
from benchmarks.domain_page import ASKED, Compared, page


def test_a_difference_is_relative_down_to_the_floor():
    reference = np.array([[1.0, 0.0], [1e-6, 5.0]])
    values = reference + np.array([[1e-6, 0.0], [1e-9, 0.0]])
    # At 1: 1e-6 / (1 + 1e-6). At 1e-6, which is the floor: 1e-9 / 2e-6.
    assert differences(values, reference) == pytest.approx([5e-4, 0.0])
    assert FLOOR == 1e-6


def test_a_value_that_is_none_is_infinitely_far():
    assert differences(np.array([[np.nan, 1.0]]), np.array([[1.0, 1.0]])).tolist() == [np.inf, 0.0]


def test_a_species_of_rounding_is_not_compared():
    reference = np.array([[1.0, 1e-20]])
    assert differences(np.array([[1.0, 1e-15]]), reference).tolist() == [0.0, 0.0]


def test_a_model_that_is_not_had_is_named(tmp_path):
    found = compared(tmp_path, 102)
    assert found.letter == "not had"
    assert f"- 102 ({MODELS[102][0]}): not had" in page([found])


def test_a_model_that_is_refused_is_named(tmp_path):
    pytest.importorskip("libsbml")
    (tmp_path / "BIOMD0000000102.xml").write_text("<html/>")
    assert "no SBML" in compared(tmp_path, 102).letter


def test_the_page_counts_who_is_within():
    rows = [
        Compared(number=1, name="near", species=3, end=10.0, ours=1e-8, theirs=1e-3, worst="A"),
        Compared(number=2, name="far", species=3, end=10.0, ours=1e-2, theirs=None, worst="B"),
    ]
    text = page(rows)
    assert "| 1 | near | 3 | 10 | 1.0e-08 | `A` | 1.0e-03 |" in text
    assert "| 2 | far | 3 | 10 | 1.0e-02 | `B` | none |" in text
    assert "1 of 2 within 1e-06." in text


@pytest.mark.slow  # and no peer's mark: without the folder it skips, wherever it runs
@pytest.mark.skipif("BIOMODELS" not in os.environ, reason="needs a folder of BioModels' files, by BIOMODELS")
@pytest.mark.parametrize("number", [number for number in MODELS if number != 255])
def test_a_published_model_agrees_with_our_defaults(number):
    pytest.importorskip("roadrunner")
    found = compared(Path(os.environ["BIOMODELS"]), number)
    if found.letter == "not had":
        pytest.skip(f"{number} is not in the folder")
    assert found.letter == ""
    assert found.ours <= ASKED


DOCUMENTS = Path(__file__).parents[1] / "network" / "sbml" / "documents"


@pytest.mark.peer
@pytest.mark.parametrize(("name", "end"), [("goldbeter_1991", 100.0), ("repressilator_2000", 200.0)])
def test_a_model_written_from_its_paper_agrees_with_our_defaults(name, end):
    found = compared_file(DOCUMENTS / f"{name}.xml", 0, name, end)
    assert (found.letter, found.ours <= ASKED) == ("", True), found


@pytest.mark.peer
def test_earm_as_a_file_agrees_with_our_defaults(tmp_path):
    """Albeck 2008, which is BioModels' 220 too, as we write it: from PySB's file, not from BioModels'."""
    path = tmp_path / "earm.xml"
    path.write_text(earm_case(1).sbml(), encoding="utf-8")
    found = compared_file(path, 220, *MODELS[220])
    assert (found.letter, found.species, found.ours <= ASKED) == ("", 58, True), found
    assert found.theirs > 10 * found.ours
