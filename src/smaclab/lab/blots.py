"""Blots of experiments: lysates and fractions, what beads bring down, ladders of ubiquitin.

blot, ip and ladder run the experiments, take samples at some times and show them on an immunoblot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Unpack

import numpy as np

from smaclab.assay.co_ip import CoIP
from smaclab.assay.immunoblot import Immunoblot
from smaclab.errors import ExperimentError, unknown
from smaclab.experiment.antibody import LYSATE, Antibody
from smaclab.experiment.blot_plan import BlotPlan
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.moments import At
from smaclab.experiment.read_blot import blot_of
from smaclab.lab.bench import How
from smaclab.lab.blot_result import Blot
from smaclab.lab.samples import Taken, What, catalogue_of, take
from smaclab.lab.strips import (
    Probe,
    all_readouts,
    antibody_named,
    copies_of,
    has_ladder,
    loading_control,
    probe_of,
    probe_on_beads,
    strip_of,
)

INPUT = "Input"


def blot_plan(what: What, catalogue: Catalogue | None = None) -> BlotPlan | None:
    """What the `[blot]` of a TOML file or dict asks for; None where there is none, or of anything else.

    Raises:
        ExperimentError: its `[blot]` is not sound; `problems` lists everything.
    """
    is_written = isinstance(what, str | Path | Mapping)
    return blot_of(what, catalogue or catalogue_of(what)) if is_written else None  # type: ignore[arg-type]


def blot(
    what: What,
    proteins: Sequence[str] | str | None = None,
    *,
    at: At = None,
    fractions: Sequence[str] | str | None = None,
    replicates: int = 1,
    seed: int | None = 1,
    instrument: Immunoblot | None = None,
    **how: Unpack[How],
) -> Blot:
    """An immunoblot of lysates: a lane for each experiment and time.

    Args:
        what: experiments: a TOML file, a dict, a campaign, a list of experiments, or a result. What is not
            said below is taken from the file's `[blot]`, which may also ask for a pull-down.
        proteins: antibodies by name, such as "cIAP1", "PARP" or "p-JNK"; a loading control comes by itself.
        at: times, h, or text such as "30 min"; the end by default.
        fractions: "lysate" (the default), "cytoplasm", "nucleus", "mitochondria".
        replicates: how many times the same samples are run.
        seed: of the bench's noise; None: no noise.
        instrument: film, at the usual exposure, by default; `exposure="long"` brings up what is faint.
        **how: see `How`.

    Raises:
        ExperimentError: a protein, fraction or time that is not known, or experiments that are not sound.
    """
    catalogue = how.get("catalogue") or catalogue_of(what)
    plan = blot_plan(what, catalogue) or BlotPlan(proteins=())
    at, instrument = plan.at or None if at is None else at, instrument or _instrument(plan)
    bench = {"at": at, "replicates": replicates, "seed": seed, "instrument": instrument}
    if proteins is None and plan.bait:
        return ip(what, plan.bait, plan.proteins, **bench, **how)  # type: ignore[arg-type]
    if proteins is None and not plan.proteins:
        raise ExperimentError(
            f"proteins {proteins!r}: name one, such as 'cIAP1', or write a [blot] in the file."
        )
    proteins, fractions = proteins or plan.proteins, fractions or plan.fractions
    antibodies = _antibodies(proteins, catalogue)
    panels = [fractions] if isinstance(fractions, str) else list(dict.fromkeys(fractions))
    probes = [probe_of(one, fraction) for fraction in panels for one in antibodies]
    taken = take(what, all_readouts(probes), at=at, how=how | {"catalogue": catalogue})
    return _blot(taken, _with_controls(probes, taken), {}, (replicates, seed, instrument))


def ip(
    what: What,
    bait: str,
    preys: Sequence[str] | str,
    *,
    at: At = None,
    replicates: int = 1,
    seed: int | None = 1,
    instrument: Immunoblot | None = None,
    **how: Unpack[How],
) -> Blot:
    """A co-immunoprecipitation or another pull-down, and the input beside it.

    Args:
        what: experiments, as for `blot`.
        bait: a protein, by an antibody against it, or a bead such as "Fc-TNF".
        preys: antibodies by name, such as "RIP1", "FADD" or "Ub-RIP1".
        at: as for `blot`. replicates, seed and instrument, too.
        replicates: how many times the same eluates are run.
        seed: of the bench's noise; None: no noise.
        instrument: film, at the usual exposure, by default.
        **how: see `How`.

    Raises:
        ExperimentError: a bait, prey or time that is not known, or experiments that are not sound.
    """
    catalogue = how.get("catalogue") or catalogue_of(what)
    instrument = instrument or _instrument(blot_plan(what, catalogue))
    name, title = _bait(bait, catalogue)
    antibodies = [one for one in _antibodies(preys, catalogue) if one.protein]
    held = [probe_on_beads(one, name, panel=f"IP: {title}") for one in antibodies]
    shown = {one.name: one for each in antibodies if (one := _in_input(each, catalogue)).in_lysate}
    inputs = [replace(probe_of(one, LYSATE), panel=INPUT) for one in shown.values()]
    control = loading_control(LYSATE, catalogue)
    inputs += [replace(probe_of(control, LYSATE), panel=INPUT)] if control else []
    whole = [probe_on_beads(one, one.protein, panel="") for one in antibodies]
    taken = take(what, all_readouts([*held, *inputs, *whole]), at=at, how=how | {"catalogue": catalogue})
    beads, on_beads = CoIP(), {}
    for probe, all_of_it in zip(held, whole, strict=True):
        on_beads[probe.antibody.name] = beads.on_beads(
            copies_of(probe, taken), copies_of(all_of_it, taken), taken.samples, seed=seed
        )
    return _blot(taken, [*held, *inputs], on_beads, (replicates, seed, instrument))


def ladder(
    what: What,
    protein: str = "cIAP1",
    *,
    at: At = None,
    replicates: int = 1,
    seed: int | None = 1,
    instrument: Immunoblot | None = None,
    **how: Unpack[How],
) -> Blot:
    """The ubiquitination of a protein, in a tube or in cells, as a ladder; tubes have no loading control.

    Args:
        what: experiments, as for `blot`.
        protein: one whose chains the model knows: cIAP1, cIAP2 or RIP1.
        at: as for `blot`. replicates, seed and instrument, too.
        replicates: how many times the same samples are run.
        seed: of the bench's noise; None: no noise.
        instrument: film, at the usual exposure, by default.
        **how: see `How`.

    Raises:
        ExperimentError: the model knows no chains on this protein.
    """
    catalogue = how.get("catalogue") or catalogue_of(what)
    instrument = instrument or _instrument(blot_plan(what, catalogue))
    symbol = antibody_named(protein, catalogue).protein
    ladders = [one for one in catalogue.antibodies if has_ladder(one)]
    found = [one for one in ladders if one.protein == symbol]
    if not found:
        raise ExperimentError(
            unknown("protein with chains of ubiquitin", protein, [one.name for one in ladders])
        )
    probes = [probe_of(found[0], LYSATE)]
    taken = take(what, all_readouts(probes), at=at, how=how | {"catalogue": catalogue})
    is_tube = all(one.in_vitro for one in taken.experiments)
    with_controls = probes if is_tube else _with_controls(probes, taken)
    return _blot(taken, with_controls, {}, (replicates, seed, instrument))


def _instrument(plan: BlotPlan | None) -> Immunoblot | None:
    """What a `[blot]` says of film and exposure."""
    return None if plan is None else Immunoblot(detector=plan.detector, exposure=plan.exposure)  # type: ignore[arg-type]


def _antibodies(names: Sequence[str] | str, catalogue: Catalogue) -> list[Antibody]:
    """The antibodies that are asked for, each once.

    Raises:
        ExperimentError: none is named, or one is not known.
    """
    given = [one.strip() for one in names.split(",")] if isinstance(names, str) else list(names)
    if not any(given):
        raise ExperimentError(f"proteins {names!r}: name at least one, such as 'cIAP1'.")
    found = [antibody_named(name, catalogue) for name in given]
    return list({one.name: one for one in found}.values())


def _bait(name: str, catalogue: Catalogue) -> tuple[str, str]:
    """The bait as the catalogue names it, and as a picture does."""
    found = catalogue.find_bait(name)
    if found is None:
        known = [*(one.name for one in catalogue.baits), *(one.name for one in catalogue.proteins)]
        raise ExperimentError(unknown("bait", name, known))
    protein = catalogue.find_protein(found.name)
    is_antibody = protein is not None and protein.symbol == found.name
    return found.name, protein.name if protein is not None and is_antibody else found.name


def _in_input(antibody: Antibody, catalogue: Catalogue) -> Antibody:
    """What the input is shown with: of a ladder, the protein itself; a lysate's chains are too few."""
    whole = catalogue.find_antibody(antibody.protein)
    return whole if has_ladder(antibody) and whole is not None else antibody


