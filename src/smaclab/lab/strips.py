"""What an antibody is to show becomes readouts of the network, and their counts become strips of a blot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from smaclab.assay.immunoblot import Strip
from smaclab.assay.ubiquitin_ladder import spread
from smaclab.errors import ExperimentError, unknown
from smaclab.experiment.antibody import CYTOPLASM, FRACTIONS, LYSATE, Antibody, Band, Form
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.pull_down import form_text
from smaclab.lab.samples import Taken

Sum = Mapping[str, float]
"""Readout -> how often it counts."""


@final
@dataclass(frozen=True, kw_only=True)
class Probe:
    """One antibody in one panel, before anything was run.

    panel: the fraction, or "IP: ..." and "Input".
    sums: (band,), what is counted; empty for a loading control.
    """

    antibody: Antibody
    panel: str
    sums: tuple[Sum, ...]

    @property
    def readouts(self) -> list[str]:
        """What an experiment has to be asked for."""
        return [name for one in self.sums for name in one]


def antibody_named(name: str, catalogue: Catalogue) -> Antibody:
    """The antibody that answers to a name.

    Raises:
        ExperimentError: nobody knows it; a letter says what was probably meant.
    """
    found = catalogue.find_antibody(name)
    if found is None:
        known = [one.name for one in catalogue.antibodies]
        symbols = [text for one in catalogue.proteins for text in (one.symbol, one.name)]
        readout = catalogue.find_readout(name)
        hint = f" {readout.name} is a readout that no antibody shows." if readout else ""
        raise ExperimentError(unknown("protein of a blot", name, {*known, *symbols}) + hint)
    return found


def probe_of(antibody: Antibody, fraction: str) -> Probe:
    """What has to be counted to show an antibody in a lysate or in a fraction of it.

    Raises:
        ExperimentError: the model does not say where the protein is, or it is in the medium.
    """
    if fraction not in FRACTIONS:
        raise ExperimentError(unknown("fraction", fraction, FRACTIONS))
    if antibody.loads:
        return Probe(antibody=antibody, panel=fraction, sums=())
    if not antibody.in_lysate:
        raise ExperimentError(
            f"{antibody.name} is in the medium, and a lysate holds none of it. Measure it with an ELISA, "
            "or as the prey of a pull-down."
        )
    if fraction != LYSATE and not antibody.organelles:
        raise ExperimentError(
            f"{antibody.name}: the model does not say how much of it is in the {fraction}. "
            f"Ask for the {LYSATE}."
        )
    return Probe(
        antibody=antibody,
        panel=fraction,
        sums=tuple(_in_fraction(antibody, band, fraction) for band in antibody.bands),
    )


def probe_on_beads(antibody: Antibody, bait: str, *, panel: str) -> Probe:
    """What has to be counted to show an antibody on beads; bait: as the catalogue names it."""
    sums = tuple({_pulled(bait, antibody.protein, band.form): 1.0} for band in antibody.bands)
    return Probe(antibody=antibody, panel=panel, sums=sums)


def copies_of(probe: Probe, taken: Taken) -> np.ndarray:
    """(sample, band), molecules a cell. NaN: no cell of the sample is known."""
    if not probe.sums:
        known = taken.known()
        constant = np.array([band.copies or 0.0 for band in probe.antibody.bands])
        return np.where(known[:, None], constant[None, :], np.nan)
    copies = np.zeros((len(taken.samples), len(probe.sums)))
    for band, one in enumerate(probe.sums):
        for name, weight in one.items():
            copies[:, band] += weight * taken.mean(name)
    # What an organelle does not hold is a difference, which rounding may leave below 0.
    return np.maximum(np.where(taken.known()[:, None], copies, np.nan), 0.0)


def strip_of(probe: Probe, copies: np.ndarray, *, cells: float) -> Strip:
    """A strip for the blot; ladders as rungs. copies: (sample, band), molecules a cell."""
    one = probe.antibody
    bands, spread_copies, groups = spread(one.bands, copies)
    return Strip(
        name=one.name,
        panel=probe.panel,
        bands=bands,
        groups=groups,
        labels=tuple(band.name for band in one.bands),
        sizes_kDa=tuple(band.kDa for band in one.bands),
        copies=spread_copies,
        cells=cells,
        is_loading=bool(one.loads),
    )


def loading_control(fraction: str, catalogue: Catalogue) -> Antibody | None:
    """The antibody that shows how much was loaded of a fraction."""
    return next((one for one in catalogue.antibodies if one.loads == fraction), None)


def has_ladder(antibody: Antibody) -> bool:
    """Whether it shows chains of ubiquitin."""
    return any(band.is_ladder for band in antibody.bands)


def _in_fraction(antibody: Antibody, band: Band, fraction: str) -> Sum:
    whole = {_pulled(antibody.protein, antibody.protein, band.form): 1.0}
    if fraction == LYSATE:
        return whole
    if fraction != CYTOPLASM:
        return _in_organelle(antibody, band, fraction)
    rest = dict(whole)
    for organelle in antibody.organelles:
        for name, weight in _in_organelle(antibody, band, organelle).items():
            rest[name] = rest.get(name, 0.0) - weight
    return rest


def _in_organelle(antibody: Antibody, band: Band, organelle: str) -> Sum:
    content = antibody.organelles.get(organelle)
    if content is None:
        return {}
    if isinstance(content, str):
        return {content: 1.0}
    both = _both(band.form, content)
    return {} if both is None else {_pulled(antibody.protein, antibody.protein, both): 1.0}


def _both(one: Form, other: Form) -> Form | None:
    """The form that is of either; None where nothing can be both."""
    joint = dict(one)
    for site, states in other.items():
        joint[site] = tuple(state for state in joint.get(site, states) if state in states)
    return joint if all(joint.values()) else None


def _pulled(bait: str, prey: str, form: Form) -> str:
    return f"IP {bait}: {prey}{form_text(form)}"


def all_readouts(probes: Sequence[Probe]) -> list[str]:
    """Every readout of the probes, each once; viability, so that there is something to run."""
    return list(dict.fromkeys(["viability", *(name for one in probes for name in one.readouts)]))
