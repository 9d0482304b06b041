"""`smaclab compare A.csv B.csv`: which hypothesis the evidence prefers, of ensembles made with each."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen


def compare(
    files: Annotated[
        list[Path], typer.Argument(help="Ensembles of `smaclab calibrate --hypotheses`, two or more.")
    ],
) -> None:
    """Say what the evidence prefers, rules out, or cannot tell, by the ratio of its probabilities."""
    from smaclab import lab

    screen.show_table(lab.comparison(files))
    screen.say("Behind: ln of the Bayes factor. SIMULATED; valid as far as the priors are meant.")
