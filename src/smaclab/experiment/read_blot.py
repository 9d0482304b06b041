"""`[blot]`: the table of a file that says what is blotted, and how, becomes a noun."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smaclab.errors import ExperimentError, shown, unknown
from smaclab.experiment.antibody import FRACTIONS, LYSATE
from smaclab.experiment.blot_plan import DETECTORS, EXPOSURES, BlotPlan
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.fields import Letters, Table
from smaclab.experiment.real import is_real
from smaclab.experiment.source import read
from smaclab.units import parse

BLOT_KEYS = ("proteins", "at", "ip", "fractions", "exposure", "detector")
LONGEST_EXPOSURE = 1000.0
EXAMPLE = '["cIAP1", "PARP"]'


def read_blot(raw: Mapping[str, Any], catalogue: Catalogue, letters: Letters) -> BlotPlan | None:
    """The blot that a file describes; None where it describes none, or a letter was written.

    Args:
        raw: The file's tables.
        catalogue: Knows antibodies and baits.
        letters: Receives every problem.
    """
    if "blot" not in raw:
        return None
    if not isinstance(raw["blot"], Mapping):
        letters.say(
            "blot", f"{shown(raw['blot'])} is not a table. Write [blot] and below it proteins = {EXAMPLE}."
        )
        return None
    before = len(letters.problems)
    table = Table(raw["blot"], letters, "blot")
    table.allow(BLOT_KEYS)
    plan = BlotPlan(
        proteins=_proteins(table, catalogue),
        at=_times(table),
        bait=_bait(table, catalogue),
        fractions=_fractions(table),
        exposure=_exposure(table),
        detector=_detector(table),
    )
    return plan if len(letters.problems) == before else None


def blot_of(source: Path | str | Mapping[str, Any], catalogue: Catalogue) -> BlotPlan | None:
    """The blot that a TOML file or a dict describes; None where it describes none or cannot be read.

    Raises:
        ExperimentError: its `[blot]` is not sound; `problems` lists everything.
    """
    raw = source if isinstance(source, Mapping) else read(Path(source))[0]
    letters = Letters("dict" if isinstance(source, Mapping) else str(source))
    plan = None if raw is None else read_blot(raw, catalogue, letters)
    if letters.problems:
        raise ExperimentError(problems=letters.problems)
    return plan


def _texts(table: Table, name: str, example: str) -> tuple[str, ...]:
    """Names in a list, or in one text with commas; () where a letter was written."""
    given = table.raw[name]
    parts = given.split(",") if isinstance(given, str) else given
    is_list = isinstance(parts, Sequence) and not isinstance(parts, bytes)
    if not is_list or not parts or not all(isinstance(one, str) and one.strip() for one in parts):
        table.say(name, f"{shown(given)} is not a list of texts. Write for example: {name} = {example}")
        return ()
    return tuple(one.strip() for one in parts)


def _proteins(table: Table, catalogue: Catalogue) -> tuple[str, ...]:
    if "proteins" not in table:
        table.say("proteins", f"missing. Write for example: proteins = {EXAMPLE}")
        return ()
    names = _texts(table, "proteins", EXAMPLE)
    known = {one.name for one in catalogue.antibodies}
    known |= {text for one in catalogue.proteins for text in (one.symbol, one.name)}
    for name in names:
        if catalogue.find_antibody(name) is None:
            table.say("proteins", unknown("protein of a blot", name, known))
    return names


def _times(table: Table) -> tuple[str, ...]:
    times = _texts(table, "at", '["0 h", "4 h"]') if "at" in table else ()
    for one in times:
        try:
            parse(one, "time")
        except ExperimentError as error:
            table.letters.say_error(table.key("at"), error)
    return times


def _bait(table: Table, catalogue: Catalogue) -> str:
    if "ip" not in table:
        return ""
    bait = table.text("ip", '"caspase-8"')
    if bait is not None and catalogue.find_bait(bait) is None:
        known = [*(one.name for one in catalogue.baits), *(one.name for one in catalogue.proteins)]
        table.say("ip", unknown("bait", bait, known))
    if "fractions" in table:
        table.say("fractions", "an IP is from whole lysate. Leave out fractions, or ip.")
    return bait or ""


def _fractions(table: Table) -> tuple[str, ...]:
    names = _texts(table, "fractions", '["cytoplasm", "nucleus"]') if "fractions" in table else (LYSATE,)
    for name in names:
        if name not in FRACTIONS:
            table.say("fractions", unknown("fraction", name, FRACTIONS))
    return names


def _exposure(table: Table) -> str | float:
    given = table.raw.get("exposure", "usual")
    if isinstance(given, str) and given not in EXPOSURES:
        table.say("exposure", unknown("exposure", given, EXPOSURES) + " A number is times the usual one.")
    elif not isinstance(given, str) and not (is_real(given) and 0 < given <= LONGEST_EXPOSURE):
        words = ", ".join(EXPOSURES)
        table.say(
            "exposure",
            f"{shown(given)} is no exposure. Write {words}, or how many times the usual one, above 0 and at "
            f"most {LONGEST_EXPOSURE:g}.",
        )
    return given if isinstance(given, str | int | float) else "usual"


def _detector(table: Table) -> str:
    given = table.raw.get("detector", "film")
    if given not in DETECTORS:
        table.say("detector", unknown("detector", given, DETECTORS))
    return str(given)
