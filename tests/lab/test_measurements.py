import numpy as np
import pytest

from smaclab.errors import CatalogueError
from smaclab.infer.evidence import Bound, Course
from smaclab.lab import look_many, own_catalogue
from smaclab.lab.looks import Looks
from smaclab.lab.measurements import Measured, own_measurements, predictions, read_measurements, sources

TABLE = {
    "datasets": {"d": {"source": "somebody measured it"}},
    "measured": {
        "a": {
            "dataset": "d",
            "cell_line": "HeLa",
            "duration": "2 h",
            "readout": "cIAP1",
            "shows": "readout",
            "units": "scale",
            "time_h": [0.0, 0.5],
            "value": [1.0, 2.0],
            "sd": [0.1, 0.1],
        }
    },
}


def looked(**values):
    cells = np.array([[0.0, 4.0, 8.0], [0.0, 4.0, 8.0]])
    return Looks(
        time_h={"a": np.array([0.0, 1.0, 2.0])},
        values={("a", "cIAP1"): cells},
        provenance=None,
        death_time_h={"a": np.array([1.0, np.inf])},
        **values,
    )


def one(shows, time_h=(0.5, 2.0)):
    course = Course(id="a", dataset="d", value=(1.0,) * len(time_h), sd=(1.0,) * len(time_h))
    return Measured(evidence=course, written={}, readout="cIAP1", shows=shows, time_h=time_h)


def test_what_is_predicted_of_each_kind():
    np.testing.assert_allclose(one("readout").predicted(looked()), [2.0, 8.0])
    # Trapezoids: 2 after an hour, 8 after two; between, along the line.
    np.testing.assert_allclose(one("reporter").predicted(looked()), [1.0, 8.0])
    np.testing.assert_allclose(one("log_death_time", (2.0,)).predicted(looked()), [np.log(2.0) / 2])


def test_a_failed_cell_makes_the_prediction_unknown():
    looks = looked()
    looks.death_time_h["a"][0] = np.nan
    assert np.isnan(one("log_death_time", (2.0,)).predicted(looks)).all()


def test_a_cell_that_is_dead_from_the_start_is_far_off_and_not_infinite():
    looks = looked()
    looks.death_time_h["a"][:] = 0.0
    np.testing.assert_allclose(one("log_death_time", (2.0,)).predicted(looks), [np.log(1 / 60)])


def test_every_measurement_has_a_source_and_can_be_run():
    names = [each.evidence.id for each in own_measurements()]
    assert len(set(names)) == len(names) == 32
    assert {each.evidence.dataset for each in own_measurements()} == set(sources())
    for each in own_measurements():
        assert each.experiment(own_catalogue()).readouts == (each.readout,)


def test_a_bound_of_the_shipped_set_is_met():
    (resting,) = [each for each in own_measurements() if each.evidence.id == "rest_XIAP"]
    assert isinstance(resting.evidence, Bound)
    found = predictions([resting], look_many([resting.experiment(own_catalogue())]))
    assert resting.evidence.log_likelihood(found[None])[0] == 0.0


def test_the_moments_that_were_measured_are_sampled():
    (found,) = read_measurements(TABLE)
    assert 1800.0 in found.experiment(own_catalogue()).sample_s


@pytest.mark.parametrize(
    ("change", "letter"),
    [({"dataset": "e"}, "has no source"), ({"shows": "a blot"}, "unknown shows 'a blot'")],
)
def test_what_is_not_sound_gets_a_letter(change, letter):
    broken = {**TABLE, "measured": {"a": {**TABLE["measured"]["a"], **change}}}
    with pytest.raises(CatalogueError, match=letter):
        read_measurements(broken)


def test_a_measurement_is_predicted_under_an_answer():
    (found,) = read_measurements(TABLE)
    assert dict(found.experiment(own_catalogue(), {"O03": "c"}).hypotheses) == {"O03": "c"}
