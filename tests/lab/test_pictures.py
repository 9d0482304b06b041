import pandas as pd
import pytest
from matplotlib.figure import Figure

from smaclab.errors import ExperimentError
from smaclab.lab.pictures import refuse_picture, save_figure, save_with_table, table_of_means

TABLE = pd.DataFrame(
    {
        "observableId": ["a", "a", "b", "b"],
        "experimentId": "e",
        "time": 1.0,
        "simulation": [1.0, 3.0, 10.0, float("nan")],
        "replicateId": [1, 2, 1, 2],
    }
)


def figure():
    drawn = Figure(figsize=(1, 1))
    drawn.text(0.5, 0.5, "x")
    return drawn


@pytest.mark.parametrize(("name", "start"), [("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG")])
def test_the_end_of_the_name_decides(tmp_path, name, start):
    assert save_figure(figure(), tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.jpg"])
def test_another_end_gets_a_letter(tmp_path, name):
    with pytest.raises(ExperimentError, match="a picture ends in .svg or .png"):
        save_figure(figure(), tmp_path / name)


def test_a_missing_folder_gets_a_letter(tmp_path):
    with pytest.raises(ExperimentError, match="there is no folder"):
        refuse_picture(tmp_path / "none" / "a.svg")


def test_numbers_come_beside_the_picture_and_nothing_is_replaced_unasked(tmp_path):
    path = save_with_table(figure(), TABLE, tmp_path / "a.svg")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[4] == "b,e,1.0,NaN,2"
    (tmp_path / "a.svg").unlink()
    with pytest.raises(ExperimentError, match=r"a.csv is there already"):
        save_with_table(figure(), TABLE, path)
    save_with_table(figure(), TABLE, path, force=True)


def test_means_are_over_replicates():
    table = table_of_means(TABLE, "words")
    assert (table.caption, table.header, table.rows) == (
        "words",
        ("experiment", "time (h)", "a", "b"),
        (("e", "1", "2", "10"),),
    )


def test_each_panel_has_its_own_columns():
    both = pd.concat([TABLE.assign(panel="IP"), TABLE.assign(panel="Input")])
    assert table_of_means(both, "").header[2:] == ("IP, a", "IP, b", "Input, a", "Input, b")
