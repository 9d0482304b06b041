"""An executable model of cell death by Smac mimetics, and the virtual laboratory around it.

import smaclab
result = smaclab.run("experiment.toml")     # or smaclab.load, check, demo, listing
result.readouts, result.summary(), result.figure("viability"), result.write("folder")

Names are loaded when they are first used (PEP 562): importing the package loads nothing else.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smaclab.errors import ExperimentError as ExperimentError
    from smaclab.errors import SmaclabError as SmaclabError
    from smaclab.lab import Activate as Activate
    from smaclab.lab import Campaign as Campaign
    from smaclab.lab import Dose as Dose
    from smaclab.lab import Experiment as Experiment
    from smaclab.lab import GeneDosage as GeneDosage
    from smaclab.lab import Inhibit as Inhibit
    from smaclab.lab import KnockDown as KnockDown
    from smaclab.lab import KnockOut as KnockOut
    from smaclab.lab import MediumChange as MediumChange
    from smaclab.lab import Mutate as Mutate
    from smaclab.lab import OverExpress as OverExpress
    from smaclab.lab import Plate as Plate
    from smaclab.lab import PlateResult as PlateResult
    from smaclab.lab import Result as Result
    from smaclab.lab import SbmlResult as SbmlResult
    from smaclab.lab import SharedWell as SharedWell
    from smaclab.lab import Variability as Variability
    from smaclab.lab import check as check
    from smaclab.lab import demo as demo
    from smaclab.lab import listing as listing
    from smaclab.lab import load as load
    from smaclab.lab import read_plate as read_plate
    from smaclab.lab import run as run
    from smaclab.lab import run_many as run_many
    from smaclab.lab import run_plate as run_plate
    from smaclab.lab import simulate_sbml as simulate_sbml

_ERRORS = ("ExperimentError", "SmaclabError")
_LAB = (
    *("Activate", "Campaign", "Dose", "Experiment", "GeneDosage", "Inhibit", "KnockDown"),
    *("KnockOut", "MediumChange", "Mutate", "OverExpress", "Plate", "PlateResult", "Result"),
    *("SbmlResult", "SharedWell", "Variability"),
    *("check", "demo", "listing", "load", "read_plate", "run", "run_many", "run_plate", "simulate_sbml"),
)
__all__ = sorted([*_ERRORS, *_LAB, "__version__"])


def __getattr__(name: str) -> Any:
    if name in _ERRORS:
        return getattr(importlib.import_module("smaclab.errors"), name)
    if name in _LAB:
        return getattr(importlib.import_module("smaclab.lab"), name)
    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("smaclab")
    raise AttributeError(f"smaclab has no {name!r}. Public names: {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return list(__all__)
