"""The gallery: every snippet runs and shows what its page says; page, picture and index agree."""

import importlib.util
import json
import re
import sys
from dataclasses import replace
from functools import cache

import pytest
from matplotlib.figure import Figure
from PIL import Image

import smaclab
from smaclab.lab import own_network
from smaclab.network.identity import identity
from tests.contract import gallery_says
from tests.contract.house import PACKAGE, ROOT
from tests.report import looks

GALLERY = ROOT / "docs" / "gallery"
INDEX = (GALLERY / "README.md").read_text(encoding="utf-8")
CELLS = 6  # enough for directions; the pictures have more
FEWEST_PAGES = 15
MOST_LINES, MOST_BYTES = 6, 150_000  # a blot with two ladders has many shades
PARTS = ("**What it shows.**", "**What it does not show.**", "**The claims behind it.**")
NAMES_WITH_NUMBERS = ("HCT 116",)


def _make():
    spec = importlib.util.spec_from_file_location("gallery_make", GALLERY / "make.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["gallery_make"] = module  # its dataclass looks itself up there
    spec.loader.exec_module(module)
    return module


MAKE = _make()
PAGES = MAKE.pages()
VERDICTS = {
    one["id"]: one["verdict"]
    for one in json.loads((PACKAGE / "claims" / "verdicts.json").read_text(encoding="utf-8"))["verdicts"]
}
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@cache
def left_by(page):
    return MAKE.run(page, cells=CELLS)


def part(page, title):
    """The paragraph of a page that begins with a title."""
    return next(one for one in page.text.split("\n\n") if one.startswith(title))


def bare_numbers(text):
    """Digits that are not part of a name such as cIAP1 or caspase-8."""
    for name in NAMES_WITH_NUMBERS:
        text = text.replace(name, "")
    return re.findall(r"(?<![\w-])\d[\d.]*", text)


def wrong_verdicts(page):
    """Claims that a page calls failing and that hold, or the other way around."""
    said = {claim for claim in page.claims if re.search(rf"\b{claim} fails\b", page.text)}
    return said ^ {claim for claim in page.claims if VERDICTS[claim] == "fails"}


@every_page
def test_a_page_shows_what_it_says(page):
    getattr(gallery_says, page.name)(left_by(page))


@every_page
def test_no_label_lies_on_another_or_is_cut(page):
    picture = left_by(page)["picture"]
    for width_px in MAKE.WIDTHS_PX.values():
        figure = picture if isinstance(picture, Figure) else picture.figure(width_px=width_px)
        assert looks.collisions(figure) == []
        assert looks.cut(figure) == []


@pytest.mark.parametrize("name", ["ciap_loss", "p100", "anti_tnf", "annexin", "necroptosis", "tnfr1"])
def test_the_judges_complain_where_the_drug_does_nothing(name):
    page = next(one for one in PAGES if one.name == name)
    nothing = re.sub(r'("?concentration"?\s*=\s*"|, ")[\d.]+ (nM|uM|ng/ml)"', r'\g<1>1e-9 \g<2>"', page.toml)
    with pytest.raises(AssertionError):
        getattr(gallery_says, name)(left_by(replace(page, toml=nothing)))


@every_page
def test_a_page_has_its_parts(page):
    first, *others = page.text.splitlines()
    assert first.startswith("# ")
    assert page.question.endswith("?")
    assert not any(line.startswith("# ") for line in others if line != f"# {page.toml_name}")
    assert f"](pictures/{page.name}.png)" in page.text
    assert "(simulated)" in page.text
    assert page.toml_name == (f"{page.name}.toml" if page.toml else "")
    assert 0 < len(page.python.splitlines()) <= MOST_LINES
    assert f'("{page.name}.png")' in page.python
    for title in PARTS:
        assert part(page, title)


@every_page
def test_a_page_names_claims_that_there_are(page):
    assert page.claims
    assert set(page.claims) <= set(VERDICTS)
    assert wrong_verdicts(page) == set()


@every_page
def test_a_page_states_directions_and_no_sizes(page):
    assert bare_numbers(part(page, PARTS[0])) == []


@every_page
def test_an_experiment_of_a_page_is_sound(page, tmp_path):
    if page.toml:
        path = tmp_path / page.toml_name
        path.write_text(page.toml, encoding="utf-8")
        assert smaclab.check(path) == []


@every_page
def test_pictures_are_there_and_say_what_they_are(page):
    for folder, width_px in MAKE.WIDTHS_PX.items():
        path = GALLERY / folder / f"{page.name}.png"
        assert path.stat().st_size < MOST_BYTES
        with Image.open(path) as picture:
            assert picture.text["Description"].startswith("SIMULATED. smaclab, network ")
            assert 0.6 * width_px <= picture.width <= width_px


def test_all_pictures_are_of_one_model():
    assert len({model_of(page) for page in PAGES}) == 1


@pytest.mark.slow
def test_the_pictures_are_of_the_model_that_ships():
    run = smaclab.run({"id": "now", "cell_line": "BJ", "cells": 1, "duration": "1 h"})
    now = identity(own_network())[:12], run.provenance.parameter_set[:12]
    assert model_of(PAGES[0]) == now, "make gallery draws them anew"


def model_of(page):
    with Image.open(GALLERY / "pictures" / f"{page.name}.png") as picture:
        return re.search(r"network (\w+), parameters (\w+)", picture.text["Description"]).groups()


def test_the_index_has_every_page_and_says_that_all_is_simulated():
    assert len(PAGES) >= FEWEST_PAGES
    listed = re.findall(
        r"^\| \[!\[(.+?)\]\(pictures/small/(\w+)\.png\)\]\((\w+)\.md\) \| \[(.+?)\]\((\w+)\.md\) \|$",
        INDEX,
        re.MULTILINE,
    )
    assert sorted(listed) == sorted((p.question, p.name, p.name, p.question, p.name) for p in PAGES)
    assert "Every picture is simulated" in INDEX
    assert "docs/gallery/README.md" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_picture_is_left_over():
    found = {path.relative_to(GALLERY) for path in (GALLERY / "pictures").rglob("*.png")}
    assert {path.stem for path in found} == {page.name for page in PAGES}


def test_the_judges_complain_about_numbers_and_verdicts():
    assert bare_numbers("HCT 116 loses cIAP1 in 15 min, to 0.3 of it; p52 rises") == ["15", "0.3"]
    page = next(one for one in PAGES if one.claims)
    claim = page.claims[0]
    other = page.text.replace(f"{claim} fails", claim)
    said = other if VERDICTS[claim] == "fails" else f"{other}\n{claim} fails."
    assert wrong_verdicts(replace(page, text=said)) == {claim}


def test_fewer_cells_replace_those_on_the_page():
    for page in PAGES:
        many, few = (MAKE._with_cells(page.toml + page.python, cells) for cells in (999, CELLS))
        assert many.count("999") == 1
        assert few == many.replace("999", f"{CELLS}")
    assert MAKE._with_cells('cells     = 24\n{"cells": 24}', 6) == 'cells     = 6\n{"cells": 6}'
