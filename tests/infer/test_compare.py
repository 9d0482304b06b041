import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.compare import compared, word


def about(log_evidence, error=0.1, evidence=("C01-1",)):
    return {"log_evidence": log_evidence, "log_evidence_error": error, "evidence": {"used": list(evidence)}}


def test_what_is_far_behind_is_ruled_out_and_what_is_near_is_not():
    found = compared({"O03=a": about(-100.0), "O03=b": about(-101.0), "O03=c": about(-120.0)})
    assert [one.name for one in found] == ["O03=a", "O03=b", "O03=c"]
    assert [one.verdict for one in found] == ["cannot tell", "cannot tell", "the evidence rules it out"]
    assert found[2].behind == pytest.approx(20.0)


def test_between_the_evidence_prefers():
    best, other = compared({"b": about(-104.0), "a": about(-100.0)})
    assert (best.name, best.verdict) == ("a", "the evidence prefers it")
    assert other.verdict == "the evidence prefers another"


def test_an_uncertain_estimate_says_less():
    assert word(6.0, 0.0) == "the evidence rules it out"
    assert word(6.0, 1.0) == "the evidence prefers another"
    assert word(6.0, 2.0) == "cannot tell"


@pytest.mark.parametrize(
    ("given", "letter"),
    [
        ({"a": about(-1.0)}, "Give two or more"),
        ({"a": about(-1.0), "b": {}}, "no log_evidence"),
        ({"a": about(-1.0), "b": about(-1.0, evidence=("C02-1",))}, "same evidence"),
    ],
)
def test_what_cannot_be_compared_gets_a_letter(given, letter):
    with pytest.raises(SmaclabError, match=letter):
        compared(given)
