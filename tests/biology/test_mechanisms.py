"""The mechanisms' headers and rules, read as text."""

import sys

import pytest

from smaclab.biology.mechanisms import home_of, read_mechanism, read_mechanisms
from smaclab.errors import CatalogueError
from smaclab.lab import own_network

FILE = '''"""Things bind.

Scope:   one slot,
         then another.
Source:  nobody 2000.
"""

def add(m):
    m.rule("A_binds", a + b >> ab, "on")
    for slot in ("M", "B"):
        m.rule(f"{slot}_binds_X{place}", 1, "on")
'''


def test_a_header_has_a_sentence_and_notes():
    found = read_mechanism("toy", FILE)
    assert found.title == "Things bind."
    assert found.notes == {"Scope": "one slot, then another.", "Source": "nobody 2000."}
    assert set(found.patterns) == {("A_binds",), ("", "_binds_X", "")}


def test_a_file_without_header_is_refused():
    with pytest.raises(CatalogueError, match="toy.py"):
        read_mechanism("toy", "x = 1\n")


@pytest.mark.parametrize(
    ("rule", "home"),
    [
        ("NIK_is_made", "noncanonical"),  # a plain name, before turnover's pattern
        ("CYLD_is_made", "turnover"),
        ("CFLAR_long_decays", "flip"),
        ("CFLAR_mRNA_decays", "targets"),  # "mRNA" is no form of cFLIP
        ("TRAF2_binds_BIRC2", "ligase"),  # TRAF2 is no slot of a mimetic
        ("M_binds_BIRC2", "mimetic"),
        ("nobody_wrote_this", None),
    ],
)
def test_a_rule_has_one_home(rule, home):
    assert home_of(rule, read_mechanisms()) == home


def test_every_rule_of_the_network_has_a_home_and_every_mechanism_a_rule():
    mechanisms = read_mechanisms()
    rules = {reaction.rule.removesuffix("(reverse)") for reaction in own_network().reactions}
    homes = {rule: home_of(rule, mechanisms) for rule in rules}
    assert [rule for rule, home in homes.items() if home is None] == []
    assert {one.name for one in mechanisms} == set(homes.values())


def test_every_mechanism_says_what_it_covers_and_what_it_ignores():
    wrong = [one.name for one in read_mechanisms() if not {"Scope", "Ignores", "Source"} <= set(one.notes)]
    assert wrong == []


@pytest.mark.rules
def test_homes_read_as_text_are_where_the_rules_are_written(monkeypatch):
    pytest.importorskip("pysb")
    from smaclab.biology.model import build
    from smaclab.biology.parameters import read_parameters
    from smaclab.biology.parts import ModelParts

    written = {}
    rule = ModelParts.rule

    def noted(self, name, *rest, **more):
        written[name] = sys._getframe(1).f_globals["__name__"].rpartition(".")[2]
        rule(self, name, *rest, **more)

    monkeypatch.setattr(ModelParts, "rule", noted)
    build(read_parameters())
    mechanisms = read_mechanisms()
    assert {name: home_of(name, mechanisms) for name in written} == written
