import pytest

from smaclab import lab
from smaclab.errors import ExperimentError
from smaclab.experiment.plate import SHAPES


@pytest.mark.parametrize("name", ["map.csv", "map.tsv", "map.xlsx"])
@pytest.mark.parametrize("wells", [96, 384])
def test_a_template_passes_the_check_as_it_is(tmp_path, name, wells):
    file = lab.write_template(tmp_path / "new" / name, wells=wells)
    plate = lab.read_plate(file)
    assert plate.format == wells
    assert len(plate.wells) == 24


@pytest.mark.parametrize("wells", [6, 12, 24, 48])
@pytest.mark.parametrize("name", ["map.csv", "map.xlsx"])
def test_small_plates_too(tmp_path, name, wells):
    plate = lab.read_plate(lab.write_template(tmp_path / name, wells=wells))
    rows, columns = SHAPES[wells]
    assert plate.format == wells
    assert len(plate.wells) == min(rows, 4) * min(columns, 6)


@pytest.mark.parametrize("name", ["long.csv", "long.tsv", "long.xlsx"])
def test_a_long_template_is_the_same_plate_as_the_map(tmp_path, name):
    long = lab.read_plate(lab.write_template(tmp_path / name, long=True))
    drawn = lab.read_plate(lab.write_template(tmp_path / "map.csv"))
    assert [(w.name, w.cell_line, w.doses) for w in long.wells] == [
        (w.name, w.cell_line, w.doses) for w in drawn.wells
    ]


def test_equal_templates_are_equal_bytes(tmp_path):
    one, other = (lab.write_template(tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == other.read_bytes()


def test_a_file_that_is_there_is_kept(tmp_path):
    file = tmp_path / "map.csv"
    file.write_text("mine")
    with pytest.raises(ExperimentError, match="--force"):
        lab.write_template(file)
    assert file.read_text() == "mine"
    assert lab.write_template(file, force=True).read_text() != "mine"


@pytest.mark.parametrize(
    ("out", "wells", "words"), [("a.csv", 25, "96 or 384"), ("a" * 300, 96, "cannot be written")]
)
def test_what_cannot_be_is_a_letter(tmp_path, out, wells, words):
    with pytest.raises(ExperimentError, match=words):
        lab.write_template(tmp_path / out, wells=wells)
