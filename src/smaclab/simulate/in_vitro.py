"""In-vitro reconstitution: proteins out of the resting cell, put in a tube with the reagents that are listed.

Scope:   a purified system has no synthesis, no turnover and no growth, and only the proteins that a person
         put in. The cell line rests with the listed proteins alone, so each is there at its own resting
         amount; then, before the first dose, everything that makes, removes or dilutes is switched off.
         Reagents are in excess or absent.
Ignores: volumes (a tube is as large as the cell and its medium); what a drug or ligand loses by itself.

Whatever is switched off here is a parameter of the network that is 1 (or a rate) in a cell. A network that
lacks one of them, such as a toy, has nothing to switch off.
"""

from collections.abc import Iterable, Mapping

from smaclab.errors import SimulationError
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.in_vitro import REAGENTS, STOPPED
from smaclab.simulate.change import Change, Condition


def absent(experiment: Experiment, catalogue: Catalogue) -> tuple[str, ...]:
    """Symbols of the proteins that are not in the tube; none are missing in a living cell."""
    if not experiment.in_vitro:
        return ()
    return tuple(p.symbol for p in catalogue.proteins if p.symbol not in experiment.in_vitro)


def into_the_tube(
    experiment: Experiment, base: Mapping[str, float], given: Iterable[Condition]
) -> tuple[Condition, ...]:
    """The experiment's conditions, and before or with the first of them the one that stops the cell's life.

    Args:
        experiment: whose `in_vitro` is taken; a living cell is left alone.
        base: parameter -> value of the uninhibited cell.
        given: what doses and inhibitions change.

    Raises:
        SimulationError: a dose or an inhibition changes what the tube has switched off.
    """
    given = tuple(given)
    if not experiment.in_vitro:
        return given
    wanted = dict.fromkeys(STOPPED, 0.0)
    wanted |= {name: float(reagent in experiment.in_vitro) for reagent, name in REAGENTS.items()}
    # What already is as the tube wants it stays free, so that an inhibitor of E1 works where E1 is listed.
    stops = {name: value for name, value in wanted.items() if name in base and base[name] != value}
    for condition in given:
        for change in condition.changes:
            if change.target in stops:
                raise SimulationError(_clash(experiment, change.target, condition.time_s))
    if not stops:
        return given
    changes = tuple(Change(kind="set_parameter", target=n, value=value) for n, value in stops.items())
    time_s = min(0.0, *(condition.time_s for condition in given)) if given else 0.0
    return (Condition(time_s=time_s, changes=changes), *given)


def _clash(experiment: Experiment, name: str, time_s: float) -> str:
    reagent = next((one for one, activity in REAGENTS.items() if activity == name), None)
    absent_reagent = reagent is not None and reagent not in experiment.in_vitro
    remedy = f"List {reagent!r} in in_vitro too, or leave that out." if absent_reagent else "Leave that out."
    return (
        f"{experiment.id}: in_vitro holds only {', '.join(experiment.in_vitro)}; {name} is set at the "
        f"beginning, but a dose or an inhibition changes it at {time_s / 3600:g} h. {remedy}"
    )
