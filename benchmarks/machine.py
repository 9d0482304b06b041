"""Which machine and which versions a number belongs to."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FLAGS = ("sse4_2", "avx", "avx2", "fma", "avx512f", "avx512dq", "avx512vl", "asimd", "sve")
PACKAGES = ("smaclab", "libroadrunner", "python-libsbml", "llvmlite", "numpy", "scipy")


def cpu_info() -> dict[str, str]:
    """The first processor's entries as Linux tells them; empty elsewhere."""
    file = Path("/proc/cpuinfo")
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n\n")[0].splitlines()
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def cpu_name() -> str:
    """What the processor calls itself."""
    return cpu_info().get("model name") or platform.processor() or platform.machine()


def cpu_flags() -> list[str]:
    """Vector instructions that matter here; empty where the system does not tell."""
    info = cpu_info()
    there = set((info.get("flags") or info.get("Features") or "").split())
    return [flag for flag in FLAGS if flag in there]


def isa() -> str:
    """The widest vector instructions, in a word."""
    flags = set(cpu_flags())
    for flag, name in (
        ("avx512f", "avx512"),
        ("avx2", "avx2"),
        ("sve", "sve"),
        ("asimd", "neon"),
        ("avx", "avx"),
    ):
        if flag in flags:
            return name
    return platform.machine()


def versions() -> dict[str, str]:
    """Python and the packages that compute."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def load_per_core() -> float:
    """Processes that wanted a core in the last five minutes, per core; 0 where nobody tells."""
    if not hasattr(os, "getloadavg"):
        return 0.0
    return os.getloadavg()[1] / (os.cpu_count() or 1)
