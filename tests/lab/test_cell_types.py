"""The types of cell: all four, with a run's numbers where it has the line."""

import math

from smaclab import lab
from smaclab.lab.cell_types import PROPERTIES, TYPES, Seen, types_section

SEEN = {"HCT 116": Seen(alive=(1.0, 0.98, 0.02), cIAP1_left=0.018, TNF_most=0.77, caspase8_most=1234.4)}


def section(seen=SEEN, lines=None):
    return types_section(seen, lines or {}, at_h=4.0, units=("pg/ml", "copies"))


def test_a_line_that_ran_shows_its_numbers_and_the_others_do_not():
    who = section().tables[0].rows
    assert who[1] == ("II", "HCT 116", "lives (100 %)", "lives (98 %)", "dies (2 %)")
    assert who[0] == ("I", "EVSA-T (not run here)", "dies", "lives", "dies")
    assert [row[0] for row in who] == ["I", "II", "III", "normal"]
    assert section().tables[2].rows == (("II", "HCT 116", "2 %", "0.77", "1,234"),)


def test_an_unknown_number_is_said_to_be_unknown():
    nan = math.nan
    seen = {"BJ": Seen(alive=(nan, nan, nan), cIAP1_left=nan, TNF_most=nan, caspase8_most=nan)}
    assert section(seen).tables[2].rows[0][2:] == ("no cell solved",) * 3


def test_the_package_has_the_lines_and_the_properties_that_are_named():
    lines = {one.name: one for one in lab.own_catalogue().cell_lines}
    for kind in TYPES:
        assert set(PROPERTIES) <= set(lines[kind.line].properties), kind.name
    rows = section(lines=lines).tables[1].rows
    assert all("–" not in row for row in rows)
    assert section().tables[1].rows[0][1:3] == ("–", "–")


def test_what_makes_the_difference_is_what_the_files_say():
    known = {one.name: one for one in lab.own_catalogue().cell_lines}
    lines = {kind.name: known[kind.line] for kind in TYPES}
    competence = {name: line.properties["TNF_competence"].value for name, line in lines.items()}
    checkpoint = {name: line.properties["RIPK1_checkpoint"].value for name, line in lines.items()}
    assert competence["I"] > 10 * max(value for name, value in competence.items() if name != "I")
    assert checkpoint["normal"] > 10 * max(value for name, value in checkpoint.items() if name != "normal")
    amounts = {name: line.amounts["BIRC3"].value for name, line in lines.items()}
    assert amounts["III"] > 10 * max(value for name, value in amounts.items() if name != "III")
