"""`smaclab-omex -i ARCHIVE -o FOLDER`: runs a COMBINE archive, with BioSimulators' options."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.errors import SmaclabError

BAD_INPUT, FAILED = 2, 3

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("smaclab"))
        raise typer.Exit


@app.command()
def omex(
    archive: Annotated[Path, typer.Option("-i", "--archive", help="The COMBINE archive (.omex).")],
    folder: Annotated[Path, typer.Option("-o", "--out-dir", help="Folder for the reports.")],
    version: Annotated[
        bool, typer.Option("-v", "--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Run the SED-ML files of a COMBINE archive: uniform time courses on SBML models."""
    from smaclab import lab

    done = lab.run_archive(archive, folder)
    for path in done.written:
        screen.say(f"Written: {path}")
    for name, text in done.status.items():
        if text != "SUCCEEDED":
            screen.complain(f"{name}: {text}")
    if not done.all_ok:
        raise typer.Exit(FAILED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one archive.

    Args:
        arguments: what stands after `smaclab-omex`; `sys.argv` by default.

    Returns:
        0: done; 2: the archive is refused; 3: a simulation failed.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        typer.main.get_command(app).main(args=given, prog_name="smaclab-omex", standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except SmaclabError as letter:
        screen.complain(str(letter))
        return BAD_INPUT
    return 0
