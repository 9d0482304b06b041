"""The pictures of a plate's run: the plate itself, and curves beside a person's points."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from smaclab.analysis.bands import bands
from smaclab.experiment.plate_campaign import PlateCampaign, without_drug
from smaclab.lab.wells import Seen, seen
from smaclab.report import style
from smaclab.report.beside import Scale, Series, beside
from smaclab.report.plate_view import PlatePanel, plate_view
from smaclab.report.words import hours, shared_unit, treatment, typed_masses

if TYPE_CHECKING:
    from smaclab.experiment.experiment import Experiment

FEWEST_TIMES = 3
"""Read at fewer times, a plate has no time course worth an axis."""
FEWEST_DOSES = 2
MOST_PANELS = 6  # of one figure
MOST_FIGURES = 12  # of one readout; the rest is in results.csv


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A figure, the name of its file without suffix, and what it shows."""

    name: str
    figure: Figure
    caption: str


def pictures(plate: PlateCampaign, readouts: pd.DataFrame, *, width_px: int = 1000) -> Iterator[Drawn]:
    """All pictures of a run, readout by readout.

    Args:
        plate: The wells and their experiments.
        readouts: The table of a run of its campaign.
        width_px: Width of each at 100 dots an inch.
    """
    for readout in plate.campaign.experiments[0].readouts:
        about = seen(plate, readouts, readout)
        if plate.plate.format is not None:
            yield from plate_pictures(plate, readouts, about, width_px=width_px)
        yield from beside_pictures(plate, readouts, about, width_px=width_px)


def plate_pictures(
    plate: PlateCampaign, readouts: pd.DataFrame, about: Seen, *, width_px: int
) -> Iterator[Drawn]:
    """The plate as simulated and, where it was, as measured: in one picture where they have one unit."""
    percent = 100.0 if about.readout == "viability" else 1.0
    curves = _curves(readouts, about.readout)
    simulated: dict[str, float] = {}
    measured: dict[str, float] = {}
    read: dict[str, float] = {}
    for well, name in zip(plate.plate.wells, plate.experiment_ids, strict=True):
        if read.get(well.name, -1.0) > well.read_s:
            continue  # the last look at a well is the one that is drawn
        read[well.name] = well.read_s
        at = curves[name]
        simulated[well.name] = percent * float(np.interp(well.read_s / 3600.0, at["time"], at["mean"]))
        measured[well.name] = well.measured.get(about.readout, np.nan) * percent * (about.factor or 1.0)
    when = f" at {hours(next(iter(read.values())))}" if len(set(read.values())) == 1 else " at the last time"
    panels = [PlatePanel(title=f"{about.readout}, SIMULATED{when}", values=simulated)]
    if about.readout in plate.plate.measured:
        panels.insert(0, PlatePanel(title=f"{about.readout}, measured{when}", values=measured))
    together = [panels] if about.factor is not None else [[panel] for panel in panels]
    labels = (
        [_label(about)]
        if about.factor is not None or len(panels) == 1
        else [_measured_label(about), _label(about)]
    )
    for number, (group, label) in enumerate(zip(together, labels, strict=True)):
        figure = plate_view(
            group,
            wells=plate.plate.format or 96,
            label=label,
            limits=(0.0, 100.0) if about.readout == "viability" else None,
            width_px=width_px,
        )
        name = f"plate-{_slug(about.readout)}" + (f"-{number + 1}" if len(together) > 1 else "")
        yield Drawn(name=name, figure=figure, caption=f"{about.readout} in each well. Hollow: no cells.")


def beside_pictures(
    plate: PlateCampaign, readouts: pd.DataFrame, about: Seen, *, width_px: int
) -> Iterator[Drawn]:
    """Curves over dose and over time, each with the measured points on it."""
    drug = dose_axis(plate)
    wanted: list[tuple[str, Scale, list[tuple[str, Series]]]] = []
    usual = {
        "y": _label(about),
        "measured_y": "" if about.factor is not None else _measured_label(about),
        "top": 105.0 if about.readout == "viability" else None,
    }
    if about.readout not in plate.plate.measured:
        usual["measured_y"] = ""
    if drug is not None:
        factor, unit = _unit_of(plate, drug)
        scale = Scale(x=f"{drug} ({unit})", is_dose=True, **usual)  # type: ignore[arg-type]
        wanted.append(("dose", scale, list(_over_dose(plate, readouts, about, (drug, factor)))))
    if len({well.read_s for well in plate.plate.wells}) >= FEWEST_TIMES:
        wanted.append(("time", Scale(x="time (h)", **usual), list(_over_time(plate, readouts, about))))  # type: ignore[arg-type]
    for axis, scale, series in wanted:
        for number, panels in enumerate(_chunks(series)):
            if number >= MOST_FIGURES:
                return
            more = f"-{number + 1}" if number else ""
            yield Drawn(
                name=f"{axis}-{_slug(about.readout)}{more}",
                figure=beside(panels, scale, width_px=width_px),
                caption=f"{about.readout} over {axis}. Lines are simulated, points were measured.",
            )


