"""Copies per cell of a line, from copies counted in HEK293T and transcripts counted in both.

Scope:   ratios are taken only within one source.  A line of the Human Protein Atlas (HPA) is compared with
         the HPA's HEK 293, both plus 0.5 TPM, the ratio clipped to 0.05-20.  A line of the NCI-60 is compared
         with its panel's median, and scales the median of the amounts of all HPA lines.  A line in no table
         gets that median.
Ignores: how well a transcript predicts its protein (about three-fold, which is the prior of every result);
         the difference between HEK 293 and HEK293T.
Source:  OpenCell (Cho 2022), HPA, CellMiner; see the head of each table in `data/`.

Every amount that a cell line's file labels `derived` comes from here, and a test derives it again.
"""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from statistics import median

from smaclab.errors import CatalogueError, unknown

REFERENCE_LINE = "HEK 293"
FLOOR_TPM = 0.5  # below about half a transcript per million, the count is noise
LOWEST_RATIO, HIGHEST_RATIO = 0.05, 20.0
CHAINS = {"TRAF2": 3}  # the model counts these by the assembly, which holds so many chains
# OpenCell's 863 copies would be one cFLIP for 26 caspase-8.  HeLa has one for 5.16 (64.5 and 12.5 in the
# units of Neumann 2010), and published amounts run from 1,000 to 39,000: that ratio sets the reference.
# See docs/decisions/0004.
CORRECTED = {"CFLAR": 22825 / (64.5 / 12.5)}
POOLED = {"BCL2L1": ("BCL2", "BCL2L1", "MCL1")}  # one buffer in the model stands for the sum of these
# A receptor not counted in HEK293T -> the sibling whose amount is scaled by the two genes' transcripts.
# Two genes are compared here, not two lines: a guess, which a line's file labels `assumed`.
SIBLING = {"TNFRSF10A": "TNFRSF10B", "TNFRSF1B": "TNFRSF1A"}

Transcripts = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTables:
    """What the amounts are derived from.

    copies: gene -> copies per HEK293T cell.
    hpa: cell line -> gene -> TPM.
    nci60: cell line -> gene -> log2 intensity.
    """

    copies: Mapping[str, float]
    hpa: Transcripts
    nci60: Transcripts

    def genes_of(self, symbol: str) -> tuple[str, ...]:
        """The genes whose amounts add up to the protein `symbol`.

        Raises:
            CatalogueError: HEK293T's amount or a transcript is missing, so nothing can be derived.
        """
        genes = POOLED.get(symbol, (symbol,))
        derivable = self.copies.keys() & self.hpa[REFERENCE_LINE].keys()
        if not derivable.issuperset(genes):
            raise CatalogueError(unknown("gene", symbol, derivable, where="amounts from transcripts"))
        return genes


def load_tables() -> SourceTables:
    """The tables that ship with the package."""
    folder = files("smaclab.biology") / "data"
    copies = {row["gene"]: float(row["copies_per_cell"]) for row in _rows(folder / "hek293t_copies.csv")}
    return SourceTables(
        copies=copies | CORRECTED,
        hpa=_transcripts(folder / "hpa_cell_lines_tpm.csv"),
        nci60=_transcripts(folder / "nci60_log2.csv"),
    )


def _rows(source: Traversable) -> list[dict[str, str]]:
    # The head of each table, lines that start with #, says where it is from and under which terms.
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def _transcripts(source: Traversable) -> dict[str, dict[str, float]]:
    return {
        row.pop("cell_line"): {gene: float(level) for gene, level in row.items() if level}
        for row in _rows(source)
    }


def transcript_ratio(tpm: float, reference_tpm: float) -> float:
    """How much more of a transcript a line has than the reference, both in TPM of one source."""
    ratio = (tpm + FLOOR_TPM) / (reference_tpm + FLOOR_TPM)
    return min(max(ratio, LOWEST_RATIO), HIGHEST_RATIO)


