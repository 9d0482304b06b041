"""How far each parameter may move by itself before the evidence minds: one at a time, before chains move.

Of the model's own 308 parameters a third changes the log-likelihood by less than 0.01 over a whole prior
standard deviation, a third by more than 3. Moves of one length for all are as short as the stiffest asks for;
in proportion to what each costs, a third of the parameters is drawn anew with every move.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.infer.problem import Problem

Array = NDArray[Any]

LOOKS: Final = 2
"""A prior standard deviation up from one set, and down from another."""
UPWARD: Final = 0.3
"""A gain in log-likelihood counts so much of a loss: it says that the parameter matters."""
MOST: Final = 1e4
LEAST: Final = 1e-6


def moved_alone(places: Array, random: np.random.Generator) -> tuple[Array, Array]:
    """Sets in each of which one parameter moved.

    Args:
        places: (place, parameter), likely sets.
        random: which of them, and which way first.

    Returns:
        (look * parameter, parameter), and which of the places each comes from, (look * parameter,).
    """
    number, size = places.shape
    first = random.integers(number, size=size)
    # The second look is from another place, where there is one.
    second = (first + 1 + random.integers(max(1, number - 1), size=size)) % number
    way = random.choice([-1.0, 1.0], size)
    whose = np.concatenate([first, second])
    sets = places[whose]
    rows = np.arange(LOOKS * size)
    sets[rows, rows % size] += np.concatenate([way, -way])
    return sets, whose


def reach(problem: Problem, predicted: Array, likely: Array) -> Array:
    """How far each parameter may go at the same cost, in units that a sampler adapts.

    Args:
        problem: whose evidence.
        predicted: (look * parameter, number), of the sets of `moved_alone`.
        likely: (look * parameter,), log-likelihood of the places that they come from.

    Returns:
        (parameter,): 1 / sqrt(the loss of log-likelihood by one prior standard deviation), the larger of two.
    """
    change = problem.log_likelihood(predicted) - likely
    change = np.where(np.isfinite(change), change, -MOST)
    loss = np.maximum(-change, UPWARD * change).reshape(LOOKS, -1).max(axis=0)
    return np.asarray(1.0 / np.sqrt(np.clip(loss, LEAST, MOST)))
