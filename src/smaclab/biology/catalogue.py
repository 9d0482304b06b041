"""Reads everything a person can name: cell lines, drugs, proteins, activities, mutations, readouts ...

One TOML file per cell line and per drug, one TOML file for each of the rest.  Everything that is wrong, in
whichever file, is said at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from smaclab.biology.antibodies import antibody
from smaclab.biology.parameters import MOLECULES, PURE, read_parameters, read_value
from smaclab.biology.toml_table import TomlTable, read_toml, speak
from smaclab.errors import CatalogueError, Problem, unknown
from smaclab.experiment.activity import Activity
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import Alternative, CellLine
from smaclab.experiment.death_rule import DeathRule
from smaclab.experiment.drug import Drug, Inhibition
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.mutation import Beside, Mutation
from smaclab.experiment.protein import Protein
from smaclab.experiment.pull_down import Bait
from smaclab.experiment.readout import Readout
from smaclab.experiment.value import Value

Noun = TypeVar("Noun")
# Stands in for a number that could not be read; the letter about it keeps it from ever being used.
_UNREAD = Value(value=1.0, unit=PURE, evidence="assumed", source="could not be read")


def load_catalogue(folder: Traversable | None = None) -> Catalogue:
    """Everything there is, from the files of this package.

    Args:
        folder: A folder laid out like `smaclab/biology`; None means the one of this package.

    Raises:
        CatalogueError: with a letter about each thing that is wrong, in whichever file.
    """
    folder = _here(folder)
    problems: list[Problem] = []
    parameters: Mapping[str, Value] = {}
    try:
        parameters = read_parameters(folder / "parameters.toml")
    except CatalogueError as error:
        problems.append(Problem(file="", key="", message=str(error)))
    parts = {
        "cell_lines": tuple(_one_per_file(folder / "cell_lines", _cell_line, problems)),
        "drugs": tuple(_one_per_file(folder / "drugs", _drug, problems)),
        "proteins": tuple(_many_in_a_file(folder / "proteins.toml", _protein, problems)),
        "activities": tuple(_many_in_a_file(folder / "activities.toml", _activity, problems)),
        "mutations": tuple(_mutations(folder / "mutations.toml", problems)),
        "readouts": tuple(_many_in_a_file(folder / "readouts.toml", _readout, problems)),
        "hypotheses": tuple(_many_in_a_file(folder / "hypotheses.toml", _hypothesis, problems)),
        "deaths": tuple(_many_in_a_file(folder / "deaths.toml", _death, problems)),
        "baits": tuple(_many_in_a_file(folder / "baits.toml", _bait, problems)),
        "antibodies": tuple(_many_in_a_file(folder / "antibodies.toml", antibody, problems)),
    }
    speak(problems)
    catalogue = Catalogue(**parts, parameters=parameters)  # type: ignore[arg-type]
    speak(_strangers(catalogue))
    return catalogue


def read_cell_lines(folder: Traversable | None = None) -> tuple[CellLine, ...]:
    """The cell lines of `folder` (None: of this package), in the order of their file names."""
    return _only(_here(folder) / "cell_lines", _cell_line, _one_per_file)


def read_cell_line(source: Traversable) -> CellLine:
    """The cell line of one file, such as a person's own.

    Raises:
        CatalogueError: with a letter about each thing that is wrong with the file.
    """
    problems: list[Problem] = []
    entries = read_toml(source, problems)
    speak(problems)
    line = _cell_line(TomlTable(entries, file=source.name, key="", problems=problems))
    speak(problems)
    if line is None:
        raise CatalogueError(f"{source.name} holds no cell line.")
    return line


def with_cell_lines(catalogue: Catalogue, lines: Iterable[CellLine]) -> Catalogue:
    """The catalogue, and more lines in it.

    Raises:
        CatalogueError: two lines answer to one name, or a line has a protein that is not known.
    """
    larger = replace(catalogue, cell_lines=(*catalogue.cell_lines, *lines))
    speak(_strangers(larger))
    return larger


def read_drugs(folder: Traversable | None = None) -> tuple[Drug, ...]:
    """The drugs of `folder` (None: of this package), in the order of their file names."""
    return _only(_here(folder) / "drugs", _drug, _one_per_file)


def read_proteins(folder: Traversable | None = None) -> tuple[Protein, ...]:
    """The proteins of `folder` (None: of this package), in the order of the file."""
    return _only(_here(folder) / "proteins.toml", _protein, _many_in_a_file)


def read_activities(folder: Traversable | None = None) -> tuple[Activity, ...]:
    """The activities of `folder` (None: of this package), in the order of the file."""
    return _only(_here(folder) / "activities.toml", _activity, _many_in_a_file)


def _here(folder: Traversable | None) -> Traversable:
    return files("smaclab.biology") if folder is None else folder


_Reader = Callable[[Traversable, Callable[[TomlTable], Noun | None], list[Problem]], Iterator[Noun]]


def _only(
    source: Traversable, read: Callable[[TomlTable], Noun | None], reader: _Reader[Noun]
) -> tuple[Noun, ...]:
    problems: list[Problem] = []
    nouns = tuple(reader(source, read, problems))
    speak(problems)
    return nouns


def _one_per_file(
    folder: Traversable, read: Callable[[TomlTable], Noun | None], problems: list[Problem]
) -> Iterator[Noun]:
    if not folder.is_dir():
        problems.append(Problem(file=folder.name, key="", message="there is no such folder."))
        return
    for source in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not source.name.endswith(".toml"):
            continue
        before = len(problems)
        entries = read_toml(source, problems)
        if len(problems) > before:
            continue
        name = f"{folder.name}/{source.name}"
        if (noun := read(TomlTable(entries, file=name, key="", problems=problems))) is not None:
            yield noun


def _many_in_a_file(
    source: Traversable, read: Callable[[TomlTable], Noun | None], problems: list[Problem]
) -> Iterator[Noun]:
    for name, entries in read_toml(source, problems).items():
        noun = read(TomlTable(entries, file=source.name, key=name, problems=problems))
        if noun is not None:
            yield noun


def _value(table: TomlTable, key: str, unit: str | None = None) -> Value:
    """The number under `key`, in `unit`; a stand-in, and letters, where it cannot be read."""
    value, letters = read_value(table.raw(key), unit=unit)
    for letter in letters:
        table.complain(key, letter)
    return value or _UNREAD


def _values(table: TomlTable, key: str, unit: str | None = None) -> dict[str, Value]:
    below = table.table(key)
    return {name: _value(below, name, unit) for name in below.entries}


def _cell_line(table: TomlTable) -> CellLine | None:
    parts = {
        "name": table.text("name"),
        "aliases": table.texts("aliases"),
        "accession": table.text("accession"),
        "description": table.text("description"),
        "kind": table.text("kind"),
        "doubling_time_s": _value(table, "doubling_time", "s"),
        "variability": _value(table, "variability", PURE),
        "amounts": _values(table, "amounts", MOLECULES),
        "properties": _values(table, "properties"),
        "answers": _letters(table.table("answers")),
        "alternatives": _alternatives(table.table("alternatives")),
    }
    table.text("accession_source")  # for readers of the file
    return table.done(lambda: CellLine(**parts))  # type: ignore[arg-type]


def _letters(table: TomlTable) -> dict[str, str]:
    return {question: table.text(question) for question in table.entries}


def _alternatives(table: TomlTable) -> dict[str, dict[str, Alternative]]:
    """A table for each question, and in it a table for each of its letters."""
    found: dict[str, dict[str, Alternative]] = {}
    for question in table.entries:
        below = table.table(question)
        made = {letter: _alternative(below.table(letter)) for letter in below.entries}
        found[question] = {letter: one for letter, one in made.items() if one is not None}
    return found


def _alternative(table: TomlTable) -> Alternative | None:
    amounts, properties = _values(table, "amounts", MOLECULES), _values(table, "properties")
    return table.done(lambda: Alternative(amounts=amounts, properties=properties))


def _drug(table: TomlTable) -> Drug | None:
    parts = {
        "name": table.text("name"),
        "aliases": table.texts("aliases"),
        "chebi": table.text("chebi", "") or None,
        "uniprot": table.text("uniprot", "") or None,
        "kind": table.text("kind"),
        "molar_mass_g_per_mol": table.number("molar_mass_g_per_mol"),
        "enters": table.text("enters", "") or None,
        "valency": table.number("valency"),
        "source": table.text("source"),
        "sets": _values(table, "sets"),
        "inhibits": tuple(_inhibition(below) for below in table.tables("inhibits")),
    }
    for other_identity in ("cas", "pubchem_cid"):  # for readers of the file
        table.text(other_identity, "")
    return table.done(lambda: Drug(**parts))  # type: ignore[arg-type]


def _inhibition(table: TomlTable) -> Inhibition:
    activity, floor = table.text("activity"), _value(table, "floor", PURE)
    ic50 = _value(table, "ic50", "nM")
    made = table.done(lambda: Inhibition(activity=activity, ic50_nM=ic50, floor=floor))
    return made or Inhibition(activity=activity, ic50_nM=_UNREAD, floor=_UNREAD)


def _protein(table: TomlTable) -> Protein | None:
    name, aliases = table.text("name"), table.texts("aliases")
    uniprot, module = table.text("uniprot"), table.text("module")
    return table.done(
        lambda: Protein(symbol=table.key, name=name, aliases=aliases, uniprot=uniprot, module=module)
    )


def _activity(table: TomlTable) -> Activity | None:
    aliases, parameter = table.texts("aliases"), table.text("parameter")
    description = table.text("description")
    return table.done(
        lambda: Activity(name=table.key, aliases=aliases, parameter=parameter, description=description)
    )


def _mutations(source: Traversable, problems: list[Problem]) -> Iterator[Mutation]:
    """A table for each protein, and in it a table for each of its mutations."""
    for symbol, entries in read_toml(source, problems).items():
        protein = TomlTable(entries, file=source.name, key=symbol, problems=problems)
        for name in protein.entries:
            if (mutation := _mutation(symbol, name, protein.table(name))) is not None:
                yield mutation


def _mutation(symbol: str, name: str, table: TomlTable) -> Mutation | None:
    aliases, sets = table.texts("aliases"), _numbers(table.table("sets"))
    description, source = table.text("description"), table.text("source")
    beside = _beside(table.table("beside")) if "beside" in table.entries else None
    return table.done(
        lambda: Mutation(
            protein=symbol,
            name=name,
            aliases=aliases,
            description=description,
            source=source,
            sets=sets,
            beside=beside,
        )
    )


def _beside(table: TomlTable) -> Beside | None:
    expression, sets = table.text("expression"), _numbers(table.table("sets"))
    return table.done(lambda: Beside(expression=expression, sets=sets))


def _readout(table: TomlTable) -> Readout | None:
    parts = {
        "name": table.key,
        "aliases": table.texts("aliases"),
        "observable": table.text("observable", ""),
        "per": table.text("per", "") or None,
        "unit": table.text("unit"),
        "scale": table.number("scale", 1.0),
        "per_medium_volume": table.yes("per_medium_volume"),
        "special": table.text("special", "") or None,
        "description": table.text("description"),
    }
    return table.done(lambda: Readout(**parts))  # type: ignore[arg-type]


def _bait(table: TomlTable) -> Bait | None:
    held, closed = table.table("holds"), table.table("closed_by")
    closings = {molecule: closed.table(molecule) for molecule in closed.entries}
    parts = {
        "name": table.key,
        "aliases": table.texts("aliases"),
        "holds": {molecule: held.texts(molecule) for molecule in held.entries},
        "closed_by": {
            molecule: {site: one.text(site) for site in one.entries} for molecule, one in closings.items()
        },
        "description": table.text("description"),
    }
    return table.done(lambda: Bait(**parts))  # type: ignore[arg-type]


def _hypothesis(table: TomlTable) -> Hypothesis | None:
    question, default = table.text("question"), table.text("default")
    about = table.text("about", "network")
    words, settings = table.table("values"), table.table("settings")
    values = {letter: words.text(letter) for letter in words.entries}
    # A letter that sets nothing needs no table of its own.
    sets = {letter: _numbers(settings.table(letter)) for letter in {**values, **settings.entries}}
    parts = {"question": question, "values": values, "default": default, "settings": sets, "about": about}
    return table.done(lambda: Hypothesis(id=table.key, **parts))  # type: ignore[arg-type]


def _numbers(table: TomlTable) -> dict[str, float]:
    found = {name: table.number(name) for name in table.entries}
    return {name: float(number) for name, number in found.items() if number is not None}


def _death(table: TomlTable) -> DeathRule | None:
    parts = {
        "kind": table.key,
        "observable": table.text("observable"),
        "threshold_parameter": table.text("threshold_parameter"),
        "divided_by": table.text("divided_by", "") or None,
    }
    return table.done(lambda: DeathRule(**parts))  # type: ignore[arg-type]


def _strangers(catalogue: Catalogue) -> list[Problem]:
    """Names in one file that another file should know and does not."""
    problems = []
    symbols = [protein.symbol for protein in catalogue.proteins]
    parameters = [activity.parameter for activity in catalogue.activities]
    for line in catalogue.cell_lines:
        problems += [
            Problem(file=line.name, key=f"amounts.{symbol}", message=unknown("protein", symbol, symbols))
            for symbol in line.amounts
            if symbol not in symbols
        ]
        problems += _strange_letters(line, catalogue, symbols)
    for drug in catalogue.drugs:
        problems += [
            Problem(file=drug.name, key="inhibits", message=unknown("activity", each.activity, parameters))
            for each in drug.inhibits
            if each.activity not in parameters
        ]
    problems += [
        Problem(
            file="deaths.toml", key=f"{one.kind}.divided_by", message=unknown("activity", name, parameters)
        )
        for one in catalogue.deaths
        if (name := one.divided_by) is not None and name not in parameters
    ]
    for protein in dict.fromkeys(mutation.protein for mutation in catalogue.mutations):
        if protein not in symbols:
            letter = unknown("protein", protein, symbols)
            problems.append(Problem(file="mutations.toml", key=protein, message=letter))
    problems += [
        Problem(file="antibodies.toml", key=one.name, message=unknown("protein", one.protein, symbols))
        for one in catalogue.antibodies
        if one.protein and one.protein not in symbols
    ]
    return problems


def _strange_letters(line: CellLine, catalogue: Catalogue, symbols: Sequence[str]) -> list[Problem]:
    """Questions, letters and proteins of a line's sets of values that nobody knows."""
    about_lines = {one.id: one for one in catalogue.hypotheses if one.about == "lines"}
    said: list[tuple[str, str]] = []
    pairs = [(f"answers.{question}", question, letter) for question, letter in line.answers.items()]
    for question, sets in line.alternatives.items():
        pairs += [(f"alternatives.{question}.{letter}", question, letter) for letter in sets]
    for key, question, letter in pairs:
        if question not in about_lines:
            said.append((key, unknown("question about lines", question, about_lines)))
            continue
        known = [one for one in about_lines[question].values if one != about_lines[question].default]
        if letter not in known:
            said.append((key, unknown("letter", letter, known)))
    for question, sets in line.alternatives.items():
        for letter, one in sets.items():
            key = f"alternatives.{question}.{letter}"
            said += [(key, unknown("protein", name, symbols)) for name in one.amounts if name not in symbols]
    return [Problem(file=line.name, key=key, message=message) for key, message in said]
