import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smaclab.errors import Problem
from smaclab.experiment.cell_line import Alternative
from smaclab.experiment.check import check
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.load import load
from smaclab.experiment.perturbation import Inhibit, KnockOut, Mutate
from smaclab.experiment.read import TOP_KEYS

TNF = {"drug": "TNF", "concentration": "1 nM"}


def letters(catalogue, **changed):
    return [(p.key, p.message) for p in check({"id": "a", "cell_line": "BJ", **changed}, catalogue)]


def the_letter(catalogue, **changed):
    found = letters(catalogue, **changed)
    assert len(found) == 1, found
    return found[0]


def test_nothing_is_wrong(catalogue):
    assert letters(catalogue, dose=[TNF]) == []


def test_a_problem_names_file_and_key(tmp_path, catalogue):
    file = tmp_path / "screen.toml"
    file.write_text('id = "a"\ncell_line = "EVSA"\n')
    assert check(file, catalogue) == [
        Problem(
            file=str(file),
            key="cell_line",
            message="unknown cell line 'EVSA'. Did you mean 'EVSA-T'? Known: BJ, EVSA-T, HCT 116.",
        )
    ]


@pytest.mark.parametrize("source", [7, None, ["a"], object()])
def test_what_is_no_source_gets_a_letter(catalogue, source):
    (problem,) = check(source, catalogue)
    assert "neither a TOML file, a dict nor an Experiment" in problem.message


# Doses in time.


def test_a_dose_after_the_end(catalogue):
    assert the_letter(catalogue, duration="12 h", dose=[{**TNF, "from": "12 h"}]) == (
        "dose.1.from",
        "TNF from 12 h, but the experiment ends at 12 h. Start earlier, or give a longer duration.",
    )


def test_an_inhibition_after_the_end(catalogue):
    late = {"inhibit": "proteasome", "remaining": 0.1, "from": "3 d"}
    assert the_letter(catalogue, perturbation=[late])[0] == "perturbation.1.from"


# Two changes of one target at one time.


def test_two_doses_of_one_drug_at_one_time(catalogue):
    assert the_letter(catalogue, dose=[TNF, {**TNF, "drug": "tnfα", "concentration": "2 nM"}]) == (
        "dose.2",
        "the dose of TNF is changed at 0 h by [dose.1] too. Change a target once at a time.",
    )


def test_two_doses_of_one_drug_at_two_times(catalogue):
    assert letters(catalogue, dose=[TNF, {**TNF, "from": "2 h"}]) == []


def test_a_protein_is_perturbed_once(catalogue):
    both = [{"knock_out": "RIPK1"}, {"knock_down": "RIP1", "remaining": 0.1}]
    key, message = the_letter(catalogue, perturbation=both)
    assert (key, message.split(" is ")[0]) == ("perturbation.2", "the expression of RIPK1")


RING = {"mutate": "BIRC2", "mutation": "RING-dead"}


@pytest.mark.parametrize(
    "gone", [{"knock_out": "cIAP1"}, {"gene_dosage": "BIRC2", "copies": 0}], ids=["knock-out", "no allele"]
)
def test_a_gene_that_is_gone_makes_no_mutant(catalogue, gone):
    for both in ([RING, gone], [gone, RING]):
        key, message = the_letter(catalogue, perturbation=both)
        assert key == "perturbation.2"
        assert message.startswith("the gene of BIRC2 is changed by [perturbation.1] too")
    assert letters(catalogue, perturbation=[RING, {"gene_dosage": "BIRC2", "copies": 0.5}]) == []


BESIDE = {**RING, "beside_endogenous": True, "factor": 3}


def test_a_mutant_beside_the_protein_needs_no_gene_of_the_cell(catalogue):
    for change in ({"knock_out": "BIRC2"}, RING):
        assert letters(catalogue, perturbation=[BESIDE, change]) == []


def test_one_protein_is_made_beside_the_cells_own(catalogue):
    key, message = the_letter(catalogue, perturbation=[BESIDE, {**BESIDE, "mutation": "wild type"}])
    assert key == "perturbation.2"
    assert message.startswith("what is made beside BIRC2 is changed by [perturbation.1] too.")


