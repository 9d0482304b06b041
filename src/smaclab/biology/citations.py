"""Which paper, model or data set a source string names, by its identifier in a public database.

The table `citations.csv` is made of docs/sources.md: keys (S49, P081, M10, D1) and short citations
(Grell 1998), each with a PubMed, PubMed Central, DOI or BioModels identifier.  Not in it: what that page
calls recalled or not confirmed, and what has no identifier there.
"""

import csv
import re
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def citations() -> dict[str, tuple[str, ...]]:
    """Key or short citation -> identifiers such as `pubmed/12887920`."""
    found: dict[str, list[str]] = {}
    text = (files("smaclab.biology") / "citations.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["cited_as"], []).append(row["resource"])
    return {name: tuple(several) for name, several in found.items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(citations(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def cited_in(source: str) -> tuple[str, ...]:
    """Identifiers of everything that a source string names, each once, in the order of the text."""
    found = (one for name in _pattern().findall(source) for one in citations()[name])
    return tuple(dict.fromkeys(found))
