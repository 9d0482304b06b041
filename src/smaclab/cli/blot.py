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
        str,
        typer.Option("--proteins", help='What is shown, such as "cIAP1, PARP, p-JNK", from top to bottom.'),
    ],
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
    detector: Annotated[str, typer.Option("--detector", help="film or imager.")] = "film",
    exposure: Annotated[
        float, typer.Option("--exposure", help="1: the strongest band is just dark; 3: three times as long.")
    ] = 1.0,
    replicates: Replicates = 1,
    seed: BenchSeed = 1,
    no_noise: NoNoise = False,
    width: Width = None,
    force: Force = False,
    workers: Workers = None,
) -> None:
    """Blot the experiments of a file: a lane an experiment and time; densitometry as a table."""
    from smaclab import lab

    instrument = lab.Immunoblot(detector=detector, exposure=exposure)  # type: ignore[arg-type]
    if out is not None:
        lab.refuse_picture(out, force=force)
    with screen.progress("simulating cells") as progress:
        make = partial(lab.blot, file, proteins, fractions=fraction or ["lysate"])
        if ip is not None:
            make = partial(lab.ip, file, ip, proteins)
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
