"""The measurements that ship with the package: their experiments, and what a run predicts for each."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import CatalogueError, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.infer.evidence import Bound, Course, Evidence
from smaclab.lab.door import load
from smaclab.lab.looks import Looks

Array = NDArray[Any]

CELLS: Final = 8
SEED: Final = 1
FILE: Final = "measured.toml"
SHOWS: Final = ("log_death_time", "reporter", "readout", "bound")
_STEP_S: Final = 600.0
SOONEST_H: Final = 1.0 / 60.0
_ASKED: Final = ("cell_line", "duration", "dose", "perturbation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One piece of evidence and the experiment that predicts it.

    written: what a person would write to run it. shows: one of `SHOWS`. time_h: (point,), h.
    """

    evidence: Evidence
    written: Mapping[str, Any]
    readout: str
    shows: str
    time_h: tuple[float, ...]

    def experiment(self, catalogue: Catalogue, letters: Mapping[str, str] | None = None) -> Experiment:
        """As it is run, under these answers to open questions.

        Raises:
            ExperimentError: it is not sound.
        """
        whole: dict[str, Any] = {**self.written, "readouts": [self.readout], "cells": CELLS, "seed": SEED}
        if letters:
            whole["hypotheses"] = dict(letters)
        loaded = load({"id": self.evidence.id, **whole}, catalogue=catalogue)
        assert isinstance(loaded, Experiment), self.evidence.id  # without a grid it is never a campaign
        usual = {*np.arange(0.0, loaded.duration_s, _STEP_S), loaded.duration_s}
        seen = {3600.0 * hour for hour in self.time_h if self.shows in ("readout", "bound")}
        return replace(loaded, sample_s=tuple(sorted(float(one) for one in usual | seen)))

    def predicted(self, looks: Looks) -> Array:
        """(point,), what was simulated of it; NaN: unknown."""
        name = self.evidence.id
        if self.shows == "log_death_time":
            # A survivor counts at the end of the run, as a film that ends does; a cell that is dead from the
            # start at a minute, so that such sets are far off and still tell which way is better.
            hours = np.clip(looks.death_time_h[name], SOONEST_H, looks.time_h[name][-1])
            return np.array([np.mean(np.log(hours))])
        time_h, cells = looks.time_h[name], looks.values[name, self.readout]
        if self.shows == "reporter":
            steps = 0.5 * (cells[:, 1:] + cells[:, :-1]) * np.diff(time_h)
            cells = np.concatenate([np.zeros((len(cells), 1)), np.cumsum(steps, axis=1)], axis=1)
        return np.interp(self.time_h, time_h, np.median(cells, axis=0))


@lru_cache(maxsize=1)
def own_measurements() -> tuple[Measured, ...]:
    """Those that ship in the package.

    Raises:
        CatalogueError: the file is not sound.
    """
    text = resources.files("smaclab.infer").joinpath(FILE).read_text(encoding="utf-8")
    return read_measurements(tomllib.loads(text))


def read_measurements(raw: Mapping[str, Any]) -> tuple[Measured, ...]:
    """Measurements and bounds as they stand in TOML.

    Raises:
        CatalogueError: a data set without a source, a kind that is not known.
    """
    found = []
    for name, table in (*raw.get("measured", {}).items(), *raw.get("bounds", {}).items()):
        source = raw.get("datasets", {}).get(table.get("dataset"), {}).get("source", "")
        if not source:
            raise CatalogueError(f"{FILE}, {name}: data set {table.get('dataset')!r} has no source.")
        found.append(_measured(name, table))
    return tuple(found)


def sources() -> dict[str, str]:
    """Data set -> where it is from, and what was chosen about it."""
    text = resources.files("smaclab.infer").joinpath(FILE).read_text(encoding="utf-8")
    return {name: f"{one['source']} {one['note']}" for name, one in tomllib.loads(text)["datasets"].items()}


def _measured(name: str, table: Mapping[str, Any]) -> Measured:
    written = {key: table[key] for key in _ASKED if key in table}
    if "low" in table:
        bound = Bound(id=name, dataset=table["dataset"], low=table["low"], high=table["high"])
        return Measured(
            evidence=bound,
            written=written,
            readout=table["readout"],
            shows="bound",
            time_h=(float(table["time_h"]),),
        )
    if table["shows"] not in SHOWS:
        raise CatalogueError(unknown("shows", table["shows"], SHOWS, where=f"{FILE}, {name}"))
    course = Course(
        id=name,
        dataset=table["dataset"],
        value=tuple(map(float, table["value"])),
        sd=tuple(map(float, table["sd"])),
        units=table["units"],
        is_reporter=table["shows"] == "reporter",
    )
    times = tuple(map(float, table["time_h"]))
    return Measured(
        evidence=course, written=written, readout=table["readout"], shows=table["shows"], time_h=times
    )


def predictions(measured: Iterable[Measured], looks: Looks) -> Array:
    """(point,) of all, one after another."""
    return np.concatenate([one.predicted(looks) for one in measured])
