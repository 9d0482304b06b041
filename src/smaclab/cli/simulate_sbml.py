"""`smaclab simulate-sbml`: a model of others, over time."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.errors import SbmlError, SolveError

FAILED = 3


def simulate_sbml(
    file: Annotated[Path, typer.Argument(help="An SBML file, Level 2 or 3.")],
    end: Annotated[float, typer.Option("--end", help="When to stop, in the model's unit of time.")],
    points: Annotated[int, typer.Option("--points", help="How many times, evenly spaced.")] = 51,
    start: Annotated[float, typer.Option("--start", help="When to begin.")] = 0.0,
    out: Annotated[Path | None, typer.Option("--out", help="CSV to write; the screen by default.")] = None,
    select: Annotated[str, typer.Option("--select", help="Ids to show, with commas; all by default.")] = "",
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="ID=VALUE instead of the file's value; may be repeated.")
    ] = None,
    dose: Annotated[
        list[str] | None,
        typer.Option("--dose", help="ID=AMOUNT@TIME: add to a species; may be repeated."),
    ] = None,
    rtol: Annotated[float, typer.Option("--rtol", help="Relative tolerance.")] = 1e-9,
    atol: Annotated[
        float | None, typer.Option("--atol", help="Absolute tolerance; each state's own by default.")
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--seconds",
            help="How long solving may take; by default all is done within ten.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Simulate an SBML model: a table of time and every id, as CSV."""
    from smaclab import lab

    try:
        result = lab.simulate_sbml(
            file,
            end=end,
            points=points,
            start=start,
            set=lab.read_settings(set_ or []),
            doses=[lab.read_dose(one) for one in dose or []],
            select=[one.strip() for one in select.split(",") if one.strip()],
            relative=rtol,
            absolute=atol,
            **({} if seconds is None else {"seconds": seconds}),
        )
    except SolveError as letter:
        screen.complain(str(letter))
        raise typer.Exit(FAILED) from letter
    text = result.table.to_csv(index=False, float_format="%.12g", lineterminator="\n")
    if out is None:
        print(text, end="")
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise SbmlError(f"{out}: cannot be written ({problem.strerror}).") from problem
    screen.say(f"Written: {out}")
