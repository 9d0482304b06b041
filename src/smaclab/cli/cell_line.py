"""`smaclab cell-line new`: a line's file from a person's own transcripts."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen

app = typer.Typer(help="A cell line of your own.", no_args_is_help=True)


@app.callback()
def commands() -> None:
    """A cell line of your own."""


@app.command("new")
def new(
    expression: Annotated[
        Path, typer.Option("--expression", help="A table: a gene symbol and its TPM in each row.")
    ],
    name: Annotated[str, typer.Option("--name", help="What experiments call the line.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; named after the line by default.")
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option(
            "--reference",
            help="The same table of HEK 293 from your own pipeline; the Human Protein Atlas' by default.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file that is there.")] = False,
) -> None:
    """Derive a line's amounts from transcripts, and say what had to be assumed."""
    from smaclab import lab

    file, line = lab.new_cell_line(expression, name, out=out, reference=reference, force=force)
    screen.say(f"Written: {file}")
    screen.say(f"Reference: {line.reference}, ratios of transcripts, each plus 0.5 TPM, clipped to 0.05-20.")
    screen.say(f"Derived ({len(line.derived)}): {_listed(line.derived)}.")
    screen.say(f"Scaled from a sibling gene, a guess ({len(line.guessed)}): {_listed(line.guessed)}.")
    screen.say(f"Not in the table, so the median of 69 lines ({len(line.missing)}): {_listed(line.missing)}.")
    screen.show_rows(["assumed", "why"], list(line.assumed.items()))
    for note in line.notes:
        screen.say(f"Note: {note}")
    screen.say(
        "Before you trust a run, set TNF_competence, RIPK1_checkpoint, TNF_basal_transcription and the "
        f"doubling time in {file}: they decide who dies, and no transcript tells them."
    )
    screen.say(f'Then write cell_line = "{file.name}" in an experiment that lies in the same folder.')


def _listed(symbols: tuple[str, ...]) -> str:
    return ", ".join(symbols) or "none"
