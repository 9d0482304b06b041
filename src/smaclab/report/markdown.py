"""Small pieces of Markdown: tables, links, and numbers with what a reader needs to judge them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from smaclab.experiment.value import Value
from smaclab.report.words import hours

NONE = "–"
_SPECIAL = re.compile(r"([\\|*<>\[\]])")
_CODE = re.compile(r"(`[^`]*`)")
_PURE = ("dimensionless", "1")


def plain_text(text: str) -> str:
    """Text that Markdown shows as it is, also inside a table; what stands in backticks stays code."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(
        part.replace("|", r"\|") if _CODE.fullmatch(part) else _SPECIAL.sub(r"\\\1", part) for part in parts
    )


def listed(names: Iterable[str]) -> str:
    """Names in a row, or a dash."""
    return plain_text(", ".join(names)) or NONE


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are Markdown already."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def page(title: str, *blocks: str) -> str:
    """A page: its title and what follows, a blank line between; blocks that are empty are left out."""
    return "\n\n".join([f"# {title}", *(block for block in blocks if block)]) + "\n"


def anchor(name: str) -> str:
    """A name that `link` can lead to from elsewhere."""
    return f'<a id="{name}"></a>`{name}`'


def link(name: str, where: str, *, target: str | None = None) -> str:
    """A name in code that leads to its anchor, or to `target`, on the page `where` ("" is this page)."""
    return f"[`{name}`]({where}#{name if target is None else target})"


def number(value: float) -> str:
    """Six digits; large numbers of molecules in full."""
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e9 else f"{value:.6g}"


def number_with_unit(value: Value) -> str:
    """'0.001 1/(nM s)', '28800 s (8 h)', '1'."""
    if value.unit in _PURE:
        return number(value.value)
    also = f" ({hours(value.value)})" if value.unit == "s" and value.value >= 60 else ""
    return f"{number(value.value)} {value.unit}{also}"


def prior_words(prior: Mapping[str, Any] | None) -> str:
    """'log-normal, 1 ×/÷ 10', 'uniform, 0.1 to 0.5', or a dash."""
    if prior is None:
        return NONE
    shown = {key: number(given) for key, given in prior.items() if key != "distribution"}
    kind = prior["distribution"]
    if "fold" in shown:
        return f"{kind}, {shown['median']} ×/÷ {shown['fold']}"
    if "sd" in shown:
        return f"{kind}, {shown['mean']} ± {shown['sd']}"
    return f"{kind}, {shown['low']} to {shown['high']}"


VALUE_HEADER = ("value", "evidence", "prior", "source")


def value_cells(value: Value) -> tuple[str, str, str, str]:
    """The cells under `VALUE_HEADER`."""
    return number_with_unit(value), value.evidence, prior_words(value.prior), plain_text(value.source)


def value_table(what: str, values: Mapping[str, Value]) -> str:
    """One value a row under its own name, or nothing where there are none."""
    rows = [[name, *value_cells(value)] for name, value in values.items()]
    return table([what, *VALUE_HEADER], rows) if rows else ""
