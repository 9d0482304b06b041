"""At most 400 lines a file, 40 code lines a function, 7 arguments: tails spoil code, not medians."""

import ast

import pytest

from tests.contract.house import FILES, PACKAGE, code_lines, functions_of, name_of, parameters_of

LARGER: dict[str, str] = {}  # "network/match.py::match": "one recursive search; splitting it hides the idea"


def too_large(where: str, source: str) -> list[str]:
    """What is too large in a file."""
    found = [f"{where} has {source.count(chr(10))} lines"] if source.count("\n") > 400 else []
    for function in functions_of(source):
        name = f"{where}::{function.name}"
        if name not in LARGER and code_lines(function) > 40:
            found.append(f"{name} has {code_lines(function)} code lines")
        # A command's arguments are its options, which a person gives one by one.
        if len(parameters_of(function)) > 7 and not where.startswith("cli/"):
            found.append(f"{name}: make a noun of its {len(parameters_of(function))} arguments")
    return found


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_rooms_are_small(path):
    assert too_large(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")) == []


def test_no_excuse_is_stale():
    for name in LARGER:
        file, _, wanted = name.partition("::")
        functions = functions_of((PACKAGE / file).read_text(encoding="utf-8"))
        assert any(f.name == wanted and code_lines(f) > 40 for f in functions), name


@pytest.mark.parametrize(
    "source",
    ["#\n" * 401, "def f():\n" + "    x = 1\n" * 41, "def f(a, b, c, d, *, e, f, g, h): ..."],
    ids=["file", "function", "arguments"],
)
def test_the_judge_finds_what_is_too_large(source):
    assert too_large("x.py", source) != []


def test_explaining_is_free():
    source = 'def f():\n    """' + "words\n" * 60 + '"""\n' + "    # why\n" * 60 + "    return 1\n"
    assert code_lines(ast.parse(source).body[0]) == 1
