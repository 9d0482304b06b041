"""All criteria of one file together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from smaclab.audit import behavior
from smaclab.audit.balance import massless, nets, parts_of, turned
from smaclab.audit.consistency import complaints
from smaclab.audit.document import Said, said_of
from smaclab.audit.finding import WEIGHTS, Audit, Criterion, Loss, share
from smaclab.errors import SbmlError, SimulationError, SmaclabError
from smaclab.network.sbml import SbmlModel, read_content
from smaclab.simulate.sbml import SbmlCourse

END = 100.0
APART = "species differ by more than 1e-5"
RUN = ("dead species", "positivity", "solvers agree", "repeatable")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A file that is audited."""

    name: str
    whole: Said
    said: tuple[Said, ...]
    complaints: Mapping[str, tuple[str, ...]]
    model: SbmlModel | None
    refusal: str = ""

    def of(self, kind: str) -> list[Said]:
        """What is said of the elements of one kind."""
        return [one for one in self.said if one.kind == kind]


def audit_sbml(path: str | Path, *, end: float = END) -> Audit:
    """The audit of an SBML file.

    Args:
        path: the file.
        end: how long it is followed, the model's unit of time.

    Raises:
        SbmlError: it cannot be read, or is no XML that may be looked at.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise SbmlError(f"{path}: cannot be read ({problem.strerror}).") from problem
    return audit_bytes(data, path.name, end=end)


def audit_bytes(data: bytes, name: str, *, end: float = END) -> Audit:
    """The audit of an SBML file's content; arguments and errors as in `audit_sbml`."""
    subject = _subject(data, name)
    found = {
        "valid": list(_valid(subject)),
        "mass balance": list(_balance(subject)),
        "units": list(_units(subject)),
        "annotations": list(_annotations(subject)),
        "provenance": list(_provenance(subject)),
        **_run(subject, end),
    }
    return Audit(model=name, criteria=tuple(Criterion(name=one, lost=tuple(found[one])) for one in WEIGHTS))


def _subject(data: bytes, name: str) -> Subject:
    whole, said = said_of(data, name)
    model, refusal = None, ""
    try:
        model = read_content(data)
    except SbmlError as problem:
        refusal = str(problem)
    return Subject(
        name=name, whole=whole, said=said, complaints=complaints(data), model=model, refusal=refusal
    )


def _all_lost(name: str, why: str, things: Sequence[str] = ()) -> list[Loss]:
    return [Loss(points=WEIGHTS[name], why=why, things=tuple(things))]


# --- what the file says ---------------------------------------------------------------------------


def _valid(subject: Subject) -> Iterator[Loss]:
    errors, others = subject.complaints["errors"], subject.complaints["others"]
    if errors:
        yield Loss(points=3.0, why=f"{len(errors)} errors of libSBML's consistency check", things=errors)
    if others:
        yield Loss(points=1.0, why=f"{len(others)} warnings that are not about units", things=others)
    if subject.refusal:
        yield Loss(points=1.0, why=f"not simulated here: {subject.refusal}")


def _balance(subject: Subject) -> Iterator[Loss]:
    if subject.model is None:
        yield from _all_lost("mass balance", "not read, so not checked")
        return
    changes = nets(subject.model)
    parts = parts_of(subject.said)
    if not changes:
        yield from _all_lost("mass balance", "no reactions: rules alone say nothing of mass")
        return
    concerned = {one for net in changes.values() for one in net}
    if concerned <= parts.keys() or len(concerned & parts.keys()) > 0.8 * len(concerned):
        wrong = turned(changes, parts)
        unknown = [name for name, net in changes.items() if not set(net) <= parts.keys()]
        yield from share(15.0, wrong, len(changes), "reactions turn one part into another")
        yield from share(15.0, unknown, len(changes), "reactions of species that do not say what they are")
        return
    lost = massless(changes)
    why = "species can have no positive mass, if no reaction makes mass of nothing"
    yield from share(12.0, lost, max(len(concerned), 1), why)
    yield Loss(points=3.0, why="most species do not say what they are made of: moieties cannot be checked")


def _units(subject: Subject) -> Iterator[Loss]:
    several = [one for one in subject.said if one.kind != "reaction"]
    without = [one.id for one in several if not one.has_units]
    yield from share(8.0, without, len(several), "parameters, species and compartments have no unit")
    found = subject.complaints["units"]
    if found:
        many = max(len(subject.of("reaction")) + len(subject.of("parameter")), 1)
        points = 7.0 * min(1.0, len(found) / many) if len(found) < many else 7.0
        yield Loss(points=points, why=f"{len(found)} warnings about units by libSBML", things=found)


def _annotations(subject: Subject) -> Iterator[Loss]:
    for kind, points in (("species", 8.0), ("reaction", 4.0), ("compartment", 1.0)):
        several = subject.of(kind)
        without = [one.id for one in several if not one.is_linked]
        yield from share(points, without, len(several), f"of {kind}: no link to a database")
    if not subject.whole.is_linked:
        yield Loss(points=2.0, why="the model itself has no link: no taxon, no paper, no cell line")


def _provenance(subject: Subject) -> Iterator[Loss]:
    """A parameter that names a paper keeps its point, one with a note half of it."""
    several = [one for one in subject.of("parameter") if not one.is_computed]
    if not several:
        yield from _all_lost("provenance", "no parameters: numbers inside formulas say nothing of themselves")
        return
    noted = [one.id for one in several if not one.is_linked and one.has_notes]
    bare = [one.id for one in several if not one.is_linked and not one.has_notes]
    yield from share(7.5, noted, len(several), "parameters have a note and no link")
    yield from share(15.0, bare, len(several), "parameters say nothing of where they come from")


# --- what the model does --------------------------------------------------------------------------


def _run(subject: Subject, end: float) -> dict[str, list[Loss]]:
    if subject.model is None:
        return {name: _all_lost(name, "not simulated here, so not checked") for name in RUN}
    try:
        seen = behavior.course(subject.model, end)
        again = behavior.course(subject.model, end)
    except SmaclabError as letter:
        return {name: _all_lost(name, f"the run failed: {letter}") for name in RUN}
    species = [one for one in subject.model.quantities.values() if one.kind == "species"]
    same = np.array_equal(seen.values, again.values, equal_nan=True)
    words = f"species are never there or never used, up to {end:g}"
    below = behavior.negative(seen)
    return {
        "dead species": list(share(10.0, behavior.dead(subject.model, seen), len(species), words)),
        "positivity": list(share(10.0, below, len(species), "species become negative")),
        "solvers agree": list(_agreement(subject.model, seen, end)),
        "repeatable": [] if same else _all_lost("repeatable", "two runs differ in their bits"),
    }


def _agreement(model: SbmlModel, seen: SbmlCourse, end: float) -> Iterator[Loss]:
    n_species = max(len(seen.amounts), 1)
    try:
        other = behavior.second_course(model, end)
        if other is None:
            # Events are watched by one solver only; it is asked again, more strictly.
            other = behavior.course(model, end, relative=1e-10)
            yield Loss(points=2.0, why="events or jumps: one solver at two tolerances instead of two solvers")
            yield from share(
                8.0, behavior.differing(seen, other), n_species, "species differ by more than 1e-5"
            )
            return
        yield from share(10.0, behavior.differing(seen, other), n_species, "species differ by more than 1e-5")
    except SimulationError as letter:
        yield from _all_lost("solvers agree", f"the second solver failed: {letter}")
