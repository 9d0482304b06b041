"""Small SBML models, built in this process."""

from smaclab.network.sbml.build import build
from smaclab.network.sbml.extract import extract
from tests.network.sbml.written import (  # noqa: F401 - one place to import from
    assignment,
    compartment,
    document,
    event,
    function,
    initial,
    parameter,
    rate,
    reaction,
    species,
)


def model(**lists):
    found = extract(document(**lists))
    assert "model" in found, found
    return build(found["model"])


def decay(**more):
    """A goes at rate k = 0.5 from 8."""
    return model(
        Compartments=[compartment()],
        Species=[species("A", 'initialAmount="8"')],
        Parameters=[parameter("k", 0.5), parameter("n", 0, "false"), *more.pop("parameters", ())],
        Reactions=[reaction("r", {"A": 1}, {}, "k * A")],
        **more,
    )
