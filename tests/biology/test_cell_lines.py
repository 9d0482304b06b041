import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from smaclab.biology.catalogue import read_cell_lines, read_proteins
from smaclab.biology.parameters import read_parameters

LINES = {line.name: line for line in read_cell_lines()}
# Ligands and PUMA are made on demand, and NIK is made all the time and removed at once: rates, not amounts,
# describe them.
WITHOUT_AMOUNT = {"TNF", "FASLG", "TNFSF10", "BBC3", "MAP3K14"}


def numbers(line):
    yield from (("doubling_time", line.doubling_time_s), ("variability", line.variability))
    yield from line.amounts.items()
    yield from line.properties.items()


ACCESSIONS = {
    "BJ": "CVCL_3653",
    "EFO-21": "CVCL_0029",
    "EVSA-T": "CVCL_1207",
    "HCT 116": "CVCL_0291",
    "HEK293T": "CVCL_0063",
    "HT-1080": "CVCL_0317",
    "HeLa": "CVCL_0030",
    "MDA-MB-231": "CVCL_0062",
    "NCI-H460": "CVCL_0459",
    "SH-SY5Y": "CVCL_0019",
}
BJ_SERIES = ("BJ hTERT", "BJ hTERT SV40 LT", "BJ hTERT SV40 LT RasG12V")  # with their parent's accession
WITHOUT_CIAP1 = ("MEF cIAP1-null", "MEF cIAP1-null immortalized")
MOUSE = ("MEF", "MEF immortalized", *WITHOUT_CIAP1)  # of many laboratories, so without an accession
LICENSED = {"EFO-21", "EVSA-T", "MDA-MB-231"}  # a mimetic alone kills them, so they must make TNF
NORMAL = {"BJ", "BJ hTERT", "MEF", "MEF cIAP1-null"}  # neither a tumor's nor transformed
FOLDER = Path(str(files("smaclab.biology") / "cell_lines"))


def test_the_lines_are_there_and_only_fibroblasts_that_are_not_transformed_count_as_normal():
    assert set(LINES) == {*ACCESSIONS, *BJ_SERIES, *MOUSE}
    assert {line.name for line in LINES.values() if line.kind == "normal"} == NORMAL


@pytest.mark.parametrize(("name", "accession"), ACCESSIONS.items())
def test_cellosaurus_knows_them(name, accession):
    assert LINES[name].accession == accession


@pytest.mark.parametrize("name", BJ_SERIES)
def test_a_derivative_without_its_own_accession_says_that_it_has_its_parents(name):
    assert LINES[name].accession == ACCESSIONS["BJ"]
    file = FOLDER / f"{name.lower().replace(' ', '-')}.toml"
    assert "from which this derivative was made" in tomllib.loads(file.read_text("utf-8"))["accession_source"]


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_every_number_of_a_line_says_where_it_comes_from(line):
    assert re.fullmatch(r"CVCL_[0-9A-Z]{4}", line.accession) or line.name in MOUSE
    for key, value in numbers(line):
        assert len(value.source) > 20, key
        assert value.prior or value.evidence == "measured", key


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_every_protein_has_an_amount_in_every_line(line):
    assert set(line.amounts) == {protein.symbol for protein in read_proteins()} - WITHOUT_AMOUNT
    may_be_absent = {"RIPK3"}  # many tumor lines have none
    may_be_absent |= {"CASP10"} if line.name in MOUSE else set()  # mice have none
    may_be_absent |= {"BIRC2"} if line.name in WITHOUT_CIAP1 else set()
    for symbol, value in line.amounts.items():
        assert value.unit == "molecules"
        assert value.value > 0 or (value.value == 0 and symbol in may_be_absent), symbol


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_what_a_line_sets_is_a_parameter_of_the_model(line):
    parameters = read_parameters()
    assert not [name for name in line.properties if name not in parameters]
    assert not [symbol for symbol in line.amounts if f"{symbol}_copies" not in parameters]
    for one in (one for sets in line.alternatives.values() for one in sets.values()):
        assert not [name for name in one.properties if name not in parameters]


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_a_line_doubles_within_a_day_or_a_few(line):
    assert line.doubling_time_s.unit == "s"
    assert 10 < line.doubling_time_s.value / 3600 < 100


def test_lines_set_the_same_properties_so_that_they_can_be_compared():
    # What one line alone sets is what makes that line special.
    special = {"NCI-H460": {"BIRC3_induction"}} | {name: {"BIRC2_lost"} for name in WITHOUT_CIAP1}
    assert len({frozenset(set(v.properties) - special.get(n, set())) for n, v in LINES.items()}) == 1


