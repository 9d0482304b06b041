"""A toy well: a ligand that cells secrete, capture and then secrete more of, and an antibody against it.

Beside it stands the judge: all cells and the one medium written as one system for LSODA.
"""

import numpy as np
from scipy.integrate import solve_ivp

from smaclab.kernel import compile_kernel
from smaclab.network.network import Constant, Network, Observable, Parameter, Reaction
from smaclab.network.species import parse_species
from smaclab.simulate.batch import Recipe
from smaclab.simulate.change import Change, Condition, resolve
from smaclab.simulate.death import Watch
from smaclab.simulate.population import Population
from smaclab.simulate.rosenbrock import RosenbrockSolver, program_of
from smaclab.simulate.well import Member, Well
from smaclab.simulate.well_growth import most_cells

NAMES = (
    *("receptors", "receptor_loss", "secretion", "induced", "on", "off", "internalized", "decay"),
    *("antibody_on", "antibody_off", "signal_loss"),
)
VALUES = np.array([3000.0, 1e-4, 2e-3, 1e-4, 3e-8, 1e-4, 1e-4, 5e-5, 1e-8, 1e-4, 5e-5])
LIGAND, RECEPTOR, BOUND, SIGNAL, ANTIBODY, HELD = range(6)
MEDIUM = [LIGAND, ANTIBODY, HELD]
OWN = [RECEPTOR, BOUND, SIGNAL]
DAY = 86_400.0
TOXIC = 300.0  # bound receptors that kill
CLOSE = RosenbrockSolver(rtol=1e-9)
START = (200.0, 300.0)  # molecules a share of ligand and antibody


def toy_network():
    def step(rule, reactants, products, rate):
        return Reaction(rule=rule, reactants=reactants, products=products, rate=rate)

    texts = ["L()@medium", "R()@membrane", "L(r!1)@medium.R(l!1)@membrane", "S()@cell", "A(l)@medium"]
    return Network(
        parameters=tuple(Parameter(name=name, unit="1") for name in NAMES),
        constants=(Constant(name="receptors_made", expression="receptors * receptor_loss"),),
        observables=(
            Observable(name="bound", terms=((BOUND, 1.0),)),
            Observable(name="ligand", terms=((LIGAND, 1.0), (BOUND, 1.0))),
        ),
        species=tuple(parse_species(text) for text in [*texts, "A(l!1)@medium.L(r!1)@medium"]),
        reactions=(
            step("made", (), (RECEPTOR,), "receptors_made"),
            step("lost", (RECEPTOR,), (), "receptor_loss"),
            step("binds", (LIGAND, RECEPTOR), (BOUND,), "on"),
            step("falls_off", (BOUND,), (LIGAND, RECEPTOR), "off"),
            step("goes_in", (BOUND,), (), "internalized"),
            step("signals", (BOUND,), (BOUND, SIGNAL), "induced"),
            step("calms", (SIGNAL,), (), "signal_loss"),
            step("secretes", (SIGNAL,), (LIGAND, SIGNAL), "secretion"),
            step("decays", (LIGAND,), (), "decay"),
            step("is_held", (LIGAND, ANTIBODY), (HELD,), "antibody_on"),
            step("is_let_go", (HELD,), (LIGAND, ANTIBODY), "antibody_off"),
        ),
        inputs={"ligand": LIGAND, "antibody": ANTIBODY},
    )


NETWORK = toy_network()
KERNEL = compile_kernel(NETWORK)


