"""What a person wrote becomes experiments, read with the package's own catalogue unless another is given."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from smaclab.assay.instruments import instruments
from smaclab.biology.catalogue import load_catalogue, read_cell_line, with_cell_lines
from smaclab.errors import CatalogueError, ExperimentError, Problem, plain, unknown
from smaclab.experiment.activity import Activity
from smaclab.experiment.antibody import Antibody
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.check import Source
from smaclab.experiment.check import check as check_experiment
from smaclab.experiment.drug import Drug
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.load import load as load_experiment
from smaclab.experiment.mutation import Mutation
from smaclab.experiment.protein import Protein
from smaclab.experiment.read_plate import examine_plate
from smaclab.experiment.read_table import is_table
from smaclab.experiment.readout import Readout
from smaclab.experiment.source import read
from smaclab.lab.donors import with_donors


@lru_cache(maxsize=1)
def own_catalogue() -> Catalogue:
    """The cell lines, drugs, proteins, readouts, hypotheses and parameters of this package."""
    return load_catalogue()


def catalogue_for(source: Source) -> Catalogue:
    """The package's catalogue, and the cell lines whose files `source` names: `cell_line = "mine.toml"`.

    Args:
        source: A TOML file, from whose folder the paths are seen, or a dict, for which it is this folder.

    Raises:
        ExperimentError: such a file is missing or not sound, or its line answers to a name that is taken.
    """
    names: dict[Path, list[str]] = {}  # one line may be written in two ways
    try:
        for name, path in _line_files(source):
            names.setdefault(path, []).append(name)
        lines = [
            replace(line, aliases=(*line.aliases, *names[path]))
            for path, line in ((path, read_cell_line(path)) for path in names)
        ]
        return with_cell_lines(own_catalogue(), lines) if lines else own_catalogue()
    except (CatalogueError, OSError, ValueError) as error:  # a folder, a locked file, a NUL in its name
        where = "dict" if isinstance(source, Mapping) else str(source)
        letter = f"a path ending in .toml is a cell line's file, seen from the experiment's folder. {error}"
        raise ExperimentError(problems=[Problem(file=where, key="cell_line", message=letter)]) from error


def _line_files(source: Source) -> Iterator[tuple[str, Path]]:
    """(as written, path) of every cell line that is given as a file."""
    folder, raw = Path(), source if isinstance(source, Mapping) else None
    if isinstance(source, str | Path):
        folder, raw = Path(source).parent, read(Path(source))[0]
    if raw is None:  # the letter about it is written where the rest of the source is read
        return
    grid = raw.get("grid")
    axis = grid.get("cell_line") if isinstance(grid, Mapping) else None
    given = [raw.get("cell_line"), *(axis if isinstance(axis, list | tuple) else ())]
    for name in dict.fromkeys(one for one in given if isinstance(one, str) and one.endswith(".toml")):
        yield name, (folder / name).resolve()


def load(source: Source, *, catalogue: Catalogue | None = None) -> Experiment | Campaign:
    """Read an experiment, or a campaign where there is a `[grid]`, from a TOML file or a dict.

    Args:
        source: Path of a file, the same content as a dict, or an experiment made in Python.
        catalogue: What names mean; by default the package's own, and lines whose files the source names.

    Returns:
        An `Experiment`, or a `Campaign` of several.

    Raises:
        ExperimentError: something is wrong; `.problems` lists everything at once.
    """
    loaded = load_experiment(source, catalogue_for(source) if catalogue is None else catalogue)
    if isinstance(source, Experiment | Campaign):
        return loaded
    where = ("dict", Path()) if isinstance(source, Mapping) else (str(source), Path(source).parent)
    return with_donors(loaded, where, load)


def check(source: Source, *, catalogue: Catalogue | None = None) -> list[Problem]:
    """Every problem of a file or dict, each with file and key; an empty list where there is none.

    A plate (CSV, TSV or Excel) is checked as one whose wells are read at 24 h where it does not say.
    """
    try:
        if isinstance(source, str | Path) and is_table(source):
            return examine_plate(Path(source), own_catalogue() if catalogue is None else catalogue)[1]
        problems = check_experiment(source, catalogue_for(source) if catalogue is None else catalogue)
        if not problems:
            load(source, catalogue=catalogue)  # what a donor of a supernatant lacks is a problem too
        return problems
    except ExperimentError as error:  # a cell line's file that is not sound
        return list(error.problems)


def listing(kind: str, *, catalogue: Catalogue | None = None) -> list[dict[str, Any]]:
    """What there is of one kind, as plain values.

    Args:
        kind: One of `KINDS`: "cell-lines", "drugs", "proteins", "activities", "mutations",
            "readouts", "hypotheses", "antibodies", "instruments".
        catalogue: Where to look; the package's own by default.

    Raises:
        ExperimentError: there is no such kind.
    """
    found = {plain(name): show for name, show in KINDS.items()}.get(plain(str(kind)))
    if found is None:
        raise ExperimentError(unknown("kind", kind, KINDS, where="smaclab list"))
    return found(_or_own(catalogue))


def _or_own(given: Catalogue | None) -> Catalogue:
    return own_catalogue() if given is None else given


def _cell_line(line: CellLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "aliases": list(line.aliases),
        "kind": line.kind,
        "accession": line.accession,
        "description": line.description,
        "doubling_time_h": line.doubling_time_s.value / 3600.0,
        "amounts": len(line.amounts),
    }


def _drug(drug: Drug) -> dict[str, Any]:
    return {
        "name": drug.name,
        "aliases": list(drug.aliases),
        "kind": drug.kind,
        "chebi": drug.chebi,
        "molar_mass_g_per_mol": drug.molar_mass_g_per_mol,
        "valency": drug.valency,
        "source": drug.source,
    }


def _protein(protein: Protein) -> dict[str, Any]:
    return {
        "symbol": protein.symbol,
        "name": protein.name,
        "aliases": list(protein.aliases),
        "uniprot": protein.uniprot,
        "module": protein.module,
    }


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "name": activity.name,
        "aliases": list(activity.aliases),
        "parameter": activity.parameter,
        "description": activity.description,
    }


def _mutation(mutation: Mutation) -> dict[str, Any]:
    return {
        "protein": mutation.protein,
        "name": mutation.name,
        "aliases": list(mutation.aliases),
        "sets": dict(mutation.sets),
        "beside_endogenous": mutation.beside is not None,
        "description": mutation.description,
        "source": mutation.source,
    }


def _readout(readout: Readout) -> dict[str, Any]:
    return {
        "name": readout.name,
        "aliases": list(readout.aliases),
        "unit": readout.unit,
        "description": readout.description,
    }


def _hypothesis(hypothesis: Hypothesis) -> dict[str, Any]:
    return {
        "id": hypothesis.id,
        "question": hypothesis.question,
        "default": hypothesis.default,
        "about": hypothesis.about,
        "values": dict(hypothesis.values),
    }


def _antibody(antibody: Antibody) -> dict[str, Any]:
    return {
        "name": antibody.name,
        "aliases": list(antibody.aliases),
        "protein": antibody.protein or "loading control",
        "bands_kDa": {band.name: f"{band.kDa:g}" for band in antibody.bands},
        "fractions": list(antibody.organelles) or ([antibody.loads] if antibody.loads else []),
        "source": antibody.source,
    }


def _instruments() -> list[dict[str, Any]]:
    return [
        {
            "name": f"{instrument}.{name}",
            "value": one.value,
            "unit": one.unit,
            "evidence": one.evidence,
            "source": one.source,
        }
        for instrument, numbers in instruments().items()
        for name, one in numbers.items()
    ]


KINDS: Final[Mapping[str, Callable[[Catalogue], list[dict[str, Any]]]]] = {
    "cell-lines": lambda known: [_cell_line(one) for one in known.cell_lines],
    "drugs": lambda known: [_drug(one) for one in known.drugs],
    "proteins": lambda known: [_protein(one) for one in known.proteins],
    "activities": lambda known: [_activity(one) for one in known.activities],
    "mutations": lambda known: [_mutation(one) for one in known.mutations],
    "readouts": lambda known: [_readout(one) for one in known.readouts],
    "hypotheses": lambda known: [_hypothesis(one) for one in known.hypotheses],
    "antibodies": lambda known: [_antibody(one) for one in known.antibodies],
    "instruments": lambda _: _instruments(),
}
