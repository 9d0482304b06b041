"""Hostile files through the whole path: read, build, simulate.  Each gets a model or a letter."""

import time

import pytest

from benchmarks.hostile import SECONDS, Answered, Tally, judged, remember, remembered, run
from benchmarks.mutate import MUTATIONS, documents, hostile
from smaclab.network.sbml.child import Child

pytest.importorskip("libsbml")


def shown(tally):
    return "\n".join(f"file {number} ({what}): {happened}" for number, what, happened in tally.bad)


@pytest.mark.parametrize("data", documents(), ids=range(len(documents())))
def test_the_sound_files_are_simulated(data, reader):
    assert judged(data, reader) == "simulated"


@pytest.fixture(scope="module")
def reader():
    with Child() as child:
        yield child


def test_some_hostile_files():
    tally = run(range(40), seed=2)
    assert tally.is_clean, shown(tally)
    assert sum(tally.answers.values()) == 40


@pytest.mark.slow
def test_a_minute_of_hostile_files():
    # The same row each time, so that a failure can be repeated; python -m benchmarks.hostile takes 10,000.
    tally = run(range(5_000), seed=3, until_s=time.monotonic() + 60.0)
    assert tally.is_clean, shown(tally)
    assert tally.answers["simulated"] > 0
    assert tally.answers["letter"] > 100
    assert tally.longest_s < 20.0  # 10 s for reading, 5 s for two rounds of solving, and a busy machine


def test_a_model_gets_some_seconds_and_no_more(monkeypatch, reader):
    given = {}
    monkeypatch.setattr("benchmarks.hostile.simulate_model", lambda *_, **settings: given.update(settings))
    assert judged(documents()[0], reader) == "simulated"
    assert 2 * given["seconds"] < SECONDS


def test_a_count_goes_on_where_it_was_broken_off(tmp_path):
    path = tmp_path / "answers.jsonl"
    assert remembered(path) == {}
    one = Answered(number=7, what="cut", answer="letter", fine=True, seconds=0.25)
    bad = Answered(number=8, what="flip", answer="hang", fine=False, seconds=21.0)
    for each in (one, bad):
        remember(path, each)
    assert remembered(path) == {7: one, 8: bad}
    tally = Tally()
    for each in remembered(path).values():
        tally.add(each)
    assert (tally.answers["letter"], tally.longest_s, tally.bad) == (1, 21.0, [(8, "flip", "hang")])


def die(data, child):
    import os

    os._exit(1)


def fall(data, child):
    raise KeyError(len(data))


@pytest.mark.parametrize(("judge", "word"), [(die, "crash"), (fall, "KeyError at test_hostile.py")])
def test_the_watchman_sees_what_is_bad(judge, word):
    tally = run(range(2), seed=1, judge=judge)
    assert [happened.startswith(word) for _, _, happened in tally.bad] == [True, True]


def test_a_file_is_made_again_from_its_number():
    assert hostile(1, 7, documents()) == hostile(1, 7, documents())
    assert hostile(1, 7, documents()) != hostile(2, 7, documents())


def test_every_mutation_is_met_and_changes_something():
    sound = documents()
    made = [hostile(1, number, sound) for number in range(500)]
    assert {name for names, _ in made for name in names.split("+")} == set(MUTATIONS)
    assert sum(data not in sound for _, data in made) > 450
