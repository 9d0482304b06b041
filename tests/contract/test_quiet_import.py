"""Importing prints nothing, sets nothing and loads nothing heavy."""

import json
import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "pandas", "matplotlib", "pysb", "pydantic", "jinja2")


def run(code: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python, outside of the checkout's own modules."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )


def test_importing_the_package_is_quiet_and_light():
    done = run(
        "import json, sys, warnings\n"
        "before = dict(vars(warnings))['filters'][:]\n"
        "import smaclab\n"
        f"print(json.dumps([[name for name in {HEAVY} if name in sys.modules], warnings.filters == before]))"
    )
    assert json.loads(done.stdout) == [[], True]
    assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["run", "--help"],
        ["check", "--help"],
        ["cell-line", "new", "--help"],
        ["plate", "new", "--help"],
    ],
    ids=" ".join,
)
def test_help_loads_no_numbers_and_no_pictures(arguments):
    done = run(
        "import sys\n"
        "from smaclab.cli import main\n"
        f"sys.argv = ['smaclab', *{arguments}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        f"print('LOADED', [name for name in {HEAVY[:4]} if name in sys.modules])"
    )
    assert done.stdout.rstrip().endswith("LOADED []")


def test_the_judge_finds_a_heavy_import():
    done = run("import sys, numpy\nprint('numpy' in sys.modules)")
    assert done.stdout.strip() == "True"
