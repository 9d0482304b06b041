"""The ladder of ubiquitin: what is marked becomes rungs, a chain of each length.

Measures:  the substrate by its antibody, unmodified and with chains, in a tube or on beads.
Unit:      a.u., as of the immunoblot.
Noise:     as of the immunoblot.
Source:    a ubiquitin adds 8.6 kDa (its sequence). The spread of lengths is assumed: the network says how
           much is marked and not by how many, so a ladder's shape is no prediction, its sum is.
Ignores:   branched chains, which run elsewhere; antibodies against ubiquitin, which see long chains better.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from smaclab.assay.instruments import number
from smaclab.experiment.antibody import Band

Array = NDArray[np.float64]
TOP_KDA = 250.0  # the largest that enters the gel; longer chains stand there


def lengths(mean_chain: float, longest: int) -> Array:
    """Share of chains with 1, 2 ... `longest` ubiquitins: geometric, what is longer counted with the longest.

    mean_chain: ubiquitins, 1 or more. Returns (length,), which adds up to 1.
    """
    stop = 1.0 / mean_chain
    share = stop * (1.0 - stop) ** np.arange(longest)
    share[-1] = 1.0 - share[:-1].sum()
    return np.asarray(share, dtype=np.float64)


def spread(bands: Sequence[Band], copies: Array) -> tuple[tuple[Band, ...], Array, tuple[int, ...]]:
    """Every ladder becomes its rungs; other bands stay.

    Args:
        bands: of an antibody.
        copies: (sample, band), molecules a cell.

    Returns:
        The bands; copies, (sample, band); and for each band the number of the band that it comes from.
    """
    step, mean_chain = number("ladder", "ubiquitin_kDa"), number("ladder", "mean_chain")
    spread_bands: list[Band] = []
    columns: list[Array] = []
    groups: list[int] = []
    for place, band in enumerate(bands):
        sizes = np.arange(band.kDa + step, TOP_KDA, step) if band.is_ladder else np.array([band.kDa])
        share = lengths(mean_chain, len(sizes)) if band.is_ladder else np.ones(1)
        for rung, (size, part) in enumerate(zip(sizes, share, strict=True)):
            name = f"{band.name} {rung + 1}" if band.is_ladder else band.name
            spread_bands.append(replace(band, name=name, kDa=float(size)))
            columns.append(copies[:, place] * part)
            groups.append(place)
    return tuple(spread_bands), np.stack(columns, axis=1), tuple(groups)
