"""In-vitro reconstitution: what is in the tube, by the catalogue's own names.

A tube holds proteins, each at the amount it has in the resting cell line, and reagents, which are there in
excess or not at all.  Everything else of the cell is left behind.
"""

import math
from collections.abc import Iterator, Mapping

from smaclab.errors import plain, shown, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.draft import Draft
from smaclab.experiment.fields import Table
from smaclab.experiment.perturbation import Activate, Inhibit

# The names that content and numerics share: parameters of the network that are 1 (or a rate) in a cell.
STOPPED = (  # 0 in every tube
    "translation_activity",
    "transcription_activity",
    "turnover_activity",  # every protein's own loss
    "lysosome_activity",
    "growth_rate",  # dilution by growth
)
REAGENTS: Mapping[str, str] = {  # what a person lists: the parameter that is 1 if it is listed, or else 0
    "E1": "E1_activity",
    "E2": "E2_activity",
    "ubiquitin": "ubiquitin_activity",
    "ATP": "ATP_activity",
    "proteasome": "proteasome_activity",
}
_EXAMPLE = '["BIRC2", "E1", "E2", "ubiquitin", "ATP"]'


def read_in_vitro(top: Table, catalogue: Catalogue) -> Iterator[str]:
    """The own names of all that is in the tube; nothing where the key is missing, as in a living cell."""
    if "in_vitro" not in top:
        return
    given = top.raw["in_vitro"]
    if not isinstance(given, list | tuple):
        top.say(
            "in_vitro", f"{shown(given)} is not a list of names. Write for example: in_vitro = {_EXAMPLE}"
        )
        return
    if not given:
        top.say(
            "in_vitro",
            f"{shown(given)} is an empty tube. Write for example {_EXAMPLE}, or leave the key out for cells.",
        )
        return
    typed: dict[str, object] = {}
    for name in given:
        found, letter = _own_name(name, catalogue)
        if found is None:
            top.say("in_vitro", letter)
        elif found in typed:
            top.say("in_vitro", f"{shown(name)} and {shown(typed[found])} are the same. Name it once.")
        else:
            typed[found] = name
            yield found


def _own_name(name: object, catalogue: Catalogue) -> tuple[str | None, str]:
    """(symbol or reagent, ""), or (None, a letter that says what was probably meant)."""
    if not isinstance(name, str):
        return None, f"{shown(name)} is not a name. Put every protein and reagent in quotes."
    reagent = next((one for one in REAGENTS if plain(one) == plain(name)), None)
    protein = catalogue.find_protein(name)
    if reagent or protein:
        return reagent or (protein.symbol if protein else None), ""
    letter = unknown("protein or reagent", name, (*REAGENTS, *(p.symbol for p in catalogue.proteins)))
    drug = f" {name!r} is a drug; give it as a [[dose]]." if catalogue.find_drug(name) else ""
    return None, f"{letter} Reagents: {', '.join(REAGENTS)}.{drug}"


def what_is_changed_is_in_the_tube(draft: Draft, _catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What is not in the tube can be neither knocked down nor mutated: a slip."""
    for key, p in draft.perturbations if draft.in_vitro else ():
        if not isinstance(p, Inhibit | Activate) and p.symbol not in draft.in_vitro:
            yield (
                key,
                f"{p.symbol} is changed, but in_vitro holds only {', '.join(draft.in_vitro)}. "
                f"List {p.symbol} too, or leave this [[perturbation]] out.",
            )


def what_stands_still_is_not_inhibited(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What the tube lacks or has stopped cannot be lowered further, nor come back when an inhibition ends."""
    if not draft.in_vitro:
        return
    missing = {parameter: name for name, parameter in REAGENTS.items() if name not in draft.in_vitro}
    for key, what, parameter in _lowered(draft, catalogue):
        if parameter in missing:
            yield (
                key,
                f"{what} lowers {missing[parameter]}, but in_vitro holds only {', '.join(draft.in_vitro)}. "
                f"List {missing[parameter]!r} too, or leave {what} out.",
            )
        elif parameter in STOPPED:
            yield key, f"{what} lowers {parameter}, which is 0 in vitro anyway. Leave {what} out."


def _lowered(draft: Draft, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(key, what lowers it, parameter) of every inhibition that begins or ends in the run."""
    for key, dose in draft.doses:
        drug = catalogue.find_drug(dose.drug)
        for inhibition in drug.inhibits if drug and dose.given else ():
            yield key, dose.drug, inhibition.activity
    for key, p in draft.perturbations:
        activity = catalogue.find_activity(p.activity) if isinstance(p, Inhibit | Activate) else None
        if activity and isinstance(p, Inhibit | Activate) and (p.start_s, p.end_s) != (-math.inf, math.inf):
            yield key, f"the inhibition of {activity.name}", activity.parameter
