"""Random networks for tests: sound by construction, with everything the noun allows."""

import numpy as np

from smaclab.network import Constant, Function, Network, Observable, Parameter, Reaction, parse_species


def random_network(seed: int, *, n_species: int = 12, n_reactions: int = 40, n_functions: int = 3) -> Network:
    """A network of monomers, reactions of order 0 to 3, constants that use constants, and promoters."""
    rng = np.random.default_rng(seed)
    names = [*(f"k{i}" for i in range(8)), *(f"K{i}" for i in range(n_functions)), "fold"]
    constants = (
        Constant(name="c0", expression="k0*k1/(k2 + 1)"),
        Constant(name="c1", expression="max(c0, k3) - min(k1, 0.5)**2"),
        Constant(name="c2", expression="exp(-k4) + log(1 + k5)**1.5 - -c0"),
    )
    observables = tuple(
        Observable(
            name=f"o{i}",
            terms=tuple((int(s), float(rng.integers(1, 4))) for s in rng.choice(n_species, 3, replace=False)),
        )
        for i in range(n_functions + 1)
    )
    shapes = (
        "k0*(1 + fold*(o{i}/K{i})**3)/(1 + (o{i}/K{i})**3)",
        "c2*o{i}**1.7/(K{i}**1.7 + o{i}**1.7) + c0*o{j}",
        "min(k1*o{i}, K{i})/(1 + max(o{j}, 2*o{i}))",
    )
    functions = [
        Function(name=f"f{i}", expression=shapes[i % 3].format(i=i, j=i + 1)) for i in range(n_functions)
    ]
    if functions:
        functions.append(Function(name="g", expression="0.5*f0 + exp(-o0/K0)"))
    rates = [*names, "c0", "c1", "c2", *(f.name for f in functions), *(f.name for f in functions)]

    def some(most: int) -> tuple[int, ...]:
        order = min(most, int(rng.choice(4, p=[0.1, 0.4, 0.4, 0.1])))
        return tuple(sorted(int(s) for s in rng.integers(0, n_species, order)))

    reactions = tuple(
        Reaction(
            rule=f"rule_{i // 2}",
            reactants=some(3),
            products=some(2),
            rate=str(rng.choice(rates)),
            factor=float(rng.choice([1.0, 2.0, 0.5])),
        )
        for i in range(n_reactions)
    )
    return Network(
        parameters=tuple(Parameter(name=name, unit="1/s") for name in names),
        constants=constants,
        observables=observables,
        functions=tuple(functions),
        species=tuple(parse_species(f"M{i}(site~s{i % 3})@cell") for i in range(n_species)),
        reactions=reactions,
        initial=((0, "k0"), (2, "c0")),
        inputs={"drug": 1},
    )


def random_state(network: Network, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Parameters and counts that suit `random_network`."""
    rng = np.random.default_rng(seed + 10_000)
    return rng.uniform(0.1, 2.0, len(network.parameters)), rng.uniform(0.1, 5.0, len(network.species))
