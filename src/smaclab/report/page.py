"""One self-contained HTML page: text, tables and drawn figures; it asks nothing of any network."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import jinja2

from smaclab.errors import SmaclabError
from smaclab.provenance import Provenance, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Text in rows; every row is as long as the header."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """A row that is too long or too short would shift numbers under the wrong header."""
        for row in self.rows:
            if len(row) != len(self.header):
                raise SmaclabError(
                    f"{self.caption}: the row {row!r} has {len(row)} entries, "
                    f"the header has {len(self.header)}."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An inline `<svg>` element and what it shows."""

    svg: str
    caption: str
    is_wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to a file beside the page, or to a place in it (`#C16`)."""

    words: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with paragraphs, tables, pictures and folded texts (what one types) under it.

    anchor: what a link to it ends with; "": nobody links to it.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    listings: tuple[tuple[str, str], ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything one page shows; where it comes from is the last section of every page."""

    title: str
    lead: str
    sections: Sequence[Section]
    provenance: Provenance
    warnings: tuple[str, ...] = ()


def write_page(page: Page) -> str:
    """The page as HTML text.  Everything that is not a picture is escaped."""
    source = resources.files("smaclab.report").joinpath("page.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source).render(
        page=page, sections=[*page.sections, _origin(page.provenance)]
    )


def _origin(provenance: Provenance) -> Section:
    algorithm = ", ".join(_setting(name, value) for name, value in provenance.algorithm.items())
    seeds = ", ".join(str(seed) for seed in provenance.seeds)
    status = ", ".join(f"{name} {count}" for name, count in provenance.status.items())
    record = provenance.to_dict()
    rows = (
        ("network (sha256)", provenance.network),
        ("parameter set (sha256)", f"{provenance.parameter_set}, {len(provenance.parameters)} numbers"),
        ("hypotheses", _words(record["hypotheses"])),
        ("seed", seeds),
        ("cells", f"{provenance.cells}, of which {provenance.failed_cells} failed ({status})"),
        ("algorithm", algorithm),
        ("versions", ", ".join(f"{name} {version}" for name, version in versions().items())),
        ("platform", ", ".join(record["platform"].values())),
    )
    return Section(
        title="Where these numbers come from",
        paragraphs=(
            "Everything on this page is SIMULATED: computed from a model, measured in no laboratory. "
            "Many parameters of the model are assumed rather than measured; "
            "parameters.toml in the package labels each.",
        ),
        tables=(Table(caption="Provenance", header=("what", "value"), rows=rows),),
    )


def _setting(name: str, value: object) -> str:
    if isinstance(value, dict):
        return f"{name.replace('_', ' ')} {' '.join(str(part) for part in value.values())}"
    return str(value) if name == "name" else f"{name.replace('_', ' ')} {value}"


def _words(hypotheses: object) -> str:
    if isinstance(hypotheses, dict):
        return ", ".join(f"{name}={letter}" for name, letter in hypotheses.items()) or "defaults"
    return str(hypotheses)
