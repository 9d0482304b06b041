"""`smaclab swap LINE --with DONOR`: what of the donor makes the line live or die as the donor does."""

from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Workers


def swap(
    cell_line: Annotated[str, typer.Argument(help="Who gets the numbers, such as 'HCT 116'.")],
    donor: Annotated[str, typer.Option("--with", help="Whose numbers they are, such as EVSA-T.")],
    drug: Annotated[str, typer.Option("--drug", help="The mimetic.")] = "SM-164",
    dose: Annotated[str, typer.Option("--dose", help="Of the mimetic.")] = "100 nM",
    tnf: Annotated[str, typer.Option("--tnf", help="TNF, alone and with the mimetic.")] = "10 ng/ml",
    cells: Annotated[int, typer.Option("--cells", min=2, help="For each treatment.")] = 24,
    workers: Workers = None,
) -> None:
    """Give a cell line the amounts and properties of another, one by one, and see which turn its type."""
    from smaclab import lab

    with screen.progress("simulating swaps") as progress:
        found = lab.swap(
            cell_line,
            donor,
            doses=({"drug": drug, "concentration": dose}, {"drug": "TNF", "concentration": tnf}),
            cells=cells,
            workers=workers or lab.usable_cores(),
            progress=progress,
        )
    screen.show_table(found.table())
    if found.own.type == found.donor.type:
        screen.say(f"Both are of type {found.own.type}: there is nothing to turn.")
    elif found.fewest is None:
        screen.say("No few of them turn one type into the other.")
    else:
        names = ", ".join(found.fewest.names)
        screen.say(f"{found.own.type} becomes {found.fewest.type} by: {names}.")
    screen.say("SIMULATED. What each number of a line is worth stands with it: docs/model/cell-lines.md.")
