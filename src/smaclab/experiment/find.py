"""A name that a person typed becomes the catalogue's own name, or a letter."""

from typing import Literal

from smaclab.errors import shown, unknown
from smaclab.experiment.catalogue import Catalogue

Kind = Literal["cell line", "drug", "protein", "activity", "readout", "hypothesis"]


def own_name(kind: Kind, name: object, catalogue: Catalogue) -> tuple[str | None, str]:
    """The catalogue's name for what a person calls `name`.

    Returns:
        (own name, ""), or (None, a letter that says what was probably meant and what there is).
    """
    entries, find, attribute = {
        "cell line": (catalogue.cell_lines, catalogue.find_cell_line, "name"),
        "drug": (catalogue.drugs, catalogue.find_drug, "name"),
        "protein": (catalogue.proteins, catalogue.find_protein, "symbol"),
        "activity": (catalogue.activities, catalogue.find_activity, "name"),
        "readout": (catalogue.readouts, catalogue.find_readout, "name"),
        "hypothesis": (catalogue.hypotheses, catalogue.find_hypothesis, "id"),
    }[kind]
    if not isinstance(name, str):
        return None, f"{shown(name)} is not a name. Write the {kind}'s name in quotes."
    found = find(name)
    if found is not None:
        return str(getattr(found, attribute)), ""
    known = [str(getattr(entry, attribute)) for entry in entries]
    return None, unknown(kind, name, known) + _perhaps(kind, name, catalogue)


def own_mutation(symbol: str, name: object, catalogue: Catalogue) -> tuple[str | None, str]:
    """The catalogue's name for what a person calls a mutation of one protein.

    Args:
        symbol: The protein, by the catalogue's own symbol.
        name: What was typed.
        catalogue: What can be named.

    Returns:
        (own name, ""), or (None, a letter that lists the mutations of this protein).
    """
    if not isinstance(name, str):
        return None, f"{shown(name)} is not a name. Write the mutation's name in quotes."
    found = catalogue.find_mutation(symbol, name)
    if found is not None:
        return found.name, ""
    known = [one.name for one in catalogue.mutations if one.protein == symbol]
    if known:
        return None, unknown(f"mutation of {symbol}", name, known)
    others = ", ".join(dict.fromkeys(one.protein for one in catalogue.mutations)) or "no protein"
    return None, f"{unknown(f'mutation of {symbol}', name, known)} There are mutations of {others}."


def _perhaps(kind: Kind, name: str, catalogue: Catalogue) -> str:
    """A hint where the name is right and its place is wrong."""
    if kind == "activity" and catalogue.find_protein(name):
        return f" {name!r} is a protein; to have less of it write knock_down or knock_out."
    if kind == "protein" and catalogue.find_activity(name):
        return f" {name!r} is an activity; to lower it write inhibit."
    if kind in ("activity", "protein") and catalogue.find_drug(name):
        return f" {name!r} is a drug; give it as a [[dose]]."
    return ""
