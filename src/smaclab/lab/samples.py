"""Cells are taken from experiments at some times: what every assay of the virtual bench starts from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from smaclab.assay.sample import Sample
from smaclab.errors import ExperimentError, shown, unknown
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.moments import At, moments_s
from smaclab.lab.bench import How, look_many
from smaclab.lab.door import Source, catalogue_for, load, own_catalogue
from smaclab.lab.looks import Looks
from smaclab.lab.result import Result

What = Source | Result | Sequence[Experiment]
"""A TOML file, a dict, experiments, a campaign, or what came out of a run: its experiments are run again."""


@final
@dataclass(frozen=True, kw_only=True)
class Taken:
    """Samples, and what is in them.

    experiments: (sample,), the experiment that each sample is from.
    samples: experiment by experiment, each in the order of the times.
    """

    id: str
    experiments: tuple[Experiment, ...]
    samples: tuple[Sample, ...]
    catalogue: Catalogue
    looks: Looks

    def masses(self) -> dict[str, float]:
        """Molar masses of the drugs that laboratories give by mass, cytokines: name -> g/mol."""
        ligands = [one for one in self.catalogue.drugs if one.kind == "ligand"]
        return {one.name: one.molar_mass_g_per_mol for one in ligands if one.molar_mass_g_per_mol is not None}

    def known(self) -> np.ndarray:
        """(sample,), whether any of its cells was solved."""
        return np.array([bool(np.any(~np.isnan(row))) for row in self.cells("viability")])

    def cells(self, readout: str) -> np.ndarray:
        """(sample, cell), in the readout's unit; NaN: the solve failed."""
        readout = _named(readout, self.catalogue)
        return np.stack(
            [self.looks.values[one.experiment, readout][:, self._place(one)] for one in self.samples]
        )

    def mean(self, readout: str) -> np.ndarray:
        """(sample,), over the cells that are known; NaN where none is."""
        values = self.cells(readout)
        known = ~np.isnan(values)
        total = np.where(known, values, 0.0).sum(axis=1)
        return np.divide(total, known.sum(axis=1), out=np.full(len(values), np.nan), where=known.any(axis=1))

    def _place(self, sample: Sample) -> int:
        return int(np.argmin(np.abs(self.looks.time_h[sample.experiment] - sample.time_h)))


def catalogue_of(what: What) -> Catalogue:
    """The package's catalogue, and the cell lines whose files a source names."""
    if isinstance(what, Result | Sequence) and not isinstance(what, str):
        return own_catalogue()
    return catalogue_for(what)  # type: ignore[arg-type]


def take(what: What, readouts: Iterable[str], *, at: At, how: How, every: bool = False) -> Taken:
    """Run experiments and take samples.

    Args:
        what: the experiments.
        readouts: what is to be known of the samples, by names that the catalogue knows.
        at: when.
        how: see `bench.How`.
        every: look at the experiment's own sample times too, for assays of living cells.

    Raises:
        ExperimentError: a time outside of an experiment, a readout that nobody knows, or a source that is not
            sound.
    """
    catalogue = how.get("catalogue") or catalogue_of(what)
    name, experiments = _experiments(what, catalogue)
    names = tuple(dict.fromkeys(_named(name, catalogue) for name in readouts))
    samples, timed = [], []
    for one in experiments:
        times_s = moments_s(one, at)
        samples += [Sample(experiment=one.id, time_h=time / 3600.0) for time in times_s]
        looked = sorted({*times_s, *(one.sample_s if every else ())})
        timed.append(replace(one, readouts=names, sample_s=tuple(looked)))
    looks = look_many(timed, **(how | {"catalogue": catalogue}))
    by_id = {one.id: one for one in experiments}
    return Taken(
        id=name,
        experiments=tuple(by_id[one.experiment] for one in samples),
        samples=tuple(samples),
        catalogue=catalogue,
        looks=looks,
    )


def experiments_of(what: What, catalogue: Catalogue) -> tuple[Experiment, ...]:
    """The experiments of a source, in its order.

    Raises:
        ExperimentError: the source is not sound.
    """
    return _experiments(what, catalogue)[1]


def _experiments(what: What, catalogue: Catalogue) -> tuple[str, tuple[Experiment, ...]]:
    if isinstance(what, Result):
        return what.id, what.experiments
    if isinstance(what, list | tuple):
        strangers = [one for one in what if not isinstance(one, Experiment)]
        if strangers or not what:
            raise ExperimentError(f"{shown(what)}: give experiments, at least one.")
        return what[0].id, tuple(what)
    loaded = load(what, catalogue=catalogue)  # type: ignore[arg-type]
    return loaded.id, loaded.experiments if isinstance(loaded, Campaign) else (loaded,)


def _named(name: str, catalogue: Catalogue) -> str:
    found = catalogue.find_readout(name)
    if found is None:
        raise ExperimentError(unknown("readout", name, [one.name for one in catalogue.readouts]))
    return found.name
