"""Reports of an archive in one HDF5 file, in the shape that BioSimulators asks for.

A group a folder and SED-ML file, a data set a report or plot: (column, time), with its columns' ids, labels
and names as attributes; shorter columns end in NaN.

Scope:   numbers of whole columns.
Ignores: everything where h5py is not installed; it is in the extra [omex].

Source: reports.h5 of github.com/biosimulators/Biosimulators_test_suite, and what that suite checks of it.
"""

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SbmlError

Array = NDArray[Any]
KINDS = {"report": "SedReport", "plot2D": "SedPlot2D", "plot3D": "SedPlot3D"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """One report. file: of the SED-ML, in the archive. kind: of its element. values: (column,) of (time,)."""

    file: str
    id: str
    kind: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[Array, ...]
    name: str = ""


def can_write_h5() -> bool:
    """Whether h5py is installed."""
    return importlib.util.find_spec("h5py") is not None


def write_h5(path: Path, reports: Sequence[ReportData]) -> Path:
    """Write reports into one file.

    Raises:
        SbmlError: the file cannot be written.
    """
    h5py: Any = importlib.import_module("h5py")
    try:
        with h5py.File(path, "w") as file:
            for one in reports:
                _write(file, one)
    except OSError as problem:
        raise SbmlError(f"{path}: cannot be written ({problem}).") from problem
    return path


def _write(file: Any, one: ReportData) -> None:
    parts = one.file.split("/")
    for place in range(len(parts)):
        uri = "/".join(parts[: place + 1])
        group = file.require_group(uri)
        group.attrs["uri"] = group.attrs["combineArchiveLocation"] = uri
    longest = max((len(each) for each in one.values), default=0)
    table = np.full((len(one.values), longest), np.nan)
    for row, each in zip(table, one.values, strict=True):
        row[: len(each)] = each
    uri = f"{one.file}/{one.id}"
    found = file.create_dataset(uri, data=table)
    found.attrs["uri"], found.attrs["sedmlId"], found.attrs["_type"] = uri, one.id, KINDS[one.kind]
    if one.name:
        found.attrs["sedmlName"] = one.name
    found.attrs["sedmlDataSetIds"] = list(one.ids)
    found.attrs["sedmlDataSetLabels"] = list(one.labels)
    found.attrs["sedmlDataSetNames"] = list(one.names)
    found.attrs["sedmlDataSetShapes"] = [str(len(each)) for each in one.values]
    found.attrs["sedmlDataSetDataTypes"] = [str(each.dtype) for each in one.values]
