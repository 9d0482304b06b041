"""PEtab problems, versions 1 and 2: read, evaluated and written.

yaml_text    the few lines of YAML that a problem's file is
mathematics  PEtab's formulas
tables       tab-separated tables
problem      the nouns: observables, measurements, experiments, parameters
read         files become a problem (read_v1, read_v2: what is particular to each)
course       a problem's experiments over time
priors       logarithms of prior densities
evaluate     simulations, likelihood, chi squared
calibrate    the parameters of the least negative log-likelihood near some start
write        an experiment of ours as a problem
"""

from smaclab.exchange.petab.calibrate import Calibration, calibrate_problem
from smaclab.exchange.petab.evaluate import Evaluation, evaluate_problem
from smaclab.exchange.petab.problem import PetabProblem
from smaclab.exchange.petab.read import from_petab

__all__ = [
    "Calibration",
    "Evaluation",
    "PetabProblem",
    "calibrate_problem",
    "evaluate_problem",
    "from_petab",
]
