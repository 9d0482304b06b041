"""An SBML model over time: without events many cells' solver, with events step by step."""

from smaclab.simulate.sbml.run import Dose, SbmlCourse, simulate_model

__all__ = ["Dose", "SbmlCourse", "simulate_model"]
