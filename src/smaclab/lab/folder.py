"""A folder of results that is complete or not there: a run that stops half-way leaves nothing behind."""

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from smaclab.errors import ExperimentError

DEMO_FOLDER = "smaclab-demo"
"""Where `smaclab demo` writes when nothing else is said."""

MARK = "run.json"
"""Written last: a folder that holds it holds everything else too."""


def refuse_if_taken(folder: str | PathLike[str], *, force: bool = False) -> Path:
    """The folder as a path, if results may be written there.

    Raises:
        ExperimentError: it is a file, it cannot be written, or it holds results and `force` is not set.
    """
    path = Path(folder)
    try:
        if "\0" in str(path):
            raise ValueError(f"{str(path)!r} holds a NUL")
        if path.exists() and not path.is_dir():
            raise ExperimentError(f"{folder} is a file; results need a folder. Give another name with --out.")
        is_taken = (path / MARK).exists()
        _refuse_if_locked(path)
    except (OSError, ValueError) as error:  # a name that is too long, or with a NUL
        words = getattr(error, "strerror", None) or error
        raise ExperimentError(f"{folder}: cannot be written ({words}). Give another --out.") from error
    if is_taken and not force:
        raise ExperimentError(
            f"{folder} already holds the results of a run ({MARK}). Give another folder with --out, "
            "or replace them with --force."
        )
    return path


def _refuse_if_locked(path: Path) -> None:
    """Ask before the run, not after an hour of it, whether the folder can be made or written."""
    nearest = next(one for one in (path, *path.absolute().parents) if one.exists())
    if not nearest.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{nearest} is a file")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, f"no permission to write in {nearest}")


def fill(folder: str | PathLike[str], files: Mapping[str, str | bytes], *, force: bool = False) -> Path:
    """Write all files into the folder, or none of them.

    Everything is written beside the folder first.  A new folder then appears by one rename; into a
    folder that exists the files are moved one by one, `run.json` last, and what else lies there stays.

    Args:
        folder: Made, with its parents, where it does not exist.
        files: File name -> text or bytes; one of them is `run.json`.
        force: Replace the results that are there.

    Returns:
        The folder.

    Raises:
        ExperimentError: the folder is taken, or cannot be written.
    """
    path = refuse_if_taken(folder, force=force)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        place = path if path.is_dir() else path.parent  # a folder that is there may have a locked parent
        draft = Path(tempfile.mkdtemp(prefix=f".{path.name}-", suffix=".partial", dir=place))
    except OSError as error:
        raise ExperimentError(
            f"{folder}: cannot be written ({error.strerror}). Give another --out."
        ) from error
    try:
        _write(draft, files)
        _publish(draft, path, files)
    except OSError as error:
        raise ExperimentError(f"{folder}: could not be written ({error.strerror}).") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return path


def _write(draft: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        # As bytes, so that the ends of lines are the same everywhere.
        (draft / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def _publish(draft: Path, path: Path, files: Mapping[str, str | bytes]) -> None:
    draft.chmod(0o755)  # a temporary folder is private, a result is as readable as its neighbors
    if not path.exists():
        draft.rename(path)
        return
    (path / MARK).unlink(missing_ok=True)
    for name in sorted(files, key=lambda name: name == MARK):
        (draft / name).replace(path / name)
