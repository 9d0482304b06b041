"""The classic problems said otherwise: in molecules, and with every speed a function of observables."""

from collections import Counter
from dataclasses import replace

import numpy as np

from smaclab.network import Function, Observable, Reaction
from tests.kernel.classic_problems import ClassicProblem


def in_copies(problem: ClassicProblem, copies: float) -> ClassicProblem:
    """The same chemistry with `copies` molecules for each published unit: rates change by their order.

    Raises:
        ValueError: the network has functions, whose formulas know nothing of the new unit.
    """
    if problem.network.functions:
        raise ValueError(f"{problem.name} has functions; only mass action can be given in copies.")
    reactions = tuple(
        replace(one, factor=one.factor * copies ** (1 - len(one.reactants)))
        for one in problem.network.reactions
    )
    starts = np.array([one.name.startswith("start_") for one in problem.network.parameters])
    return replace(
        problem,
        network=replace(problem.network, reactions=reactions),
        parameters=np.where(starts, problem.parameters * copies, problem.parameters),
        start=problem.start * copies,
        solution=problem.solution * copies,
        floor=problem.floor * copies,
        equations=lambda y: copies * problem.equations(y / copies),
    )


def through_functions(problem: ClassicProblem) -> ClassicProblem:
    """The same equations, each speed a function of observables: `-> species`, with factors of both signs."""
    old = problem.network
    functions, reactions = list(old.functions), []
    for place, reaction in enumerate(old.reactions):
        powers = Counter(reaction.reactants)
        factors = [reaction.rate, *(f"o{one}**{power}" for one, power in powers.items())]
        functions.append(Function(name=f"speed_{place}", expression="*".join(factors)))
        reactions += [
            Reaction(
                rule=reaction.rule,
                reactants=(),
                products=(species,),
                rate=f"speed_{place}",
                factor=reaction.factor * change,
            )
            for species, change in reaction.change().items()
        ]
    every = tuple(Observable(name=f"o{place}", terms=((place, 1.0),)) for place in range(len(old.species)))
    network = replace(
        old,
        observables=(*old.observables, *every),
        functions=tuple(functions),
        reactions=tuple(reactions),
    )
    return replace(problem, name=f"{problem.name}_through_functions", network=network)
