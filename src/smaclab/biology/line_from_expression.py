"""A cell line's file from a person's own transcripts: derived where the rule reaches, assumed elsewhere.

Scope:   one line's table, a gene symbol and its TPM in each row; compared with the HPA's HEK 293, or with HEK
         293 from the same laboratory, which is better: ratios belong within one source.
Ignores: everything that transcripts do not tell, such as whether the line makes TNF; it is assumed, and said.
Source:  `derive_amounts.py`, whose rule is used unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from smaclab.biology.catalogue import read_cell_lines
from smaclab.biology.derive_amounts import (
    CORRECTED,
    FLOOR_TPM,
    POOLED,
    REFERENCE_LINE,
    SIBLING,
    SourceTables,
    derivable_symbols,
    hpa_amount,
    load_tables,
    median_amount,
    sibling_amount,
    transcript_ratio,
)
from smaclab.biology.parameters import PURE
from smaclab.biology.write_line import written_line
from smaclab.errors import ExperimentError
from smaclab.experiment.value import Value

DEFAULTS_LINE = "EVSA-T"  # it stands in no table, so its file holds the default of every amount
OWN = "the table that was given"  # no line of the HPA is called so
LARGEST_SCALE = 2.0  # beyond it, the tables differ by more than lines do
FEWEST_GENES = 10  # the median of fewer says little about a table's scale
LONGEST_NAME = 80

# What no transcript tells.  The reasons are written into the file, and shown to the person.
PROPERTIES: Mapping[str, tuple[float, str, dict[str, Any]]] = {
    "TNF_competence": (
        0.0001,
        "The licence of the TNF promoter, 1 = a line that makes TNF when NF-kB is on; open question O08. A "
        "line that dies on a mimetic alone needs about 1; taken from HCT 116, which lives on it.",
        {"distribution": "log-uniform", "low": 1e-05, "high": 3.0},
    ),
    "RIPK1_checkpoint": (
        1.0,
        "Strength of the inhibitory phosphorylation of released RIP1, 1 = tumor lines; open question O16. "
        "For a normal cell take BJ's 38.1, which is fitted.",
        {"distribution": "log-normal", "median": 1.0, "fold": 10},
    ),
    "DISC_seating": (
        1.0,
        "How readily ligated Fas and TRAIL receptors seat FADD, 1 = tumor lines. For a normal cell, or "
        "one that is only immortalized, take BJ's 0.02, which was set by hand.",
        {"distribution": "log-normal", "median": 1.0, "fold": 10},
    ),
    "TNF_basal_transcription": (
        0.0001,
        "Transcription of TNF without NF-kB: the leak of a closed promoter, as in HCT 116. For a line that "
        "secretes TNF at rest take EVSA-T's, which is fitted.",
        {"distribution": "uniform", "low": 0.0, "high": 0.1},
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line's file, and what a person should know about it.

    text: the file, in the format of `cell_lines/*.toml`.
    derived: proteins whose amount comes from the person's transcripts.
    guessed: proteins scaled by the transcripts of two genes of the line, which is a guess.
    missing: proteins that could be derived but whose transcript was not given; they have the median.
    assumed: proteins that no transcript tells anything about, and properties -> why.
    notes: what else to think about.
    """

    text: str
    reference: str
    derived: tuple[str, ...]
    guessed: tuple[str, ...]
    missing: tuple[str, ...]
    assumed: Mapping[str, str]
    notes: tuple[str, ...]


def line_from_expression(
    name: str,
    tpm: Mapping[str, float],
    *,
    table: str,
    reference: Mapping[str, float] | None = None,
    reference_table: str = "",
) -> NewLine:
    """The file of a line called `name`.

    Args:
        name: What the line is called; experiments find it by this name.
        tpm: Gene symbol -> TPM, from `read_tpm`.
        table: The name of the table, for the sources in the file.
        reference: HEK 293 or HEK293T in the same units; None means the HPA's HEK 293.
        reference_table: Where `reference` is from.

    Raises:
        ExperimentError: the name cannot be used, or no gene of the table is of any use.
    """
    _refuse_name(name)
    shipped = load_tables()
    compared = dict(shipped.hpa[REFERENCE_LINE] if reference is None else reference)
    tables = replace(shipped, hpa={REFERENCE_LINE: compared, OWN: tpm})
    words = f"HEK 293 ({'HPA' if reference is None else reference_table})"
    defaults = next(line for line in read_cell_lines() if line.name == DEFAULTS_LINE)
    amounts: dict[str, Value] = {}
    for symbol, default in defaults.amounts.items():
        own = _own_amount(tables, symbol, table, words)
        amounts[symbol] = own or _default_amount(shipped, symbol, table, default)
    derived = tuple(s for s, value in amounts.items() if value.evidence == "derived")
    guessed = tuple(s for s in amounts if s in SIBLING and _has_siblings(tables, s))
    if not derived:
        wanted = ", ".join(sorted(shipped.hpa[REFERENCE_LINE]))
        raise ExperimentError(
            f"{table}: none of its {len(tpm)} genes can be used. Write official symbols. Used are: {wanted}."
        )
    derivable = set(derivable_symbols(shipped)) | SIBLING.keys()
    missing = tuple(s for s in amounts if s in derivable and s not in (*derived, *guessed))
    properties = {key: PROPERTIES.get(key) for key in defaults.properties}
    assumed = {key: found[1] for key, found in properties.items() if found}
    assumed |= {s: value.source for s, value in amounts.items() if s not in derivable}
    return NewLine(
        text=written_line(_head(name, table), _numbers(defaults.properties, amounts)),
        reference=words,
        derived=derived,
        guessed=guessed,
        missing=missing,
        assumed=assumed,
        notes=_notes(tpm, compared, shipped, amounts.keys() - derivable, is_hpa=reference is None),
    )


