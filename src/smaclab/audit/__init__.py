"""A quality score for a kinetic model, ours or any SBML file: what is lost is listed, point by point.

finding      the nouns: criteria with their weights, what was lost and why
document     what the file says of its elements: units, annotations, notes
consistency  libSBML's own check, in a process that may die of the file
balance      whether reactions turn one thing into another out of nothing
behavior     dead species, negative amounts, two solvers, the same twice
score        all of it together
"""

from smaclab.audit.finding import Audit, Criterion, Loss
from smaclab.audit.score import audit_sbml

__all__ = ["Audit", "Criterion", "Loss", "audit_sbml"]
