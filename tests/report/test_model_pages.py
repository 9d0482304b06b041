"""The model as pages: what each must say, on a small catalogue and a structure of two rules."""

import pytest

from smaclab.experiment.activity import Activity
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.death_rule import DeathRule
from smaclab.experiment.drug import Drug, Inhibition
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.protein import Protein
from smaclab.experiment.readout import Readout
from smaclab.experiment.value import Value
from smaclab.report.model_pages import Chapter, RuleLine, Structure, model_pages


def value(number, unit="1/s", evidence="assumed"):
    return Value(value=number, unit=unit, evidence=evidence, source="a toy of the tests")


CATALOGUE = Catalogue(
    cell_lines=[
        CellLine(
            name="LINE",
            accession="CVCL_0000",
            description="a toy",
            doubling_time_s=value(86400.0, "s"),
            variability=value(0.2, "1"),
            kind="tumor",
            amounts={"BIRC2": value(68148.0, "molecules")},
            properties={"k_on": value(2.0)},
        )
    ],
    drugs=[
        Drug(
            name="SM",
            kind="mimetic",
            source="a toy",
            enters="mimetic",
            valency=2,
            sets={"k_on": value(3.0)},
            inhibits=(Inhibition(activity="k_off", ic50_nM=value(9.0, "nM"), floor=value(0.1, "1")),),
        )
    ],
    proteins=[Protein(symbol="BIRC2", name="cIAP1", uniprot="Q13490", module="ligase")],
    activities=[Activity(name="proteasome", parameter="k_off", description="removal")],
    readouts=[
        Readout(
            name="TNF",
            observable="TNF_m",
            per="R",
            unit="pg/ml",
            scale=2.0,
            per_medium_volume=True,
            description="d",
        ),
        Readout(name="viability", observable="", special="viability", unit="alive", description="d"),
    ],
    hypotheses=[
        Hypothesis(
            id="O01",
            question="Which?",
            values={"a": "this", "b": "that"},
            default="b",
            settings={"a": {"k_on": 0.0}, "b": {"k_on": 1.0}},
        )
    ],
    deaths=[DeathRule(kind="apoptosis", observable="C3", threshold_parameter="k_off")],
    parameters={"k_on": value(1e-3, "1/(nM s)"), "k_off": value(0.5, evidence="measured")},
)
STRUCTURE = Structure(
    chapters=(
        Chapter(
            name="ligase",
            title="cIAP1 binds.",
            notes={"Ignores": "everything else"},
            rules=(
                RuleLine(name="binds", arrow="A + B ⇌ A:B", reactions=4, rates=("k_on_in_cell", "k_off")),
                RuleLine(name="goes", arrow="A → nothing", reactions=1, rates=("loss",)),
            ),
        ),
    ),
    species=3,
    formulas={"k_on_in_cell": "0.5 * k_on / V", "loss": "k_off * seen + log(2) * k_on_in_cell"},
    conversions={"k_on_in_cell": "k_on"},
    observables=frozenset({"seen"}),
)


@pytest.fixture(scope="module")
def pages():
    return model_pages(CATALOGUE, STRUCTURE)


def test_equal_input_gives_equal_pages(pages):
    assert model_pages(CATALOGUE, STRUCTURE) == pages


def test_the_index_counts_and_leads_everywhere(pages):
    index = pages["index.md"]
    assert "3 species and 5 reactions, expanded from 2 rules" in index
    assert "2 parameters: 1 measured, 0 fitted, 0 derived, 1 assumed" in index
    assert [name for name in pages if f"({name})" not in index] == ["index.md"]
    assert "(limits.md)" in index


def test_a_rule_stands_with_its_arrow_its_count_and_its_rates(pages):
    text = pages["reactions.md"]
    assert "## ligase\n\ncIAP1 binds.\n\n- **Ignores:** everything else" in text
    assert (
        "| `binds` | A + B ⇌ A:B | 4 | [`k_on`](parameters.md#k_on), [`k_off`](parameters.md#k_off) |" in text
    )
    assert "[`loss`](rates.md#loss)" in text


def test_a_formula_leads_to_its_parameters_and_rates(pages):
    row = next(line for line in pages["rates.md"].splitlines() if 'id="loss"' in line)
    assert r"[`k_off`](parameters.md#k_off) \* `seen` + log(2) \* [`k_on_in_cell`](#k_on_in_cell)" in row


def test_every_parameter_has_its_value_evidence_and_source(pages):
    assert (
        '<a id="k_on"></a>`k_on` | 0.001 1/(nM s) | assumed | – | a toy of the tests |'
        in pages["parameters.md"]
    )


def test_a_line_shows_its_amounts_by_everyday_name(pages):
    text = pages["cell-lines.md"]
    assert "| cIAP1 (BIRC2) | 68148 |" in text
    assert "| cIAP1 (BIRC2) | 68148 molecules | assumed |" in text
    assert "| [`k_on`](parameters.md#k_on) | 2 1/s |" in text


def test_a_drug_shows_what_it_sets_and_inhibits(pages):
    text = pages["drugs.md"]
    assert "Kind: mimetic. Valency: 2. Poured into: `mimetic`." in text
    assert "| [`k_on`](parameters.md#k_on) | 3 1/s |" in text
    assert "| IC50, [`k_off`](parameters.md#k_off) | 9 nM |" in text
    assert "| proteasome | – | [`k_off`](parameters.md#k_off) | removal |" in text


def test_a_protein_leads_to_its_mechanism(pages):
    assert "| `BIRC2` | cIAP1 | – | Q13490 | [ligase](reactions.md#ligase) |" in pages["proteins.md"]


def test_a_readout_says_how_it_is_made_and_death_its_threshold(pages):
    text = pages["readouts.md"]
    assert "`TNF_m` / `R` / medium's volume in pL × 2" in text
    assert "from the time of death" in text
    assert "`C3` first reaches [`k_off`](parameters.md#k_off)" in text


def test_the_default_of_a_hypothesis_is_bold(pages):
    text = pages["hypotheses.md"]
    assert "| **b** | that | [`k_on`](parameters.md#k_on) = 1 |" in text
    assert "| a | this |" in text
