"""`smaclab profile PARAMETER`: how likely the best set is at other values of one parameter."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Force, Picture, Workers


def profile(
    parameter: Annotated[list[str], typer.Argument(help="Names, such as 'CASP8 amount'.")],
    folder: Annotated[Path, typer.Option("--calibration", help="Folder of `smaclab calibrate`.")],
    rounds: Annotated[
        int, typer.Option("--rounds", min=1, help="Of optimizing all others; each simulates a set a value.")
    ] = 4,
    measurements_only: Annotated[
        bool, typer.Option("--measurements-only", help="The folder was made with it.")
    ] = False,
    hypotheses: Annotated[
        list[str] | None, typer.Option("--hypotheses", help="The folder was made with it. Repeatable.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="The folder was made with it. Repeatable.")
    ] = None,
    out: Picture = None,
    force: Force = False,
    workers: Workers = None,
) -> None:
    """Pin a parameter at other values, optimize all others, and say how much worse the best set is."""
    from smaclab import claims, lab

    if out is not None:
        lab.refuse_picture(out, force=force)
    letters = claims.read_letters(hypotheses or [])
    chosen = () if measurements_only else claims.own_claims()
    problem, _ = lab.calibration_problem(
        claims.findings(chosen, letters=letters) if chosen else None,
        letters=letters,
        without=without or [],
        workers=workers or lab.usable_cores(),
    )
    with screen.count("parameter sets") as told:
        found = lab.profile(folder, parameter, problem, rounds=rounds, told=told)
    screen.show_table(lab.profile_table(lab.profile_frame(problem, found)))
    screen.say(
        "SIMULATED. Loss: of ln(posterior), from the best set of all. A set so good exists; where it says "
        '"none found", a longer search (--rounds) may find one.'
    )
    if out is not None:
        written = lab.save_profiles(problem, found, out, force=force)
        screen.say(f"Written: {written}, and {written.with_suffix('.csv').name} beside it.")
