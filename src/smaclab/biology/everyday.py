"""What people call the molecules of the rules, and the states of their sites."""

from collections.abc import Iterable, Mapping
from typing import Final

from smaclab.experiment.protein import Protein

_OWN_NAMES: Final[Mapping[str, str]] = {
    "SMM": "monovalent mimetic",
    "SMB": "bivalent mimetic",
    "AddedIAP": "added cIAP",
    "AntiTNF": "anti-TNF",
    "TNFR1Fc": "TNFR1-Fc",
    "AntiTNFR1": "anti-TNFR1",
    "TNF_R1": "TNF for TNFR1",
    "TNF_R2": "TNF for TNFR2",
    "IL1B": "IL-1",
    "Genotoxin": "genotoxic drug",
    "Damage": "damage",
    "Lysis": "off-target harm",
    "TNF_precursor": "TNF precursor",
    "NFKB2": "NFKB2",  # named p100 in the catalogue; here its state says whether it is p100 or p52
}
_MRNA = "m_"

STATES: Final[Mapping[str, str]] = {  # "": the resting form, which needs no word
    "n": "",
    "y": "ubiquitinated",
    "u": "",
    "p": "phosphorylated",
    "off": "",
    "on": "active",
    "phos": "phosphorylated",
    "idle": "",
    "rest": "",
    "free": "",
    "full": "",
    "pro": "",
    "ub": "ubiquitinated",
    "k63": "K63",
    "m1": "M1",
    "long": "L",
    "short": "S",
}
"""State of a site -> everyday word; a state that is missing speaks for itself."""

BOUND: Final[Mapping[str, str]] = {"bir2": "BIR2", "bir3": "BIR3"}
"""Sites that are named where they are bound: XIAP holds by either."""


def everyday_names(proteins: Iterable[Protein]) -> dict[str, str]:
    """Molecule type -> everyday name: proteins, their mRNAs, and what only experiments bring."""
    names = {protein.symbol: protein.name for protein in proteins} | dict(_OWN_NAMES)
    return names | {f"{_MRNA}{symbol}": f"{name} mRNA" for symbol, name in names.items()}
