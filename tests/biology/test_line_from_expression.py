import pytest

from smaclab.biology.catalogue import read_cell_line, read_cell_lines
from smaclab.biology.derive_amounts import (
    REFERENCE_LINE,
    SIBLING,
    derivable_symbols,
    derived_amounts,
    load_tables,
    median_amount,
    sibling_amount,
)
from smaclab.biology.line_from_expression import PROPERTIES, line_from_expression
from smaclab.errors import ExperimentError

TABLES = load_tables()
LINES = {line.name: line for line in read_cell_lines()}


@pytest.fixture
def read(tmp_path):
    """Write a line's text as a file and read it as the catalogue does."""

    def reading(line):
        file = tmp_path / "mine.toml"
        file.write_text(line.text, encoding="utf-8")
        return read_cell_line(file)

    return reading


def test_a_line_of_the_hpa_given_as_a_persons_own_gets_the_amounts_of_its_file(read):
    made = line_from_expression("My HeLa", TABLES.hpa["HeLa"], table="hela.csv")
    own, shipped = read(made), LINES["HeLa"]
    assert set(made.derived) == set(derivable_symbols(TABLES))
    assert set(made.guessed) == set(SIBLING)
    assert made.missing == ()
    fitted = {s: v.prior["median"] for s, v in shipped.amounts.items() if v.evidence == "fitted"}
    transcripts = {s: v.value for s, v in shipped.amounts.items()} | fitted
    assert {s: own.amounts[s].value for s in own.amounts} == transcripts
    assert {s: v.evidence for s, v in own.amounts.items()} == {
        s: "derived" if s in fitted else v.evidence for s, v in shipped.amounts.items()
    }
    assert (own.name, made.reference) == ("My HeLa", "HEK 293 (HPA)")


def test_it_has_everything_that_a_line_that_ships_has(read):
    own = read(line_from_expression("x", {"BIRC2": 1.0}, table="t.csv"))
    assert own.amounts.keys() == LINES["EVSA-T"].amounts.keys()
    assert own.properties.keys() == LINES["EVSA-T"].properties.keys() == PROPERTIES.keys()
    for value in (own.doubling_time_s, own.variability, *own.properties.values(), *own.amounts.values()):
        assert value.prior
        assert len(value.source) > 20


def test_what_is_not_in_the_table_gets_the_median_and_is_told(read):
    made = line_from_expression("x", {"BIRC2": 0.5, "BCL2": 1.0, "TNFRSF1B": 3.0}, table="t.csv")
    own = read(made)
    assert made.derived == ("BIRC2",)
    assert {"XIAP", "BCL2L1", "TNFRSF1B", "TNFRSF10A"} <= set(made.missing)  # a pool needs all of its genes
    assert own.amounts["XIAP"].value == round(median_amount(TABLES, "XIAP"))
    assert own.amounts["TNFRSF1B"].value == round(sibling_amount(TABLES, None, "TNFRSF1B"))
    assert (own.amounts["XIAP"].evidence, own.amounts["XIAP"].prior["fold"]) == ("assumed", 5)
    assert "Not in t.csv" in own.amounts["XIAP"].source


def test_every_amount_and_property_is_told_in_exactly_one_group(read):
    made = line_from_expression("x", {"BIRC2": 0.5, "TNFRSF1A": 1.0, "TNFRSF1B": 3.0}, table="t.csv")
    own = read(made)
    told = [*made.derived, *made.guessed, *made.missing, *made.assumed]
    assert sorted(told) == sorted([*own.amounts, *own.properties])


def test_what_decides_over_life_and_death_is_assumed_and_has_a_wide_prior(read):
    made = line_from_expression("x", TABLES.hpa["EFO-21"], table="t.csv")
    own = read(made)
    assert {"TNF_competence", "RIPK1_checkpoint", "TNF_basal_transcription"} <= made.assumed.keys()
    assert all(value.evidence == "assumed" for value in own.properties.values())
    licence = own.properties["TNF_competence"].prior
    assert licence["low"] < LINES["HCT 116"].properties["TNF_competence"].value
    assert licence["high"] > LINES["EVSA-T"].properties["TNF_competence"].value


def test_ones_own_reference_is_used_and_cancels_the_scale(read):
    hela, hek = TABLES.hpa["HeLa"], TABLES.hpa[REFERENCE_LINE]
    scaled = {gene: 10 * (tpm + 0.5) - 0.5 for gene, tpm in hela.items()}
    reference = {gene: 10 * (tpm + 0.5) - 0.5 for gene, tpm in hek.items()}
    made = line_from_expression("x", scaled, table="t.csv", reference=reference, reference_table="hek.csv")
    again = derived_amounts(TABLES, "HeLa")
    own = read(made)
    assert made.reference == "HEK 293 (hek.csv)"
    assert made.notes == ()
    assert {s: own.amounts[s].value for s in made.derived} == {s: round(again[s]) for s in made.derived}


def test_a_table_on_another_scale_is_told():
    scaled = {gene: 10 * tpm for gene, tpm in TABLES.hpa["HeLa"].items()}
    (note,) = line_from_expression("x", scaled, table="t.csv").notes
    assert "--reference" in note
    assert line_from_expression("x", TABLES.hpa["HeLa"], table="t.csv").notes == ()


def test_what_cannot_be_used_is_told():
    notes = line_from_expression("x", {"BIRC2": 3.0, "RIPK3": 9.0, "TNF": 2.5}, table="t.csv").notes
    assert "RIPK3" in notes[0]
    assert "2.5 TPM" in notes[1]


def test_a_gene_that_the_reference_lacks_is_not_derived():
    made = line_from_expression(
        "x", {"BIRC2": 3.0, "XIAP": 2.0}, table="t.csv", reference={"XIAP": 1.0}, reference_table="hek.csv"
    )
    assert made.derived == ("XIAP",)
    assert "BIRC2" in made.missing


def test_a_table_of_no_use_gets_a_letter():
    with pytest.raises(ExperimentError, match=r"t\.csv: none of its 1 genes can be used.*BIRC2"):
        line_from_expression("x", {"ENSG00000110330": 3.0}, table="t.csv")
    with pytest.raises(ExperimentError, match="none of its 1 genes"):
        line_from_expression("x", {"BIRC2": 3.0}, table="t.csv", reference={"XIAP": 1.0})


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 81])
def test_a_name_that_cannot_be_typed_is_refused(name):
    with pytest.raises(ExperimentError, match="is not a name"):
        line_from_expression(name, {"BIRC2": 3.0}, table="t.csv")


def test_any_name_survives(read):
    assert read(line_from_expression('Mein "L" µ', {"BIRC2": 3.0}, table='a"b.csv')).name == 'Mein "L" µ'