def test_some_mutants_are_known_in_one_place_only(catalogue):
    assert the_letter(catalogue, perturbation=[{**BESIDE, "mutation": "BIR3-dead"}]) == (
        "perturbation.1.beside_endogenous",
        "BIRC2 BIR3-dead is known in place of the protein only. Leave beside_endogenous out. "
        "Beside it: BIRC2 RING-dead, BIRC2 wild type.",
    )
    assert the_letter(catalogue, perturbation=[{**RING, "mutation": "wild type"}]) == (
        "perturbation.1.mutation",
        "BIRC2 wild type is known beside the endogenous protein only. "
        "Write beside_endogenous = true and a factor.",
    )


def test_two_mutations_set_different_parameters(catalogue):
    weak, pocket = ({**RING, "mutation": name} for name in ("RING-weak", "BIR3-dead"))
    assert the_letter(catalogue, perturbation=[RING, weak]) == (
        "perturbation.2",
        "BIRC2_ligase is changed by [perturbation.1] too. Change a target once at a time.",
    )
    assert letters(catalogue, perturbation=[RING, pocket]) == []


def test_a_mutant_and_an_inhibition_at_rest_change_the_same_parameter(catalogue):
    dead = Mutate(symbol="RIPK1", mutation="kinase-dead")
    held = Inhibit(activity="RIPK1 kinase", remaining=0.1, start_s=-math.inf)
    made = Experiment(id="a", cell_line="BJ", perturbations=(dead, held))
    assert [problem.key for problem in check(made, catalogue)] == ["perturbation.2"]
    later = Experiment(id="a", cell_line="BJ", perturbations=(dead, replace(held, start_s=0.0)))
    assert check(later, catalogue) == []


def test_alleles_and_knock_down_change_the_same_expression(catalogue):
    both = [{"gene_dosage": "BIRC2", "copies": 0.5}, {"knock_down": "BIRC2", "remaining": 0.1}]
    assert "the expression of BIRC2" in the_letter(catalogue, perturbation=both)[1]


def test_mutants_made_in_python_are_found_and_named_by_the_catalogue(catalogue):
    def made(*given):
        return Experiment(id="a", cell_line="BJ", perturbations=given)

    found = load(made(Mutate(symbol="ciap1", mutation="ring MUTANT")), catalogue)
    assert found.perturbations == (Mutate(symbol="BIRC2", mutation="RING-dead"),)
    unknown = made(Mutate(symbol="BIRC2", mutation="K45A"), Mutate(symbol="BIRC9", mutation="K45A"))
    problems = check(unknown, catalogue)
    assert [problem.key for problem in problems] == ["perturbation.1", "perturbation.2"]
    assert problems[0].message.startswith("unknown mutation of BIRC2 'K45A'.")
    assert problems[1].message.startswith("unknown protein 'BIRC9'.")


def test_a_drug_and_inhibit_lower_the_same_activity_at_one_time(catalogue):
    drug = {"drug": "MG132", "concentration": "1 uM", "from": "1 h"}
    inhibit = {"inhibit": "Proteasome", "remaining": 0.1, "from": "1 h"}
    assert the_letter(catalogue, dose=[drug], perturbation=[inhibit])[0] == "perturbation.1"
    assert letters(catalogue, dose=[drug], perturbation=[{**inhibit, "from": "2 h"}]) == []


def test_two_drugs_lower_the_same_activity_at_one_time(catalogue):
    doses = [{"drug": name, "concentration": "1 uM"} for name in ("MG132", "bortezomib")]
    assert the_letter(catalogue, dose=doses)[0] == "dose.2"


def test_two_mimetics_share_one_slot(catalogue):
    doses = [
        {"drug": "birinapant", "concentration": "1 nM"},
        {"drug": "SM-164", "concentration": "1 nM", "from": "6 h"},
    ]
    key, message = the_letter(catalogue, dose=doses)
    assert key == "dose.2.drug"
    assert message.startswith("SM-164 and birinapant in [dose.1] share the input mimetic")


