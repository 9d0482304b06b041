"""The immunoblot: copies a cell become bands on a membrane, and densitometry of them.

Measures:  one form of one protein in a lysate, a fraction of it or what beads brought down, in all solved
           cells of a sample; dead cells stay in it with what they held when they died.
Unit:      a.u., the volume of a band: 1 is one with density 1, were density proportional to light.
Noise:     log-normal factors for a lane (loading: shared with the loading control), for a band (transfer),
           for a membrane and its exposure; grain of the film; saturation.
Source:    `instruments.toml`: film is proportional over a 4- to 10-fold range (LI-COR), densitometry
           saturates (Butler 2019), spread between lanes and gels (Lowy 2020, Degasperi 2014).
Ignores:   affinities of antibodies (each strip is exposed until its strongest band is dark), bands that
           are not the protein, stripping, the chains of the antibody under an IP.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import final

import numpy as np
from numpy.typing import NDArray

from smaclab.assay import film
from smaclab.assay.instruments import number
from smaclab.assay.noise import factor, factors, generator
from smaclab.assay.sample import Sample
from smaclab.errors import ExperimentError, ShapeError, unknown
from smaclab.experiment.antibody import Band
from smaclab.experiment.blot_plan import DETECTORS, EXPOSURES

Array = NDArray[np.float64]
STRONGEST = {"film": 1.0, "imager": 0.8}  # light of the strongest band at the usual exposure
LINEAR = {"film": 1.5, "imager": 1.0}  # light up to which density is proportional within 10 %


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What one antibody is asked to show in one panel.

    name: of the antibody.
    panel: the fraction, or "IP: ..." and "Input".
    bands: from `experiment.antibody`.
    groups: (band,), which bands are read as one; ladders have one group.
    labels: (group,), what the bands are called. sizes_kDa: (group,).
    copies: (sample, band), molecules a cell. NaN: all cells failed.
    cells: in the lane, or whose beads are in it.
    is_loading: whether other strips of the panel are divided by this one.
    """

    name: str
    panel: str
    bands: tuple[Band, ...]
    groups: tuple[int, ...]
    labels: tuple[str, ...]
    sizes_kDa: tuple[float, ...]
    copies: Array
    cells: float
    is_loading: bool = False

    def __post_init__(self) -> None:
        if self.copies.ndim != 2 or self.copies.shape[1] != len(self.bands):
            raise ShapeError(
                f"{self.name}: copies {self.copies.shape}; (sample, {len(self.bands)} bands) needed."
            )
        if len(self.groups) != len(self.bands) or set(self.groups) != set(range(len(self.labels))):
            raise ShapeError(f"{self.name}: groups {self.groups} for {len(self.labels)} labels.")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """A strip after exposure.

    film: (replicate, row, lane x LANE_PX), density.
    places: (group,), rows from the top.
    volume: (replicate, sample, group), a.u. NaN: the sample is unknown.
    is_saturated: (replicate, sample, group), darker than where density is proportional to light.
    copies: (sample, group), what is there, molecules a cell.
    """

    strip: Strip
    film: Array
    places: Array
    volume: Array
    is_saturated: NDArray[np.bool_]
    copies: Array


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Immunoblot:
    """The instrument; its numbers are those of `instruments.toml` unless others are given.

    detector: "film" or "imager".
    exposure: "usual" (1) puts the strongest band of each strip inside the proportional range; "short",
        "long", or a number: 3 is three times as long.
    """

    detector: film.Detector = "film"
    exposure: float | str = "usual"
    cells_per_lane: float = field(default_factory=partial(number, "immunoblot", "cells_per_lane"))
    loading_cv: float = field(default_factory=partial(number, "immunoblot", "loading_cv"))
    transfer_cv: float = field(default_factory=partial(number, "immunoblot", "transfer_cv"))
    membrane_cv: float = field(default_factory=partial(number, "immunoblot", "membrane_cv"))
    least_molecules: float = field(default_factory=partial(number, "immunoblot", "least_molecules"))
    background_sd: float = field(default_factory=partial(number, "immunoblot", "background_sd"))
    contrast: float = field(default_factory=partial(number, "immunoblot", "film_contrast"))

    def __post_init__(self) -> None:
        if self.detector not in DETECTORS:
            raise ExperimentError(unknown("detector", self.detector, DETECTORS))
        if isinstance(self.exposure, str):
            if self.exposure not in EXPOSURES:
                raise ExperimentError(unknown("exposure", self.exposure, EXPOSURES))
        elif not self.exposure > 0:
            raise ExperimentError(f"An exposure of {self.exposure}. It is a factor above 0; 1 is the usual.")

    @property
    def times(self) -> float:
        """The exposure over the usual one."""
        if not isinstance(self.exposure, str):
            return float(self.exposure)
        return 1.0 if self.exposure == "usual" else number("immunoblot", f"{self.exposure}_exposure")

    def expose(
        self,
        strips: Sequence[Strip],
        samples: Sequence[Sample],
        *,
        replicates: int = 1,
        seed: int | None = 1,
    ) -> list[Exposed]:
        """Run, transfer and expose; the same samples on all strips.

        Args:
            strips: what is shown.
            samples: in the order of the lanes.
            replicates: how many times the same lysates are run (other cells: another seed of the cells).
            seed: of the bench; None: no noise.

        Returns:
            In the order of the strips.
        """
        loads = {
            panel: factors(
                seed, f"immunoblot loading {panel}", samples, ["loading"], replicates, self.loading_cv
            )
            for panel in dict.fromkeys(strip.panel for strip in strips)
        }
        return [self._exposed(strip, samples, loads[strip.panel], seed) for strip in strips]

    def _exposed(self, strip: Strip, samples: Sequence[Sample], loading: Array, seed: int | None) -> Exposed:
        """loading: (replicate, sample, 1)."""
        replicates, name = len(loading), f"{strip.panel} {strip.name}"
        transfer = factors(
            seed, f"immunoblot transfer {name}", samples, strip.labels, replicates, self.transfer_cv
        )[:, :, list(strip.groups)]
        bound = strip.copies * strip.cells * loading * transfer  # molecules on the membrane
        places, n_rows = film.rows_of([band.kDa for band in strip.bands])
        films, volumes, darkest = [], [], []
        for replicate in range(replicates):
            membrane = 1.0 if seed is None else self._membrane(seed, name, replicate)
            picture = film.develop(
                bound[replicate] * membrane / self._molecules_of_light(bound[replicate]),
                places,
                n_rows,
                detector=self.detector,
                contrast=self.contrast,
                grain=None if seed is None else self._grain(seed, name, samples, replicate, n_rows),
            )
            volume, dark = film.read_volumes(picture, places, strip.groups)
            films.append(picture)
            volumes.append(volume)
            darkest.append(dark)
        sums = np.zeros((len(strip.bands), len(strip.labels)))
        sums[np.arange(len(strip.bands)), strip.groups] = 1.0
        copies = strip.copies @ sums
        limit = film.respond(np.array(LINEAR[self.detector] * (1 - 1e-9)), self.detector, self.contrast)
        return Exposed(
            strip=strip,
            film=np.stack(films),
            places=np.array([places[strip.groups.index(group)] for group in range(len(strip.labels))]),
            volume=np.where(np.isnan(copies), np.nan, np.stack(volumes)),
            is_saturated=np.stack(darkest) >= limit,
            copies=copies,
        )

    def _molecules_of_light(self, amount: Array) -> float:
        """Molecules that give light 1: as the strongest band wants it, within what the substrate can."""
        strongest = float(np.nanmax(amount, initial=0.0)) / STRONGEST[self.detector]
        faint = film.light_for(film.FAINT, self.detector, self.contrast)
        return max(strongest, self.least_molecules / faint) / self.times

    def _membrane(self, seed: int, name: str, replicate: int) -> float:
        z = generator(seed, "immunoblot membrane", name, replicate).standard_normal()
        return float(factor(np.array(z), self.membrane_cv))

    def _grain(self, seed: int, name: str, samples: Sequence[Sample], replicate: int, n_rows: int) -> Array:
        """(row, lane x LANE_PX)."""
        lanes = [
            generator(seed, f"immunoblot grain {name}", one.name, replicate).standard_normal(
                (n_rows, film.LANE_PX)
            )
            for one in samples
        ]
        return self.background_sd * np.concatenate([film.smeared(one) for one in lanes], axis=1)
