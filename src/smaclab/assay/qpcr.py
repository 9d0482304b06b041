"""RT-qPCR: copies of an mRNA a cell become threshold cycles, and folds over a control by the ddCt method.

Measures:  mRNA of a gene in all solved cells of a sample, beside a reference gene that is taken as constant.
Unit:      cycles (Ct); folds over the control.
Noise:     Poisson on the templates in a well; normal on Ct of a well, and of a sample (RNA and its reverse
           transcription), which target and reference share.
Source:    folds: Livak 2001, with the assay's own efficiency after Pfaffl 2001; few templates scatter and at
           last none is found (Forootan 2017); efficiencies of 90 to 110 % (MIQE). Spreads are assumed.
Ignores:   plateaus, primers' dimers, genomic DNA, efficiencies that differ between genes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import final

import numpy as np
from numpy.typing import NDArray

from smaclab.assay.instruments import number
from smaclab.assay.noise import generator, normal
from smaclab.assay.sample import Sample
from smaclab.errors import ShapeError

Array = NDArray[np.float64]
REFERENCE = "reference"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class QPCR:
    """The instrument; its numbers are those of `instruments.toml` unless others are given."""

    cells: float = field(default_factory=partial(number, "qpcr", "cells"))
    efficiency: float = field(default_factory=partial(number, "qpcr", "efficiency"))
    one_copy_cycle: float = field(default_factory=partial(number, "qpcr", "one_copy_cycle"))
    last_cycle: float = field(default_factory=partial(number, "qpcr", "last_cycle"))
    well_sd: float = field(default_factory=partial(number, "qpcr", "well_sd"))
    sample_sd: float = field(default_factory=partial(number, "qpcr", "sample_sd"))
    reference_copies: float = field(default_factory=partial(number, "qpcr", "reference_copies"))

    def cycles(
        self,
        copies: Array,
        samples: Sequence[Sample],
        genes: Sequence[str],
        *,
        replicates: int = 1,
        seed: int | None = 1,
    ) -> Array:
        """Threshold cycles.

        Args:
            copies: (sample, gene), mRNA a cell. NaN: unknown.
            samples: whose.
            genes: what they are called, for their noise.
            replicates: each from its own reverse transcription.
            seed: of the bench; None: no noise.

        Returns:
            (replicate, sample, gene), cycles. inf: undetermined, none until the last cycle. NaN: unknown.

        Raises:
            ShapeError: copies that are not (sample, gene).
        """
        if copies.shape != (len(samples), len(genes)):
            raise ShapeError(f"copies {copies.shape}; {(len(samples), len(genes))} needed.")
        templates = np.repeat((copies * self.cells)[None], replicates, axis=0)
        if seed is not None:
            templates = self._drawn(templates, samples, genes, seed)
        with np.errstate(divide="ignore"):
            cycles = self.one_copy_cycle - np.log(templates) / math.log1p(self.efficiency)
        cycles = cycles + self.well_sd * normal(seed, "qPCR well", samples, genes, replicates)
        cycles = cycles + self.sample_sd * normal(seed, "qPCR sample", samples, ["sample"], replicates)
        return np.where(cycles > self.last_cycle, np.inf, cycles)

    def folds(self, cycles: Array, reference: Array, control: int) -> Array:
        """Folds over the control sample, (1 + efficiency)^(-ddCt).

        Args:
            cycles: (replicate, sample, gene), of the targets.
            reference: (replicate, sample), of the reference gene.
            control: place of the control among the samples; all are held against its replicates' mean dCt.

        Returns:
            (replicate, sample, gene). 0: undetermined. NaN: unknown, or the control is undetermined.
        """
        delta = cycles - reference[:, :, None]
        held_against = delta[:, control].mean(axis=0)
        usable = np.where(np.isfinite(held_against), held_against, np.nan)
        return np.asarray((1.0 + self.efficiency) ** -(delta - usable), dtype=np.float64)

    def _drawn(self, templates: Array, samples: Sequence[Sample], genes: Sequence[str], seed: int) -> Array:
        """Templates that came into the wells: whole numbers, scattered as Poisson says."""
        drawn = templates.copy()
        for replicate in range(len(templates)):
            for place, sample in enumerate(samples):
                for column, gene in enumerate(genes):
                    expected = templates[replicate, place, column]
                    if np.isfinite(expected):
                        own = generator(seed, f"qPCR templates {gene}", sample.name, replicate)
                        drawn[replicate, place, column] = own.poisson(expected)
        return drawn