# Clamps.


def test_a_clamp_needs_something_in_the_medium(catalogue):
    mg132 = {"drug": "MG132", "concentration": "1 uM", "clamped": True}
    assert the_letter(catalogue, dose=[mg132]) == (
        "dose.1.clamped",
        "nothing takes MG132 out of the medium, so its concentration is constant already. Leave clamped out.",
    )


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (True, True)])
def test_a_clamped_dose_overlaps_no_other_dose_of_its_drug(catalogue, first, second):
    doses = [{**TNF, "clamped": first}, {**TNF, "from": "2 h", "clamped": second}]
    key, letter = the_letter(catalogue, dose=doses)
    assert key == "dose.2"
    held = 1 if first else 2
    assert f"overlaps that of [dose.1] from 2 h, but [dose.{held}] is clamped. End one with until" in letter


def test_clamped_doses_may_follow_each_other_and_stand_beside_other_drugs(catalogue):
    doses = [
        {**TNF, "until": "2 h", "clamped": True},
        {**TNF, "from": "2 h", "until": "3 h", "clamped": True},
        {**TNF, "from": "1 h", "concentration": "0 nM"},
        {"drug": "birinapant", "concentration": "1 nM"},
    ]
    assert letters(catalogue, dose=doses) == []


def test_two_doses_at_one_time_get_one_letter_clamped_or_not(catalogue):
    assert the_letter(catalogue, dose=[TNF, {**TNF, "clamped": True}])[0] == "dose.2"


# Experiments made in Python meet the same rules.


def test_an_experiment_made_in_python_is_checked_too(catalogue):
    asked = Experiment(
        id="mine",
        cell_line="EVSA-X",
        readouts=("cIAP9",),
        doses=(Dose(drug="aspirin", concentration_nM=1.0, start_s=90_000.0),),
        perturbations=(KnockOut(symbol="RIPK9"), Inhibit(activity="RIPK1", remaining=0.1)),
        hypotheses={"O99": "a"},
    )
    problems = check(asked, catalogue)
    assert {p.file for p in problems} == {"experiment mine"}
    assert sorted(p.key for p in problems) == [
        "cell_line",
        "dose.1.drug",
        "dose.1.from",
        "hypotheses",
        "perturbation.1",
        "perturbation.2",
        "readouts",
    ]


# Whatever stands in a dict, the answer is letters.

TYPED = "drug concentration from until knock_out knock_down inhibit over_express remaining factor before "
TYPED += "gene_dosage copies mutate mutation beside_endogenous clamped in_vitro"
GIVEN = ("TNF", "RIPK1", "1 nM", "every 1 h", "-1 h", "O06", "dose.TNF.from", "proteasome", "K45A")
WORDS = st.sampled_from([*TOP_KEYS, *TYPED.split(), *GIVEN])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(WORDS, inside, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.dictionaries(WORDS | st.text(max_size=4), VALUES, max_size=6))
def test_nothing_that_stands_in_a_dict_raises(catalogue, raw):
    problems = check(raw, catalogue)
    assert all(problem.message for problem in problems)
    if not problems:
        assert load(raw, catalogue) is not None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changed=st.dictionaries(WORDS, VALUES, min_size=1, max_size=3))
def test_nothing_that_is_changed_in_a_good_dict_raises(catalogue, changed):
    dose, knock_down = {**TNF, **changed}, {"knock_down": "RIPK1", "remaining": 0.1, **changed}
    raw = {"id": "a", "cell_line": "BJ", "dose": [dose], "perturbation": [knock_down], "grid": changed}
    assert isinstance(check(raw, catalogue), list)


# Numbers that no laboratory means.


def test_a_concentration_of_more_than_a_molar(catalogue):
    assert the_letter(catalogue, dose=[{**TNF, "concentration": "1e300 nM"}]) == (
        "dose.1.concentration",
        "1e+291 M of TNF. At most 1 M is understood.",
    )


