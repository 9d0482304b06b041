"""The ELISA: what is in the medium, read from a curve of standards on the same plate.

Measures:  TNF in the medium: free, or free, neutralized and on receptors together (total); which of the two
           a pair of antibodies sees depends on the pair.
Unit:      pg/ml.
Noise:     log-normal on the absorbance of each well, the reader's own; the standards are as noisy as the
           samples, so that the fitted curve is off by a little on each plate.
Source:    `instruments.toml`: 10 pg/ml and less than 10 % in medium (TNF ELISA 1991), duplicates within 10 %
           (Thermo TNF ELISA); the curve's four parameters are assumed.
Ignores:   what serum does, the hook at very high concentrations, TNF that cells keep.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import curve_fit

from smaclab.assay.instruments import number
from smaclab.assay.noise import factor, generator
from smaclab.assay.sample import Sample

Array = NDArray[np.float64]
STANDARDS = 7  # two-fold dilutions of the highest, and a blank
WELLS = 2  # of each standard
BELOW, ABOVE = "below", "above"


@final
@dataclass(frozen=True, kw_only=True)
class Plate:
    """What came off one plate after another.

    absorbance: (replicate, sample). reading: (replicate, sample), pg/ml, NaN where the sample is unknown.
    flag: (replicate, sample), "below" the lowest or "above" the highest that can be told, or "".
    """

    absorbance: Array
    reading: Array
    flag: NDArray[np.str_]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Elisa:
    """The instrument; its numbers are those of `instruments.toml` unless others are given."""

    least_pg_per_ml: float = field(default_factory=partial(number, "elisa", "least_pg_per_ml"))
    most_pg_per_ml: float = field(default_factory=partial(number, "elisa", "most_pg_per_ml"))
    well_cv: float = field(default_factory=partial(number, "elisa", "well_cv"))
    reader_sd: float = field(default_factory=partial(number, "elisa", "reader_sd"))
    top: float = field(default_factory=partial(number, "elisa", "top_absorbance"))
    blank: float = field(default_factory=partial(number, "elisa", "blank_absorbance"))
    half_pg_per_ml: float = field(default_factory=partial(number, "elisa", "half_pg_per_ml"))
    slope: float = field(default_factory=partial(number, "elisa", "slope"))

    def absorbance(self, pg_per_ml: Array) -> Array:
        """The true curve with four parameters, any shape."""
        return four_parameters(pg_per_ml, self.blank, self.top, self.half_pg_per_ml, self.slope)

    def measure(
        self,
        pg_per_ml: Array,
        samples: Sequence[Sample],
        *,
        sees: str = "free",
        replicates: int = 1,
        seed: int | None = 1,
    ) -> Plate:
        """A plate for each replicate, with its own standards.

        Args:
            pg_per_ml: (sample,), what is there. NaN: unknown.
            samples: whose.
            sees: what the pair of antibodies sees; each has plates of its own.
            replicates: plates.
            seed: of the bench; None: no noise.

        Returns:
            Readings from the curve that was fitted to the plate's standards, from 0 to the highest standard.
        """
        truth = np.asarray(pg_per_ml, dtype=float)
        absorbance = np.full((replicates, len(samples)), np.nan)
        reading = absorbance.copy()
        for replicate in range(replicates):
            curve = self._fitted(seed, sees, replicate)
            owners = [f"{sees} {sample.name}" for sample in samples]
            absorbance[replicate] = self._wells(self.absorbance(truth), owners, seed, replicate)
            reading[replicate] = np.clip(inverse(absorbance[replicate], *curve), 0.0, self.most_pg_per_ml)
        known = ~np.isnan(reading)
        is_above = known & (reading >= self.most_pg_per_ml * (1.0 - 1e-9))
        flag = np.where(is_above, ABOVE, np.where(known & (reading < self.least_pg_per_ml), BELOW, ""))
        return Plate(absorbance=absorbance, reading=reading, flag=flag)

    def _wells(self, true: Array, owners: Sequence[str], seed: int | None, replicate: int) -> Array:
        if seed is None:
            return true
        z = np.array([generator(seed, "ELISA", owner, replicate).standard_normal(2) for owner in owners])
        noisy = true * factor(z[:, 0], self.well_cv) + self.reader_sd * z[:, 1]
        return np.asarray(noisy, dtype=np.float64)

    def _fitted(self, seed: int | None, sees: str, replicate: int) -> tuple[float, float, float, float]:
        """Blank, top, half and slope of one plate's standards."""
        start = (self.blank, self.top, self.half_pg_per_ml, self.slope)
        if seed is None:
            return start
        doses = np.append(self.most_pg_per_ml / 2.0 ** np.arange(STANDARDS), 0.0).repeat(WELLS)
        owners = [f"{sees} standard {well}" for well in range(len(doses))]
        seen = self._wells(self.absorbance(doses), owners, seed, replicate)
        bounds = ([0.0, 0.5 * self.top, 0.1 * self.half_pg_per_ml, 0.5], [1.0, 5 * self.top, np.inf, 3.0])
        found, _ = curve_fit(four_parameters, doses, seen, p0=start, sigma=0.02 + seen, bounds=bounds)
        return tuple(float(one) for one in found)  # type: ignore[return-value]


def four_parameters(dose: Array, blank: float, top: float, half: float, slope: float) -> Array:
    """Blank + (top - blank) / (1 + (half / dose)^slope), any shape; blank where the dose is 0."""
    raised = np.maximum(dose, 0.0) ** slope
    return np.asarray(blank + (top - blank) * raised / (raised + half**slope))


def inverse(absorbance: Array, blank: float, top: float, half: float, slope: float) -> Array:
    """The dose that gives an absorbance, any shape: 0 at and below the blank, inf at and above the top."""
    share = (np.asarray(absorbance) - blank) / (top - blank)
    inside = np.clip(share, 0.0, 1.0 - 1e-12)
    return np.where(share >= 1.0, np.inf, half * (inside / (1.0 - inside)) ** (1.0 / slope))
