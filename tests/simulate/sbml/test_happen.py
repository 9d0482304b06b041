import numpy as np
import pytest

from smaclab.errors import SolveError
from smaclab.simulate.sbml import simulate_model
from smaclab.simulate.sbml.happen import Happenings
from smaclab.simulate.sbml.system import System
from tests.simulate.sbml.models import compartment, event, model, parameter, species

TIME = np.linspace(0.0, 4.0, 9)


def ends(events, **values):
    """The last value of every parameter; x starts at 1, y and z at 0."""
    given = {"x": 1, "y": 0, "z": 0} | values
    several = model(
        Parameters=[parameter(name, value, "false") for name, value in given.items()], Events=events
    )
    course = simulate_model(several, TIME)
    return dict(zip(course.ids, course.values[-1], strict=True))


def test_values_at_trigger_time_and_at_execution():
    both = [
        event("first", "time >= 1", {"x": "5"}, priority="2"),
        event("early", "time >= 1", {"y": "x"}, priority="1", early="true"),
        event("late", "time >= 1", {"z": "x"}, priority="1", early="false"),
    ]
    found = ends(both)
    assert (found["y"], found["z"]) == (1.0, 5.0)


def test_the_highest_priority_goes_first():
    several = [event(f"e{n}", "time >= 1", {"x": f"10 * x + {n}"}, priority=str(n), early="false") for n in (1, 3, 2)]
    assert ends(several, x=0)["x"] == 321.0


def test_one_that_does_not_persist_is_taken_back():
    several = [
        event("first", "time >= 1", {"x": "-1"}, priority="2"),
        event("gone", "time >= 1 && x > 0", {"y": "1"}, priority="1", persistent="false"),
        event("stays", "time >= 1 && x > 0", {"z": "1"}, priority="1", persistent="true"),
    ]
    found = ends(several)
    assert (found["y"], found["z"]) == (0.0, 1.0)


@pytest.mark.parametrize(("initially", "happens"), [("true", 0.0), ("false", 1.0)])
def test_at_the_start_what_was_before_decides(initially, happens):
    assert ends([event("e", "x > 0", {"y": "1"}, initial=initially)])["y"] == happens


def test_one_event_sets_off_another():
    chain = [event("a", "time >= 1", {"x": "2"}), event("b", "x > 1.5", {"y": "x * 3"})]
    assert ends(chain)["y"] == 6.0


def test_all_assignments_of_an_event_are_made_at_once():
    found = ends([event("swap", "time >= 1", {"x": "y", "y": "x"})], y=7)
    assert (found["x"], found["y"]) == (7.0, 1.0)


def test_events_without_end_get_a_letter():
    circle = [event("a", "x > 0", {"x": "-1"}, initial="false"), event("b", "x < 0", {"x": "1"})]
    with pytest.raises(SolveError, match="without end"):
        ends(circle)


def test_an_amount_outlives_the_size_of_its_compartment():
    several = model(
        Compartments=[compartment(size="2", constant="false")],
        Species=[species("A", 'initialConcentration="3"', only="false")],
        Events=[event("shrink", "time >= 1", {"cell": "0.5"})],
    )
    course = simulate_model(several, TIME)
    assert course.values[-1, course.ids.index("A")] == pytest.approx(12.0)


def test_equals_are_drawn_by_lot_and_equal_seeds_draw_alike():
    several = model(
        Parameters=[parameter("x", 0, "false")],
        Events=[event(f"e{n}", "x < 1", {"x": str(n + 1)}, initial="false", priority="1") for n in range(4)],
    )
    system = System.of(several)
    start = system.start(0.0, {})
    found = [Happenings(system, seed=seed).happen(*start, 0.0)[0][0] for seed in range(20)]
    assert len(set(found)) > 1
    assert found == [Happenings(system, seed=seed).happen(*start, 0.0)[0][0] for seed in range(20)]