def _refuse_name(name: str) -> None:
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise ExperimentError(
            f"{name!r} is not a name. Write 1 to {LONGEST_NAME} printable letters, such as 'My line'."
        )


def _own_amount(tables: SourceTables, symbol: str, table: str, words: str) -> Value | None:
    """The amount from the person's transcripts, or None where a transcript is missing."""
    own, compared = tables.hpa[OWN], tables.hpa[REFERENCE_LINE]
    genes = POOLED.get(symbol, (symbol,))
    if symbol in SIBLING and _has_siblings(tables, symbol):
        ratio = transcript_ratio(own[symbol], own[SIBLING[symbol]])
        source = (
            f"Not detected in HEK293T, so nothing can be derived. The amount of {SIBLING[symbol]} x "
            f"{ratio:.3g}, the ratio of the two transcripts in {table}; derive_amounts.py."
        )
        return _copies(sibling_amount(tables, OWN, symbol), "assumed", source, fold=5)
    if not all(gene in tables.copies and gene in own and gene in compared for gene in genes):
        return None
    ratios = ", ".join(f"{transcript_ratio(own[gene], compared[gene]):.3g}" for gene in genes)
    counted = " + ".join(f"{tables.copies[gene]:,.0f}" for gene in genes)
    origin = "caspase-8's over 5.16, Neumann 2010" if symbol in CORRECTED else "OpenCell"
    source = (
        f"HEK293T {counted} copies ({origin}) x {ratios}, the ratio of transcripts in {table} to {words}; "
        "derive_amounts.py."
    )
    return _copies(hpa_amount(tables, OWN, symbol), "derived", source, fold=3)


def _has_siblings(tables: SourceTables, symbol: str) -> bool:
    own, sibling = tables.hpa[OWN], SIBLING[symbol]
    return symbol in own and sibling in own and sibling in tables.hpa[REFERENCE_LINE]


def _default_amount(shipped: SourceTables, symbol: str, table: str, default: Value) -> Value:
    if symbol in SIBLING:
        amount = sibling_amount(shipped, None, symbol)
    elif symbol in derivable_symbols(shipped):
        amount = median_amount(shipped, symbol)
    else:
        default = replace(default, unit="copies")  # as files call molecules
        if default.evidence != "fitted":
            return default
        # What a fit to that line moved says nothing of another line: back to where the search began.
        source = default.source.partition("Center of the search: ")[2]
        return replace(default, value=(default.prior or {})["median"], evidence="assumed", source=source)
    lines = f"the HPA's {len(shipped.hpa)} lines (derive_amounts.py)"
    source = f"Not in {table} or its reference. The median over {lines}, hence a wider prior."
    return _copies(amount, "assumed", source, fold=5)


def _copies(amount: float, evidence: str, source: str, *, fold: float) -> Value:
    prior = {"distribution": "log-normal", "median": round(amount), "fold": fold}
    return Value(value=round(amount), unit="copies", evidence=evidence, source=source, prior=prior)


def _notes(
    tpm: Mapping[str, float],
    compared: Mapping[str, float],
    shipped: SourceTables,
    untold: set[str],
    *,
    is_hpa: bool,
) -> tuple[str, ...]:
    notes = []
    middle = {g: median(line[g] for line in shipped.hpa.values() if g in line) for g in compared if g in tpm}
    scales = [(tpm[gene] + FLOOR_TPM) / (middle[gene] + FLOOR_TPM) for gene in middle]
    scale = median(scales) if is_hpa and scales else 1.0
    if len(middle) >= FEWEST_GENES and not 1 / LARGEST_SCALE <= scale <= LARGEST_SCALE:
        notes.append(
            f"The transcripts are {scale:.3g} x those of the HPA's lines (median of {len(middle)} genes). "
            "If the two tables are on different scales, every amount is off by about this factor. Give HEK "
            "293 from your own pipeline with --reference."
        )
    given = sorted(untold & tpm.keys())
    if given:
        notes.append(
            f"Given, but nothing in HEK293T to compare with, so assumed all the same: {', '.join(given)}."
        )
    if "TNF" in tpm:
        notes.append(f"TNF has {tpm['TNF']:g} TPM; think of it when you set TNF_competence.")
    return tuple(notes)


def _head(name: str, table: str) -> dict[str, str | list[str]]:
    return {
        "name": name.strip(),
        "aliases": [],
        "accession": "none",
        "accession_source": "Made from a person's own table; write the accession if Cellosaurus has one.",
        "description": f"Amounts from the transcripts in {table}.",
        "kind": "tumor",
    }


def _numbers(properties: Mapping[str, Value], amounts: Mapping[str, Value]) -> dict[str, Value]:
    """Everything with a unit, by its place in the file, in the order of the lines that ship."""
    day = {"distribution": "log-normal", "median": 24, "fold": 2}
    spread = {"distribution": "uniform", "low": 0.1, "high": 0.5}
    sisters = "Standard deviation of ln(amount) between sister cells, as in the lines that ship."
    numbers = {
        "doubling_time": _assumed(24, "h", "Not told by transcripts; a day, as a guess.", day),
        "variability": _assumed(0.25, PURE, sisters, spread),
    }
    for key, shipped in properties.items():
        value, source, prior = PROPERTIES.get(key, (shipped.value, shipped.source, shipped.prior))
        numbers[f"properties.{key}"] = _assumed(value, shipped.unit, source, prior)
    return numbers | {f"amounts.{symbol}": value for symbol, value in amounts.items()}


def _assumed(value: float, unit: str, source: str, prior: Mapping[str, Any] | None) -> Value:
    return Value(value=value, unit=unit, evidence="assumed", source=source, prior=prior)
