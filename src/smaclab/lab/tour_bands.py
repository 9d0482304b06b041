"""The demo over parameter sets: what is not known of who lives, and of how much TNF there is."""

from collections.abc import Callable, Sequence
from typing import Final

from smaclab.experiment.experiment import Experiment
from smaclab.lab.ensembles import EnsembleRun, curves_of
from smaclab.report import style
from smaclab.report.page import Picture, Section
from smaclab.report.set_bands import SetBand, set_band_panels

SHOWN: Final = {
    "viability": ("Fraction of cells alive", (0, 1, 2, 3)),
    "TNF_medium": ("TNF in the medium, where none is added", (0, 1)),
}
"""Readout -> words, and the places of the arms: added TNF would hide what cells make."""


def bands_section(
    found: EnsembleRun, lines: Sequence[str], arms: Sequence[str], arm_of: Callable[[Experiment], int]
) -> Section:
    """A picture a readout: a panel a line, a curve an arm.

    Args:
        found: the demo under its parameter sets.
        lines: in the order of the panels.
        arms: words of the arms, in the order of their colors.
        arm_of: the place of an experiment among the arms.
    """
    table = found.bands()
    pictures = []
    for readout, (words, places) in SHOWN.items():
        part = table[table["observableId"] == readout]
        curves = curves_of(part)
        panels: dict[str, dict[str, SetBand]] = {
            line: {
                arms[arm_of(one)]: curves[one.id]
                for one in found.shipped.experiments
                if one.cell_line == line and arm_of(one) in places and one.id in curves
            }
            for line in lines
        }
        figure = set_band_panels(panels, unit=str(part["unit"].iloc[0]))
        title = f"{words}, over {len(found.sets)} parameter sets"
        svg = style.to_inline_svg(figure, name=f"bands-{readout}", alt=title)
        pictures.append(Picture(svg=svg, caption=title, is_wide=True))
    return Section(title="What is not known", paragraphs=(found.words(),), pictures=tuple(pictures))
