"""Words that say that nothing is there: no drug, no value, a control RNA; however a person writes it."""

import re

from smaclab.errors import plain
from smaclab.experiment.decimals import split_quantity

NOTHING = ("", "0", "-", "–", "—", "none", "no", "n/a", "na", "nan", "null", "blank", "empty")
VEHICLE = ("vehicle", "dmso", "medium", "media", "control", "ctrl", "untreated", "mock", "pbs", "water")
CONTROL_RNA = (
    "control",
    "ctrl",
    "ctl",
    "non-targeting",
    "nontargeting",
    "scrambled",
    "scr",
    "nt",
    "mock",
    "neg",
)
WILD_TYPE = ("wild type", "wt", "parental", "vector")
SI = re.compile(r"(?:si|sh|sg)[\s_-]*(.+)", re.I)
"""siRIPK1, sh-RIPK1, sgRIPK1: what stands before the symbol."""

_ZERO = re.compile(r"[+-]?(?:0+[.,]?0*|[.,]0+)\s*(?:[^\d\s.,]\S*)?")  # 0 nM and 0,0 %
_PLAIN_NOTHING = {plain(word) for word in NOTHING}
_PLAIN_UNKNOWN = _PLAIN_NOTHING - {"0"}  # of a time or a measured value, 0 says something
_PLAIN_VEHICLE = {plain(word) for word in VEHICLE}
_PLAIN_CONTROL = {plain(word) for word in (*CONTROL_RNA, *VEHICLE, *WILD_TYPE)}


def is_blank(text: str) -> bool:
    """Whether no name is given."""
    return plain(text) in _PLAIN_NOTHING


def is_unknown(text: str) -> bool:
    """Whether no value is given; 0 is one, and what a spreadsheet could not compute is none."""
    return plain(text) in _PLAIN_UNKNOWN or text.startswith("#")


def is_nothing(text: str) -> bool:
    """Whether there is none of it: "", "-", "none", 0 with a unit or without."""
    return is_blank(text) or bool(_ZERO.fullmatch(text.strip()))


def is_vehicle(text: str) -> bool:
    """Whether this is what drugs are dissolved in, or nothing at all."""
    return plain(text) in _PLAIN_VEHICLE


def is_no_drug(text: str) -> bool:
    """Whether no drug is given: nothing, the vehicle, or the vehicle with its dilution (DMSO 0.1 %)."""
    first, _, rest = text.partition(" ")
    is_diluted = is_vehicle(first) and split_quantity(rest) is not None
    return is_nothing(text) or is_vehicle(text) or is_diluted


def is_control(text: str) -> bool:
    """Whether an RNA, a knock-out or a transgene is the control of one."""
    inner = SI.fullmatch(text)
    return any(plain(one) in _PLAIN_CONTROL for one in (text, inner[1] if inner else text))
