import os
from pathlib import Path

import pytest

from benchmarks.conformance import judge, judged, page, settings_of, tags_of, tier_of
from tests.network.sbml.written import document, parameter, rate

DESCRIPTION = "componentTags: Parameter, RateRule\ntestTags: Amount\ntestType: TimeCourse\n"
SETTINGS = "start: 0\nduration: 2\nsteps: 2\nvariables: x\nabsolute: 1e-7\nrelative: 1e-4\namount:\nconcentration:\n"


def case(folder, name, values):
    here = folder / name
    here.mkdir()
    (here / f"{name}-model.m").write_text(DESCRIPTION)
    (here / f"{name}-settings.txt").write_text(SETTINGS)
    rows = [f"{time},{value}" for time, value in enumerate(values)]
    (here / f"{name}-results.csv").write_text("\n".join(["time,x", *rows]))
    text = document(Parameters=[parameter("x", 1, "false")], Rules=[rate("x", "3")])
    (here / f"{name}-sbml-l3v2.xml").write_bytes(text)
    return here


def test_a_right_case_passes_and_a_wrong_one_fails(tmp_path):
    assert judge(case(tmp_path, "00001", (1, 4, 7))).outcome == "passed"
    wrong = judge(case(tmp_path, "00002", (1, 4, 7.01)))
    assert (wrong.outcome, wrong.tier) == ("failed", "rate rules")
    assert "x at 2" in wrong.reason


def test_a_run_goes_on_where_it_was_broken_off(tmp_path):
    suite = tmp_path / "suite"
    suite.mkdir()
    case(suite, "00001", (1, 4, 7))
    remember = tmp_path / "verdicts.jsonl"
    first = judged(suite, remember=remember, solver=None, workers=1)
    (suite / "00001" / "00001-results.csv").write_text("nothing")
    assert judged(suite, remember=remember, solver=None, workers=1) == first
    assert "| rate rules | 1 | 1 | 0 | 0 | 0 |" in page(first)


def test_tiers_and_texts_of_the_suite():
    assert tags_of(DESCRIPTION) == ("Amount", "Parameter", "RateRule")
    assert tier_of(("EventWithDelay",), "TimeCourse") == "outside"
    assert tier_of(("comp:Submodel",), "TimeCourse") == "outside"
    assert tier_of(("Reaction",), "TimeCourse") == "core"
    assert settings_of("start: 0\nduration: 5")["duration"] == "5"


@pytest.mark.slow
@pytest.mark.skipif("SBML_TEST_SUITE" not in os.environ, reason="needs the suite's cases/semantic, by SBML_TEST_SUITE")
def test_every_case_of_both_tiers_passes():
    verdicts = judged(Path(os.environ["SBML_TEST_SUITE"]), remember=None, solver=None, workers=2)
    tiers = [one for one in verdicts if one.tier != "outside"]
    assert len(tiers) > 1000
    assert [one for one in tiers if one.outcome != "passed"] == []
    assert [one for one in verdicts if one.outcome == "failed"] == []
