"""Experiments become a batch: parameters of the median cell, who varies, what changes when, what is kept.

The parameters of a cell are written in layers, each over the one before: the catalogue's values, the
hypotheses, the line's properties and growth, its amounts, the medium's volume, knock-outs, knock-downs and
mutants, the proteins that an in-vitro tube lacks, inhibitions that hold at rest. Where a letter of a question
about lines was chosen, its properties and amounts come right after the line's own. A drug's own parameters
arrive with its first dose, so that the same individual rests in the same state in every arm and that rest is
solved once.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import GeneDosage, KnockDown, KnockOut, Mutate, OverExpress, Perturbation
from smaclab.experiment.pull_down import PullDown
from smaclab.experiment.readout import Readout
from smaclab.experiment.variability import Variability
from smaclab.network.network import Network
from smaclab.network.pull_down import pull_down_weights
from smaclab.simulate.batch import Batch, Recipe
from smaclab.simulate.change import resolve
from smaclab.simulate.death import Place, Watch
from smaclab.simulate.in_vitro import absent, into_the_tube
from smaclab.simulate.population import Kinship, Population
from smaclab.simulate.schedule import conditions

Array = NDArray[Any]

# The names that content and numerics share. `{symbol}` is the HGNC symbol of a protein.
COPIES = "_copies"  # {symbol}_copies: molecules per cell
EXPRESSION = "_expression"  # {symbol}_expression: fraction of the normal synthesis, 1 in an untouched cell
GROWTH_RATE = "growth_rate"  # 1/s
MEDIUM_VOLUME = "medium_volume"  # pl per cell


def plan(experiments: Sequence[Experiment], catalogue: Catalogue, network: Network) -> Batch:
    """The batch of these experiments.

    Args:
        experiments: with the same sample times and number of cells; names as the catalogue knows them.
        catalogue: what the names mean.
        network: whose parameters, inputs and observables the numbers are for.

    Raises:
        SimulationError: experiments that do not fit in one batch, or a name or value that the network lacks.
    """
    experiments = tuple(experiments)
    if not experiments:
        raise SimulationError(f"plan was given {len(experiments)} experiments. It needs at least one.")
    _check_alike(experiments)
    weights = _kept(experiments, catalogue, network)
    observables = tuple(weights)
    return Batch(
        recipes=tuple(_recipe(experiment, catalogue, network) for experiment in experiments),
        n_cells=experiments[0].cells,
        time_s=np.array(experiments[0].sample_s, dtype=float),
        observables=observables,
        observe=np.array([weights[name] for name in observables]).reshape(
            len(observables), len(network.species)
        ),
    )


def _check_alike(experiments: Sequence[Experiment]) -> None:
    first = experiments[0]
    for other in experiments[1:]:
        if other.sample_s != first.sample_s or other.cells != first.cells:
            raise SimulationError(
                f"{first.id} and {other.id} do not fit in one batch: {first.cells} and {other.cells} cells, "
                f"{len(first.sample_s)} and {len(other.sample_s)} sample times. Plan those with equal sample "
                "times and numbers of cells together, the others apart."
            )


def _recipe(experiment: Experiment, catalogue: Catalogue, network: Network) -> Recipe:
    line = catalogue.find_cell_line(experiment.cell_line)
    if line is None:
        names = [known.name for known in catalogue.cell_lines]
        raise SimulationError(unknown("cell line", experiment.cell_line, names, where=experiment.id))
    base = base_parameters(experiment, line, catalogue, network)
    at_rest, in_time = conditions(experiment, catalogue, base)
    median = np.array([at_rest.get(p.name, base[p.name]) for p in network.parameters], dtype=float)
    return Recipe(
        experiment=experiment.id,
        population=_population(experiment, line, network),
        median=median,
        changes=resolve(into_the_tube(experiment, base, in_time), network),
        watches=_watches(catalogue, network, base),
        end_s=max(experiment.duration_s, experiment.sample_s[-1]),
    )


def base_parameters(
    experiment: Experiment, line: CellLine, catalogue: Catalogue, network: Network
) -> dict[str, float]:
    """Every parameter for the line's median cell in this experiment, nothing inhibited yet.

    These are the network's, and the thresholds of death, which no reaction needs to know.

    Raises:
        SimulationError: a value for a parameter that the network lacks, or a parameter without a value.
    """
    names = list(network.parameter_index)
    names += [rule.threshold_parameter for rule in catalogue.deaths if rule.threshold_parameter not in names]
    base = {name: catalogue.parameters[name].value for name in names if name in catalogue.parameters}
    letters = dict(experiment.hypotheses)
    _lay(base, catalogue.hypothesis_settings(letters), names, f"{experiment.id}, hypotheses")
    instead = line.chosen(catalogue.hypothesis_letters(letters))
    properties = {n: v.value for n, v in line.properties.items()}
    properties |= {n: v.value for one in instead for n, v in one.properties.items()}
    _lay(base, properties, names, f"{line.name}, properties")
    amounts = {f"{symbol}{COPIES}": amount.value for symbol, amount in line.amounts.items()}
    amounts |= {f"{symbol}{COPIES}": v.value for one in instead for symbol, v in one.amounts.items()}
    shared = {
        GROWTH_RATE: math.log(2.0) / line.doubling_time_s.value,
        MEDIUM_VOLUME: experiment.medium_volume_pl,
    }
    # A line's file may know more proteins than the network; a toy network neither grows nor has a medium.
    base.update({name: value for name, value in (amounts | shared).items() if name in names})
    _lay(base, _perturbed(experiment, catalogue), names, f"{experiment.id}, perturbations")
    left_behind = {f"{symbol}{EXPRESSION}": 0.0 for symbol in absent(experiment, catalogue)}
    base.update({name: value for name, value in left_behind.items() if name in names})
    lacking = [name for name in names if name not in base]
    if lacking:
        raise SimulationError(
            f"{experiment.id}: no value for {', '.join(lacking)}. Neither the catalogue's parameters nor "
            f"{line.name} gives one."
        )
    wrong = [f"{name} = {value}" for name, value in base.items() if not math.isfinite(value)]
    if wrong:
        raise SimulationError(f"{experiment.id}: {', '.join(wrong)}. A parameter must be a finite number.")
    return base


def _lay(base: dict[str, float], values: Mapping[str, float], names: Iterable[str], where: str) -> None:
    for name in values:
        if name not in names:
            raise SimulationError(unknown("parameter of the network", name, names, where=where))
    base.update(values)


def _perturbed(experiment: Experiment, catalogue: Catalogue) -> dict[str, float]:
    """What perturbations set at rest and in the run: how much of a protein is made, what a mutant lacks."""
    values: dict[str, float] = {}
    for perturbation in experiment.perturbations:
        for name, value in _sets(perturbation, catalogue, experiment.id).items():
            if name in values:
                raise SimulationError(
                    f"{experiment.id}: {getattr(perturbation, 'symbol', name)} is perturbed twice: two "
                    f"perturbations set {name}. Keep one of the two."
                )
            values[name] = value
    return values


def _sets(perturbation: Perturbation, catalogue: Catalogue, where: str) -> Mapping[str, float]:
    """Parameter -> value for as long as the cell lives; nothing for a change in time."""
    match perturbation:
        case KnockOut(symbol=symbol):
            return {f"{symbol}{EXPRESSION}": 0.0}
        case KnockDown(symbol=symbol, remaining=remaining):
            return {f"{symbol}{EXPRESSION}": remaining}
        case OverExpress(symbol=symbol, factor=factor):
            return {f"{symbol}{EXPRESSION}": factor}
        case GeneDosage(symbol=symbol, copies=copies):
            return {f"{symbol}{EXPRESSION}": copies}
        case Mutate():
            return _mutant(perturbation, catalogue, where)
    return {}


def _mutant(change: Mutate, catalogue: Catalogue, where: str) -> Mapping[str, float]:
    mutation = catalogue.find_mutation(change.symbol, change.mutation)
    if mutation is None:
        known = [one.name for one in catalogue.mutations if one.protein == change.symbol]
        raise SimulationError(unknown(f"mutation of {change.symbol}", change.mutation, known, where=where))
    if not change.beside_endogenous:
        return mutation.sets
    if mutation.beside is None:
        raise SimulationError(
            f"{where}: {change.symbol} {mutation.name} cannot be made beside the endogenous protein."
        )
    return {**mutation.beside.sets, mutation.beside.expression: change.factor}


def _population(experiment: Experiment, line: CellLine, network: Network) -> Population:
    places = {p.name: index for index, p in enumerate(network.parameters) if p.name.endswith(COPIES)}
    how = experiment.population or Variability()
    since_s = how.since_division_s
    return Population(
        seed=experiment.seed,
        cell_line=line.name,
        symbols=tuple(name.removesuffix(COPIES) for name in places),
        places=tuple(places.values()),
        sigma=line.variability.value,
        correlation=how.correlation,
        kinship=None if since_s is None else Kinship(since_s=since_s, mixing_s=how.mixing_s),
    )


def _kept(experiments: Iterable[Experiment], catalogue: Catalogue, network: Network) -> dict[str, Array]:
    """Weights of the observables that the readouts need, each once, in order of first use."""
    kept: dict[str, Array] = {}
    for name, where in {name: one for one in experiments for name in one.readouts}.items():
        readout = catalogue.find_readout(name)
        if readout is None:
            names = [r.name for r in catalogue.readouts]
            raise SimulationError(unknown("readout", name, names, where=where.id))
        if readout.pull_down is not None:
            kept.update(_pulled_down(readout, readout.pull_down, experiments, network))
            continue
        for needed in () if readout.special else (readout.observable, readout.per):
            if needed is not None and needed not in kept:
                kept[needed] = observable_weights(network, needed)
    return kept


def _pulled_down(
    readout: Readout, down: PullDown, experiments: Iterable[Experiment], network: Network
) -> dict[str, Array]:
    """What a bead brings, apart for each set of sites that some experiment's mutants close to it."""
    seen = {readout.seen_in(one.perturbations): down.missed(one.perturbations) for one in experiments}
    return {
        name: pull_down_weights(network.species, down.still_holds(missed), down.prey, down.form)
        for name, missed in seen.items()
    }


def observable_weights(network: Network, name: str) -> Array:
    """(species,): how often each species counts in this observable.

    Raises:
        SimulationError: the network has no such observable.
    """
    for observable in network.observables:
        if observable.name == name:
            weights = np.zeros(len(network.species))
            for species, weight in observable.terms:
                weights[species] += weight
            return weights
    raise SimulationError(unknown("observable of the network", name, [o.name for o in network.observables]))


def _watches(catalogue: Catalogue, network: Network, base: Mapping[str, float]) -> tuple[Watch, ...]:
    places = network.parameter_index
    watches = []
    for rule in catalogue.deaths:
        name = rule.threshold_parameter
        threshold = Place(places[name]) if name in places else base[name]
        weights = observable_weights(network, rule.observable)
        divisor = None if rule.divided_by is None else Place(places[rule.divided_by])
        watches.append(Watch(kind=rule.kind, weights=weights, threshold=threshold, divided_by=divisor))
    return tuple(watches)
