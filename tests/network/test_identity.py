from dataclasses import replace

import numpy as np
import pytest

from smaclab.network import Network, Observable, Parameter, Reaction, arranged, identity
from smaclab.network.expression import parse, to_text


def shuffled(network, seed):
    rng = np.random.default_rng(seed)

    def mix(things):
        return tuple(things[i] for i in rng.permutation(len(things)))

    order = rng.permutation(len(network.species))
    new = {int(old): rank for rank, old in enumerate(order)}
    return Network(
        parameters=mix(network.parameters),
        constants=mix(network.constants),
        functions=mix(network.functions),
        observables=mix(
            [replace(o, terms=mix([(new[s], w) for s, w in o.terms])) for o in network.observables]
        ),
        species=tuple(network.species[i] for i in order),
        reactions=mix(
            [
                replace(
                    r,
                    reactants=mix([new[s] for s in r.reactants]),
                    products=mix([new[s] for s in r.products]),
                )
                for r in network.reactions
            ]
        ),
        initial=mix([(new[s], amount) for s, amount in network.initial]),
        inputs={name: new[s] for name, s in network.inputs.items()},
    )


@pytest.mark.parametrize("seed", range(10))
def test_order_does_not_change_the_identity(networks, seed):
    network = networks.random_network(seed)
    assert identity(shuffled(network, seed)) == identity(network)
    assert arranged(shuffled(network, seed)) == arranged(network)


def test_spaces_in_a_formula_do_not_change_the_identity(networks):
    network = networks.random_network(0)
    spaced = tuple(replace(c, expression=to_text(parse(c.expression))) for c in network.constants)
    assert spaced != network.constants
    assert identity(replace(network, constants=spaced)) == identity(network)


def test_structure_changes_the_identity(networks):
    network = networks.random_network(0)
    first, *rest = network.reactions
    constant, *constants = network.constants
    changed = [
        replace(network, reactions=tuple(rest)),
        replace(network, reactions=(replace(first, rate="k1" if first.rate != "k1" else "k2"), *rest)),
        replace(network, reactions=(replace(first, factor=first.factor * 3), *rest)),
        replace(network, reactions=(replace(first, rule="another"), *rest)),
        replace(
            network,
            reactions=(*network.reactions, Reaction(rule="x", reactants=(0,), products=(), rate="k0")),
        ),
        replace(network, constants=(replace(constant, expression=f"2*({constant.expression})"), *constants)),
        replace(network, observables=(*network.observables, Observable(name="more", terms=((0, 1.0),)))),
        replace(network, parameters=(*network.parameters, Parameter(name="more", unit="1"))),
        replace(network, initial=()),
        replace(network, inputs={}),
    ]
    identities = [identity(one) for one in (network, *changed)]
    assert len(set(identities)) == len(identities)


def test_it_is_a_sha256(networks):
    assert len(identity(networks.random_network(0))) == 64


def test_a_network_at_the_place_of_one_that_is_gone_has_its_own_identity(networks):
    network, seen = networks.random_network(0), set()
    for number in range(20):  # each is gone before the next is made, and may get the same place
        more = Parameter(name=f"more_{number}", unit="1/s")
        seen.add(identity(replace(network, parameters=(*network.parameters, more))))
    assert len(seen) == 20
