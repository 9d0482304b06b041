import re

import pytest

from smaclab.biology.catalogue import read_cell_lines, read_proteins
from smaclab.biology.parameters import read_parameters

LINES = {line.name: line for line in read_cell_lines()}
# TNF is made on demand, and NIK is made all the time and removed at once: rates, not amounts, describe them.
WITHOUT_AMOUNT = {"TNF", "MAP3K14"}


def numbers(line):
    yield from (("doubling_time", line.doubling_time_s), ("variability", line.variability))
    yield from line.amounts.items()
    yield from line.properties.items()


def test_the_three_lines_of_this_round_are_there():
    assert {line.name: line.kind for line in LINES.values()} == {
        "BJ": "normal",
        "EVSA-T": "tumor",
        "HCT 116": "tumor",
    }


@pytest.mark.parametrize(
    ("name", "accession"), [("EVSA-T", "CVCL_1207"), ("HCT 116", "CVCL_0291"), ("BJ", "CVCL_3653")]
)
def test_cellosaurus_knows_them(name, accession):
    assert LINES[name].accession == accession


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_every_number_of_a_line_says_where_it_comes_from(line):
    assert re.fullmatch(r"CVCL_[0-9A-Z]{4}", line.accession)
    for key, value in numbers(line):
        assert len(value.source) > 20, key
        assert value.prior or value.evidence == "measured", key


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_every_protein_has_an_amount_in_every_line(line):
    assert set(line.amounts) == {protein.symbol for protein in read_proteins()} - WITHOUT_AMOUNT
    may_be_absent = {"RIPK3"}  # many tumor lines have none
    for symbol, value in line.amounts.items():
        assert value.unit == "molecules"
        assert value.value > 0 or (value.value == 0 and symbol in may_be_absent), symbol


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_what_a_line_sets_is_a_parameter_of_the_model(line):
    parameters = read_parameters()
    assert not [name for name in line.properties if name not in parameters]
    assert not [symbol for symbol in line.amounts if f"{symbol}_copies" not in parameters]


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_a_line_doubles_within_a_day_or_a_few(line):
    assert line.doubling_time_s.unit == "s"
    assert 10 < line.doubling_time_s.value / 3600 < 100


def test_lines_set_the_same_properties_so_that_they_can_be_compared():
    assert len({frozenset(line.properties) for line in LINES.values()}) == 1


def test_only_the_line_that_makes_tnf_is_licensed_to():
    licence = {name: line.properties["TNF_competence"].value for name, line in LINES.items()}
    assert licence["EVSA-T"] > 10 * max(licence["HCT 116"], licence["BJ"])


def test_a_normal_cell_does_not_live_on_cIAP2_alone():
    # A normal cell that survives on 20,000 copies of cIAP2 at rest would be the wrong explanation.
    assert LINES["BJ"].amounts["BIRC3"].value < 10_000