def toy_recipe(*, sigma=0.6, kills=None, end_s=DAY, line="toy", poured=START, more=(), shares=1.0):
    """Cells differ in receptors and in how they secrete; `more` are conditions beside the first dose.

    shares: of medium for each cell; in one of them there is less of what is poured, and what is there meets
    the sooner.
    """
    doses = zip(("ligand", "antibody"), np.array(poured) / shares, strict=True)
    changes = tuple(Change(kind="add_amount", target=name, value=amount) for name, amount in doses)
    first = Condition(time_s=0.0, changes=changes)
    weights = np.eye(6)[BOUND]
    return Recipe(
        experiment="toy",
        population=Population(
            seed=1,
            cell_line=line,
            symbols=("receptors", "secretion", "induced"),
            places=(0, 2, 3),
            sigma=sigma,
        ),
        median=VALUES * np.where(np.isin(NAMES, ("on", "antibody_on")), shares, 1.0),
        changes=resolve([first, *more], NETWORK),
        watches=() if kills is None else (Watch(kind="apoptosis", weights=weights, threshold=kills),),
        end_s=end_s,
    )


def toy_well(n_cells, *, times=None, doubling_s=np.inf, shares=None, end_s=DAY, **recipe):
    """A well of one line. times: s; every two hours by default."""
    shares = most_cells(end_s, [(n_cells, doubling_s)]) if shares is None else shares
    made = toy_recipe(end_s=end_s, shares=shares, **recipe)
    return Well(
        id="toy",
        shares_per_cell=shares,
        members=(Member(recipe=made, cells=range(n_cells), doubling_s=doubling_s),),
        time_s=np.linspace(0.0, made.end_s, 13) if times is None else np.array(times),
        observables=("bound", "ligand"),
        observe=np.array([np.eye(6)[BOUND], np.eye(6)[BOUND] + np.eye(6)[LIGAND]]),
    )


def monolith(well, doubling_s=np.inf):
    """(time, medium species) and (cell,) times of death, from one system of equations.

    well: planned as one that does not grow. doubling_s: of its cells all the same, s.
    """
    recipe = well.members[0].recipe
    parameters = np.concatenate([one.recipe.parameters(one.cells) for one in well.members])
    rest, _, _ = CLOSE.rest(program_of(NETWORK), KERNEL, parameters)
    values, n_cells = KERNEL.constants(parameters), len(parameters)
    kills = recipe.watches[0].threshold if recipe.watches else np.inf
    alive, death_s = np.ones(n_cells, dtype=bool), np.full(n_cells, np.inf)
    state = np.concatenate(([*START, 0.0], rest[:, OWN].ravel()))
    seen, now = np.full((len(well.time_s), len(state)), np.nan), 0.0

    def slope(time_s, state):
        counts = np.zeros((n_cells, 6))
        counts[:, MEDIUM], counts[:, OWN] = state[:3], state[3:].reshape(n_cells, 3)
        counts[~alive] *= np.isin(np.arange(6), MEDIUM)
        change = KERNEL.derivative(counts, values) * np.where(
            alive[:, None], 1.0, np.isin(np.arange(6), MEDIUM)
        )
        # What the medium does by itself it does once, what a cell does as often as there are such cells.
        itself = KERNEL.derivative(counts[:1] * np.isin(np.arange(6), MEDIUM), values[:1])[0, MEDIUM]
        of_cells = (change[:, MEDIUM] - itself) * 2.0 ** (time_s / doubling_s)
        return np.concatenate((itself + of_cells.mean(axis=0), change[:, OWN].ravel()))

    while now < recipe.end_s:
        ends = [_reaching(place, kills) for place in np.flatnonzero(alive)] if recipe.watches else None
        due = well.time_s[well.time_s >= now]
        found = solve_ivp(
            slope, (now, recipe.end_s), state, "LSODA", rtol=1e-10, atol=1e-8, t_eval=due, events=ends
        )
        if len(found.t):
            seen[np.isin(well.time_s, found.t)] = np.array(found.y).T
        if found.status == 0:
            break
        which = next(number for number, times in enumerate(found.t_events) if len(times))
        cell = np.flatnonzero(alive)[which]
        now, state = found.t_events[which][0], found.y_events[which][0]
        alive[cell], death_s[cell] = False, now
    return seen[:, :3], death_s


def _reaching(cell, kills):
    def event(_time, state):
        return state[3 + 3 * cell + 1] - kills

    event.terminal, event.direction = True, 1
    return event
