"""`smaclab export`: an experiment in one of the community's formats."""

import importlib.util
from pathlib import Path

from smaclab.errors import ExperimentError, unknown
from smaclab.exchange.reaction_table import reaction_table
from smaclab.exchange.sbgn import write_sbgn
from smaclab.lab.door import Source
from smaclab.lab.export import FORMATS, omex_of, prepare, sbml_of, sedml_of

NEEDS_SBML = ("sbml", "omex", "petab")


def export_experiment(
    source: Source, kind: str, out: str | Path, *, cell: int | None = None, experiment: str | None = None
) -> list[Path]:
    """Write an experiment in a format that other software reads.

    Args:
        source: A TOML file, a dict with the same keys or an `Experiment`.
        kind: One of `FORMATS`.
        out: The file to write; a folder for petab.
        cell: Which cell; None is the line's median cell.
        experiment: The id of one, where the source is a campaign.

    Returns:
        What was written.

    Raises:
        ExperimentError: an unknown format, something wrong with the source, or a file that cannot be written.
        NetworkError: an extra is missing; the letter names it.
    """
    if kind not in FORMATS:
        raise ExperimentError(unknown("format", kind, FORMATS))
    if kind in NEEDS_SBML and importlib.util.find_spec("libsbml") is None:
        raise ExperimentError(f"format {kind} needs the extra [sbml]: pip install 'smaclab[sbml]'.")
    prepared, path = prepare(source, cell=cell, experiment=experiment), Path(out)
    if kind == "petab":
        from smaclab.lab.petab import petab_files

        return _write({path / name: text.encode() for name, text in petab_files(prepared).items()})
    if kind == "omex":
        return _write({path: omex_of(prepared)})
    if kind == "bngl":
        from smaclab.lab.rules_text import rules_bngl

        return _write({path: rules_bngl(prepared).encode()})
    if kind == "sedml":
        return _write({path: sedml_of(prepared, "model.xml").encode()})
    if kind == "csv":
        return _write({path: reaction_table(prepared.network, prepared.parameters).encode()})
    if kind == "sbgn":
        return _write({path: write_sbgn(prepared.network, prepared.about.links).encode()})
    return _write({path: sbml_of(prepared).encode()})


def _write(files: dict[Path, bytes]) -> list[Path]:
    for path, data in files.items():
        draft = path.with_name(f".{path.name}.partial")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            draft.replace(path)
        except OSError as problem:
            raise ExperimentError(f"{path}: cannot be written ({problem.strerror}).") from problem
    return list(files)
