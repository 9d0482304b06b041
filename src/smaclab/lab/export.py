"""One cell of an experiment as a file that other software reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.biology.citations import cited_in
from smaclab.errors import ExperimentError, unknown
from smaclab.exchange.links import About, links_of
from smaclab.exchange.omex import write_omex
from smaclab.exchange.reaction_table import reaction_table
from smaclab.exchange.sbgn import write_sbgn
from smaclab.exchange.sbml import sbml_ids, start_s, write_sbml
from smaclab.exchange.sedml import uniform, write_sedml
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.readout import Readout
from smaclab.kernel.compile import compile_kernel
from smaclab.lab.bench import own_network
from smaclab.lab.door import Source, catalogue_for, load
from smaclab.network.network import Network, Observable
from smaclab.network.pull_down import pull_down_weights
from smaclab.simulate.change import Assignment
from smaclab.simulate.plan import plan
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.status import Status

Array = NDArray[Any]

FORMATS: Mapping[str, str] = {
    "sbml": "the model with this cell's numbers, its doses and perturbations",
    "sedml": "what to simulate and to report; model.xml must lie beside it",
    "omex": "an archive: model, simulation, experiment, and their table of contents",
    "petab": "a folder: the model, its conditions, readouts and free parameters as a PEtab 2 problem",
    "bngl": "the rules, with this cell's numbers (needs the extra [rules])",
    "csv": "a flat table of all reactions",
    "sbgn": "a map of the processes, one a rule",
}


@dataclass(frozen=True, kw_only=True)
class PreparedCell:
    """One cell of an experiment, at its own rest: all that a file needs.

    counts: (species,), molecules. parameters: (parameter,).
    """

    experiment: Experiment
    catalogue: Catalogue
    network: Network
    changes: tuple[Assignment, ...]
    counts: Array
    parameters: Array
    readouts: tuple[Readout, ...]

    @property
    def about(self) -> About:
        """Its identifier, and what its things are in public databases."""
        names = (one.name for one in self.network.parameters)
        given = dict(zip(names, map(float, self.parameters), strict=True))
        links = links_of(self.network, self.catalogue, self.experiment, cited_in, given)
        return About(id=self.experiment.id, links=links)


def prepare(
    source: Source,
    *,
    cell: int | None = None,
    experiment: str | None = None,
    catalogue: Catalogue | None = None,
    network: Network | None = None,
) -> PreparedCell:
    """One cell of one experiment, ready to be written.

    Arguments and errors as in `experiment_sbml`; experiment: the id of one, where the source is a campaign.
    """
    catalogue = catalogue_for(source) if catalogue is None else catalogue
    loaded = _one(load(source, catalogue=catalogue), experiment)
    if cell is not None and cell < 0:
        raise ExperimentError(f"{loaded.id}: cell {cell}. Cells are numbered from 0.")
    kernel = compile_kernel(own_network() if network is None else network)
    recipe = plan([loaded], catalogue, kernel.network).recipes[0]
    parameters = recipe.median if cell is None else recipe.parameters(range(cell, cell + 1))[0]
    rest = SciPySolver().rest(kernel, parameters)
    if rest.status is not Status.OK:
        raise ExperimentError(f"{loaded.id}: the cell finds no rest ({rest.message}).")
    found = [one for name in loaded.readouts if (one := catalogue.find_readout(name)) is not None]
    return PreparedCell(
        experiment=loaded,
        catalogue=catalogue,
        network=_with_pull_downs(kernel.network, found, loaded),
        changes=recipe.changes,
        counts=rest.counts,
        parameters=parameters,
        readouts=tuple(found),
    )


def _one(loaded: Experiment | Campaign, wanted: str | None) -> Experiment:
    several = loaded.experiments if isinstance(loaded, Campaign) else (loaded,)
    if wanted is None and isinstance(loaded, Campaign):
        ids = ", ".join(one.id for one in several[:10]) + (" ..." if len(several) > 10 else "")
        raise ExperimentError(f"{loaded.id} is a campaign. A file holds one experiment: choose one of {ids}.")
    for one in several:
        if wanted in (None, one.id):
            return one
    raise ExperimentError(unknown("experiment", wanted, [one.id for one in several]))


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
    return sbml_of(prepare(source, cell=cell, catalogue=catalogue, network=network))


def sbml_of(cell: PreparedCell) -> str:
    """A prepared cell as SBML."""
    return write_sbml(
        cell.network,
        counts=cell.counts,
        parameters=cell.parameters,
        changes=cell.changes,
        readouts=cell.readouts,
        medium_volume_pl=cell.experiment.medium_volume_pl,
        about=cell.about,
    )


def sedml_of(cell: PreparedCell, model: str) -> str:
    """What to simulate of a prepared cell.

    Args:
        cell: whose sample times and readouts are asked for.
        model: the model's file, seen from the SED-ML file.
    """
    kept = [one for one in cell.readouts if not one.special]
    ids = sbml_ids(cell.network, kept)
    return write_sedml(
        uniform(cell.experiment.sample_s, start_s(cell.changes)),
        source=model,
        parameters={ids.readouts[one.name]: f"{one.name}, {one.unit}" for one in kept},
        name=cell.experiment.id,
    )


def omex_of(cell: PreparedCell) -> bytes:
    """A prepared cell as an archive."""
    experiment = cell.experiment
    files = {
        "model.xml": ("sbml", sbml_of(cell)),
        "simulation.sedml": ("sedml", sedml_of(cell, "model.xml")),
        "reactions.csv": ("csv", reaction_table(cell.network, cell.parameters)),
        "map.sbgn": ("sbgn", write_sbgn(cell.network, cell.about.links)),
    }
    words = f"{experiment.cell_line}, one cell, simulated by smaclab; a model, not a measurement."
    return write_omex(files, master="simulation.sedml", title=experiment.id, description=words)


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
