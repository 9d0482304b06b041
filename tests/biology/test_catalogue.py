import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from smaclab.biology.catalogue import load_catalogue, read_cell_line, with_cell_lines
from smaclab.errors import CatalogueError

SHIPPED = Path(str(files("smaclab.biology")))
PARAMETERS = """
[lethal]
value = 1000
unit = "copies"
evidence = "assumed"
source = "A toy threshold for this test."
prior = { distribution = "log-normal", median = 1000, fold = 2 }
"""
READOUTS = """
["cleaved PARP"]
aliases = ["cPARP"]
observable = "PARP_cleaved"
per = "PARP"
scale = 100.0
unit = "%"
description = "Cleaved part of all PARP."

[TNF_medium]
observable = "TNF_in_medium"
per_medium_volume = true
unit = "pg/ml"
description = "TNF in the medium."

[viability]
special = "viability"
unit = "fraction alive"
description = "1 alive, 0 dead."
"""
HYPOTHESES = """
[O06]
question = "Which arm of NF-kB drives TNF?"
default = "c"
values = { a = "canonical only", c = "either" }
settings.a = { TNF_p52_weight = 0.0 }
"""
# What the shipped lines answer.
ABOUT_LINES = "".join(
    f"""
[{question}]
about = "lines"
question = "Why?"
default = "own"
values = {{ {", ".join(f'{letter} = "so"' for letter in ("own", *letters))} }}
"""
    for question, letters in {
        "O11": ["none", "a", "b", "bd", "c", "d", "e", "f"],
        "O16": ["a", "ad", "b", "c", "d", "e"],
        "O17": ["a", "b"],
    }.items()
)
DEATHS = """
[apoptosis]
observable = "PARP_cleaved"
threshold_parameter = "lethal"
"""


