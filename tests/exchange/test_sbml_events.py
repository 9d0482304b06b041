"""Events of others, read and written again, with libRoadRunner as the judge of what was written."""

import numpy as np
import pytest

from smaclab.exchange.sbml import sbml_ids, write_sbml
from smaclab.exchange.sbml_events import set_by_events
from smaclab.network.sbml import read_sbml
from smaclab.simulate.sbml.system import System
from tests.exchange.judge import consistency_errors, seen_by_roadrunner


@pytest.fixture
def model(tmp_path):
    """A decays by half in a unit of time, until an event holds it at 6; two more events compete at 1.5."""
    pytest.importorskip("libsbml")
    from tests.network.sbml.written import compartment, document, event, parameter, reaction, species

    path = tmp_path / "events.xml"
    path.write_bytes(
        document(
            Compartments=[compartment(size="2")],
            Species=[species("A", 'initialConcentration="8"', only="false")],
            Parameters=[
                parameter("k", float(np.log(2)), "false"),
                parameter("first", 0, "false"),
                parameter("unused", 1),
            ],
            Reactions=[reaction("r", {"A": 1}, {}, "cell * k * A")],
            Events=[
                event("low", "A <= 4", {"A": "A + 2", "k": "0"}, early="false"),
                event("one", "time >= 1.5", {"first": "first * 10 + 1"}, priority="unused", early="false"),
                event("two", "time >= 1.5", {"first": "first * 10 + 2"}, priority="2", early="false"),
                event("at_start", "time >= 0", {"first": "first + 1"}, initial="false"),
            ],
        )
    )
    return read_sbml(path)


@pytest.mark.peer
def test_events_of_a_file_come_back(model):
    parameters, counts = System.of(model).start(0.0, {})
    text = write_sbml(model, counts=counts, parameters=parameters)
    assert consistency_errors(text) == []
    names = sbml_ids(model.network).names
    found = seen_by_roadrunner(text, [names["v_A"], names["v_first"]], [0.5, 1.25, 2.0])
    np.testing.assert_allclose(found[:, 0], [8 * 2**-0.5, 6.0, 6.0], rtol=1e-8)
    # 1 from the start; then the event of the higher priority writes its digit before the other.
    np.testing.assert_array_equal(found[:, 1], [1.0, 1.0, 121.0])


def test_only_what_an_event_sets_is_not_constant(model):
    assert set_by_events(model) == {"v_k", "v_first"}
    parameters, counts = System.of(model).start(0.0, {})
    libsbml = pytest.importorskip("libsbml")
    kept = libsbml.readSBMLFromString(write_sbml(model, counts=counts, parameters=parameters))
    written = kept.getModel()
    assert [one.getId() for one in written.getListOfParameters() if not one.getConstant()].count("v_k") == 1
    assert written.getParameter("v_unused").getConstant()
    assert [one.getName() for one in written.getListOfEvents()] == ["low", "one", "two", "at_start"]
    # The network alone has no events, and says so by having none.
    bare = libsbml.readSBMLFromString(write_sbml(model.network, counts=counts, parameters=parameters))
    assert bare.getModel().getNumEvents() == 0