def _counted(symbol: str, chains: Iterable[float]) -> float:
    """What the model counts: the genes of a pool together, an assembly once."""
    return math.fsum(chains) / CHAINS.get(symbol, 1)


def hpa_amount(tables: SourceTables, line: str, symbol: str) -> float:
    """Copies per cell of `symbol`, as the model counts it, in a line of the Human Protein Atlas."""
    transcripts, reference = _line(tables.hpa, line), tables.hpa[REFERENCE_LINE]
    ratios = {g: transcript_ratio(transcripts[g], reference[g]) for g in tables.genes_of(symbol)}
    return _counted(symbol, (tables.copies[gene] * ratio for gene, ratio in ratios.items()))


def median_amount(tables: SourceTables, symbol: str) -> float:
    """Copies per cell of `symbol`: the median over all lines of the Human Protein Atlas, gene by gene."""
    return _counted(symbol, (_median_of_gene(tables, gene) for gene in tables.genes_of(symbol)))


def nci60_amount(tables: SourceTables, line: str, symbol: str) -> float:
    """Copies per cell of `symbol`, as the model counts it, in a line of the NCI-60."""
    transcripts = _line(tables.nci60, line)
    shifts = {g: transcripts[g] - _panel_median(tables, g) for g in tables.genes_of(symbol)}
    return _counted(symbol, (_median_of_gene(tables, gene) * 2.0**shift for gene, shift in shifts.items()))


def sibling_amount(tables: SourceTables, line: str | None, symbol: str) -> float:
    """A guess at the copies per cell of a receptor of `SIBLING`.

    Args:
        tables: From `load_tables`.
        line: A line of the HPA, whose own transcripts of the two genes are compared; a line of the NCI-60,
            which scales the median, because log2 intensities of two genes cannot be compared; or None for
            the median over the lines of the HPA.
        symbol: A key of `SIBLING`.

    Raises:
        CatalogueError: the line stands in neither table.
    """
    if line is not None and line in tables.hpa:
        ratio = transcript_ratio(tables.hpa[line][symbol], tables.hpa[line][SIBLING[symbol]])
        return hpa_amount(tables, line, SIBLING[symbol]) * ratio
    middle = median(sibling_amount(tables, each, symbol) for each in tables.hpa)
    if line is None:
        return middle
    return float(middle * 2.0 ** (_line(tables.nci60, line)[symbol] - _panel_median(tables, symbol)))


def _panel_median(tables: SourceTables, gene: str) -> float:
    return median(line[gene] for line in tables.nci60.values() if gene in line)


def _median_of_gene(tables: SourceTables, gene: str) -> float:
    reference = tables.hpa[REFERENCE_LINE][gene]
    ratios = [transcript_ratio(line[gene], reference) for line in tables.hpa.values() if gene in line]
    return tables.copies[gene] * median(ratios)


def _line(transcripts: Transcripts, line: str) -> Mapping[str, float]:
    if line not in transcripts:
        raise CatalogueError(unknown("cell line", line, transcripts, where="table of transcripts"))
    return transcripts[line]


def derived_amounts(tables: SourceTables, line: str) -> dict[str, float]:
    """Copies per cell of every protein that can be derived, for a line of either source.

    Args:
        tables: From `load_tables`.
        line: The line's name in the table of transcripts, such as 'BJ' or 'HCT_116'.

    Returns:
        Gene symbol -> copies; what is pooled stands under the name of its pool.

    Raises:
        CatalogueError: the line stands in neither table.
    """
    amount = hpa_amount if line in tables.hpa else nci60_amount
    return {symbol: amount(tables, line, symbol) for symbol in derivable_symbols(tables)}


def derivable_symbols(tables: SourceTables) -> tuple[str, ...]:
    """The proteins for which HEK293T's copies and transcripts of both are known, in alphabetical order."""
    members = {gene for genes in POOLED.values() for gene in genes}
    single = (tables.copies.keys() & tables.hpa[REFERENCE_LINE].keys()) - members
    return tuple(sorted(single | POOLED.keys()))