def _with_controls(probes: Sequence[Probe], taken: Taken) -> list[Probe]:
    """The probes, fraction by fraction, each with its loading control unless the person named it."""
    complete: list[Probe] = []
    for fraction in dict.fromkeys(one.panel for one in probes):
        own = [one for one in probes if one.panel == fraction]
        control = loading_control(fraction, taken.catalogue)
        is_named = any(one.antibody.loads for one in own)
        complete += own if control is None or is_named else [*own, probe_of(control, fraction)]
    return complete


def _blot(
    taken: Taken,
    probes: Sequence[Probe],
    on_beads: dict[str, np.ndarray],
    how: tuple[int, int | None, Immunoblot | None],
) -> Blot:
    """on_beads: antibody -> (sample, band), molecules on the beads a cell; empty where there are no beads."""
    replicates, seed, given = how
    instrument = given or Immunoblot()
    strips = []
    for probe in probes:
        is_input = probe.panel == INPUT or not on_beads
        copies = copies_of(probe, taken) if is_input else on_beads[probe.antibody.name]
        strips.append(strip_of(probe, copies, cells=instrument.cells_per_lane if is_input else CoIP().cells))
    exposed = instrument.expose(strips, taken.samples, replicates=replicates, seed=seed)
    return Blot(
        id=taken.id,
        taken=taken,
        exposed=tuple(exposed),
        instrument=instrument,
        seed=seed,
        provenance=taken.looks.provenance,
    )
