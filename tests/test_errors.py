import pickle

import pytest

from smaclab.errors import ExperimentError, Problem, UnitError, closest, plain, shown, unknown


def test_a_problem_reads_as_one_line():
    problem = Problem(file="screen.toml", key="readouts", message="unknown readout 'x'.")
    assert str(problem) == "screen.toml, [readouts]: unknown readout 'x'."
    assert str(Problem(file="", key="", message="alone")) == "alone"
    assert str(Problem(file="screen.toml", key="", message="empty.")) == "screen.toml: empty."


def test_an_experiment_error_lists_every_problem():
    problems = [Problem(file="a.toml", key=key, message="wrong.") for key in ("id", "cells")]
    error = ExperimentError(problems=problems)
    assert error.problems == tuple(problems)
    assert str(error) == "a.toml, [id]: wrong.\na.toml, [cells]: wrong."


def test_an_experiment_error_of_one_message_still_has_a_problem():
    error = UnitError("no unit")
    assert [problem.message for problem in error.problems] == ["no unit"]


def test_an_experiment_error_travels_between_processes():
    error = ExperimentError(problems=[Problem(file="a.toml", key="id", message="wrong.")])
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.problems) == (str(error), error.problems)


def test_the_letter_about_an_unknown_name():
    letter = unknown("readout", "viabilty", ["viability", "p52", "NIK"], where="my.toml, [readouts]")
    assert letter == (
        "my.toml, [readouts]: unknown readout 'viabilty'. Did you mean 'viability'? "
        "Known: NIK, p52, viability."
    )


def test_the_letter_without_a_near_name():
    assert unknown("drug", "aspirin", ["TNF"]) == "unknown drug 'aspirin'. Known: TNF."
    assert unknown("drug", 7, []) == "unknown drug 7. Known: none."


def test_a_long_list_of_names_is_cut():
    assert unknown("protein", "Q", [f"P{i:03}" for i in range(100)]).endswith("P039 and 60 more.")


@pytest.mark.parametrize("typed", ["HCT 116", "hct-116", "HCT_116", "Hct116", "HCT\u2013116", "ＨＣＴ116"])
def test_case_hyphens_and_spaces_do_not_matter(typed):
    assert plain(typed) == "hct116"


def test_greek_is_spelled_out():
    assert plain("TNF-α") == plain("TNFalpha")


def test_closeness_ignores_case_and_hyphens():
    assert closest("evsat2", ["HCT 116", "EVSA-T"]) == "EVSA-T"
    assert closest("zzz", ["HCT 116", "EVSA-T"]) is None


def test_what_was_given_is_cut_to_a_line():
    assert len(shown("x" * 10_000)) < 120
    assert shown([1]) == "[1]"


def test_what_cannot_be_shown_is_named():
    class Rude:
        def __repr__(self):
            raise ValueError("no")

    assert shown(Rude()) == "<Rude that cannot be shown: ValueError>"
