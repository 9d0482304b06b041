"""Where two drugs do more together than expected: a map centered at zero, for color-blind eyes too."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from smaclab.analysis.drug_matrix import combined
from smaclab.analysis.synergy import Synergy
from smaclab.report import style
from smaclab.report.dose_matrix import Masses, frame, ink, number_size

LESS_TO_MORE = ("#542788", "#998ec3", "#f7f7f7", "#f1a340", "#b35806")
"""Purple over white to orange: PuOr of ColorBrewer (Harrower and Brewer 2003), safe for color-blind eyes."""

LEAST_RANGE = 0.1
"""A scale that ends closer to zero than this would paint rounding."""


def synergy_map(
    synergy: Synergy, *, title: str, width_inches: float = 5.0, g_per_mol: Masses = (None, None)
) -> Figure:
    """The excess of each pair of doses, in percentage points.

    Args:
        synergy: what a model says.
        title: over the map.
        width_inches: of the figure.
        g_per_mol: of drugs whose doses are shown by mass.

    Returns:
        Orange: more than expected (synergy). Purple: less. Gray and a dash: the model cannot tell. Wells with
        one drug or none have no number.
    """
    matrix, excess = synergy.matrix, synergy.excess
    both = combined(excess.shape)
    known = np.abs(excess[both & np.isfinite(excess)])
    end = max(LEAST_RANGE, float(np.ceil(10.0 * known.max(initial=0.0) - 1e-9) / 10.0))
    scale = mpl.colors.LinearSegmentedColormap.from_list("less_to_more", LESS_TO_MORE)
    with mpl.rc_context(style.RC):
        doses = (matrix.first_nM, matrix.second_nM)
        figure, axes = frame(matrix.drugs, doses, title=title, width_inches=width_inches, g_per_mol=g_per_mol)
        image = axes.imshow(
            np.ma.masked_invalid(excess),
            cmap=scale.with_extremes(bad="#d9d9d9"),
            vmin=-end,
            vmax=end,
            aspect="auto",
            origin="lower",
        )
        size = number_size(width_inches - 0.8, excess.shape[1])
        for (row, column), value in np.ndenumerate(excess):
            if not both[row, column]:
                continue
            text = "–" if np.isnan(value) else _signed(value)
            color = "black" if np.isnan(value) else ink(scale((value + end) / (2 * end)))
            axes.text(column, row, text, ha="center", va="center", color=color, fontsize=size)
        bar = figure.colorbar(image, ax=axes, shrink=0.9, pad=0.02, aspect=14)
        bar.set_ticks([-end, 0.0, end], labels=[_signed(-end), "0", _signed(end)])
        bar.set_label("less ← % dead → more", fontsize=8)
        bar.outline.set_visible(False)  # type: ignore[operator]
        style.stamp(figure)
    return figure


def _signed(fraction: float) -> str:
    """'+12', '−3', '0', in percentage points."""
    text = f"{100 * fraction:+.0f}".replace("-", "−")
    return "0" if text in ("+0", "−0") else text
