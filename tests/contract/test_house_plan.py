"""Which room may import which.  The plan is a table, and this reads every import."""

import pytest

from tests.contract.house import (
    FILES,
    LATER,
    PACKAGE,
    PLAN,
    circle,
    forbidden_imports,
    imports_of,
    name_of,
    room_of,
)

MODULES = {name_of(path) for path in FILES} - {"smaclab"}
BUILT = {room_of(module) for module in MODULES} | {"__init__"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_import_is_in_the_plan(path):
    assert forbidden_imports(name_of(path), path.read_text(encoding="utf-8"), MODULES) == []


def test_every_room_has_a_plan():
    assert sorted(BUILT - set(PLAN)) == []


def test_every_plan_has_a_room_or_is_for_later():
    assert sorted(set(PLAN) - BUILT - LATER) == []
    assert sorted(LATER & BUILT) == [], "a room that is built is not for later"


def test_the_plan_has_no_circle():
    assert circle({room: set(allowed.split()) for room, allowed in PLAN.items()}) == []


def test_the_files_have_no_circle():
    # A package's __init__ is left out: it repeats the names of its own files and does nothing else.
    files = {name_of(path): path.read_text(encoding="utf-8") for path in FILES if path.name != "__init__.py"}
    assert (
        circle({name: imports_of(text, MODULES) & set(files) - {name} for name, text in files.items()}) == []
    )


def test_no_room_has_a_name_that_says_nothing():
    empty = {"utils", "util", "core", "common", "helpers", "base", "manager", "misc"}
    assert [path for path in PACKAGE.rglob("*") if path.stem in empty] == []


@pytest.mark.parametrize(
    "source",
    [
        "import smaclab.lab",
        "from smaclab.lab import run",
        "from smaclab import lab",
        "def hidden():\n    from smaclab.lab import run",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import smaclab.lab.bench",
        "import importlib\nimportlib.import_module('smaclab.lab')",
    ],
)
def test_the_judge_finds_a_forbidden_import(source):
    assert forbidden_imports("smaclab.kernel.compile", source, {"smaclab.lab", "smaclab.kernel"}) != []
    assert forbidden_imports("smaclab.cli.run", source, {"smaclab.lab", "smaclab.cli"}) in (
        [],
        ["smaclab.lab.bench"],
    )


def test_the_judge_finds_a_circle():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []
    assert circle({"a": {"b"}, "b": set()}) == []
