"""The page about others' models, `docs/domain-models.md`."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.machine import cpu_name, versions

ASKED = 1e-6


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One model. ours, theirs: the worst relative difference from the reference; None: not had.

    end: in the model's own unit of time. worst: the species of ours. letter: why there is no number. cpu_s:
    ours, compiling for this model included, reading not.
    """

    number: int
    name: str
    species: int = 0
    end: float = 0.0
    ours: float | None = None
    theirs: float | None = None
    worst: str = ""
    letter: str = ""
    cpu_s: float = 0.0


HEAD = """# Models of others, beside libRoadRunner

Made by `python -m benchmarks.domain --models FOLDER --write docs/domain-models.md`; do not edit. The models
are from BioModels (CC0) and are not kept here; FOLDER holds them as `BIOMD0000000102.xml` and so on.

`BIOMODELS=FOLDER pytest -m slow tests/benchmarks` checks each file of the folder. Without a folder the tests
check the models that are here: EARM 1.0 (Albeck 2008) as we write it, Goldbeter 1991, the repressilator.

**Reference**: libRoadRunner at a relative tolerance of 1e-12 and an absolute one of 1e-14 of the smallest
species' largest amount. **Ours**: our defaults. **Theirs**: libRoadRunner's defaults.

A difference is |amount - reference| / (|reference| + floor), where the floor is a millionth of the largest
amount that this species reaches; the table has the worst over all species and 101 times. A species that stays
below 1e-12 of the largest of all is not compared. Asked of ours: {asked:g}.
"""


def page(rows: Sequence[Compared]) -> str:
    """The page as Markdown."""
    lines = [
        HEAD.format(asked=ASKED),
        "| BioModels | model | species | until | ours | its species | theirs |",
    ]
    lines.append("|---|---|---:|---:|---:|---|---:|")
    lines += [_row(one) for one in rows]
    lines.append("")
    lines += [f"- {one.number} ({one.name}): {one.letter}" for one in rows if one.letter]
    within = [one for one in rows if one.ours is not None and one.ours <= ASKED]
    lines += ["", f"{len(within)} of {len(rows)} within {ASKED:g}.", ""]
    lines.append(f"{cpu_name()}; " + ", ".join(f"{name} {one}" for name, one in versions().items()) + ".")
    return "\n".join(lines) + "\n"


def _row(one: Compared) -> str:
    ours = "none" if one.ours is None else f"{one.ours:.1e}"
    theirs = "none" if one.theirs is None else f"{one.theirs:.1e}"
    return (
        f"| {one.number} | {one.name} | {one.species or ''} | {f'{one.end:g}' if one.end else ''} | {ours} "
        f"| {f'`{one.worst}`' if one.worst else ''} | {theirs} |"
    )
