"""What was simulated beside what was measured: a row a well, a row a condition, and how well they agree."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smaclab.analysis.agreement import agreement_of, unit_factor
from smaclab.analysis.bands import bands
from smaclab.errors import plain
from smaclab.experiment.plate import Well
from smaclab.experiment.plate_campaign import PlateCampaign
from smaclab.lab.workbook import SIMULATED
from smaclab.report.tables import unit_of
from smaclab.report.words import treatment

ALIVE = "fraction alive"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One readout of a plate: how its simulated and measured numbers compare.

    unit: of the simulated numbers.
    measured_unit: as the person wrote it; "" where it is not stated.
    factor: measured number -> the simulated unit; None: the units cannot be compared.
    """

    readout: str
    unit: str
    measured_unit: str
    factor: float | None


def seen(plate: PlateCampaign, readouts: pd.DataFrame, readout: str) -> Seen:
    """The units of one readout, and whether they can be compared."""
    unit = ALIVE if readout == "viability" else unit_of(readouts, readout)
    given = plate.plate.units.get(readout, "")
    factor = 1.0 if readout == "viability" else unit_factor(given, unit)
    written = ALIVE if readout == "viability" else given
    return Seen(readout=readout, unit=unit, measured_unit=written, factor=factor)


def well_table(plate: PlateCampaign, readouts: pd.DataFrame) -> pd.DataFrame:
    """A row a well, in the order of the file: the person's columns as written, then ours.

    Args:
        plate: The wells and their experiments.
        readouts: The table of a run of its campaign.

    Returns:
        well (or row), the person's own columns, experimentId, condition, time_h, and for each readout a
        SIMULATED column (the mean over its cells; NaN: none was solved) and, where given, a measured one.
    """
    wells = plate.plate.wells
    headers = list(dict.fromkeys(header for well in wells for header, _ in well.own if header))
    rows = []
    words = {one.id: treatment(one) for one in plate.campaign.experiments}
    for well, name in zip(wells, plate.experiment_ids, strict=True):
        own = dict(well.own)
        rows.append(
            [well.name or well.place, *(own.get(header, "") for header in headers), name, words[name]]
        )
    ours = ["well" if plate.plate.format else "place", "experimentId", "condition", "time_h"]
    taken = {plain(header) for header in ours}
    own_names = [f"{header} (own)" if plain(header) in taken else header for header in headers]
    table = pd.DataFrame(rows, columns=[ours[0], *own_names, *ours[1:3]], dtype=object)
    table["time_h"] = [well.read_s / 3600.0 for well in wells]
    for name in _readouts(plate):
        about = seen(plate, readouts, name)
        simulated = _simulated(readouts, name)
        keys = [(one, _hour(well)) for one, well in zip(plate.experiment_ids, wells, strict=True)]
        table[f"{name} {SIMULATED} [{about.unit}]"] = [simulated.get(key, np.nan) for key in keys]
        if name in plate.plate.measured:
            stated = about.measured_unit or "unit not stated"
            table[f"{name} measured [{stated}]"] = [well.measured.get(name, np.nan) for well in wells]
    return table


def condition_table(plate: PlateCampaign, readouts: pd.DataFrame) -> pd.DataFrame:
    """A row a condition and time: simulated, and mean, standard deviation and number of the measured.

    The standard deviation is that of a sample, and empty for one replicate.
    """
    words = {one.id: (one.cell_line, treatment(one)) for one in plate.campaign.experiments}
    about = {name: seen(plate, readouts, name) for name in _readouts(plate)}
    simulated = {name: _simulated(readouts, name) for name in about}
    measured = plate.plate.measured
    rows = []
    for (name, hour), wells in _groups(plate):
        row: dict[str, object] = {
            "experimentId": name,
            "cell line": words[name][0],
            "condition": words[name][1],
            "time_h": hour,
            "wells": len(wells),
        }
        for readout, one in about.items():
            row[f"{readout} {SIMULATED} [{one.unit}]"] = simulated[readout].get((name, hour), np.nan)
            if readout in measured:
                values = np.array([well.measured[readout] for well in wells if readout in well.measured])
                stated = f"[{one.measured_unit or 'unit not stated'}]"
                row[f"{readout} measured, mean {stated}"] = float(values.mean()) if len(values) else np.nan
                row[f"{readout} measured, SD {stated}"] = (
                    float(values.std(ddof=1)) if len(values) > 1 else np.nan
                )
                row[f"{readout} measured, n"] = len(values)
        rows.append(row)
    return pd.DataFrame(rows)


def agreement(plate: PlateCampaign, readouts: pd.DataFrame) -> pd.DataFrame:
    """How simulated and measured means of conditions agree, a row a readout; no row without data.

    Returns:
        readout, conditions (compared), RMSE (in `unit`; NaN where the units cannot be compared), bias
        (simulated minus measured, in `unit`), rank correlation (Spearman's; NaN for fewer than 3 conditions,
        or where one side is constant), unit.
    """
    rows = []
    for readout in plate.plate.measured:
        about = seen(plate, readouts, readout)
        simulated = _simulated(readouts, readout)
        pairs = [
            (
                simulated.get(key, np.nan),
                float(np.mean([w.measured[readout] for w in wells if readout in w.measured])),
            )
            for key, wells in _groups(plate)
            if any(readout in well.measured for well in wells)
        ]
        both = np.array(pairs, dtype=float).reshape(-1, 2)
        found = agreement_of(both[:, 0], both[:, 1], factor=about.factor)
        rows.append(
            {
                "readout": readout,
                "conditions": found.conditions,
                "RMSE": found.rmse,
                "bias": found.bias,
                "rank correlation": found.rank_correlation,
                "unit": about.unit,
            }
        )
    return pd.DataFrame(rows, columns=["readout", "conditions", "RMSE", "bias", "rank correlation", "unit"])


def _readouts(plate: PlateCampaign) -> tuple[str, ...]:
    return plate.campaign.experiments[0].readouts


def _groups(plate: PlateCampaign) -> Iterator[tuple[tuple[str, float], list[Well]]]:
    """((experiment id, time in h), its wells): the replicates of one condition at one time."""
    groups: dict[tuple[str, float], list[Well]] = {}
    for well, name in zip(plate.plate.wells, plate.experiment_ids, strict=True):
        groups.setdefault((name, _hour(well)), []).append(well)
    yield from groups.items()


def _hour(well: Well) -> float:
    return round(well.read_s / 3600.0, 9)


def _simulated(readouts: pd.DataFrame, readout: str) -> dict[tuple[str, float], float]:
    """(experiment id, time in h) -> mean over the known cells."""
    table = bands(readouts, readout)
    hours = table["time"].astype(float).round(9)
    return dict(zip(zip(table["experimentId"], hours, strict=True), table["mean"], strict=True))
