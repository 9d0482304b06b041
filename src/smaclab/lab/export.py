"""One cell of an experiment as a file that other software reads."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from smaclab.biology.citations import cited_in
from smaclab.errors import ExperimentError
from smaclab.exchange.links import About, links_of
from smaclab.exchange.sbml import write_sbml
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.readout import Readout
from smaclab.kernel.compile import compile_kernel
from smaclab.lab.bench import own_network
from smaclab.lab.door import Source, catalogue_for, load
from smaclab.network.network import Network, Observable
from smaclab.network.pull_down import pull_down_weights
from smaclab.simulate.plan import plan
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.status import Status


def experiment_sbml(
    source: Source,
    *,
    cell: int | None = None,
    catalogue: Catalogue | None = None,
    network: Network | None = None,
) -> str:
    """One experiment as SBML: the cell at its own rest, its doses and other changes as events, its readouts.

    Args:
        source: A TOML file, a dict with the same keys or an `Experiment`.
        cell: Which cell; None is the line's median cell.
        catalogue: What names mean; the package's own by default.
        network: What reacts; the package's own by default.

    Returns:
        The text of the file.  The viability readout is not in it: see `exchange.sbml`.

    Raises:
        ExperimentError: something is wrong with the source, it is a campaign, or the cell finds no rest.
        NetworkError: the extra [sbml] is missing.
    """
    catalogue = catalogue_for(source) if catalogue is None else catalogue
    loaded = load(source, catalogue=catalogue)
    if isinstance(loaded, Campaign):
        raise ExperimentError(f"{loaded.id} is a campaign. A file holds one experiment: give one of its own.")
    if cell is not None and cell < 0:
        raise ExperimentError(f"{loaded.id}: cell {cell}. Cells are numbered from 0.")
    kernel = compile_kernel(own_network() if network is None else network)
    recipe = plan([loaded], catalogue, kernel.network).recipes[0]
    parameters = recipe.median if cell is None else recipe.parameters(range(cell, cell + 1))[0]
    rest = SciPySolver().rest(kernel, parameters)
    if rest.status is not Status.OK:
        raise ExperimentError(f"{loaded.id}: the cell finds no rest ({rest.message}).")
    found = [one for name in loaded.readouts if (one := catalogue.find_readout(name)) is not None]
    return write_sbml(
        _with_pull_downs(kernel.network, found, loaded),
        counts=rest.counts,
        parameters=parameters,
        changes=recipe.changes,
        readouts=found,
        medium_volume_pl=loaded.medium_volume_pl,
        about=About(id=loaded.id, links=links_of(kernel.network, catalogue, loaded, cited_in)),
    )


def _with_pull_downs(network: Network, readouts: Sequence[Readout], experiment: Experiment) -> Network:
    """The network, with an observable for each pull-down that it does not observe by itself."""
    more = {}
    for one in readouts:
        if one.pull_down is not None:
            down = one.pull_down
            held = down.still_holds(down.missed(experiment.perturbations))
            weights = pull_down_weights(network.species, held, down.prey, down.form)
            terms = tuple((int(place), float(weights[place])) for place in np.flatnonzero(weights))
            more[one.observable] = Observable(name=one.observable, terms=terms)
    return replace(network, observables=(*network.observables, *more.values()))
