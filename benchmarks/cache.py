"""What takes minutes to compute and never changes, in `.cache/benchmarks`, found by what it depends on."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

FOLDER = Path(__file__).parents[1] / ".cache" / "benchmarks"


def cached(name: str, parts: tuple[bytes, ...], make: Callable[[], Array], folder: Path = FOLDER) -> Array:
    """The array of this name and these parts, made where it is not there yet."""
    key = hashlib.sha256(b"|".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:20]
    path = folder / f"{name}-{key}.npy"
    if path.is_file():
        return np.asarray(np.load(path))
    made = make()
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".partial.npy")
    np.save(draft, made)
    draft.replace(path)
    return made
