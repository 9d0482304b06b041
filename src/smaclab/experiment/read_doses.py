"""The [[dose]] and [[perturbation]] tables of a file become nouns."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.dose import Dose
from smaclab.experiment.drug import Drug
from smaclab.experiment.fields import Letters, Table
from smaclab.experiment.find import Kind, own_mutation, own_name
from smaclab.experiment.perturbation import (
    BESIDE_RULE,
    DOSAGE_RULE,
    DOSAGES,
    Activate,
    GeneDosage,
    Inhibit,
    KnockDown,
    KnockOut,
    Mutate,
    OverExpress,
    Perturbation,
)
from smaclab.experiment.real import is_real
from smaclab.units import is_by_mass

MOST_TABLES = 1000
DOSE_KEYS = ("drug", "concentration", "absorbed_dose", "from", "until", "clamped")
# Of one drug, what cannot stand beside it and why.
NOT_FOR_RADIATION = {
    "concentration": 'has no concentration: it is given in gray. Write absorbed_dose = "2 Gy".',
    "until": "is absorbed at once, at `from`, and nothing washes it out. Leave until out.",
    "clamped": "is absorbed at once and nothing of it stays to be held. Leave clamped out.",
}
VERBS: Mapping[str, tuple[str, ...]] = {  # verb: what else may stand beside it
    "knock_out": (),
    "knock_down": ("remaining", "before"),
    "over_express": ("factor",),
    "gene_dosage": ("copies",),
    "mutate": ("mutation", "beside_endogenous", "factor"),
    "inhibit": ("remaining", "from", "until"),
    "activate": ("factor", "from", "until"),
}
_EXAMPLES = {
    "drug": '"birinapant"',
    "inhibit": '"RIPK1 kinase"',
    "activate": '"other inputs to the TNF gene"',
}
_ALL_KEYS = tuple(dict.fromkeys((*VERBS, *(key for keys in VERBS.values() for key in keys))))


def tables(raw: Mapping[str, Any], name: str, letters: Letters) -> Iterator[Table]:
    """Every [[name]] table of the file, numbered from 1."""
    given = raw.get(name, [])
    if isinstance(given, Mapping):
        letters.say(name, f"[{name}] is one table. Write [[{name}]] with two brackets, once for each.")
        return
    if not isinstance(given, list | tuple):
        letters.say(name, f"{shown(given)} is not a list of tables. Write [[{name}]], once for each.")
        return
    if len(given) > MOST_TABLES:
        letters.say(name, f"{len(given):,} tables. At most {MOST_TABLES:,} are understood.")
        return
    for number, entry in enumerate(given, start=1):
        if isinstance(entry, Mapping):
            yield Table(entry, letters, at=f"{name}.{number}")
        else:
            letters.say(
                f"{name}.{number}", f"{shown(entry)} is not a table. Write [[{name}]], once for each."
            )


def read_doses(
    raw: Mapping[str, Any], top_keys: tuple[str, ...], catalogue: Catalogue, letters: Letters
) -> Iterator[tuple[str, Dose]]:
    """(key, dose) of every [[dose]] that is understood."""
    for table in tables(raw, "dose", letters):
        table.allow(DOSE_KEYS, elsewhere=top_keys)
        drug = _name(table, "drug", "drug", catalogue)
        found = catalogue.find_drug(drug) if drug else None
        amount = _amount(table, found)
        start = table.time("from", "0 h")
        end = table.time("until", "0 h") if "until" in table else math.inf
        clamped = table.flag("clamped")
        if drug is None or amount is None or start is None or end is None or clamped is None:
            continue
        try:
            yield (
                table.at,
                Dose(
                    drug=drug,
                    start_s=start,
                    end_s=end,
                    clamped=clamped,
                    typed_g_per_mol=_typed_mass(table, found),
                    **amount,
                ),
            )
        except ExperimentError as error:
            letters.say_error(table.key("until"), error)


def _amount(table: Table, drug: Drug | None) -> dict[str, float] | None:
    """How much of a drug, as the field of a `Dose`; None where a letter was written."""
    if drug is not None and drug.kind == "radiation":
        wrong = [key for key in NOT_FOR_RADIATION if key in table]
        for key in wrong:
            table.say(key, f"{drug.name} {NOT_FOR_RADIATION[key]}")
        gray = None if "concentration" in wrong else table.absorbed_dose("absorbed_dose")
        return None if wrong or gray is None else {"absorbed_Gy": gray}
    if drug is not None and "absorbed_dose" in table:
        table.say("absorbed_dose", f'{drug.name} is no radiation. Write concentration = "100 nM".')
        return None
    if drug is None and "drug" in table and ("concentration" in table or "absorbed_dose" in table):
        return None  # which unit is right depends on the drug: one letter is enough
    nanomolar = table.concentration("concentration", drug.molar_mass_g_per_mol if drug else None)
    return None if nanomolar is None else {"concentration_nM": nanomolar}


def _typed_mass(table: Table, drug: Drug | None) -> float | None:
    """g/mol, where the concentration was typed by mass."""
    is_mass = drug is not None and is_by_mass(table.raw.get("concentration"))
    return drug.molar_mass_g_per_mol if drug is not None and is_mass else None


def read_perturbations(
    raw: Mapping[str, Any], top_keys: tuple[str, ...], catalogue: Catalogue, letters: Letters
) -> Iterator[tuple[str, Perturbation]]:
    """(key, perturbation) of every [[perturbation]] that is understood."""
    for table in tables(raw, "perturbation", letters):
        verbs = [verb for verb in VERBS if verb in table]
        if len(verbs) != 1:
            _say_verbs(table, verbs, top_keys)
            continue
        table.allow((verbs[0], *VERBS[verbs[0]]), elsewhere=top_keys)
        try:
            perturbation = _read_one(table, verbs[0], catalogue)
        except ExperimentError as error:
            letters.say_error(table.at, error)
            continue
        if perturbation is not None:
            yield table.at, perturbation


def _say_verbs(table: Table, verbs: list[str], top_keys: tuple[str, ...]) -> None:
    """The letter about a perturbation with no verb or with several."""
    if verbs:
        table.letters.say(
            table.at, f"{' and '.join(verbs)} in one table. Write one [[perturbation]] for each."
        )
        return
    table.allow(_ALL_KEYS, elsewhere=top_keys)
    if not any(name in top_keys for name in table.raw):
        table.letters.say(table.at, f"nothing is done. Write one of {', '.join(VERBS)}.")


def _read_one(table: Table, verb: str, catalogue: Catalogue) -> Perturbation | None:
    """One perturbation, or None where a letter was written."""
    if verb in ("inhibit", "activate"):
        return _read_activity(table, verb, catalogue)
    symbol = _name(table, verb, "protein", catalogue)
    if verb == "mutate":
        return _read_mutate(table, symbol, catalogue)
    if verb == "gene_dosage":
        copies = _copies(table)
        return GeneDosage(symbol=symbol, copies=copies) if symbol and copies is not None else None
    if verb == "knock_out":
        return KnockOut(symbol=symbol) if symbol else None
    if verb == "knock_down":
        remaining = table.number("remaining", 0.0, 1.0, "0.15")
        before = table.time("before", "48 h")
        if symbol is None or remaining is None or before is None:
            return None
        return KnockDown(symbol=symbol, remaining=remaining, before_s=before)
    factor = table.number("factor", 1.0, 1e6, "5")
    return OverExpress(symbol=symbol, factor=factor) if symbol and factor is not None else None


def _copies(table: Table) -> float | None:
    """How much of the gene there is; None where a letter was written."""
    given = table.raw.get("copies")
    if "copies" not in table:
        table.say("copies", f"missing. Write for example: copies = 0.5. {DOSAGE_RULE}.")
    elif not is_real(given) or given not in DOSAGES:
        table.say("copies", f"{shown(given)} is no number of copies. {DOSAGE_RULE}.")
    else:
        return float(given)
    return None


def _read_mutate(table: Table, symbol: str | None, catalogue: Catalogue) -> Mutate | None:
    """The mutation of a known protein, or None where a letter was written."""
    beside = table.flag("beside_endogenous")
    factor: float | None = 1.0
    if beside:
        factor = table.number("factor", 0.0, 1e6, "3")
    elif beside is False and "factor" in table:
        table.say("factor", BESIDE_RULE)
        factor = None
    first = next((one.name for one in catalogue.mutations if one.protein == symbol), "RING-dead")
    typed = table.text("mutation", f'"{first}"')
    if symbol is None or typed is None:
        return None
    mutation, letter = own_mutation(symbol, typed, catalogue)
    if mutation is None:
        table.say("mutation", letter)
    if mutation is None or beside is None or factor is None:
        return None
    return Mutate(symbol=symbol, mutation=mutation, beside_endogenous=beside, factor=factor)


def _read_activity(table: Table, verb: str, catalogue: Catalogue) -> Inhibit | Activate | None:
    """An activity made less or more, or None where a letter was written."""
    activity = _name(table, verb, "activity", catalogue)
    if verb == "inhibit":
        size = table.number("remaining", 0.0, 1.0, "0.05")
    else:
        size = table.number("factor", 1.0, 1e6, "5")
    start = table.time("from", "0 h", may_be_negative=True)
    end = table.time("until", "0 h", may_be_negative=True) if "until" in table else math.inf
    if activity is None or size is None or start is None or end is None:
        return None
    if verb == "inhibit":
        return Inhibit(activity=activity, remaining=size, start_s=start, end_s=end)
    return Activate(activity=activity, factor=size, start_s=start, end_s=end)


def _name(table: Table, field: str, kind: Kind, catalogue: Catalogue) -> str | None:
    """The catalogue's own name of what a field names."""
    typed = table.text(field, _EXAMPLES.get(field, '"RIPK1"'))
    if typed is None:
        return None
    found, letter = own_name(kind, typed, catalogue)
    if found is None:
        table.say(field, letter)
    return found