def dose_axis(plate: PlateCampaign) -> str | None:
    """The drug that was given at most concentrations; None where none was given at two."""
    levels: dict[str, set[float]] = {}
    for experiment in plate.campaign.experiments:
        for dose in experiment.doses:
            if dose.concentration_nM > 0:
                levels.setdefault(dose.drug, set()).add(dose.concentration_nM)
    most = max(levels, key=lambda drug: len(levels[drug]), default=None)
    return most if most is not None and len(levels[most]) >= FEWEST_DOSES else None


def _unit_of(plate: PlateCampaign, drug: str) -> tuple[float, str]:
    """What the doses of a drug are shown in: how much one is in nM, and its name; by mass where typed so."""
    doses = [dose for each in plate.campaign.experiments for dose in each.doses if dose.drug == drug]
    mass = typed_masses(doses).get(drug)
    return (
        (1.0, "nM")
        if mass is None
        else shared_unit([one.concentration_nM for one in doses if one.given], mass)
    )


def _over_dose(
    plate: PlateCampaign, readouts: pd.DataFrame, about: Seen, axis: tuple[str, float]
) -> Iterator[tuple[str, Series]]:
    """(cell line, series): what has everything in common but the dose, read at the last time.

    axis: the drug, and how much one of the axis' unit is in nM.
    """
    drug, factor = axis
    end_s = max(well.read_s for well in plate.plate.wells)
    groups: dict[tuple[str, str], list[tuple[float, Experiment]]] = {}
    for experiment in plate.campaign.experiments:
        doses = [dose for dose in experiment.doses if dose.drug == drug]
        if len(doses) > 1:
            continue  # given twice: it has no one dose
        others = treatment(without_drug(experiment, drug))
        label = "no other treatment" if others == "vehicle" else others
        level = doses[0].concentration_nM / factor if doses else 0.0
        groups.setdefault((experiment.cell_line, label), []).append((level, experiment))
    curves, measured = _curves(readouts, about.readout), _points(plate, about)
    for (line, label), members in groups.items():
        members.sort(key=lambda one: one[0])
        at = [curves[one.id].iloc[-1] for _, one in members]
        points = [
            (level, value)
            for level, one in members
            for read_s, value in measured.get(one.id, ())
            if read_s == end_s
        ]
        yield line, _series(label, [level for level, _ in members], pd.DataFrame(at), points, about)


def _over_time(plate: PlateCampaign, readouts: pd.DataFrame, about: Seen) -> Iterator[tuple[str, Series]]:
    curves, measured = _curves(readouts, about.readout), _points(plate, about)
    for experiment in plate.campaign.experiments:
        curve = curves[experiment.id]
        points = [(read_s / 3600.0, value) for read_s, value in measured.get(experiment.id, ())]
        yield experiment.cell_line, _series(treatment(experiment), list(curve["time"]), curve, points, about)


def _points(plate: PlateCampaign, about: Seen) -> dict[str, list[tuple[float, float]]]:
    """Experiment id -> (time in s, measured value) of each of its wells that was measured."""
    found: dict[str, list[tuple[float, float]]] = {}
    for well, name in zip(plate.plate.wells, plate.experiment_ids, strict=True):
        if about.readout in well.measured:
            found.setdefault(name, []).append((well.read_s, well.measured[about.readout]))
    return found


def _series(
    label: str, x: list[float], rows: pd.DataFrame, points: list[tuple[float, float]], about: Seen
) -> Series:
    """In percent where cells are counted; a band where a cell's own value means something."""
    is_alive = about.readout == "viability"
    percent = 100.0 if is_alive else 1.0
    measured = np.array([value for _, value in points], dtype=float)
    none = np.empty(0)
    return Series(
        label=label,
        x=np.array(x, dtype=float),
        simulated=percent * rows["mean"].to_numpy(float),
        low=none if is_alive else rows["low"].to_numpy(float),
        high=none if is_alive else rows["high"].to_numpy(float),
        measured_x=np.array([at for at, _ in points], dtype=float),
        measured=measured * percent * (about.factor or 1.0),
    )


def _chunks(series: list[tuple[str, Series]]) -> Iterator[list[tuple[str, list[Series]]]]:
    """As many figures as it takes for seven curves and six panels in each."""
    labels = list(dict.fromkeys(one.label for _, one in series))
    for start in range(0, len(labels), style.MAX_CURVES):
        part = labels[start : start + style.MAX_CURVES]
        lines: dict[str, list[Series]] = {}
        for line, one in series:
            if one.label in part:
                lines.setdefault(line, []).append(one)
        panels = list(lines.items())
        for first in range(0, len(panels), MOST_PANELS):
            yield panels[first : first + MOST_PANELS]


def _curves(readouts: pd.DataFrame, readout: str) -> dict[str, pd.DataFrame]:
    table = bands(readouts, readout)
    return {str(name): rows.sort_values("time") for name, rows in table.groupby("experimentId", sort=False)}


def _label(about: Seen) -> str:
    return "cells alive (%)" if about.readout == "viability" else f"{about.readout} ({about.unit})"


def _measured_label(about: Seen) -> str:
    return f"{about.readout}, measured ({about.measured_unit or 'unit not stated'})"


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
