"""`smaclab calibrate`: parameter sets that agree with the evidence, in parts that can be stopped."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Workers

STOPPED = 130


def calibrate(
    out: Annotated[Path, typer.Option("--out", help="Folder; the same folder goes on where it stopped.")],
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", min=0.0, help="Stop after this time; go on by the same command."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of all random numbers.")] = 1,
    sets: Annotated[int, typer.Option("--sets", min=2, help="Parameter sets.")] = 200,
    rounds: Annotated[
        int, typer.Option("--rounds", min=0, help="Of learning from the shipped set; 0: from the prior.")
    ] = 12,
    chains: Annotated[int, typer.Option("--chains", min=2, help="Chains, of equally many sets each.")] = 8,
    settling: Annotated[
        int, typer.Option("--settling", min=0, help="Moves of every chain before its sets are kept.")
    ] = 60,
    last_sweeps: Annotated[
        int, typer.Option("--last-sweeps", min=0, help="Moves after that; with more, a folder goes on.")
    ] = 250,
    tempered: Annotated[
        bool,
        typer.Option(
            "--tempered",
            help="Also find the probability of the evidence, for `smaclab compare`.",
        ),
    ] = False,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="Leave this data set out, such as claims. Repeatable."),
    ] = None,
    hypotheses: Annotated[
        list[str] | None,
        typer.Option("--hypotheses", help="Another answer to an open question, such as O03=c. Repeatable."),
    ] = None,
    measurements_only: Annotated[
        bool,
        typer.Option("--measurements-only", help="Do not simulate the claims at all: some ten times faster."),
    ] = False,
    origin: Annotated[
        Path | None,
        typer.Option("--from", help="A folder that is done, whose chains go on here with other evidence."),
    ] = None,
    workers: Workers = None,
) -> None:
    """Look for parameter sets that agree with claims, measurements and bounds.

    Everything is kept after each set. Stopped or killed, the same command goes on, to the same bits.
    """
    from smaclab import claims, lab

    cores = workers or lab.usable_cores()
    letters = claims.read_letters(hypotheses or [])
    chosen = () if measurements_only else claims.own_claims()
    findings = claims.findings(chosen, letters=letters) if chosen else None
    problem = lab.calibration_problem(findings, letters=letters, without=without or [], workers=cores)
    plan = lab.Plan(
        sets=sets,
        seed=seed,
        rounds=rounds,
        chains=chains,
        settling=settling,
        last_sweeps=last_sweeps,
        tempered=tempered,
    )
    left = without or []
    try:
        with screen.count("parameter sets") as told:
            done = lab.calibrate(out, problem, plan, minutes=minutes, told=told, without=left, origin=origin)
    except KeyboardInterrupt:
        screen.complain("stopped. Every parameter set that was simulated is kept; the same command goes on.")
        raise typer.Exit(STOPPED) from None
    cells = done.simulated * done.cells_a_set
    spent = f"{done.core_seconds:.0f} core-seconds in this part"
    cost = f"{done.simulated} parameter sets, {cells} cells at most, {spent}"
    if not done.is_done:
        kept = done.read + done.simulated
        screen.say(f"The time is over: {cost}, {kept} sets in all. Nothing is lost.")
        screen.say("The same command goes on.")
        return
    files = lab.write_calibration_report(out, done)
    screen.show_table(lab.verdict_counts(done))
    screen.show_table(lab.misfit_table(done))
    screen.say(f"{cost}. Written, SIMULATED: {out / 'ensemble.csv'}, and {', '.join(files)} beside it.")
