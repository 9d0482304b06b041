"""A person's own cell line: its file, made from transcripts.  An experiment names the file (`door.py`)."""

import re
from os import PathLike
from pathlib import Path

from smaclab.biology.line_from_expression import NewLine, line_from_expression
from smaclab.biology.read_expression import read_expression
from smaclab.errors import ExperimentError
from smaclab.lab import door


def new_cell_line(
    expression: str | PathLike[str],
    name: str,
    *,
    out: str | PathLike[str] | None = None,
    reference: str | PathLike[str] | None = None,
    force: bool = False,
) -> tuple[Path, NewLine]:
    """Write the file of a cell line.

    Args:
        expression: A table of one line, a gene symbol and its TPM in each row.
        name: What the line is called.
        out: The file to write; named after the line, in this folder, by default.
        reference: The same table of HEK 293 or HEK293T; the Human Protein Atlas' by default.
        force: Replace the file that is there.

    Returns:
        The file, and what was derived, assumed and left out.

    Raises:
        ExperimentError: a table or the name is not understood, the name is taken, or the file cannot be
            written.
    """
    if (taken := door.own_catalogue().find_cell_line(name)) is not None:
        raise ExperimentError(
            f"{name!r} is a line of this package, {taken.name}. Give another --name, such as "
            f"'My {taken.name}'."
        )
    compared = None if reference is None else Path(reference)
    line = line_from_expression(
        name,
        read_expression(Path(expression)),
        table=Path(expression).name,
        reference=None if compared is None else read_expression(compared),
        reference_table="" if compared is None else compared.name,
    )
    path = Path(out) if out is not None else Path(f"{_file_name(name)}.toml")
    try:
        is_taken = path.exists() and not force
        if not is_taken:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(line.text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:  # a name that is too long, or with a NUL
        words = getattr(error, "strerror", None) or error
        raise ExperimentError(f"{path}: cannot be written ({words}). Give another --out.") from error
    if is_taken:
        raise ExperimentError(
            f"{path} is there already. Give another file with --out, or replace it with --force."
        )
    return path, line


def _file_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "cell-line"
