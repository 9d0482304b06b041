"""`smaclab verify`: the paper's claims, each with a verdict."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import DrawSeed, EnsembleFile, Force, Json, Workers

if TYPE_CHECKING:
    from smaclab.claims.claim import Claim

Claims = Annotated[
    list[str] | None, typer.Option("--claim", help="Only this claim, such as C12. Repeatable.")
]
Letters = Annotated[
    list[str] | None,
    typer.Option("--hypotheses", help="Another answer to an open question, such as O03=c. Repeatable."),
]


def verify(
    claim: Claims = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Only claims with this status: E, H, O, D or B.")
    ] = None,
    hypotheses: Letters = None,
    as_json: Json = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for claims.html and verdicts.json.")
    ] = None,
    force: Force = False,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", min=0, help="Which cells are drawn; a verdict that turns with it is a close one."
        ),
    ] = None,
    workers: Workers = None,
    remember: Annotated[
        bool,
        typer.Option("--remember", help="Keep the verdicts in the package, after a change of the model."),
    ] = False,
    ensemble: Annotated[
        bool, typer.Option("--ensemble", help="In what fraction of the parameter sets each claim holds.")
    ] = False,
    ensemble_file: EnsembleFile = None,
    sets: Annotated[
        int | None, typer.Option("--sets", min=1, help="With --ensemble: so many sets; all by default.")
    ] = None,
    draw_seed: DrawSeed = 1,
    few_cells: Annotated[
        bool,
        typer.Option("--few-cells", help="With --ensemble: 24 cells an experiment, four times faster."),
    ] = False,
) -> None:
    """Run every claim of the paper as an experiment and say which hold."""
    from smaclab import claims, lab
    from smaclab.claims.verify import SEED
    from smaclab.claims.verify import verify as judge

    letters = claims.read_letters(hypotheses or [])
    chosen = claims.chosen(claim or [], status)
    if ensemble or ensemble_file is not None:
        if out is not None or remember:
            given = f"--out {out}" if out is not None else "--remember"
            raise typer.BadParameter(f"{given}: --ensemble writes no page. Leave it out, and add --json.")
        if few_cells:
            chosen = tuple(claims.with_few_cells(one) for one in chosen)
        _over_sets(chosen, letters, (ensemble_file, sets, draw_seed), workers=workers, as_json=as_json)
        return
    if few_cells:
        raise typer.BadParameter(
            f"--few-cells for {len(chosen)} claims: only with --ensemble; verdicts take all cells."
        )
    if out is not None:
        lab.refuse_if_taken(out, force=force)
    with screen.progress("simulating cells") as progress:
        cores = workers or lab.usable_cores()
        found = judge(
            chosen, letters=letters, seed=SEED if seed is None else seed, workers=cores, progress=progress
        )
    folder = None if out is None else claims.write(found, out, letters=letters, force=force)
    if remember:
        screen.say(f"Remembered: {claims.remember(found)}")
    if as_json:
        print(json.dumps([one.record() for one in found.judged], ensure_ascii=False, indent=2))
        return
    screen.show_table(claims.summary(found))
    screen.say(f"{claims.line(found)} {claims.sampled(found)}".rstrip())
    if folder is not None:
        screen.say(f"Written, SIMULATED: {folder / 'claims.html'}, and verdicts.json beside it.")


def _over_sets(
    chosen: "tuple[Claim, ...]",
    letters: Mapping[str, str],
    which: tuple[Path | None, int | None, int],
    *,
    workers: int | None,
    as_json: bool,
) -> None:
    """Say in what fraction of an ensemble's sets each claim holds. which: file, how many sets, seed."""
    from smaclab import claims, lab

    file, sets, draw_seed = which
    known = lab.ensemble_from(file)
    drawn = lab.catalogues(known, sets or len(known.values), lab.own_catalogue(), seed=draw_seed)
    with screen.count("parameter sets") as told:
        over = claims.verify_sets(
            chosen,
            drawn,
            letters=letters,
            workers=workers or lab.usable_cores(),
            progress=lambda done: told("claims", done, 0),
        )
    if as_json:
        print(json.dumps(over.record(), ensure_ascii=False, indent=2))
        return
    screen.show_table(over.table())
    screen.say(over.line())
