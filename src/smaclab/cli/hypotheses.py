"""`smaclab hypotheses`: what hangs on each open question, and what would answer it."""

import json
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Json, Workers


def hypotheses(
    question: Annotated[
        list[str] | None, typer.Option("--question", help="Only this question, such as O03. Repeatable.")
    ] = None,
    as_json: Json = False,
    workers: Workers = None,
) -> None:
    """Run the claims that hang on open questions under each answer, and find what tells answers apart."""
    from smaclab import claims, lab

    ids = claims.known_questions(question or [])
    with screen.progress("simulating cells") as progress:
        cores = workers or lab.usable_cores()
        found = claims.answer(
            claims.own_claims(),
            claims.own_candidates(),
            ids,
            grid=claims.own_grid(),
            workers=cores,
            progress=progress,
        )
    if as_json:
        print(json.dumps([one.record() for one in found], ensure_ascii=False, indent=2))
        return
    screen.show_table(claims.verdict_table(found))
    screen.show_table(claims.separation_table(found))
    screen.say("Sizes are in steps that an assay sees: a fifth of a ratio, or a tenth of the cells alive.")
