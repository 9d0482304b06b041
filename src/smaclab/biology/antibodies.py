"""Reads one antibody of `antibodies.toml`: its bands, and where in the cell they are."""

from smaclab.biology.toml_table import TomlTable
from smaclab.experiment.antibody import Antibody, Band, Form
from smaclab.experiment.pull_down import form_of


def antibody(table: TomlTable) -> Antibody | None:
    """The antibody, or None with a letter in the table's problems."""
    places = table.table("organelles")
    parts = {
        "name": table.key,
        "protein": table.text("protein", ""),
        "aliases": table.texts("aliases"),
        "bands": tuple(band for one in table.tables("bands") if (band := _band(one)) is not None),
        "organelles": {name: _content(places, name) for name in places.entries},
        "loads": table.text("loads", ""),
        "in_lysate": table.yes("in_lysate") if "in_lysate" in table.entries else True,
        "is_selective": table.yes("is_selective"),
        "source": table.text("source"),
    }
    return table.done(lambda: Antibody(**parts))  # type: ignore[arg-type]


def _band(table: TomlTable) -> Band | None:
    name, kDa, copies = table.text("name"), table.number("kDa"), table.number("copies")
    form, is_ladder = _form(table, "form", table.text("form", "")), table.yes("is_ladder")
    return table.done(lambda: Band(name=name, kDa=kDa or 0.0, form=form, copies=copies, is_ladder=is_ladder))


def _content(table: TomlTable, name: str) -> Form | str:
    text = table.text(name)
    return _form(table, name, text) if "=" in text else text


def _form(table: TomlTable, key: str, text: str) -> Form:
    found = form_of(f"protein[{text}]") if text else ("protein", {})
    if found is None:
        table.complain(key, f"{text!r} is no form. Write sites and states, such as 'ub=k63|m1, act=on'.")
        return {}
    return found[1]
