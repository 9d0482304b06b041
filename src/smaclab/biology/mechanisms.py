"""What each mechanism's file says of itself, and which rules it writes: read as text, without PySB.

A file under `pathway/` starts with a sentence and the notes Scope, Ignores and Source.  Names of rules stand
in its calls of `m.rule(...)`, some as patterns such as `{slot}_binds_XIAP_BIR3`; the texts in the same file
bound what fills a pattern.
"""

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable

from smaclab.errors import CatalogueError

_NOTE = re.compile(r"^([A-Z][a-z]+):\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """One file under `pathway/`.

    notes: "Scope", "Ignores", "Source" -> what the file says.
    patterns: names of its rules, cut where a part is filled in: ("", "_binds_XIAP_BIR3").
    words: the texts in the file; a filled-in part is probably one of them.
    """

    name: str
    title: str
    notes: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[tuple[str, ...], ...] = ()
    words: frozenset[str] = frozenset()


def read_mechanisms(folder: Traversable | None = None) -> tuple[Mechanism, ...]:
    """Every mechanism by name.

    Args:
        folder: Python files with rules; None means those of this package.

    Raises:
        CatalogueError: a file has no header.
    """
    folder = files("smaclab.biology") / "pathway" if folder is None else folder
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(
        read_mechanism(file.name.removesuffix(".py"), file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(".py") and not file.name.startswith("_")
    )


def read_mechanism(name: str, source: str) -> Mechanism:
    """One file's header and rules."""
    tree = ast.parse(source)
    header = ast.get_docstring(tree)
    if not header:
        raise CatalogueError(f"pathway/{name}.py has no header. Start it with a sentence and its Scope.")
    title, _, rest = header.partition("\n")
    parts = _NOTE.split(rest)[1:]
    nodes = list(ast.walk(tree))
    return Mechanism(
        name=name,
        title=title.strip(),
        notes={key: " ".join(text.split()) for key, text in zip(parts[::2], parts[1::2], strict=True)},
        patterns=tuple(
            _pattern(call.args[0]) for call in nodes if isinstance(call, ast.Call) and _writes(call)
        ),
        words=frozenset(n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)),
    )


def _writes(call: ast.Call) -> bool:
    """Whether it is `m.rule(name, ...)`."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "rule" and bool(call.args)


def _pattern(name: ast.expr) -> tuple[str, ...]:
    """The fixed parts of a rule's name, in order; what lies between them is filled in."""
    if isinstance(name, ast.Constant):
        return (str(name.value),)
    parts = [""]
    for piece in name.values if isinstance(name, ast.JoinedStr) else [name]:
        if isinstance(piece, ast.Constant):
            parts[-1] += str(piece.value)
        else:
            parts.append("")
    return tuple(parts)


def home_of(rule: str, mechanisms: Iterable[Mechanism]) -> str | None:
    """The mechanism that writes a rule, or None.

    Where several patterns fit, a plain name wins, then one whose filled-in parts are words of its file, then
    the one that fixes most of the beginning.
    """
    fits = [
        (_fit(rule, pattern, mechanism.words), mechanism.name)
        for mechanism in mechanisms
        for pattern in mechanism.patterns
        if _filled(rule, pattern) is not None
    ]
    return max(fits)[1] if fits else None


def _filled(rule: str, pattern: tuple[str, ...]) -> tuple[str, ...] | None:
    """What fills the gaps of a pattern, or None where it does not fit."""
    found = re.fullmatch("(.*)".join(map(re.escape, pattern)), rule)
    return found.groups() if found else None


def _fit(rule: str, pattern: tuple[str, ...], words: frozenset[str]) -> tuple[bool, bool, int, int]:
    filled = _filled(rule, pattern) or ()
    are_words = all(part in words for part in filled)
    return not filled, are_words, len(pattern[0]), sum(map(len, pattern))
