import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
BIOLOGY = Path(str(files("smaclab.biology")))
PLACES = [
    BIOLOGY / "parameters.toml",
    BIOLOGY / "mutations.toml",
    BIOLOGY / "antibodies.toml",
    BIOLOGY.parent / "assay" / "instruments.toml",
    *sorted(BIOLOGY.glob("drugs/*.toml")),
    *sorted(BIOLOGY.glob("cell_lines/*.toml")),
]
PATHWAY = sorted((BIOLOGY / "pathway").glob("*.py"))
# Two digits at most for S, so that serine 321 of RIP1 is no key.
KEY = re.compile(r"\b(?:S\d{1,2}b?|M\d{1,2}|D\d|P\d{3}|C\d{2}|O\d{2})\b")
IDENTIFIER = re.compile(r"PMID \d+|PMC\d+|10\.\d{4}/[\w./()-]*\w")
ROWS = set(re.findall(r"^\| (\w+) \|", PAGE, flags=re.MULTILINE))
CLASSES = re.compile(r"^\| (P\d{3}) \|.*\| ([A-Z]) \|$", flags=re.MULTILINE)


def sources(entries):
    """Every source string of a TOML table, however deep."""
    if isinstance(entries, list):
        return [text for entry in entries for text in sources(entry)]
    if not isinstance(entries, dict):
        return []
    own = [entries["source"]] if isinstance(entries.get("source"), str) else []
    return own + [text for entry in entries.values() for text in sources(entry)]


def words(file):
    text = file.read_text(encoding="utf-8")
    return text if file.suffix == ".py" else "\n".join(sources(tomllib.loads(text)))


@pytest.mark.parametrize("file", PLACES + PATHWAY, ids=lambda file: file.name)
def test_every_key_has_a_row_on_the_page_of_sources(file):
    assert not sorted(set(KEY.findall(words(file))) - ROWS)


@pytest.mark.parametrize("file", PLACES + PATHWAY, ids=lambda file: file.name)
def test_every_identifier_of_a_paper_stands_on_the_page_of_sources(file):
    assert not sorted(found for found in set(IDENTIFIER.findall(words(file))) if found not in PAGE)


def test_the_key_is_told_from_a_serine():
    assert KEY.findall("S35, S42b, M10, D1, P006, O03 e, C51; S321, CASP8, 5.3e-4, MK2") == [
        "S35",
        "S42b",
        "M10",
        "D1",
        "P006",
        "O03",
        "C51",
    ]


def test_what_a_row_of_the_table_names_is_on_the_page_too():
    lines = [line for line in PAGE.splitlines() if line.startswith("| P")]
    assert len(lines) == len(CLASSES.findall(PAGE)), "every row ends with its class"
    assert not sorted(set(KEY.findall("\n".join(lines))) - ROWS)


def test_only_what_was_seen_is_called_measured():
    """A row that is a model's number, a memory or a prior does not carry the label."""
    class_of = dict(CLASSES.findall(PAGE))
    wrong = []
    for file in PLACES:
        for name, entry in numbers(tomllib.loads(file.read_text(encoding="utf-8"))):
            keys = [key for key in KEY.findall(entry["source"]) if key in class_of]
            if entry["evidence"] == "measured" and any(class_of[key] not in "VD" for key in keys):
                wrong.append(f"{file.name}: {name} ({', '.join(keys)})")
    assert not wrong


def numbers(entries, name=""):
    """Every number with its label, however deep."""
    if isinstance(entries, list):
        for entry in entries:
            yield from numbers(entry, name)
    elif isinstance(entries, dict):
        if "evidence" in entries:
            yield name, entries
        for key, entry in entries.items():
            yield from numbers(entry, key)
