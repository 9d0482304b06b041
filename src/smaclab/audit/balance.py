"""Whether mass is kept, moiety by moiety where a model says what its species are made of.

Where species name their parts (MIRIAM `is`, `isVersionOf`, `hasPart`, `encodes`), a reaction may bring parts
in, or take parts away, as synthesis and turnover do, but not both: then one part would have become another.
Where they do not, each reaction that uses something up and makes something must be possible with a positive
mass for every species: a linear program, as memote's stoichiometric consistency for flux models.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from smaclab.audit.document import Said
from smaclab.network.sbml import SbmlModel

Net = Mapping[str, float]  # species -> gain
NAMING = ("is", "isVersionOf", "hasPart", "hasVersion", "encodes")


def nets(model: SbmlModel) -> dict[str, Net]:
    """What each reaction changes; steps of one reaction are added.  Rate rules are no reactions."""
    names = [one.removeprefix("x_").removeprefix("v_") for one in model.states]
    found: dict[str, Counter[str]] = {}
    for step in model.network.reactions:
        if step.rule not in model.quantities or model.quantities[step.rule].kind != "reaction":
            continue
        net = found.setdefault(step.rule, Counter())
        for place, gain in step.change().items():
            if net[names[place]] == 0:  # several terms of one law change the same species alike
                net[names[place]] = gain  # type: ignore[assignment]
    return {name: dict(net) for name, net in found.items()}


def parts_of(said: Sequence[Said]) -> dict[str, Counter[str]]:
    """What each species is made of, as far as its annotation names it."""
    found = {}
    for one in said:
        if one.kind != "species":
            continue
        parts = [
            f"{name} {address}" if name == "encodes" else address
            for name in NAMING
            for address in one.links.get(name, ())
        ]
        if parts:
            found[one.id] = Counter(_database_first(parts))
    return found


def _database_first(addresses: Sequence[str]) -> list[str]:
    """The addresses of one database, so that two names of one part count once: the first that is there."""
    first = addresses[0].replace(":", "/").rstrip("/").rsplit("/", 1)[0]
    kept = [one for one in addresses if one.replace(":", "/").rstrip("/").rsplit("/", 1)[0] == first]
    return kept or list(addresses[:1])


def turned(nets_: Mapping[str, Net], parts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Reactions in which one part becomes another; those whose species are not all known are left out.

    Parts are looked at as being there or not: an annotation does not say how many of a part a complex holds.
    """
    found = []
    for name, net in nets_.items():
        if not all(one in parts for one in net):
            continue
        before = {part for one, gain in net.items() if gain < 0 for part in parts[one]}
        after = {part for one, gain in net.items() if gain > 0 for part in parts[one]}
        if before - after and after - before:
            found.append(name)
    return found


def massless(nets_: Mapping[str, Net]) -> list[str]:
    """Species that can have no positive mass if reactions that use something and make something keep mass.

    Returns:
        Their names; empty where every species can have one.
    """
    two_sided = [
        net for net in nets_.values() if min(net.values(), default=0) < 0 < max(net.values(), default=0)
    ]
    names = sorted({one for net in two_sided for one in net})
    if not names:
        return []
    place = {name: number for number, name in enumerate(names)}
    n = len(names)
    rows = [(row, place[one], gain) for row, net in enumerate(two_sided) for one, gain in net.items()]
    # Masses m and indicators z: N m = 0, z <= m, 0 <= z <= 1; as many z as possible reach 1.
    balance = csr_matrix(
        ([one[2] for one in rows], ([one[0] for one in rows], [one[1] for one in rows])),
        shape=(len(two_sided), 2 * n),
    )
    link = csr_matrix(np.hstack([-np.eye(n), np.eye(n)]))
    found: Any = linprog(
        np.concatenate([np.zeros(n), -np.ones(n)]),
        A_ub=link,
        b_ub=np.zeros(n),
        A_eq=balance,
        b_eq=np.zeros(len(two_sided)),
        bounds=[(0, None)] * n + [(0, 1)] * n,
        method="highs",
    )
    if found.status != 0:
        return names
    return [name for name, number in place.items() if found.x[n + number] < 0.5]
