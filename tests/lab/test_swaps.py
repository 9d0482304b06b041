import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.lab import own_catalogue
from smaclab.lab.swaps import Swap, _fewest, differences, swap, with_numbers_of

KNOWN = own_catalogue()


def test_only_what_is_named_is_given():
    line, donor = KNOWN.find_cell_line("HCT 116"), KNOWN.find_cell_line("EVSA-T")
    names = differences(line, donor)
    assert "TNF_competence" in names
    changed = with_numbers_of(line, donor, {"TNF_competence", "BIRC3 amount"})
    assert changed.properties["TNF_competence"] == donor.properties["TNF_competence"]
    assert changed.amounts["BIRC3"] == donor.amounts["BIRC3"]
    assert changed.amounts["XIAP"] == line.amounts["XIAP"]
    assert differences(line, with_numbers_of(line, donor, names)) == names
    assert differences(donor, with_numbers_of(line, donor, names)) == ()


def test_the_fewest_are_found_and_what_is_not_needed_is_given_back():
    """A line that dies where it has both a and b; c looks best alone and turns out to be no part of it."""

    def given(names):
        share = 0.0 if {"a", "b"} <= set(names) else 0.8 if "c" in names else 0.9
        return Swap(names=tuple(names), alive=(1.0, 1.0, share))

    singles = tuple(given((name,)) for name in "abc")
    ends = (Swap(names=(), alive=(1.0, 1.0, 1.0)), Swap(names=(), alive=(1.0, 1.0, 0.0)))
    assert set(_fewest(given, ends, singles).names) == {"a", "b"}


def test_a_swap_that_cannot_be_solved_is_neither_alive_nor_chosen():
    """Of a and b, a fails; b halves what is alive, and both together cannot be solved either."""

    def given(names):
        share = 0.4 if tuple(names) == ("b",) else float("nan")
        return Swap(names=tuple(names), alive=(1.0, 1.0, share))

    ends = (Swap(names=(), alive=(1.0, 1.0, 1.0)), Swap(names=(), alive=(1.0, 1.0, 0.0)))
    assert _fewest(given, ends, tuple(given((name,)) for name in "ab")).names == ("b",)


def test_none_is_said_where_no_few_do():
    def given(names):
        return Swap(names=tuple(names), alive=(1.0, 1.0, 1.0))

    ends = (given(()), Swap(names=(), alive=(1.0, 1.0, 0.0)))
    assert _fewest(given, ends, tuple(given((name,)) for name in "abc")) is None


def test_lines_that_are_not_there_or_do_not_differ_get_a_letter():
    with pytest.raises(ExperimentError, match="EVSA-T"):
        swap("HCT 116", "EVSAT9")
    with pytest.raises(ExperimentError, match="differ in no amount"):
        swap("HCT 116", "HCT116")


@pytest.mark.claim(
    "A line of type II lives on a mimetic alone for want of its own TNF",
    source="Varfolomeev 2007, Vince 2007: lines that live make none",
)
def test_a_line_that_is_given_all_does_as_the_donor():
    done = []
    found = swap("HCT 116", "EVSA-T", cells=8, progress=lambda *what: done.append(what))
    assert (found.own.type, found.donor.type, found.whole.type) == ("II", "I", "I")
    assert found.fewest.names == ("TNF_competence",)
    assert found.own.alive[0] > 0.8 > 0.2 > found.fewest.alive[0]
    assert len(found.singles) == len(differences(*map(KNOWN.find_cell_line, ("HCT 116", "EVSA-T"))))
    assert done[-1][0] == done[-1][1] == 3 + len(found.singles)
    assert np.isfinite([one.alive for one in found.singles]).all()
    words = [row[0] for row in found.table().rows]
    assert "with its TNF_competence" in words
    assert words[0] == "HCT 116"
