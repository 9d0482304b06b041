"""Help, exit codes, and no traceback unless asked for."""

import subprocess
import sys

import pytest

from smaclab.cli import main

HEAVY = ("numpy", "pandas", "scipy", "matplotlib", "jinja2")


def fresh(code):
    """Run Python code in a process of its own; what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["network", "--help"], ["--version"]])
def test_help_leaves_the_heavy_packages_alone(arguments):
    loaded = fresh(
        "import sys; from smaclab.cli import main\n"
        f"assert main({arguments!r}) == 0\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    assert loaded.strip().endswith("LOADED []")


def test_importing_the_package_prints_nothing_and_loads_nothing():
    assert fresh(
        "import sys; import smaclab; dir(smaclab)\n"
        f"print([m for m in {(*HEAVY, 'smaclab.lab', 'typer', 'rich')!r} if m in sys.modules])"
    ).strip() == "[]"  # fmt: skip


def test_every_public_name_is_there_and_the_same_when_used_again():
    # A submodule with the name of a function would replace it after the first use.
    fresh(
        "import smaclab\nfor name in smaclab.__all__: getattr(smaclab, name)\n"
        "for name in ('run', 'demo', 'check') * 2: assert callable(getattr(smaclab, name))"
    )


def test_an_unknown_public_name_says_which_there_are():
    code = "import smaclab\ntry: smaclab.rnu\nexcept AttributeError as e: print(e)"
    assert "Public names:" in fresh(code)


def test_no_command_shows_the_help(smaclab):
    _, out, err = smaclab()
    assert "smaclab demo" in out + err


def test_an_unknown_command_or_option_is_bad_input(smaclab):
    assert smaclab("rnu")[0] == 2
    assert smaclab("run", "--cels", "3")[0] == 2


def test_a_bug_shows_no_traceback_without_debug(smaclab, monkeypatch, file):
    def broken(*_args, **_kwargs):
        raise KeyError("the bug")

    monkeypatch.setattr("smaclab.lab.bench.plan", broken)
    code, out, err = smaclab("run", file, "--out", "out")
    assert code == 1
    assert "Traceback" not in out + err
    assert "KeyError" in err
    assert "--debug" in err
    with pytest.raises(KeyError):
        main(["--debug", "run", str(file), "--out", "out"])


def test_stopping_a_command_is_no_traceback(smaclab, monkeypatch, file):
    def stopped(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("smaclab.lab.bench.simulate", stopped)
    code, _, err = smaclab("run", file, "--out", "out", "--workers", 1)
    assert code == 130
    assert "Traceback" not in err
    assert not (file.parent / "out").exists()


def test_python_m_smaclab_is_smaclab():
    done = subprocess.run(
        [sys.executable, "-m", "smaclab", "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("smaclab ")
