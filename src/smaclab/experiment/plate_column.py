"""What the name of a column, or of a layer of a plate map, means."""

import re
from dataclasses import dataclass
from typing import Literal

from smaclab.errors import closest, plain, shown
from smaclab.experiment.catalogue import Catalogue

Meaning = Literal[
    "well", "cell line", "drug", "dose", "unit", "treatment", "siRNA", "remaining",
    "knock-out", "over-express", "gene dosage", "mutation", "inhibit", "activate", "hypotheses",
    "volume", "cell number", "density", "plate format", "mixed with", "medium change",
    "growth", "time", "replicate", "measured", "note",
]  # fmt: skip

_WORDS: dict[Meaning, tuple[str, ...]] = {
    "well": ("well", "wells", "position", "well position", "well id"),
    "cell line": ("cell line", "cell lines", "cells", "line", "cell"),
    "treatment": ("treatment", "treatments", "drugs", "stimulus", "stimulation"),
    "siRNA": ("siRNA", "RNAi", "shRNA", "knock-down", "knock down of", "target", "siRNA target"),
    "remaining": ("remaining", "siRNA remaining", "protein remaining", "knock-down remaining"),
    "knock-out": ("knock-out", "KO", "CRISPR", "sgRNA"),
    "over-express": ("over-express", "over-expression", "over-expressed", "transgene"),
    "gene dosage": ("gene dosage", "genotype", "alleles"),
    "mutation": ("mutation", "mutations", "mutant", "mutate"),
    "inhibit": ("inhibit", "inhibition", "inhibited", "inhibited activity"),
    "activate": ("activate", "activation", "activated", "activated activity"),
    "hypotheses": ("hypotheses", "hypothesis"),
    "time": ("time", "read at", "time point", "timepoint", "hours", "read time", "harvest"),
    "replicate": ("replicate", "replicates", "repeat", "rep"),
    "volume": ("volume", "medium volume", "well volume", "volume of medium"),
    "cell number": ("cell number", "cells per well", "cells/well", "number of cells", "cells seeded"),
    "density": ("density", "cell density", "seeding density", "cells per cm2", "cells/cm2"),
    "plate format": ("plate format", "format", "well format"),
    "mixed with": ("mixed with", "with", "co-culture", "other line", "other lines"),
    "growth": ("growth", "growing", "doubling time", "doubling"),
    "medium change": ("medium change", "medium changes", "change of medium"),
    "note": (
        "comment", "comments", "note", "notes", "plate", "plate id", "barcode", "experiment", "date",
        "operator", "sample", "id", "passage", "batch", "name", "condition", "group", "description",
        "remark", "remarks", "index", "row", "column", "col", "no", "nr", "number",
    ),
}  # fmt: skip
_MEANINGS: dict[str, Meaning] = {plain(word): what for what, words in _WORDS.items() for word in words}
_NUMBERED: dict[str, Meaning] = {
    "drug": "drug",
    "compound": "drug",
    "dose": "dose",
    "concentration": "dose",
    "conc": "dose",
    "amount": "dose",
    "unit": "unit",
    "units": "unit",
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NUMBERED_NAME = re.compile(
    rf"(?P<before>{'|'.join(_ORDINALS)})?(?P<word>{'|'.join(_NUMBERED)})(?P<after>[1-9])?", re.ASCII
)
_BRACKETS = re.compile(r"(.*\S)\s*[\[(]\s*([^\[\]()]*?)\s*[\])]")
_TRAILING_UNIT = re.compile(
    r"(.*[^\s,_])[\s,_]+((?:[pnuµμm]?M|[pnuµμm]g/m[lL]|[mc]?Gy|h|hours?|min|d|days?|s|%))"
)
_GIVEN = re.compile(
    r"(?:dose|conc\.?|concentration)\s+(?:of\s+)?(.+)|(.+?)\s+(?:dose|conc\.?|concentration)", re.I
)
_MEASURED = re.compile(
    r"(?:(?:measured|meas\.?|data)[\s:_-]+(.+)|(.+?)[\s:_-]+(?:measured|meas\.?|data))", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateColumn:
    """What a column holds.

    name: the catalogue's own name, of the drug of a dose or of the readout that was measured; or "".
    number: which drug a `drug`, `dose` or `unit` column is about; 0 for the others.
    unit: what the header states, such as "nM"; or "".
    header: as the person wrote it.
    is_explicit: the header says "dose", so a drug's name in it cannot mean what was measured.
    """

    meaning: Meaning
    header: str
    name: str = ""
    number: int = 0
    unit: str = ""
    is_explicit: bool = False

    @property
    def key(self) -> tuple[str, str, int]:
        """Equal for two columns that say the same; a table may hold only one of them."""
        return (self.meaning, self.name, self.number)


def column_of(header: str, catalogue: Catalogue) -> tuple[PlateColumn | None, str]:
    """What a header means.

    Args:
        header: As it stands in the file.  One that begins with `#` is the person's own and left alone.
        catalogue: Drugs and readouts, which are columns by their name.

    Returns:
        (column, "") or (None, a letter with what was probably meant).
    """
    if header.startswith("#") or not header:
        return PlateColumn(meaning="note", header=header), ""
    for name, unit in _splits(header):
        found = _named(name, unit, header, catalogue)
        if found is not None:
            return found, ""
    return None, _letter(header, catalogue)


def _splits(header: str) -> list[tuple[str, str]]:
    """The header as it is, and cut into name and unit: 'SM-164 [nM]', 'TNF (ng/ml)', 'time h'."""
    splits = [(header, "")]
    for pattern in (_BRACKETS, _TRAILING_UNIT):
        found = pattern.fullmatch(header)
        if found:
            splits.append((found[1], found[2]))
    return splits


def _named(name: str, unit: str, header: str, catalogue: Catalogue) -> PlateColumn | None:
    known = _MEANINGS.get(plain(name))
    if known is not None:
        return PlateColumn(meaning=known, header=header, unit=unit or ("h" if plain(name) == "hours" else ""))
    numbered = _NUMBERED_NAME.fullmatch(plain(name))
    if numbered:
        number = _ORDINALS.get(numbered["before"] or "", int(numbered["after"] or 1))
        return PlateColumn(meaning=_NUMBERED[numbered["word"]], header=header, number=number, unit=unit)
    measured = _MEASURED.fullmatch(name)
    if measured or (plain(unit) == "measured"):
        inner, inner_unit = (measured[1] or measured[2], unit) if measured else (name, "")
        for cut, cut_unit in _splits(inner):
            own = _readout(cut, catalogue)
            if own:
                return PlateColumn(meaning="measured", header=header, name=own, unit=inner_unit or cut_unit)
        return None
    said = _GIVEN.fullmatch(name)
    drug = catalogue.find_drug((said[1] or said[2]) if said else name)
    if drug is not None:
        return PlateColumn(
            meaning="dose", header=header, name=drug.name, unit=unit, is_explicit=said is not None
        )
    readout = catalogue.find_readout(name)
    if readout is not None:
        return PlateColumn(meaning="measured", header=header, name=readout.name, unit=unit)
    return None


def _readout(name: str, catalogue: Catalogue) -> str:
    """The readout that a measured column is about; `measured TNF` is what an ELISA sees in the medium."""
    found = catalogue.find_readout(name) or catalogue.find_readout(f"{name}_medium")
    return found.name if found else ""


def _letter(header: str, catalogue: Catalogue) -> str:
    """About a header that means nothing to us."""
    words = [word for words in _WORDS.values() for word in words] + list(_NUMBERED)
    drugs = [name for drug in catalogue.drugs for name in (drug.name, *drug.aliases)]
    readouts = [name for one in catalogue.readouts for name in (one.name, *one.aliases)]
    name = _splits(header)[-1][0]
    near = closest(name, [*words, *drugs, *readouts])
    hint = f" Did you mean {near!r}?" if near else ""
    return (
        f"unknown name of a column or layer {shown(header)}.{hint} It is cell line, treatment, siRNA, "
        "remaining, knock-out, over-express, genotype, mutation, inhibit, activate, hypotheses, time, "
        "replicate, volume, cell number, density, mixed with, medium change, growth, "
        "drug and dose, a drug's name (its dose), a readout's name (what you measured), or "
        "comment. A name that begins with # is left alone."
    )
