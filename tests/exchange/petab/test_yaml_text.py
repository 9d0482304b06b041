import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab.yaml_text import read_yaml

ONE = """
# a problem
format_version: 1
parameter_file: 'a b.tsv'   # in quotes
problems:
- condition_files:
  - c.tsv
  sbml_files: [m.xml, "n.xml"]
  empty: []
extensions: {}
nothing:
model_files:
    m:
        language: sbml
        location: a#b.xml
"""


def test_a_problem_is_read():
    assert read_yaml(ONE) == {
        "format_version": "1",
        "parameter_file": "a b.tsv",
        "problems": [{"condition_files": ["c.tsv"], "sbml_files": ["m.xml", "n.xml"], "empty": []}],
        "extensions": {},
        "nothing": None,
        "model_files": {"m": {"language": "sbml", "location": "a#b.xml"}},
    }
    assert read_yaml("") == {}
    assert read_yaml("- a\n- b: 1\n  c: 2\n") == ["a", {"b": "1", "c": "2"}]


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("a: &x 1", "YAML that is not read"),
        ("a: |\n  words", "YAML that is not read"),
        ("a: 1\na: 2", "given twice"),
        ("a: 1\n   b: 2", "out of line"),
        ("\ta: 1", "indented by a tab"),
        ("a: 1\nwords", "is not `key: value`"),
        ("a: " + "x" * 1_000_001, "at most"),
        ("\n".join("  " * n + "a:" for n in range(40)), "nested more than"),
    ],
)
def test_what_is_not_read_is_named(text, letter):
    with pytest.raises(PetabError, match=letter):
        read_yaml(text)


def test_pyyaml_agrees():
    yaml = pytest.importorskip("yaml")
    theirs = yaml.safe_load(ONE.replace("format_version: 1", "format_version: '1'"))
    assert read_yaml(ONE) == theirs
