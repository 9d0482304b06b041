import json

import pytest

from smaclab.claims.choose import chosen, known_questions, read_letters, write
from smaclab.claims.verify import Verdicts
from smaclab.errors import ExperimentError


def test_claims_by_name_and_by_status():
    everything = chosen([])
    assert [one.id for one in chosen(["c16"])] == ["C16"]
    assert all("D" in one.statuses for one in chosen([], "d"))
    assert len(everything) > 1


def test_answers_to_open_questions():
    assert read_letters(["o03=c", "O06=a, O13=b"]) == {"O03": "c", "O06": "a", "O13": "b"}
    assert known_questions(["o03"]) == ("O03",)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: chosen(["C99"]), "unknown claim 'C99'"),
        (lambda: chosen([], "X"), "unknown status 'X'. Known: E (established)"),
        (lambda: read_letters(["O03"]), "Write a question and a letter"),
        (lambda: read_letters(["O99=a"]), "unknown hypothesis 'O99'"),
        (lambda: read_letters(["O03=z"]), "unknown answer to O03 'z'"),
        (lambda: known_questions(["O99"]), "unknown question 'O99'"),
    ],
)
def test_what_is_not_known_gets_a_letter(call, says):
    with pytest.raises(ExperimentError) as caught:
        call()
    assert says in str(caught.value)


def test_verdicts_are_written(toy_verdicts, tmp_path):
    folder = write(toy_verdicts, tmp_path / "out")
    assert sorted(one.name for one in folder.iterdir()) == ["claims.html", "run.json", "verdicts.json"]
    verdicts = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in verdicts] == ["C01", "C02", "C03", "C04", "C05"]
    with pytest.raises(ExperimentError, match="already holds"):
        write(toy_verdicts, tmp_path / "out")


def test_nothing_simulated_is_nothing_to_write(toy_verdicts, tmp_path):
    with pytest.raises(ExperimentError, match="nothing to write"):
        write(Verdicts(judged=toy_verdicts.judged[-1:], provenance=None), tmp_path / "out")
