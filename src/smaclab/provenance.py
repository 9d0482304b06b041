"""The record that lets anyone repeat a result: versions, network, parameters, seeds, algorithm, platform.

It holds no date, no path and no name of a machine or person: equal runs give equal records.
"""

import hashlib
import importlib.metadata
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1
PACKAGES = ("smaclab", "numpy", "scipy", "pandas")
"""Those whose version can change a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a result comes from; `to_json` is the text of `run.json`.

    network: identity of the network, sha256 in hex; parameter values do not enter it.
    parameters: name -> value of every number of the catalogue (parameters, lines, drugs), in the unit inside.
    algorithm: name, KiSAO id and tolerances of what advanced time.
    experiments: one mapping an experiment, of plain values: what was asked, and its status counts.
    status: name of the status -> number of cells, over all experiments.
    advice: name of the status -> what to try, for the cells that failed.
    """

    network: str
    parameters: Mapping[str, float]
    algorithm: Mapping[str, Any]
    experiments: Sequence[Mapping[str, Any]]
    status: Mapping[str, int]
    advice: Mapping[str, str] = field(default_factory=dict)

    @property
    def parameter_set(self) -> str:
        """Sha256 of the names and values of all `parameters`, in hex; it changes with any of them."""
        return fingerprint({name: float(value).hex() for name, value in self.parameters.items()})

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of the experiments, each once."""
        return tuple(sorted({int(one["seed"]) for one in self.experiments}))

    @property
    def cells(self) -> int:
        """Cells that were asked for."""
        return sum(self.status.values())

    @property
    def failed_cells(self) -> int:
        """Cells whose solve failed."""
        return sum(count for name, count in self.status.items() if name != "OK")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, in the order in which a person reads them."""
        return {
            "format": FORMAT,
            "simulated": True,
            "versions": versions(),
            "network": {"sha256": self.network},
            "parameters": {"sha256": self.parameter_set, "count": len(self.parameters)},
            "hypotheses": _shared(self.experiments, "hypotheses"),
            "seed": self.seeds[0] if len(self.seeds) == 1 else list(self.seeds),
            "algorithm": dict(self.algorithm),
            "platform": {"system": platform.system(), "machine": platform.machine()},
            "status": dict(self.status),
            "cells": self.cells,
            "failed_cells": self.failed_cells,
            "advice": dict(self.advice),
            "experiments": [dict(one) for one in self.experiments],
        }

    def to_json(self) -> str:
        """The text of `run.json`: strict JSON; a time that never ends is the text "never"."""
        return json.dumps(_plain(self.to_dict()), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def versions() -> dict[str, str]:
    """Version of Python and of every package that can change a number."""
    found = {"python": ".".join(str(part) for part in sys.version_info[:3])}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:  # a checkout on the path, not installed
            found[package] = "not installed"
    return found


def fingerprint(content: Mapping[str, Any]) -> str:
    """Sha256 of plain content, whatever the order of its keys."""
    text = json.dumps(_plain(content), sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _shared(experiments: Sequence[Mapping[str, Any]], key: str) -> Any:
    """What all experiments have in common, or the text that says where they differ."""
    values = [one[key] for one in experiments if key in one]
    if not values:
        return {}
    return values[0] if all(value == values[0] for value in values) else "differ; see experiments"


def _plain(content: Any) -> Any:
    """`content` with infinities and NaN as words, which JSON has no numbers for."""
    if isinstance(content, Mapping):
        return {str(key): _plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    if isinstance(content, float) and content != content:  # NaN alone differs from itself
        return "unknown"
    if content in (float("inf"), float("-inf")):
        return "never" if content > 0 else "always"
    return content
