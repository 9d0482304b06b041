"""What a person wrote becomes experiments, read with the package's own catalogue unless another is given."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from smaclab.biology.catalogue import load_catalogue
from smaclab.errors import ExperimentError, Problem, plain, unknown
from smaclab.experiment.activity import Activity
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
from smaclab.experiment.readout import Readout


@lru_cache(maxsize=1)
def own_catalogue() -> Catalogue:
    """The cell lines, drugs, proteins, readouts, hypotheses and parameters of this package."""
    return load_catalogue()


def load(source: Source, *, catalogue: Catalogue | None = None) -> Experiment | Campaign:
    """Read an experiment, or a campaign where there is a `[grid]`, from a TOML file or a dict.

    Args:
        source: Path of a file, the same content as a dict, or an experiment made in Python.
        catalogue: What names mean; the package's own by default.

    Returns:
        An `Experiment`, or a `Campaign` of several.

    Raises:
        ExperimentError: something is wrong; `.problems` lists everything at once.
    """
    return load_experiment(source, _or_own(catalogue))


def check(source: Source, *, catalogue: Catalogue | None = None) -> list[Problem]:
    """Every problem of a file or dict, each with file and key; an empty list where there is none."""
    return check_experiment(source, _or_own(catalogue))


def listing(kind: str, *, catalogue: Catalogue | None = None) -> list[dict[str, Any]]:
    """What there is of one kind, as plain values.

    Args:
        kind: One of `KINDS`: "cell-lines", "drugs", "proteins", "activities", "mutations",
            "readouts", "hypotheses".
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
        "values": dict(hypothesis.values),
    }


KINDS: Final[Mapping[str, Callable[[Catalogue], list[dict[str, Any]]]]] = {
    "cell-lines": lambda known: [_cell_line(one) for one in known.cell_lines],
    "drugs": lambda known: [_drug(one) for one in known.drugs],
    "proteins": lambda known: [_protein(one) for one in known.proteins],
    "activities": lambda known: [_activity(one) for one in known.activities],
    "mutations": lambda known: [_mutation(one) for one in known.mutations],
    "readouts": lambda known: [_readout(one) for one in known.readouts],
    "hypotheses": lambda known: [_hypothesis(one) for one in known.hypotheses],
}
