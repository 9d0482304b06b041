"""The model's pages: the catalogue and the network that ship in the package, written as Markdown."""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from smaclab.biology.everyday import BOUND, STATES, everyday_names
from smaclab.biology.mechanisms import Mechanism, home_of, read_mechanisms
from smaclab.errors import NetworkError
from smaclab.experiment.catalogue import Catalogue
from smaclab.lab import bench, door
from smaclab.network.arrows import Arrow, Words, arrows
from smaclab.network.network import Constant, Function, Network
from smaclab.report.model_pages import Chapter, RuleLine, Structure
from smaclab.report.model_pages import model_pages as write_pages

_CONVERTED = ("_in_cell", "_in_medium")
_ELSEWHERE = Mechanism(name="elsewhere", title="Rules that no file under pathway/ writes.")


def model_pages(*, catalogue: Catalogue | None = None, network: Network | None = None) -> dict[str, str]:
    """Every generated page, file name -> Markdown.

    Args:
        catalogue: The package's own by default.
        network: The package's own by default.
    """
    known = door.own_catalogue() if catalogue is None else catalogue
    flat = bench.own_network() if network is None else network
    return write_pages(known, structure_of(flat, known, read_mechanisms()))


def structure_of(network: Network, catalogue: Catalogue, mechanisms: Iterable[Mechanism]) -> Structure:
    """What the pages need to know of a network, with rules sorted into mechanisms."""
    words = Words(names=everyday_names(catalogue.proteins), states=STATES, bound=BOUND)
    mechanisms = tuple(mechanisms)
    rules: dict[str, list[RuleLine]] = {}
    for arrow in arrows(network, words):
        rules.setdefault(home_of(arrow.rule, mechanisms) or _ELSEWHERE.name, []).append(_line(arrow))
    nouns: list[Constant | Function] = [*network.constants, *network.functions]
    formulas = {noun.name: noun.expression for noun in nouns}
    stems = {name: name.removesuffix(end) for name in formulas for end in _CONVERTED if name.endswith(end)}
    return Structure(
        chapters=tuple(
            Chapter(name=one.name, title=one.title, notes=one.notes, rules=tuple(rules[one.name]))
            for one in (*mechanisms, _ELSEWHERE)
            if one.name in rules
        ),
        species=len(network.species),
        formulas=dict(sorted(formulas.items())),
        conversions={name: stem for name, stem in stems.items() if stem in network.parameter_index},
        observables=frozenset(network.observable_index),
    )


def _line(arrow: Arrow) -> RuleLine:
    return RuleLine(name=arrow.rule, arrow=arrow.text, reactions=arrow.reactions, rates=arrow.rates)


def write_model_pages(folder: str | PathLike[str]) -> tuple[Path, ...]:
    """Write every generated page into a folder; other files in it stay.

    Returns:
        The files, in the order of the index.

    Raises:
        NetworkError: the folder cannot be made or written.
    """
    place = Path(folder)
    pages = model_pages()
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            draft = place / f".{name}.partial"
            draft.write_text(text, encoding="utf-8", newline="\n")
            draft.replace(place / name)
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or error
        raise NetworkError(
            f"{folder} cannot be written ({words}). Give another folder with --out."
        ) from error
    return tuple(place / name for name in pages)
