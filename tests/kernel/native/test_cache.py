"""Compiled programs on disk: trusted only where nobody else may write, and never in the way of a run."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from smaclab.kernel.native import cache

FACTS = {"sections": {"n_species": 3}, "values": ["k"]}
OBJECTS = [b"first object", b"", b"\x00\x01 third"]
OWNED = pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system keeps users apart by folder")


def entry(name="a"):
    return cache.folder() / f"{name}{cache.SUFFIX}"


def kept(name="a"):
    cache.write(name, FACTS, OBJECTS)
    return entry(name)


def test_what_is_written_is_read(own_cache):
    assert cache.read("a") is None
    assert kept().parent == own_cache
    assert cache.read("a") == (FACTS, OBJECTS)
    assert cache.read("b") is None


def test_an_entry_is_written_over():
    kept()
    cache.write("a", FACTS, [b"newer"])
    assert cache.read("a") == (FACTS, [b"newer"])


def test_nothing_but_the_entry_is_left_behind(own_cache):
    kept()
    assert [file.name for file in own_cache.iterdir()] == [f"a{cache.SUFFIX}"]


def test_every_damaged_byte_is_a_miss():
    file = kept()
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        assert cache.read("a") is None, place
    file.write_bytes(whole)
    assert cache.read("a") == (FACTS, OBJECTS)


def test_every_truncated_entry_is_a_miss():
    file = kept()
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert cache.read("a") is None, length


def test_a_longer_entry_is_a_miss():
    file = kept()
    file.write_bytes(file.read_bytes() + b"more")
    assert cache.read("a") is None


@OWNED
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702])
def test_a_folder_that_others_may_write_is_not_trusted(own_cache, mode):
    kept()
    own_cache.chmod(mode)
    assert cache.read("a") is None
    cache.write("b", FACTS, OBJECTS)
    own_cache.chmod(0o700)
    assert cache.read("a") == (FACTS, OBJECTS)
    assert cache.read("b") is None


@OWNED
@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_an_entry_that_others_may_write_is_not_trusted(mode):
    kept().chmod(mode)
    assert cache.read("a") is None


@OWNED
def test_what_belongs_to_somebody_else_is_not_trusted(monkeypatch):
    kept()
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    assert cache.read("a") is None


@OWNED
def test_the_folder_and_its_entries_are_the_users_own(own_cache):
    old = os.umask(0)
    try:
        file = kept()
    finally:
        os.umask(old)
    assert own_cache.stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600


def refuse(*_given, **_more):
    raise OSError(30, "Read-only file system")


def test_a_disk_that_cannot_be_written_costs_only_time(monkeypatch, own_cache):
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    cache.write("a", FACTS, OBJECTS)
    assert list(own_cache.iterdir()) == []
    assert cache.read("a") is None


def test_a_folder_that_cannot_be_made_costs_only_time(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("SMACLAB_CACHE", str(tmp_path / "file" / "below"))
    cache.write("a", FACTS, OBJECTS)
    assert cache.read("a") is None


def test_a_write_that_fails_half_way_leaves_nothing(monkeypatch, own_cache):
    monkeypatch.setattr(Path, "replace", refuse)
    cache.write("a", FACTS, OBJECTS)
    assert list(own_cache.iterdir()) == []


@OWNED
def test_a_folder_of_one_s_own_that_may_only_be_read_is_read(own_cache):
    kept()
    own_cache.chmod(0o500)
    try:
        assert cache.read("a") == (FACTS, OBJECTS)
        cache.write("b", FACTS, OBJECTS)  # whether it can or not, it raises nothing
    finally:
        own_cache.chmod(0o700)


def test_a_disk_that_may_only_be_read_is_read(monkeypatch):
    kept()
    monkeypatch.setattr(os, "utime", refuse)
    assert cache.read("a") == (FACTS, OBJECTS)


def test_the_variable_moves_the_folder(monkeypatch, tmp_path):
    kept()
    monkeypatch.setenv("SMACLAB_CACHE", str(tmp_path / "elsewhere" / "deep"))
    assert cache.folder() == tmp_path / "elsewhere" / "deep"
    assert cache.read("a") is None
    assert kept().is_file()


@pytest.mark.parametrize(
    ("platform", "variable", "expected"),
    [
        ("linux", "XDG_CACHE_HOME", "given/smaclab"),
        ("linux", None, "home/.cache/smaclab"),
        ("darwin", None, "home/Library/Caches/smaclab"),
        ("win32", "LOCALAPPDATA", "given/smaclab/cache"),
        ("win32", None, "home/AppData/Local/smaclab/cache"),
    ],
)
def test_without_it_the_platform_decides(monkeypatch, tmp_path, platform, variable, expected):
    for name in ("SMACLAB_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "given"))
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    assert cache.folder() == tmp_path / expected


def test_beyond_the_size_cap_what_was_used_longest_ago_goes_first(monkeypatch):
    size = kept("size").stat().st_size
    entry("size").unlink()
    monkeypatch.setattr(cache, "LARGEST_BYTES", 3 * size)
    for age, name in enumerate(("a", "b", "c")):
        os.utime(kept(name), (1e9 + age, 1e9 + age))
    assert cache.read("a") is not None  # used today: now b is the oldest
    kept("d")
    assert [name for name in "abcd" if entry(name).exists()] == ["a", "c", "d"]


def test_the_newest_entry_stays_however_large(monkeypatch):
    monkeypatch.setattr(cache, "LARGEST_BYTES", 1)
    kept("a")
    kept("b")
    assert [name for name in "ab" if entry(name).exists()] == ["b"]


def test_other_files_of_the_folder_are_left_alone(monkeypatch, own_cache):
    kept("a")
    (own_cache / "notes.txt").write_text("mine")
    monkeypatch.setattr(cache, "LARGEST_BYTES", 1)
    kept("b")
    assert (own_cache / "notes.txt").read_text() == "mine"


def test_a_key_is_everything_that_decides_what_the_code_is(monkeypatch):
    keys = [
        cache.key({"network": "n", "kind": "k"}),
        cache.key({"network": "n", "kind": "l"}),
        cache.key({"network": "m", "kind": "k"}),
    ]
    assert cache.key({"kind": "k", "network": "n"}) == keys[0]
    llvm = cache.llvm
    for holder, name, other in (
        (cache, "source_hash", lambda: "other"),
        (cache.llvmlite, "__version__", "0.0"),
        (llvm, "llvm_version_info", (1, 0, 0)),
        (llvm, "get_host_cpu_name", lambda: "other"),
        (llvm, "get_host_cpu_features", lambda: llvm.FeatureMap({"other": True})),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(holder, name, other)
            keys.append(cache.key({"network": "n", "kind": "k"}))
    assert len(set(keys)) == len(keys)


def test_a_changed_generator_is_another_source(monkeypatch):
    before = cache.source_hash()
    read_bytes = Path.read_bytes

    def after_a_change_of(name):
        monkeypatch.setattr(
            Path, "read_bytes", lambda file: read_bytes(file) + (b"#" if file.name == name else b"")
        )
        return cache.source_hash()

    for name in ("speeds.py", "driver_step.py", "rosenbrock.py", "expression.py", "ordering.py"):
        assert after_a_change_of(name) != before
    assert after_a_change_of("plan.py") == before
