"""A figure becomes an SVG or PNG file, equal bytes for equal figures, with its numbers beside it."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from smaclab.errors import ExperimentError
from smaclab.provenance import Provenance
from smaclab.report import style
from smaclab.report.page import Table

WRITERS: dict[str, Callable[[Figure, str], bytes]] = {
    ".svg": lambda figure, about: style.to_svg(figure, about=about).encode("utf-8"),
    ".png": lambda figure, about: style.to_png(figure, about=about),
}
MOST_ROWS = 60


def refuse_picture(path: str | PathLike[str], *, force: bool = False) -> Path:
    """The path, if a picture and a table beside it can be written there.

    Raises:
        ExperimentError: it ends in neither .svg nor .png, its folder is missing, or something is there and
            `force` is not set.
    """
    wanted = Path(path)
    if wanted.suffix.lower() not in WRITERS:
        raise ExperimentError(f"{wanted}: a picture ends in {' or '.join(WRITERS)}.")
    if not wanted.parent.is_dir():
        raise ExperimentError(f"{wanted}: there is no folder {str(wanted.parent)!r}.")
    for one in (wanted, wanted.with_suffix(".csv")):
        if one.exists() and not force:
            raise ExperimentError(f"{one} is there already. Give another name, or replace it with --force.")
    return wanted


def origin(provenance: Provenance, seed: int | None) -> str:
    """Where a picture comes from, for its metadata. seed: of the bench; None: no noise."""
    cells = ", ".join(map(str, provenance.seeds))
    noise = "no noise" if seed is None else f"seed of the bench {seed}"
    return (
        f"smaclab, network {provenance.network[:12]}, parameters {provenance.parameter_set[:12]}, "
        f"seed of the cells {cells}, {noise}"
    )


def save_figure(figure: Figure, path: str | PathLike[str], *, about: str = "") -> Path:
    """Write one picture, over what is there. about: where it comes from, for the file's metadata.

    Raises:
        ExperimentError: another end than .svg or .png, or it cannot be written.
    """
    wanted = refuse_picture(path, force=True)
    return _written(wanted, WRITERS[wanted.suffix.lower()](figure, about))


def save_with_table(
    figure: Figure,
    table: pd.DataFrame,
    path: str | PathLike[str],
    *,
    about: str = "",
    force: bool = False,
) -> Path:
    """Write a picture, and its numbers beside it as CSV of the same name.

    Raises:
        ExperimentError: as for `refuse_picture`, or it cannot be written.
    """
    wanted = refuse_picture(path, force=force)
    text = table.to_csv(index=False, na_rep="NaN", lineterminator="\n")
    _written(wanted.with_suffix(".csv"), text.encode("utf-8"))
    return _written(wanted, WRITERS[wanted.suffix.lower()](figure, about))


def table_of_means(table: pd.DataFrame, caption: str) -> Table:
    """Means over the replicates as text: a row an experiment and time, at most 60; a column an observable.

    table: with PEtab's columns; where it has a `panel`, each panel has its own columns.
    """
    named = table["observableId"]
    if "panel" in table and table["panel"].nunique() > 1:
        named = table["panel"] + ", " + named
    keyed = table.assign(name=named)
    keys = keyed[["experimentId", "time"]].drop_duplicates().head(MOST_ROWS)
    means = keyed.groupby(["experimentId", "time", "name"], sort=False)["simulation"].mean()
    columns = list(dict.fromkeys(keyed["name"]))
    rows = tuple(
        (str(experiment), f"{time:g}", *(f"{means[experiment, time, name]:.3g}" for name in columns))
        for experiment, time in keys.itertuples(index=False)
    )
    return Table(caption=caption, header=("experiment", "time (h)", *columns), rows=rows)


def _written(path: Path, content: bytes) -> Path:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExperimentError(f"{path}: cannot be written ({error.strerror}).") from error
    return path
