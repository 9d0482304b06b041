"""The command line: reads what a person typed, calls `lab`, shows what comes back.

Nothing heavy is imported before a command runs, so `smaclab --help` answers at once.
"""

from smaclab.cli.app import main

__all__ = ["main"]
