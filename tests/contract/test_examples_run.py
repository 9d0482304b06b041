"""What we show to a newcomer runs: the examples, and every snippet of the README."""

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

import smaclab
from smaclab.lab import is_table
from tests.contract.house import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
PLATES = sorted(path for path in (ROOT / "examples" / "plates").iterdir() if is_table(path))
README = ROOT / "README.md"


def blocks(text: str, *languages: str) -> list[str]:
    """The fenced blocks of a Markdown text in one of the languages."""
    return re.findall(rf"^```(?:{'|'.join(languages)})[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """The `smaclab` commands that a Markdown text shows, joined with `&&` or alone."""
    shown = "".join(blocks(text, "sh", "bash", "console", "text"))
    lines = [line.strip().removeprefix("$ ") for line in shown.splitlines()]
    parts = [part.split("#")[0].strip() for line in lines for part in line.split("&&")]
    return [part for part in parts if part.startswith("smaclab ")]


TEXT = README.read_text(encoding="utf-8") if README.exists() else ""


@pytest.fixture
def desk(tmp_path):
    """An empty folder with the examples in it, as a newcomer has it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def run(arguments, folder):
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_examples_and_a_readme():
    assert EXAMPLES
    assert {path.suffix for path in PLATES} == {".csv", ".tsv", ".xlsx"}
    assert TEXT.count("\n") < 100
    assert blocks(TEXT, "python")
    assert commands(TEXT)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_sound(path):
    assert [str(problem) for problem in smaclab.check(path)] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_runs(path):
    loaded = smaclab.load(path)
    every = getattr(loaded, "experiments", (loaded,))
    result = smaclab.run(replace(every[0], cells=2))
    assert result.exit_code == 0
    assert len(result.readouts) > 0


@pytest.mark.parametrize("path", PLATES, ids=lambda path: path.stem)
def test_every_plate_is_sound(path):
    assert [str(problem) for problem in smaclab.check(path)] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", PLATES, ids=lambda path: path.stem)
def test_every_plate_runs_and_stands_beside_its_data(path, tmp_path):
    result = smaclab.run_plate(path, cells=5 if path.stem == "density" else 1)  # a fifth of its cells is one
    assert result.exit_code == 0
    assert len(result.wells()) == len(result.plate.plate.wells)
    assert (result.write(tmp_path / "out") / "results.xlsx").exists()


@pytest.mark.slow
@pytest.mark.parametrize("code", blocks(TEXT, "python"))
def test_every_python_snippet_of_the_readme_runs(code, desk):
    run(["-W", "error::DeprecationWarning:smaclab", "-c", code], desk)


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(TEXT))
def test_every_command_of_the_readme_runs(command, desk):
    run(["-m", *shlex.split(command)], desk)


@pytest.mark.slow
@pytest.mark.parametrize("text", blocks(TEXT, "toml"))
def test_every_experiment_of_the_readme_runs(text, desk):
    (desk / "mine.toml").write_text(text, encoding="utf-8")
    run(["-m", "smaclab", "run", "mine.toml", "--out", "mine", "--cells", "2"], desk)


def test_the_judge_finds_snippets():
    shell = "pip install . && smaclab demo   # once\n$ smaclab list drugs"
    text = f"```python\nimport smaclab\n```\n```bash\n{shell}\n```\n"
    assert blocks(text, "python") == ["import smaclab\n"]
    assert commands(text) == ["smaclab demo", "smaclab list drugs"]