def test_only_the_lines_that_make_tnf_are_licensed_to():
    licence = {name: line.properties["TNF_competence"].value for name, line in LINES.items()}
    others = max(value for name, value in licence.items() if name not in LICENSED)
    assert min(licence[name] for name in LICENSED) > 10 * others
    leak = {name: line.properties["TNF_basal_transcription"].value for name, line in LINES.items()}
    closed = set(LINES) - LICENSED
    assert {leak[name] for name in closed} == {licence[name] for name in closed} == {1e-4}  # see 0022


def test_a_licence_that_sources_deny_says_so():
    assert "resistant to AZD5582" in LINES["MDA-MB-231"].properties["TNF_competence"].source


def test_only_cells_that_are_not_transformed_are_held_back_by_the_checkpoint():
    checkpoint = {name: line.properties["RIPK1_checkpoint"] for name, line in LINES.items()}
    assert {name for name, value in checkpoint.items() if value.value != 1.0} == NORMAL
    assert {name for name, value in checkpoint.items() if value.evidence == "fitted"} == {"BJ"}


def test_only_fibroblasts_without_ras_seat_little_on_fas_and_trail_receptors():
    seating = {name: line.properties["DISC_seating"].value for name, line in LINES.items()}
    without_ras = {*NORMAL, "BJ hTERT SV40 LT"}  # mice that are immortalized are taken as transformed
    assert {name for name, value in seating.items() if value != 1.0} == without_ras


def test_only_the_lines_of_the_fit_hold_fitted_numbers():
    fitted = {name for name, line in LINES.items() if any(v.evidence == "fitted" for _, v in numbers(line))}
    assert fitted == {"BJ", "EVSA-T", "EFO-21", "HCT 116", "HeLa", "MDA-MB-231"}


@pytest.mark.parametrize("name", MOUSE)
def test_a_mouse_cell_says_that_human_symbols_stand_for_its_own_and_that_nothing_was_counted(name):
    line = LINES[name]
    assert line.accession == "none"
    assert "Human symbols stand for the mouse orthologues" in line.description
    assert {value.evidence for value in line.amounts.values()} == {"assumed"}
    own = {"BIRC2"} if name in WITHOUT_CIAP1 else set()
    own |= {"RIPK3", "MLKL"}  # counted in mouse fibroblasts
    own |= {"CASP10"}  # absent from mice
    changed = {s for s, value in line.amounts.items() if value.value != LINES["BJ"].amounts[s].value}
    assert changed == own


@pytest.mark.parametrize("name", WITHOUT_CIAP1)
def test_a_knocked_out_gene_is_an_amount_of_zero(name):
    assert LINES[name].amounts["BIRC2"].value == 0


def test_the_lines_that_answer_an_open_question_and_how():
    answers = {name: dict(line.answers) for name, line in LINES.items() if line.answers}
    assert answers == {
        "BJ": {"O16": "ad"},
        "NCI-H460": {"O11": "c"},
        "SH-SY5Y": {"O11": "bd"},
        **{name: {"O17": "b"} for name in WITHOUT_CIAP1},
    }


@pytest.mark.parametrize("line", LINES.values(), ids=lambda noun: noun.name)
def test_every_number_of_a_set_says_where_it_comes_from_and_none_is_fitted_or_measured(line):
    for one in (one for sets in line.alternatives.values() for one in sets.values()):
        for value in (*one.amounts.values(), *one.properties.values()):
            assert len(value.source) > 20
            assert value.prior
            assert value.evidence in ("assumed", "derived")


def test_what_is_taken_away_from_a_line_of_type_three_is_as_everywhere_else():
    parameters = read_parameters()
    none = LINES["NCI-H460"].alternatives["O11"]["none"]
    assert none.amounts["BIRC3"].value == LINES["HCT 116"].amounts["BIRC3"].value
    special = "BIRC3_induction"
    assert none.properties[special].value == parameters[special].value
    given_back = LINES["SH-SY5Y"].alternatives["O11"]["none"].amounts
    assert {s: v.value for s, v in given_back.items()} == {  # the median line's, where EVSA-T's search began
        symbol: LINES["EVSA-T"].amounts[symbol].prior["median"] for symbol in ("CASP8", "TNFRSF1A")
    }


def test_no_code_asks_for_the_kind_of_a_line_but_to_show_it():
    package = Path(str(files("smaclab")))
    showing = {"lab/door.py", "report/model_pages.py"}
    readers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"\bline\.kind\b", path.read_text("utf-8"))
    }
    assert readers == showing


def test_a_normal_cell_does_not_live_on_cIAP2_alone():
    # A normal cell that survives on 20,000 copies of cIAP2 at rest would be the wrong explanation.
    assert LINES["BJ"].amounts["BIRC3"].value < 10_000
