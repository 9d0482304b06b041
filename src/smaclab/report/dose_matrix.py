"""Two drugs in all combinations: the percentage in every well, as a plate is read."""

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from smaclab.report import style
from smaclab.report.figures import DEAD_TO_ALIVE
from smaclab.report.words import amount, shared_unit

CELL_INCHES = 0.33

Masses = tuple[float | None, float | None]
"""g/mol of the drugs of rows and columns, where a person typed their doses by mass."""


def dose_matrix(
    alive: np.ndarray,
    drugs: tuple[str, str],
    doses_nM: tuple[np.ndarray, np.ndarray],
    *,
    title: str,
    width_inches: float = 5.0,
    g_per_mol: Masses = (None, None),
) -> Figure:
    """The fraction alive of each pair of doses.

    Args:
        alive: (row, column), between 0 and 1. NaN: not known, gray and a dash.
        drugs: of the rows and of the columns.
        doses_nM: (row,) and (column,), nM, rising; the first row is drawn at the bottom, as axes go.
        title: over the matrix.
        width_inches: of the figure.
        g_per_mol: of drugs whose doses are shown by mass.

    Returns:
        Cells colored from orange (all dead) over white to blue (all alive), each with its number in %.
    """
    plain = mpl.colors.LinearSegmentedColormap.from_list("dead_to_alive", DEAD_TO_ALIVE)
    with mpl.rc_context(style.RC):
        figure, axes = frame(drugs, doses_nM, title=title, width_inches=width_inches, g_per_mol=g_per_mol)
        axes.imshow(
            np.ma.masked_invalid(alive),
            cmap=plain.with_extremes(bad="#d9d9d9"),
            vmin=0,
            vmax=1,
            aspect="auto",
            origin="lower",
        )
        size = number_size(width_inches, len(doses_nM[1]))
        for (row, column), value in np.ndenumerate(alive):
            text = "–" if np.isnan(value) else f"{abs(round(100 * value)):.0f}"
            axes.text(
                column,
                row,
                text,
                ha="center",
                va="center",
                color="black" if np.isnan(value) else ink(plain(value)),
                fontsize=size,
            )
        style.stamp(figure)
    return figure


def frame(
    drugs: tuple[str, str],
    doses_nM: tuple[np.ndarray, np.ndarray],
    *,
    title: str,
    width_inches: float,
    g_per_mol: Masses = (None, None),
) -> tuple[Figure, Axes]:
    """An empty matrix with its doses along both sides; call it inside of the style's context."""
    rows, columns = (len(one) for one in doses_nM)
    figure = Figure(figsize=(width_inches, 1.05 + CELL_INCHES * rows), layout="constrained")
    axes = figure.add_subplot()
    units = [shared_unit(one[one > 0], mass) for one, mass in zip(doses_nM, g_per_mol, strict=True)]
    texts = [
        [amount(dose / factor) for dose in one] for one, (factor, _) in zip(doses_nM, units, strict=True)
    ]
    room = 72.0 * (width_inches - 1.2) / columns
    widest = max(len(text) for text in texts[1])
    small = min(8.0, room / (0.68 * widest + 0.4))
    is_narrow = small < 6.0  # too narrow to be read lying
    size = 6.5 if is_narrow else small
    axes.set_xticks(range(columns), texts[1], fontsize=size, rotation=90.0 if is_narrow else 0.0)
    axes.set_yticks(range(rows), texts[0])
    axes.set_xlabel(f"{drugs[1]} ({units[1][1]})")
    axes.set_ylabel(f"{drugs[0]} ({units[0][1]})")
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.set_title(title, wrap=True)
    return figure, axes


def ink(paper: tuple[float, float, float, float]) -> str:
    """Black or white, whichever stands out more on a color (relative luminance, WCAG 2)."""
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in paper[:3]]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "black" if (light + 0.05) ** 2 > 1.05 * 0.05 else "white"


def number_size(width_inches: float, columns: int) -> float:
    """Type that fits three digits and a sign into a cell, points."""
    return max(4.5, min(9.0, 72.0 * (width_inches - 1.4) / columns / 2.6))