@pytest.mark.parametrize("duration", ["0 h", "1e-300 s", "1e9 h"])
def test_a_duration_that_is_too_short_or_too_long(catalogue, duration):
    key, letter = the_letter(catalogue, duration=duration)
    assert key == "duration"
    assert letter.endswith("is not possible. A duration is 1 s to 1440 h.")


def test_an_inhibition_begins_at_most_two_months_before(catalogue):
    early = {"inhibit": "proteasome", "remaining": 0.1, "from": "-1e300 h"}
    key, letter = the_letter(catalogue, perturbation=[early])
    assert key == "perturbation.1.from"
    assert "Begin at most 1440 h before time 0." in letter


def test_a_knock_down_is_made_at_most_two_months_before(catalogue):
    early = {"knock_down": "RIPK1", "remaining": 0.1, "before": "1e3 d"}
    assert the_letter(catalogue, perturbation=[early])[0] == "perturbation.1.before"


def test_limits_hold_for_experiments_made_in_python_too(catalogue):
    made = Experiment(
        id="a",
        cell_line="BJ",
        cells=10**9,
        seed=2**70,
        duration_s=1e12,
        doses=[Dose(drug="TNF", concentration_nM=1e300)],
    )
    keys = [problem.key for problem in check(made, catalogue)]
    assert keys == ["cells", "seed", "duration", "dose.1.concentration"]


def test_a_mimetic_of_which_nothing_is_given_takes_no_slot(catalogue):
    mimetics = [
        {"drug": "SM-164", "concentration": "0 nM"},
        {"drug": "birinapant", "concentration": "1 nM"},
    ]
    assert letters(catalogue, dose=mimetics) == []


def test_an_inhibitor_of_which_nothing_is_given_changes_nothing(catalogue):
    none = {"drug": "MG132", "concentration": "0 nM"}
    inhibit = {"inhibit": "proteasome", "remaining": 0.1}
    assert letters(catalogue, dose=[none], perturbation=[inhibit]) == []


def test_one_time_in_two_units_is_one_time(catalogue):
    doses = [{**TNF, "from": "1.1 h"}, {**TNF, "from": "66 min"}]
    assert "is changed at 1.1 h by [dose.1] too" in the_letter(catalogue, dose=doses)[1]


@pytest.fixture
def with_sets(catalogue):
    """BJ answers O11 with a and has a set for b; EVSA-T has nothing of the kind."""
    question = Hypothesis(
        id="O11",
        question="Why?",
        values={"own": "as it stands", "a": "one", "b": "other", "c": "third"},
        default="own",
        settings={"own": {}, "a": {}, "b": {}, "c": {}},
        about="lines",
    )
    few = Alternative(amounts=catalogue.find_cell_line("BJ").amounts)
    lines = [
        replace(line, answers={"O11": "a"}, alternatives={"O11": {"b": few}}) if line.name == "BJ" else line
        for line in catalogue.cell_lines
    ]
    return replace(catalogue, cell_lines=lines, hypotheses=[*catalogue.hypotheses, question])


@pytest.mark.parametrize("letter", ["own", "a", "b"])
def test_a_letter_about_lines_that_the_line_has(with_sets, letter):
    assert not check({"id": "x", "cell_line": "BJ", "hypotheses": {"O11": letter}}, with_sets)


@pytest.mark.parametrize(
    ("line", "letter", "says"),
    [
        ("BJ", "c", "BJ has no values for O11 c. It has: a, b. Lines that have c: none."),
        ("EVSA-T", "b", "EVSA-T has no values for O11 b. It has: none. Lines that have b: BJ."),
    ],
)
def test_a_letter_about_lines_that_the_line_lacks(with_sets, line, letter, says):
    (problem,) = check({"id": "x", "cell_line": line, "hypotheses": {"O11": letter}}, with_sets)
    assert (problem.key, problem.message) == ("hypotheses.O11", says)


def test_every_line_may_stand_as_its_file_has_it(with_sets):
    assert not check({"id": "x", "cell_line": "EVSA-T", "hypotheses": {"O11": "own"}}, with_sets)
