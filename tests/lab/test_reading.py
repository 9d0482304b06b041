import pytest

from smaclab import lab
from smaclab.errors import ExperimentError
from tests.lab.bench_experiments import ARMS
from tests.report.blots import meeting, outside


@pytest.fixture(scope="module")
def reading():
    return lab.viability(list(ARMS), at=[8, 24])


@pytest.mark.parametrize("width", [1000, 400])
def test_no_label_meets_another(reading, width):
    figure = reading.figure(width_px=width)
    assert meeting(figure) == []
    assert outside(figure) == []


def test_it_shows_itself(reading):
    assert reading._repr_html_().startswith("<p>vehicle, viability, SIMULATED</p><svg")
    assert repr(reading).startswith("Reading 'vehicle', viability, SIMULATED\n")


def test_it_writes_a_picture_and_its_numbers(reading, tmp_path):
    reading.write(tmp_path / "v.png")
    assert (
        (tmp_path / "v.csv")
        .read_text(encoding="utf-8")
        .startswith("observableId,experimentId,time,simulation")
    )
    with pytest.raises(ExperimentError, match="is there already"):
        reading.write(tmp_path / "v.png")
    assert reading.save(tmp_path / "v.png").exists()


def test_equal_readings_are_equal_bytes(reading, tmp_path):
    again = lab.viability(list(ARMS), at=[8, 24])
    one, other = reading.save(tmp_path / "1.svg"), again.save(tmp_path / "2.svg")
    assert one.read_bytes() == other.read_bytes()


def test_means_are_text(reading):
    assert reading.means().header == ("experiment", "time (h)", "viability")
    assert "SIMULATED" in reading.means().caption
