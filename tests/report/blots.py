"""Blots without cells: what the pictures' tests draw, and who looks for labels that meet."""

from itertools import combinations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from smaclab.assay.immunoblot import Immunoblot, Strip
from smaclab.assay.sample import Sample
from smaclab.assay.ubiquitin_ladder import spread
from smaclab.experiment.antibody import Band
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.report.blot_sheet import Panel
from smaclab.report.lanes import describe

WIDTHS = (1000, 400)


def strip(name, copies, *bands, panel="lysate", is_loading=False):
    given = tuple(Band(name=label, kDa=size, is_ladder=is_ladder) for label, size, is_ladder in bands)
    spread_bands, columns, groups = spread(given, np.asarray(copies, dtype=float).reshape(-1, len(given)))
    return Strip(
        name=name,
        panel=panel,
        bands=spread_bands,
        groups=groups,
        labels=tuple(band.name for band in given),
        sizes_kDa=tuple(band.kDa for band in given),
        copies=columns,
        cells=1e5,
        is_loading=is_loading,
    )


def course(*, seed=1, times=(0, 0.25, 0.5, 1, 2, 4, 8, 12, 24), detector="film"):
    """A time course: (panels, lanes)."""
    n = len(times)
    one = Experiment(id="x", cell_line="EVSA-T", doses=(Dose(drug="SM-164", concentration_nM=100.0),))
    gone, rising = np.geomspace(7e4, 3e2, n), np.geomspace(2e2, 2e5, n)
    strips = [
        strip("cIAP1", gone, ("cIAP1", 70, False)),
        strip("caspase-8", np.stack([gone, rising], 1), ("procaspase-8", 55, False), ("p18", 18, False)),
        strip("PARP", np.stack([2e5 - rising, rising], 1), ("PARP", 116, False), ("cl. PARP", 89, False)),
        strip("caspase-3", np.stack([gone, rising], 1), ("p19", 19, False), ("p17", 17, False)),
        strip("Ub-RIP1", np.stack([gone, rising], 1), ("RIP1", 74, False), ("Ub-RIP1", 74, True)),
        strip("actin", [1.2e8] * n, ("actin", 42, False), is_loading=True),
    ]
    samples = [Sample(experiment="x", time_h=float(time)) for time in times]
    exposed = Immunoblot(detector=detector).expose(strips, samples, seed=seed)
    return [Panel(title="", strips=exposed)], describe([one] * n, [float(time) for time in times])


def lines_and_doses(*, seed=1):
    """Three lines with long names, doses, two drugs, and an IP beside its input: (panels, lanes)."""
    lines, doses = ("EVSA-T", "MDA-MB-231", "a line with a very long name"), (0.0, 0.25, 10.0, 1000.0)
    given = [
        Experiment(
            id=f"{line[:4].strip()}{place}".replace(" ", "_"),
            cell_line=line,
            doses=(
                *((Dose(drug="SM-164", concentration_nM=dose),) if dose else ()),
                *((Dose(drug="TNF", concentration_nM=0.192),) if place % 2 else ()),
            ),
        )
        for line in lines
        for place, dose in enumerate(doses)
    ]
    n = len(given)
    samples = [Sample(experiment=one.id, time_h=8.0) for one in given]
    panels = []
    for title in ("IP: immobilized mimetic", "Input"):
        strips = [
            strip("RIP1", np.linspace(1e3, 1e5, n), ("RIP1", 74, False), panel=title),
            strip("FADD", np.linspace(1e5, 1e3, n), ("FADD", 28, False), panel=title),
        ]
        panels.append(Panel(title=title, strips=Immunoblot().expose(strips, samples, seed=seed)))
    return panels, describe(given, [8.0] * n)


def boxes(figure: Figure):
    """Text -> its box, px, of every text of a figure that is not empty."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # labels of axes get their places only then
    renderer = canvas.get_renderer()
    found = [*figure.texts]
    for axes in figure.axes:
        found += [*axes.texts, axes.title, axes.xaxis.label, axes.yaxis.label]
        found += [*_ticks(axes.xaxis), *_ticks(axes.yaxis)] if axes.axison else []
    shown = [one for one in found if one.get_text().strip() and one.get_visible()]
    return [(one.get_text(), one.get_window_extent(renderer)) for one in shown]


def _ticks(axis):
    """The labels that are drawn: of ticks inside of the view."""
    low, high = sorted(axis.get_view_interval())
    return [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]


def meeting(figure: Figure):
    """Pairs of texts whose boxes overlap by more than a hair."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes(figure), 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5
    ]


def outside(figure: Figure):
    """Texts that leave the picture."""
    width, height = figure.get_size_inches() * figure.dpi
    return [
        text
        for text, box in boxes(figure)
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > width + 0.5 or box.y1 > height + 0.5
    ]
