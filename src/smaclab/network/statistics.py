"""What a network costs and what is odd about it, in a handful of numbers."""

from typing import Any

from smaclab.network.network import Network
from smaclab.network.ordering import jacobian_pattern, order_elimination


def statistics(network: Network) -> dict[str, Any]:
    """Sizes, the cost of a factorization, conserved totals and unmakeable species.

    Returns:
        `species`, `reactions`, `parameters`; `jacobian_nnz`, entries of the Jacobian that are not always
        zero; `lu_nnz`, entries of its LU factors with the diagonal; `lu_fma`, multiply-adds of one
        factorization; `conserved_totals`, names; `unmakeable`, names of species that nothing can make.
        All of them are numbers, strings or lists, ready for JSON.
    """
    pattern = jacobian_pattern(network)
    elimination = order_elimination(pattern, len(network.species))
    return {
        "species": len(network.species),
        "reactions": len(network.reactions),
        "parameters": len(network.parameters),
        "jacobian_nnz": len(pattern),
        "lu_nnz": len(elimination.entries),
        "lu_fma": elimination.multiply_adds,
        "conserved_totals": [total.name for total in network.conserved()],
        "unmakeable": [network.species[place].name for place in unmakeable(network)],
    }


def unmakeable(network: Network) -> tuple[int, ...]:
    """Species that are never there: not at the start, not poured in, not made from anything that can be.

    Whether a rate or a starting amount happens to be zero does not count; only structure does.
    """
    makeable = {place for place, _ in network.initial} | set(network.inputs.values())
    waiting = list(network.reactions)
    while True:
        ready = [makeable.issuperset(reaction.reactants) for reaction in waiting]
        if not any(ready):
            return tuple(sorted(set(range(len(network.species))) - makeable))
        for reaction, now in zip(waiting, ready, strict=True):
            if now:
                makeable |= set(reaction.products)
        waiting = [reaction for reaction, now in zip(waiting, ready, strict=True) if not now]
