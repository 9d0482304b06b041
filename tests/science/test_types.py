"""What of one line turns the type of another, as docs/types.md says it."""

import pytest

from smaclab.lab.swaps import swap

CELLS = 8  # a type is by halves, and what is asserted lies far from them


@pytest.mark.claim(
    "Between types I and II stands whether the line makes TNF",
    source="Wu 2007; Varfolomeev 2007, Vince 2007: autocrine TNF kills",
)
@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "donor", "turned"),
    [("EVSA-T", "HCT 116", "II"), ("MDA-MB-231", "HCT 116", "II"), ("HCT 116", "EVSA-T", "I")],
)
def test_between_one_and_two_stands_TNF(line, donor, turned):
    found = swap(line, donor, cells=CELLS)
    assert (found.whole.type, found.fewest.names) == (turned, ("TNF_competence",))


@pytest.mark.claim(
    "A line of type III has more than one thing to lose before it dies of the mimetic alone",
    source="this model (docs/types.md)",
)
@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "protects"),
    [
        ("NCI-H460", {"BIRC3 amount"}),
        ("SH-SY5Y", {"CASP8 amount", "TNFRSF1A amount"}),
        ("BJ", {"RIPK1_checkpoint"}),
    ],
)
def test_a_line_of_type_three_needs_more_than_TNF(line, protects):
    found = swap(line, "EVSA-T", cells=CELLS)
    assert (found.own.type, found.whole.type) == ("III", "I")
    assert set(found.fewest.names) == protects | {"TNF_competence"}
    alone = next(one for one in found.singles if one.names == ("TNF_competence",))
    assert alone.type == "III"
