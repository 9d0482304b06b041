"""`smaclab blot FILE --proteins ...`: an immunoblot, or with `--ip` a co-IP, as a picture."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import At, BenchSeed, File, Force, NoNoise, Picture, Replicates, Width, Workers


def blot(
    file: File,
    proteins: Annotated[
        str | None,
        typer.Option(
            "--proteins",
            help='What is shown, such as "cIAP1, PARP, p-JNK", from top down; [blot] of the file by default.',
        ),
    ] = None,
    at: At = None,
    out: Picture = None,
    ip: Annotated[
        str | None, typer.Option("--ip", help="A bait, such as caspase-8 or Fc-TNF: its IP beside the input.")
    ] = None,
    fraction: Annotated[
        list[str] | None,
        typer.Option(
            "--fraction", help="lysate (the default), cytoplasm, nucleus or mitochondria. Repeatable."
        ),
    ] = None,
    detector: Annotated[str | None, typer.Option("--detector", help="film (the default) or imager.")] = None,
    exposure: Annotated[
        str | None,
        typer.Option("--exposure", help="short, usual (strongest band just dark), long, or times it: 3."),
    ] = None,
    replicates: Replicates = 1,
    seed: BenchSeed = 1,
    no_noise: NoNoise = False,
    width: Width = None,
    force: Force = False,
    workers: Workers = None,
) -> None:
    """Blot the experiments of a file: a lane an experiment and time; densitometry as a table."""
    from smaclab import lab

    plan = lab.blot_plan(file)
    as_planned = (plan.detector, plan.exposure) if plan else ("film", "usual")
    instrument = lab.Immunoblot(
        detector=as_planned[0] if detector is None else detector,  # type: ignore[arg-type]
        exposure=as_planned[1] if exposure is None else _exposure(exposure),
    )
    if out is not None:
        lab.refuse_picture(out, force=force)
    with screen.progress("simulating cells") as progress:
        make = partial(lab.blot, file, proteins, fractions=fraction)
        if ip is not None:
            make = partial(lab.ip, file, ip, proteins or (plan.proteins if plan else ""))
        made = make(
            at=at,
            replicates=replicates,
            seed=None if no_noise else seed,
            instrument=instrument,
            workers=workers or lab.usable_cores(),
            progress=progress,
        )
    screen.show_table(made.means())
    if out is not None:
        made.write(out, width_px=width or 1000, force=force)
        screen.say(f"Written, SIMULATED: {out}, and {Path(out).with_suffix('.csv').name} beside it.")


def _exposure(text: str) -> str | float:
    """A number where it is one; the bench knows the words."""
    try:
        return float(text)
    except ValueError:
        return text
