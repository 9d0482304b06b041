"""A claim's experiment as the file that a person would write, to run it alone."""

import json
from collections.abc import Mapping
from typing import Any


def experiment_text(experiment: Mapping[str, Any]) -> str:
    """TOML: the keys of the head first, then a table for each dose and perturbation."""
    tables = {key: value for key, value in experiment.items() if key in ("dose", "perturbation")}
    head = [f"{key} = {_toml(value)}" for key, value in experiment.items() if key not in tables]
    below = [
        "\n".join([f"[[{key}]]", *(f"{name} = {_toml(entry)}" for name, entry in one.items())])
        for key, several in tables.items()
        for one in several
    ]
    return "\n\n".join(["\n".join(head), *below]) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(entry)}" for key, entry in value.items()) + " }"
    # JSON's numbers, texts, booleans and lists are TOML's too.
    return json.dumps(value, ensure_ascii=False)
