"""`smaclab sensitivity LINE`: which of a line's amounts and properties move death, TNF and complex II."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Workers


def sensitivity(
    cell_line: Annotated[str, typer.Argument(help="Its name, such as EVSA-T.")],
    samples: Annotated[
        int, typer.Option("--samples", min=2, help="A power of two; some 55 cells are simulated for each.")
    ] = 64,
    drug: Annotated[str, typer.Option("--drug", help="Given from the start.")] = "SM-164",
    dose: Annotated[str, typer.Option("--dose", help="Such as 100 nM.")] = "100 nM",
    tnf: Annotated[
        str | None, typer.Option("--tnf", help="TNF beside it, such as 10 ng/ml; none by default.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the sampling.")] = 1,
    out: Annotated[Path | None, typer.Option("--out", help="A CSV file of all indices.")] = None,
    workers: Workers = None,
) -> None:
    """Sobol indices of a line's own numbers over their priors, with SALib (extra infer)."""
    from smaclab import lab

    if out is not None and out.suffix != ".csv":
        raise typer.BadParameter(f"{out}: give a name that ends in .csv.", param_hint="--out")
    beside = [{"drug": "TNF", "concentration": tnf}] if tnf is not None else []
    written = {"dose": [{"drug": drug, "concentration": dose}, *beside]}
    with screen.progress("simulating samples") as progress:
        found = lab.sensitivity(
            cell_line,
            samples=samples,
            seed=seed,
            written=written,
            workers=workers or lab.usable_cores(),
            progress=progress,
        )
    screen.show_table(found.table())
    screen.say(f"SIMULATED: {found.cells} cells.")
    if out is not None:
        found.indices.to_csv(out, index=False, lineterminator="\n", float_format="%.6g")
        screen.say(f"Written: {out}")
