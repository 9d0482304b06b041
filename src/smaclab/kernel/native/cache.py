"""Compiled programs on disk, so that only the first run of a network waits for the compiler.

It is machine code that will be run: the folder is the user's own and nobody else may write there. An entry
that is damaged, too old for this code or unreadable counts as absent. Nothing here may make a run fail:
a disk that cannot be written only costs time.
"""

import hashlib
import json
import os
import stat
import struct
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm

FOLDER_VARIABLE = "SMACLAB_CACHE"
LARGEST_BYTES = 256 * 2**20  # of the whole folder; the entries used longest ago go first
MAGIC = b"smaclab program 1\n"
SUFFIX = ".program"


def folder() -> Path:
    """Where programs are kept: $SMACLAB_CACHE, or the platform's folder for caches."""
    if given := os.environ.get(FOLDER_VARIABLE):
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "smaclab" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "smaclab"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "smaclab"


def key(parts: Mapping[str, Any]) -> str:
    """The name of an entry: everything that decides what the machine code is.

    Args:
        parts: network, precision, lanes and so on; the generator's source, llvmlite, LLVM and the processor
            are added here.
    """
    everything = {
        **{name: str(part) for name, part in parts.items()},
        "source": source_hash(),
        "llvmlite": llvmlite.__version__,
        "llvm": str(llvm.llvm_version_info),
        "cpu": llvm.get_host_cpu_name(),
        "features": llvm.get_host_cpu_features().flatten(),
    }
    return hashlib.sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()


def source_hash() -> str:
    """Of every file that takes part in writing code: a changed generator must not meet old code."""
    here = Path(__file__).parent
    files = [*sorted(here.glob("*.py")), here.parent / "rosenbrock.py", *_network_files()]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _network_files() -> list[Path]:
    network = Path(__file__).parent.parent.parent / "network"
    return [network / "expression.py", network / "network.py", network / "ordering.py"]


def read(name: str) -> tuple[dict[str, Any], list[bytes]] | None:
    """An entry, or None where there is none that can be trusted.

    Returns:
        Its facts, and its objects.
    """
    file = folder() / f"{name}{SUFFIX}"
    try:
        if not _ours(file.parent) or not _ours(file):
            return None
        found = _unpacked(file.read_bytes())
    except (OSError, RuntimeError):
        return None
    with suppress(OSError):  # a disk that cannot be written is still read
        os.utime(file)  # used today
    return found


def write(name: str, facts: Mapping[str, Any], objects: Sequence[bytes]) -> None:
    """Keep an entry; whoever reads meanwhile sees all of it or nothing."""
    try:
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(place):
            return
        handle, temporary = tempfile.mkstemp(dir=place, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_packed(facts, objects))
            Path(temporary).replace(place / f"{name}{SUFFIX}")
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        _trim(place)
    except (OSError, RuntimeError):
        return


def _ours(path: Path) -> bool:
    """Whether it belongs to this user and nobody else may write it. Windows keeps users apart by folder."""
    if not hasattr(os, "getuid"):
        return path.exists()
    facts = path.stat()
    return facts.st_uid == os.getuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _packed(facts: Mapping[str, Any], objects: Sequence[bytes]) -> bytes:
    head = json.dumps({"facts": facts, "sizes": [len(one) for one in objects]}).encode()
    body = struct.pack("<I", len(head)) + head + b"".join(objects)
    return MAGIC + hashlib.sha256(body).digest() + body


def _unpacked(data: bytes) -> tuple[dict[str, Any], list[bytes]] | None:
    start = len(MAGIC) + 32
    digest, body = data[len(MAGIC) : start], data[start:]
    if not data.startswith(MAGIC) or hashlib.sha256(body).digest() != digest:
        return None
    size = struct.unpack("<I", body[:4])[0]
    head = json.loads(body[4 : 4 + size])
    objects, place = [], 4 + size
    for length in head["sizes"]:
        objects.append(body[place : place + length])
        place += length
    return head["facts"], objects


def _trim(place: Path) -> None:
    entries = sorted(place.glob(f"*{SUFFIX}"), key=lambda file: file.stat().st_mtime)
    total = sum(file.stat().st_size for file in entries)
    for file in entries[:-1]:
        if total <= LARGEST_BYTES:
            return
        total -= file.stat().st_size
        file.unlink(missing_ok=True)