@pytest.fixture
def folder(tmp_path):
    """A folder laid out like the package's, with toy content where other tests look at the real one."""
    for name in ("cell_lines", "drugs"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    for name in ("proteins.toml", "activities.toml", "mutations.toml", "baits.toml", "antibodies.toml"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    for name, text in (
        ("parameters", PARAMETERS),
        ("readouts", READOUTS),
        ("hypotheses", HYPOTHESES + ABOUT_LINES),
        ("deaths", DEATHS),
    ):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def letters(folder):
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return str(caught.value)


def test_everything_is_found_by_its_everyday_name(folder):
    catalogue = load_catalogue(folder)
    assert catalogue.find_cell_line("evsat").name == "EVSA-T"
    assert catalogue.find_drug("zvad-FMK").name == "z-VAD"
    assert catalogue.find_protein("ciap1").symbol == "BIRC2"
    assert catalogue.find_activity("rip1 kinase").parameter == "RIPK1_kinase_activity"
    assert catalogue.find_readout("cparp").name == "cleaved PARP"
    assert catalogue.find_hypothesis("o06").default == "c"
    assert catalogue.find_drug("aspirin") is None


def test_readouts_hypotheses_and_deaths_keep_their_fields(folder):
    catalogue = load_catalogue(folder)
    parp, tnf, viability = catalogue.readouts
    assert (parp.observable, parp.per, parp.scale, parp.unit) == ("PARP_cleaved", "PARP", 100.0, "%")
    assert (tnf.per, tnf.scale, tnf.per_medium_volume) == (None, 1.0, True)
    assert (viability.observable, viability.special) == ("", "viability")
    o06, o11, *_ = catalogue.hypotheses
    assert (o06.about, o11.about) == ("network", "lines")
    assert o06.values == {"a": "canonical only", "c": "either"}
    assert o06.settings == {"a": {"TNF_p52_weight": 0.0}, "c": {}}
    (apoptosis,) = catalogue.deaths
    assert (apoptosis.kind, apoptosis.observable, apoptosis.threshold_parameter) == (
        "apoptosis",
        "PARP_cleaved",
        "lethal",
    )
    assert catalogue.parameters["lethal"].value == 1000


def test_problems_of_all_files_are_said_at_once(folder):
    (folder / "deaths.toml").unlink()
    (folder / "parameters.toml").write_text("[a]\nvalue = 1\n", encoding="utf-8")
    (folder / "readouts.toml").write_text("[x]\nunti = 'nM'\nobservable = 'y'\n", encoding="utf-8")
    (folder / "drugs" / "new.toml").write_text(
        "name = 'new'\nkind = 'pill'\nsource = 'z'\n", encoding="utf-8"
    )
    text = letters(folder)
    assert "deaths.toml: there is no such file." in text
    assert "parameters.toml, [a]: has no unit." in text
    assert "readouts.toml, [x.unti]: unknown key 'unti'. Did you mean 'unit'?" in text
    assert "drugs/new.toml: new: kind 'pill' is not one of" in text


def test_a_bad_number_of_a_line_is_named_by_file_and_key(folder):
    file = folder / "cell_lines" / "bj.toml"
    file.write_text(file.read_text("utf-8").replace('unit = "h"', 'unit = "nM"', 1), encoding="utf-8")
    assert letters(folder).startswith("cell_lines/bj.toml, [doubling_time]: unit 'nM' does not fit")


def test_a_bad_number_of_an_inhibitor_is_named_and_never_used(folder):
    file = folder / "drugs" / "mg132.toml"
    file.write_text(file.read_text("utf-8").replace("value = 0.05", "value = 'low'"), encoding="utf-8")
    assert letters(folder) == "drugs/mg132.toml, [inhibits[0].floor]: value 'low' is not a finite number."


def test_an_amount_of_an_unknown_protein_is_found(folder):
    file = folder / "cell_lines" / "bj.toml"
    file.write_text(file.read_text("utf-8").replace("[amounts.BIRC2]", "[amounts.BIRC22]"), encoding="utf-8")
    assert "BJ, [amounts.BIRC22]: unknown protein 'BIRC22'. Did you mean 'BIRC2'?" in letters(folder)


def test_an_unknown_activity_of_a_drug_is_found(folder):
    file = folder / "drugs" / "mg132.toml"
    file.write_text(
        file.read_text("utf-8").replace("proteasome_activity", "proteosome_activity"), encoding="utf-8"
    )
    assert "Did you mean 'proteasome_activity'?" in letters(folder)


MUTATION = """
[BIRC2."RING-dead"]
aliases = ["RING mutant"]
description = "No ligase."
source = "Made up for this test."
[BIRC2."RING-dead".sets]
BIRC2_ligase_activity = 0
"""


def test_a_mutation_keeps_its_fields(folder):
    (folder / "mutations.toml").write_text(MUTATION, encoding="utf-8")
    (mutation,) = load_catalogue(folder).mutations
    assert (mutation.protein, mutation.name, mutation.aliases) == ("BIRC2", "RING-dead", ("RING mutant",))
    assert mutation.sets == {"BIRC2_ligase_activity": 0.0}
    assert (mutation.description, mutation.source) == ("No ligase.", "Made up for this test.")


def test_a_mutation_says_how_it_stands_beside_its_protein(folder):
    beside = '[BIRC2."RING-dead".beside]\nexpression = "added"\nsets = { added_ligase = 0 }\n'
    (folder / "mutations.toml").write_text(MUTATION + beside, encoding="utf-8")
    (mutation,) = load_catalogue(folder).mutations
    assert (mutation.beside.expression, mutation.beside.sets) == ("added", {"added_ligase": 0.0})
    (folder / "mutations.toml").write_text(MUTATION + beside.replace('"added"', "3"), encoding="utf-8")
    assert "[BIRC2.RING-dead.beside.expression]: 3 is no text" in letters(folder)


@pytest.mark.parametrize(
    ("old", "new", "letter"),
    [
        ("= 0", "= 'none'", "[BIRC2.RING-dead.sets.BIRC2_ligase_activity]: 'none' is not a number."),
        ("BIRC2_ligase_activity = 0", "", "[BIRC2.RING-dead]: BIRC2 RING-dead: sets {}. Name a parameter."),
        ("aliases", "alias", "[BIRC2.RING-dead.alias]: unknown key 'alias'. Did you mean 'aliases'?"),
        ("BIRC2.", "BIRC22.", "[BIRC22]: unknown protein 'BIRC22'. Did you mean 'BIRC2'?"),
        ("source", "# source", "[BIRC2.RING-dead.source]: is missing."),
    ],
)
def test_a_bad_mutation_is_named_by_file_and_key(folder, old, new, letter):
    (folder / "mutations.toml").write_text(MUTATION.replace(old, new), encoding="utf-8")
    assert f"mutations.toml, {letter}" in letters(folder)


def test_mutants_are_found_by_what_they_are_called():
    catalogue = load_catalogue()
    assert catalogue.find_mutation("BIRC2", "pocket mutant").name == "BIR3-dead"
    assert catalogue.find_mutation("RIPK1", "d138n").name == "kinase-dead"
    assert catalogue.find_mutation("CASP8", "C360A").sets == {"CASP8_activity": 0.0}


def test_two_lines_of_one_name_are_refused(folder):
    shutil.copy(folder / "cell_lines" / "bj.toml", folder / "cell_lines" / "bj2.toml")
    assert "Two cell lines answer to 'BJ'" in letters(folder)


def test_a_missing_folder_is_a_problem(folder):
    shutil.rmtree(folder / "drugs")
    assert "drugs: there is no such folder." in letters(folder)


def test_the_shipped_catalogue_is_sound():
    catalogue = load_catalogue()
    assert catalogue.find_readout("viability") is not None
    assert catalogue.hypotheses
    assert catalogue.deaths
    for rule in catalogue.deaths:
        assert rule.threshold_parameter in catalogue.parameters
    for hypothesis in catalogue.hypotheses:
        for letter, settings in hypothesis.settings.items():
            assert not [name for name in settings if name not in catalogue.parameters], (
                hypothesis.id,
                letter,
            )


def test_reading_the_catalogue_needs_no_rules_and_no_numerics():
    heavy = {"pysb", "numpy", "pandas"}
    code = f"import sys, smaclab.biology.catalogue as c; c.read_drugs(); print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_one_file_is_one_line_which_can_stand_beside_the_others(folder):
    text = (folder / "cell_lines" / "bj.toml").read_text(encoding="utf-8")
    file = folder / "mine.toml"
    file.write_text(
        text.replace('name = "BJ"', 'name = "Mine"').replace('"BJ fibroblast"', ""), encoding="utf-8"
    )
    catalogue, mine = load_catalogue(folder), read_cell_line(file)
    larger = with_cell_lines(catalogue, [mine])
    assert larger.find_cell_line("mine") is mine
    assert larger.find_cell_line("bj") is catalogue.find_cell_line("bj")
    assert catalogue.find_cell_line("mine") is None
    with pytest.raises(CatalogueError, match="Two cell lines answer to 'Mine'"):
        with_cell_lines(larger, [read_cell_line(file)])


def test_a_line_beside_the_others_is_checked_as_they_are(folder):
    text = (folder / "cell_lines" / "bj.toml").read_text(encoding="utf-8")
    file = folder / "mine.toml"
    file.write_text(
        text.replace("[amounts.XIAP]", "[amounts.XIAPP]").replace('"BJ', '"Mine'), encoding="utf-8"
    )
    with pytest.raises(CatalogueError, match="Did you mean 'XIAP'"):
        with_cell_lines(load_catalogue(folder), [read_cell_line(file)])
    file.write_text('name = "x"', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"mine\.toml, \[kind\]: is missing"):
        read_cell_line(file)
    with pytest.raises(CatalogueError, match="there is no such file"):
        read_cell_line(folder / "nothing.toml")


SETS = """
[alternatives.O11.none.amounts.CFLAR]
value = 500
unit = "copies"
evidence = "assumed"
source = "Made up for this test."
prior = { distribution = "log-normal", median = 500, fold = 3 }
"""


def line_with(folder, text, answers='{ O11 = "a" }'):
    own = (folder / "cell_lines" / "evsa-t.toml").read_text("utf-8")
    head, rest = own.replace('name = "EVSA-T"', 'name = "Mine"').split("\n\n", 1)
    head = "\n".join(row for row in head.splitlines() if not row.startswith("aliases"))
    file = folder / "mine.toml"
    file.write_text(f"{head}\nanswers = {answers}\n\n{rest}\n{text}", encoding="utf-8")
    return read_cell_line(file)


def test_a_line_keeps_its_answers_and_its_sets_of_values(folder):
    mine = line_with(folder, SETS)
    assert mine.answers == {"O11": "a"}
    (one,) = mine.alternatives["O11"].values()
    assert one.amounts["CFLAR"].value == 500.0
    assert one.amounts["CFLAR"].unit == "molecules"
    assert not one.properties
    assert mine.letters("O11") == ("a", "none")
    assert with_cell_lines(load_catalogue(folder), [mine]).find_cell_line("mine") is mine


@pytest.mark.parametrize(
    ("old", "new", "letter"),
    [
        ("O11", "O111", "[alternatives.O111.none]: unknown question about lines 'O111'. Did you mean 'O11'?"),
        ("O11", "O06", "[alternatives.O06.none]: unknown question about lines 'O06'."),
        (".none", ".non", "[alternatives.O11.non]: unknown letter 'non'. Did you mean 'none'?"),
        (".none", ".own", "[alternatives.O11.own]: unknown letter 'own'."),
        ("CFLAR", "CFLARR", "[alternatives.O11.none]: unknown protein 'CFLARR'. Did you mean 'CFLAR'?"),
    ],
)
def test_a_set_of_values_for_what_nobody_knows(folder, old, new, letter):
    mine = line_with(folder, SETS.replace(old, new))
    with pytest.raises(CatalogueError) as caught:
        with_cell_lines(load_catalogue(folder), [mine])
    assert letter in str(caught.value)


def test_an_answer_that_nobody_knows(folder):
    mine = line_with(folder, "", '{ O11 = "z" }')
    with pytest.raises(CatalogueError, match=r"\[answers.O11\]: unknown letter 'z'"):
        with_cell_lines(load_catalogue(folder), [mine])


@pytest.mark.parametrize(
    ("old", "new", "letter"),
    [
        ("= 500", '= "few"', "[alternatives.O11.none.amounts.CFLAR]: value 'few' is not a finite number."),
        ("value = 500", "value = -5", "A set: -5.0 copies of CFLAR; it cannot be negative."),
        (".amounts", ".amount", "[alternatives.O11.none.amount]: unknown key 'amount'."),
        (".none", ".a", "O11 a is what the file holds as it stands, and a set of values too."),
    ],
)
def test_a_set_of_values_that_is_not_sound(folder, old, new, letter):
    with pytest.raises(CatalogueError) as caught:
        line_with(folder, SETS.replace(old, new))
    assert letter in str(caught.value)


def test_a_set_of_values_without_a_value(folder):
    with pytest.raises(CatalogueError, match="A set: amounts {}, properties {}. Name at least one."):
        line_with(folder, "[alternatives.O11.none]")


def test_a_bait_that_holds_nothing(folder):
    (folder / "baits.toml").write_text('[glue]\ndescription = "sticks to nothing"\n', encoding="utf-8")
    assert "baits.toml, [glue]: glue: holds {}. Name what the bead holds." in letters(folder)


def test_the_beads_hold_what_the_rules_have():
    monomers = {"BIRC2", "BIRC3", "AddedIAP", "XIAP", "TNF", "AntiTNFR1"}
    assert {name for one in load_catalogue().baits for name in one.holds} == monomers
