"""No file of the project knows the folders of one machine."""

import shutil
import subprocess

import pytest

from tests.contract.house import MACHINE_PATH, ROOT

TEXTS = {".py", ".toml", ".md", ".txt", ".csv", ".cff", ".j2", ".html", ".yml", ".json", ""}


def project_files():
    """Files git knows or would take; without git, everything outside of build folders."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split("\0")
        found = [ROOT / name for name in names if name]
    else:
        skipped = {".venv", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__"}
        found = [path for path in ROOT.rglob("*") if not skipped & set(path.relative_to(ROOT).parts)]
    return [path for path in found if path.suffix in TEXTS and path.is_file()]


def test_no_file_names_a_folder_of_one_machine():
    wrong = [
        f"{path.relative_to(ROOT)}: line {number}"
        for path in project_files()
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if MACHINE_PATH.search(line)
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", ["work", "root", "home", "Users"])
def test_the_judge_finds_a_folder_of_one_machine(folder):
    assert MACHINE_PATH.search(f"open('/{folder}/me/x')")
    assert not MACHINE_PATH.search(f"https://example.org/{folder}/me")
