"""`smaclab assay KIND FILE`: what a plate reader, a cycler, a cytometer or a microscope would show."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import At, BenchSeed, File, Force, NoNoise, Picture, Replicates, Width, Workers


def assay(
    kind: Annotated[
        str, typer.Argument(help="elisa, qpcr, viability, caspase, annexin, reporter, ladder or pathway.")
    ],
    file: File,
    of: Annotated[
        str | None,
        typer.Option(
            "--of",
            help="qpcr: a gene; caspase: caspase-3, -8 or -9; reporter: caspase-3, caspase-8 or NF-kB; "
            "elisa: free or total; ladder: cIAP1, cIAP2 or RIP1; pathway: an experiment.",
        ),
    ] = None,
    at: At = None,
    out: Picture = None,
    replicates: Replicates = 3,
    seed: BenchSeed = 1,
    no_noise: NoNoise = False,
    width: Width = None,
    force: Force = False,
    workers: Workers = None,
) -> None:
    """Read the experiments of a file with one instrument; the first sample is the control."""
    from smaclab import lab

    if out is not None:
        lab.refuse_picture(out, force=force)
    with screen.progress("simulating cells") as progress:
        made = lab.assay(
            kind,
            file,
            of=of,
            at=at,
            replicates=replicates,
            seed=None if no_noise else seed,
            workers=workers or lab.usable_cores(),
            progress=progress,
        )
    screen.show_table(made.means())
    if out is not None:
        made.write(out, width_px=width or 800, force=force)
        screen.say(f"Written, SIMULATED: {out}, and {Path(out).with_suffix('.csv').name} beside it.")
