import math

import pytest

from smaclab.experiment.fields import Letters
from smaclab.experiment.perturbation import (
    Activate,
    GeneDosage,
    Inhibit,
    KnockDown,
    KnockOut,
    Mutate,
    OverExpress,
)
from smaclab.experiment.plate_records import records_of
from smaclab.experiment.read_change import ASSUMED_REMAINING, ChangeReader
from smaclab.experiment.read_entry import EntryReader
from smaclab.experiment.sheet import sheet_of
from smaclab.lab import door


@pytest.fixture(scope="module")
def known():
    return door.own_catalogue()


@pytest.fixture
def read(known):
    """(changes, assumed, hypotheses, letters) of one row of a long table."""

    def call(**cells):
        cells = {"cell line": "BJ", **{name.replace("_", " "): text for name, text in cells.items()}}
        rows = [[(name, False) for name in cells], [(text, False) for text in cells.values()]]
        letters = Letters("x.csv")
        (record,), _ = records_of([sheet_of(rows)], known, letters)
        reader = ChangeReader(EntryReader(known, letters, ""))
        changes, assumed = reader.perturbations(record)
        chosen = dict(reader.hypotheses(record))
        said = [f"{one.key}: {one.message}" for one in letters.problems]
        return [one for _, one in changes], assumed, chosen, said

    return call


@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        ({"siRNA": "siRIPK1 10 %"}, [KnockDown(symbol="RIPK1", remaining=0.1)]),
        ({"siRNA": "RIPK1", "remaining": "0.2"}, [KnockDown(symbol="RIPK1", remaining=0.2)]),
        ({"knock-out": "RIPK1 + TRAF2"}, [KnockOut(symbol="RIPK1"), KnockOut(symbol="TRAF2")]),
        ({"over-express": "XIAP x 5"}, [OverExpress(symbol="XIAP", factor=5)]),
        (
            {"genotype": "TRAF2 +/-; RIPK1 −/−"},
            [GeneDosage(symbol="TRAF2", copies=0.5), GeneDosage(symbol="RIPK1", copies=0)],
        ),
        ({"genotype": "TRAF2 (+/+)"}, [GeneDosage(symbol="TRAF2", copies=1)]),
        ({"mutation": "cIAP1 ring dead"}, [Mutate(symbol="BIRC2", mutation="RING-dead")]),
        (
            {"mutation": "BIRC2 RING-dead x 3 beside"},
            [Mutate(symbol="BIRC2", mutation="RING-dead", beside_endogenous=True, factor=3)],
        ),
        (
            {"mutant": "BIRC2 RING-dead beside the endogenous"},
            [Mutate(symbol="BIRC2", mutation="RING-dead", beside_endogenous=True)],
        ),
        ({"inhibit": "RIPK1 kinase 5 %"}, [Inhibit(activity="RIPK1 kinase", remaining=0.05)]),
        (
            {"inhibit": "RIPK1 kinase 5 % from -1 h until 4 h"},
            [Inhibit(activity="RIPK1 kinase", remaining=0.05, start_s=-3600, end_s=14400)],
        ),
        (
            {"activate": "RIPK1 kinase x 5 from 2 h"},
            [Activate(activity="RIPK1 kinase", factor=5, start_s=7200)],
        ),
    ],
    ids=str,
)  # fmt: skip
def test_every_change_of_the_grammar_can_stand_in_a_cell(read, cells, changes):
    found, assumed, _, letters = read(**cells)
    assert letters == []
    assert found == changes
    assert not assumed


@pytest.mark.parametrize("text", ["", "-", "none", "wt", "control", "non-targeting"])
@pytest.mark.parametrize("name", ["siRNA", "genotype", "mutation", "inhibit", "activate"])
def test_no_change_has_many_names(read, name, text):
    assert read(**{name: text, "comment": "x"}) == ([], False, {}, [])


def test_what_siRNA_leaves_is_assumed_aloud(read):
    changes, assumed, _, _ = read(siRNA="RIPK1")
    assert changes == [KnockDown(symbol="RIPK1", remaining=ASSUMED_REMAINING)]
    assert assumed


def test_hypotheses_are_chosen_by_id_and_letter(read, known):
    one, other = known.hypotheses[:2]
    letter, last = next(iter(one.values)), list(other.values)[-1]
    text = f"{one.id.lower()} {letter}; {other.id}={last.upper()}"
    assert read(hypotheses=text)[2:] == ({one.id: letter, other.id: last}, [])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"mutation": "BIRC2 RING-ded"}, "unknown mutation of BIRC2 'RING-ded'"),
        ({"mutation": "RING-dead"}, "write the protein and its mutation"),
        ({"mutation": "BIRC2 RING-dead x 3"}, "unknown mutation of BIRC2"),
        ({"genotype": "TRAF2 het"}, "how many alleles"),
        ({"genotype": "TRAFF2 +/-"}, "Did you mean 'TRAF2'"),
        ({"inhibit": "RIPK1 kinase"}, "how much is left"),
        ({"inhibit": "RIPK1 kinase 120 %"}, "from 0 to 100 %"),
        ({"inhibit": "RIPK1 kinase 5 % from 2"}, "has no unit"),
        ({"inhibit": "RIPK1 kinase 5 % from 1 h from 2 h"}, "from 2 h until 4 h"),
        ({"inhibit": "RIPK1 kinase 5 % from 3 h until 2 h"}, "The end comes after the beginning"),
        ({"activate": "RIPK1 kinase"}, "how much"),
        ({"activate": "RIPK1 kinase x 0.5"}, "1 or more"),
        ({"hypotheses": "O99 a"}, "unknown hypothesis 'O99'"),
        ({"hypotheses": "what?"}, "chooses none"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_understood_is_a_letter_with_row_and_column(read, cells, words):
    changes, _, chosen, letters = read(**cells)
    assert (changes, chosen) == ([], {})
    assert len(letters) == 1
    assert letters[0].startswith("B2, row 2, column")
    assert words in letters[0]


def test_a_letter_that_is_not_known_and_a_double_choice(read, known):
    one = known.hypotheses[0]
    assert "letter" in read(hypotheses=f"{one.id} q")[3][0]
    letter = next(iter(one.values))
    assert "chosen twice" in read(hypotheses=f"{one.id} {letter}; {one.id} {letter}")[3][0]
    assert math.isinf(Inhibit(activity="x", remaining=0.1).end_s)
