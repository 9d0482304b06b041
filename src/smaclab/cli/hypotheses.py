"""`smaclab hypotheses`: what hangs on each open question, what would answer it, what the evidence says."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import DrawSeed, EnsembleFile, Json, Workers

if TYPE_CHECKING:
    from smaclab.lab import Ensemble


def hypotheses(
    question: Annotated[
        list[str] | None, typer.Option("--question", help="Only this question, such as O03. Repeatable.")
    ] = None,
    sets: Annotated[
        int,
        typer.Option(
            "--ensemble",
            min=0,
            help="Instead: what claims and measurements say of each answer, over so many parameter sets.",
        ),
    ] = 0,
    ensemble_file: EnsembleFile = None,
    draw_seed: DrawSeed = 1,
    as_json: Json = False,
    workers: Workers = None,
) -> None:
    """Run the claims that hang on open questions under each answer, and find what tells answers apart."""
    from smaclab import claims, lab

    ids = claims.known_questions(question or [])
    if sets:
        drawn = (lab.ensemble_from(ensemble_file), sets, draw_seed)
        _over_sets(ids, drawn, workers=workers or lab.usable_cores(), as_json=as_json)
        return
    if ensemble_file is not None:
        raise typer.BadParameter(f"--ensemble-file {ensemble_file}: say with --ensemble how many sets of it.")
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


def _over_sets(
    ids: Sequence[str], drawn: tuple["Ensemble", int, int], *, workers: int, as_json: bool
) -> None:
    from smaclab import claims

    ensemble, sets, seed = drawn
    with screen.count("parameter sets") as told:
        found = claims.weigh_answers(
            claims.own_claims(),
            ids,
            ensemble,
            sets,
            seed=seed,
            workers=workers,
            progress=lambda done: told("answers", done, 0),
        )
    if as_json:
        print(json.dumps(found.record(), ensure_ascii=False, indent=2))
        return
    screen.show_table(found.table())
    screen.say(found.words())
