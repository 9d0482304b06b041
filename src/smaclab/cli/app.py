"""All commands in one place, and what happens when one of them cannot go on.

Exit codes: 0 done (also when some cells failed), 1 a bug in smaclab, 2 bad input, 3 every cell failed.
"""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from smaclab.cli import (
    assay,
    audit,
    blot,
    calibrate,
    cell_line,
    check,
    compare,
    demo,
    export,
    hypotheses,
    listing,
    network,
    plate,
    profile,
    run,
    sensitivity,
    simulate_sbml,
    swap,
    types,
    verify,
)
from smaclab.cli.screen import complain
from smaclab.errors import SmaclabError

BUG, BAD_INPUT, STOPPED = 1, 2, 130

app = typer.Typer(
    name="smaclab",
    help="A virtual laboratory for cell death by Smac mimetics. Start with: smaclab demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo.demo)
app.command("run")(run.run)
app.command("check")(check.check)
app.command("blot")(blot.blot)
app.command("assay")(assay.assay)
app.command("simulate-sbml")(simulate_sbml.simulate_sbml)
app.command("audit")(audit.audit)
app.command("export")(export.export)
app.command("verify")(verify.verify)
app.command("calibrate")(calibrate.calibrate)
app.command("compare")(compare.compare)
app.command("profile")(profile.profile)
app.command("sensitivity")(sensitivity.sensitivity)
app.command("swap")(swap.swap)
app.command("types")(types.types)
app.command("hypotheses")(hypotheses.hypotheses)
app.command("list")(listing.listing)
app.add_typer(cell_line.app, name="cell-line")
app.add_typer(network.app, name="network")
app.add_typer(plate.app, name="plate")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"smaclab {version('smaclab')}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error. Write it before the command.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """A virtual laboratory for cell death by Smac mimetics. Start with: smaclab demo."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: What stands after `smaclab`; `sys.argv` by default.

    Returns:
        The exit code.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    is_debug = given[:1] == ["--debug"]
    command = typer.main.get_command(app)
    try:
        command.main(args=given, prog_name="smaclab", standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else BUG
    except SmaclabError as letter:
        if is_debug:
            raise
        complain(str(letter))
        return BAD_INPUT
    except KeyboardInterrupt:
        complain("stopped. Nothing was written.")
        return STOPPED
    except BrokenPipeError:
        # The reader (`| head`) has left; the interpreter would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as bug:
        if is_debug:
            raise
        complain(
            f"smaclab met a bug: {type(bug).__name__}: {bug}\n"
            "1. Run it again as `smaclab --debug ...` to see where.\n"
            "2. Send that text, and your file, to the issue tracker."
        )
        return BUG
    return 0
