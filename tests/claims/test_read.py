import pytest

from smaclab.claims.read import read_claims, written_out
from smaclab.errors import CatalogueError
from smaclab.lab import own_catalogue

TEXT = """
[start.line]
cell_line = "EVSA-T"

[C02]
sentence = "It lives."
expected = "alive"
source = "nobody"
status = ["E", "O"]
[C02.experiments]
line = { like = "line" }
drug = { like = "line", dose = [{ drug = "SM-164", concentration = "1 nM" }] }
[[C02.expect]]
of = "viability"
in = "drug"
against = "line"
higher_by = -0.5
[[C02.expect]]
of = "cIAP1"
in = "line"
at_least = 1
arm = "O"

[C01]
sentence = "It is history."
expected = "none"
source = "nobody"
status = ["B"]
narrative = "No cell was there."
"""


def letters(text):
    with pytest.raises(CatalogueError) as caught:
        read_claims([text], own_catalogue())
    return str(caught.value)


def test_claims_are_read_and_sorted():
    one, two = read_claims([TEXT], own_catalogue())
    assert (one.id, one.is_narrative, two.id) == ("C01", True, "C02")
    assert [each.status for each in two.expectations] == ["E", "O"]
    assert two.experiments["line"] == {"cell_line": "EVSA-T"}
    assert two.experiments["drug"]["cell_line"] == "EVSA-T"


def test_own_keys_replace_those_of_what_it_begins_from():
    experiments = {"a": {"x": 1, "y": 1}, "b": {"like": "a", "y": 2}, "c": {"like": "b", "z": 3}}
    assert written_out("c", experiments, {}) == {"x": 1, "y": 2, "z": 3}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('like = "line" }\n', 'like = "lime" }\n', "C02: like = 'lime' leads nowhere"),
        ('status = ["B"]', "", "C01: status is missing"),
        ('narrative = "No', 'narative = "No', "unknown key 'narative'"),
        ("higher_by", "heigher_by", "Did you mean 'higher_by'"),
        ('drug = { like = "line"', 'drug = { like = "drug"', "leads nowhere"),
    ],
)
def test_every_letter_names_the_claim(old, new, says):
    assert says in letters(TEXT.replace(old, new, 1))


def test_a_circle_is_told():
    with pytest.raises(CatalogueError, match="circle"):
        written_out("a", {"a": {"like": "b"}, "b": {"like": "a"}}, {})


def test_a_claim_is_given_once():
    with pytest.raises(CatalogueError, match="C01: is given twice"):
        read_claims([TEXT, TEXT.split("[C02]")[0] + TEXT[TEXT.index("[C01]") :]], own_catalogue())
