"""docs/model/ says what the model is today, and its links lead somewhere."""

import re

import pytest

from smaclab import lab
from tests.contract.house import ROOT

FOLDER = ROOT / "docs" / "model"
BY_HAND = {"limits.md"}
REMEDY = "smaclab network docs --out docs/model"

LINK = re.compile(r"\]\((?!https?://)([^()\s#]*)(?:#([^()\s]+))?\)")


def stale(pages, committed):
    """Pages that are missing, differ, or that nothing generates any more."""
    return sorted(name for name in {*pages, *committed} if pages.get(name) != committed.get(name))


def anchors(text):
    """What a link to this page can name: its anchors and its headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)"', text))


def broken_links(name, texts):
    """Links of a page that lead nowhere; texts: name -> text of all pages of the folder."""
    found = []
    for target, place in LINK.findall(texts[name]):
        page = target or name
        if page in texts:
            if place and place not in anchors(texts[page]):
                found.append(f"{name}: {page}#{place}")
        elif not (FOLDER / page).exists():
            found.append(f"{name}: {page}")
    return found


@pytest.fixture(scope="module")
def committed():
    return {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}


def test_the_pages_are_those_of_the_model(committed):
    generated = {name: text for name, text in committed.items() if name not in BY_HAND}
    assert stale(lab.model_pages(), generated) == [], f"the model has changed; run `{REMEDY}`"


def test_every_link_leads_somewhere(committed):
    assert [link for name in committed for link in broken_links(name, committed)] == []


def test_the_limits_are_one_click_from_the_start():
    assert "(docs/model/limits.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_judge_finds_a_stale_page_and_a_broken_link():
    assert stale({"a": "1", "b": "1"}, {"a": "2", "c": "1"}) == ["a", "b", "c"]
    texts = {
        "a.md": "[x](b.md#there) [y](b.md#gone) [z](#here) [w](none.md)\n# Here",
        "b.md": '<a id="there"></a>',
    }
    assert broken_links("a.md", texts) == ["a.md: b.md#gone", "a.md: none.md"]
