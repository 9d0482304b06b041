"""Light from bands becomes a film, and densitometry reads the film.

Density is a share of the darkest that the detector shows, 0 to 1. A film answers by light^c / (1 + light^c):
light 1 gives half. A camera is proportional up to light 1 and full beyond.

Ignores: the time for which a substrate glows, halos round the strongest bands, gels that run crookedly.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Detector = Literal["film", "imager"]

LANE_PX = 48  # from lane to lane
SIGMA_PX = 3.2  # half of a band's height, as the sd of a Gauss curve
HALF_WIDTH = 0.40  # of a band, in lanes
SMILE_PX = 1.6  # how far the ends of a band run behind its middle
PX_PER_E = 105.0  # a gel is logarithmic: rows between a protein and one e times as large
GAP_PX = 72.0  # where bands stand farther apart than this, the strip is cut and joined
MARGIN_PX = 17  # above the first and below the last band
FOG = 0.03  # density of a film that no light has met
GRAIN_PX = 1  # over how many pixels to each side a grain is smeared
FAINT = 0.03  # a density that an eye still sees

_ACROSS = (np.arange(LANE_PX) + 0.5) / LANE_PX - 0.5
WIDTH: Array = np.exp(-((np.abs(_ACROSS) / HALF_WIDTH) ** 7))
"""Light across a lane, (pixel,): flat, with soft ends."""


def respond(light: Array, detector: Detector, contrast: float) -> Array:
    """Density, any shape, of light of the same shape.

    contrast: the exponent of film.
    """
    if detector == "imager":
        return np.clip(light, 0.0, 1.0)
    raised = np.clip(light, 0.0, None) ** contrast
    return raised / (1.0 + raised)


def light_for(density: float, detector: Detector, contrast: float) -> float:
    """The light that gives a density below 1."""
    return density if detector == "imager" else (density / (1.0 - density)) ** (1.0 / contrast)


def rows_of(sizes_kDa: Sequence[float]) -> tuple[Array, int]:
    """Where bands stand on a strip that is cut to fit them.

    Args:
        sizes_kDa: (band,), in any order.

    Returns:
        (band,), rows from the top; and how many rows the strip has. A gap above `GAP_PX` is cut down to it.
    """
    order = sorted(range(len(sizes_kDa)), key=lambda band: -sizes_kDa[band])
    places, row = np.empty(len(sizes_kDa)), float(MARGIN_PX)
    for before, after in pairwise(order):
        places[before] = row
        row += min(PX_PER_E * math.log(sizes_kDa[before] / sizes_kDa[after]), GAP_PX)
    places[order[-1]] = row
    return places, math.ceil(row) + MARGIN_PX


def cuts_of(sizes_kDa: Sequence[float]) -> list[float]:
    """Rows at which a strip is cut and joined, because a long piece between two bands would be empty."""
    places, _ = rows_of(sizes_kDa)
    order = sorted(range(len(sizes_kDa)), key=lambda band: -sizes_kDa[band])
    return [
        0.5 * float(places[before] + places[after])
        for before, after in pairwise(order)
        if PX_PER_E * math.log(sizes_kDa[before] / sizes_kDa[after]) > GAP_PX
    ]


def develop(
    light: Array,
    places: Array,
    n_rows: int,
    *,
    detector: Detector,
    contrast: float,
    grain: Array | None = None,
) -> Array:
    """The picture of one strip.

    Args:
        light: (lane, band), in the middle of each band; NaN: unknown, and it stays empty.
        places: (band,), rows from the top.
        n_rows: of the strip.
        detector: "film" or "imager".
        contrast: of film.
        grain: (row, lane x LANE_PX), added to the density; None: none.

    Returns:
        (row, lane x LANE_PX), density.
    """
    smile = SMILE_PX * (2.0 * _ACROSS) ** 2
    height = np.arange(n_rows)[:, None, None] + 0.5 - (places[None, :, None] - smile[None, None, :])
    shape = np.exp(-0.5 * (height / SIGMA_PX) ** 2) * WIDTH  # (row, band, pixel)
    whole = np.einsum("lb,rbp->rlp", np.nan_to_num(light), shape)
    density = FOG + (1.0 - FOG) * respond(whole, detector, contrast).reshape(n_rows, -1)
    return density if grain is None else np.clip(density + grain, 0.0, 1.0)


def read_volumes(density: Array, places: Array, groups: Sequence[int]) -> tuple[Array, Array]:
    """Densitometry: the density over the fog, summed over each band's box.

    A box is a lane wide and reaches half-way to the next band; a ladder's boxes count as one.

    Args:
        density: (row, lane x LANE_PX), of one strip.
        places: (band,), rows from the top.
        groups: (band,), to which number of the result a band counts.

    Returns:
        Volume, (lane, group): 1 is a band with density 1 in its middle if density were proportional to light.
        Darkest density, (lane, group).
    """
    n_lanes, n_groups = density.shape[1] // LANE_PX, max(groups) + 1
    nearest = np.abs(np.arange(len(density))[:, None] + 0.5 - places[None, :]).argmin(axis=1)
    owner = np.asarray(groups)[nearest]
    lanes = ((density - FOG) / (1.0 - FOG)).reshape(len(density), n_lanes, LANE_PX)
    one = float(WIDTH.sum()) * SIGMA_PX * math.sqrt(2.0 * math.pi)
    volumes = [lanes[owner == group].sum(axis=(0, 2)) / one for group in range(n_groups)]
    darkest = [lanes[owner == group].max(axis=(0, 2), initial=0.0) for group in range(n_groups)]
    return np.stack(volumes, axis=1), np.stack(darkest, axis=1)


def smeared(noise: Array) -> Array:
    """Grain of film from independent numbers of the same shape (row, pixel): neighbors alike, sd kept."""
    reach = range(-GRAIN_PX, GRAIN_PX + 1)
    total = sum(np.roll(noise, (down, right), axis=(0, 1)) for down in reach for right in reach)
    return np.asarray(total) / len(reach)
