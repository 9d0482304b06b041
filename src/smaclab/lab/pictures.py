"""A figure becomes a file: SVG or PNG by the end of its name, equal bytes for equal figures."""

from os import PathLike
from pathlib import Path

from matplotlib.figure import Figure

from smaclab.errors import ExperimentError
from smaclab.report import style

WRITERS = {".svg": lambda figure: style.to_svg(figure).encode("utf-8"), ".png": style.to_png}


def refuse_other_ends(path: str | PathLike[str]) -> Path:
    """The path, if its end is one that can be written.

    Raises:
        ExperimentError: it is not.
    """
    wanted = Path(path)
    if wanted.suffix.lower() not in WRITERS:
        raise ExperimentError(f"{wanted}: a picture ends in {' or '.join(WRITERS)}.")
    return wanted


def save_figure(figure: Figure, path: str | PathLike[str]) -> Path:
    """Write one picture.

    Raises:
        ExperimentError: another end than .svg or .png, or it cannot be written.
    """
    wanted = refuse_other_ends(path)
    try:
        wanted.write_bytes(WRITERS[wanted.suffix.lower()](figure))
    except OSError as error:
        raise ExperimentError(f"{wanted}: cannot be written ({error.strerror}).") from error
    return wanted
