import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.value import Value
from smaclab.lab import own_catalogue
from smaclab.lab.sensitivities import factors, moved_line, quantile, sensitivity

LINE = own_catalogue().find_cell_line("EVSA-T")


def value(**prior):
    return Value(value=1.0, unit="copies", evidence="assumed", source="a test", prior=prior)


def test_quantiles_are_the_priors():
    one = value(distribution="log-normal", median=10.0, fold=3.0)
    assert quantile(one, 0.5) == pytest.approx(10.0)
    assert quantile(one, 0.975) == pytest.approx(30.0)
    assert np.isfinite([quantile(one, 0.0), quantile(one, 1.0)]).all()
    other = value(distribution="log-uniform", low=1.0, high=100.0)
    assert quantile(other, 0.5) == pytest.approx(10.0)


def test_a_line_is_moved_where_it_is_asked_to_be_and_nowhere_else():
    assert "BIRC2 amount" in factors(LINE)
    assert "TNF_competence" in factors(LINE)
    moved = moved_line(LINE, {"BIRC2 amount": 0.975})
    prior = LINE.amounts["BIRC2"].prior
    assert moved.amounts["BIRC2"].value == pytest.approx(prior["median"] * prior["fold"])
    assert moved.amounts["XIAP"] == LINE.amounts["XIAP"]
    assert moved.properties == LINE.properties


def test_every_output_gets_an_index_of_every_factor():
    pytest.importorskip("SALib")
    done = []
    found = sensitivity("EVSA-T", samples=2, progress=lambda *what: done.append(what))
    assert found.cells == 2 * (len(factors(LINE)) + 2) == len(done)
    assert len(found.indices) == 3 * len(factors(LINE))
    assert np.isfinite(found.indices["total"]).all()
    assert len(found.table(most=2).rows) == 6


@pytest.mark.parametrize(
    ("line", "samples", "letter"), [("EVSA", 4, "unknown cell line"), ("EVSA-T", 6, "power of two")]
)
def test_what_cannot_be_asked_gets_a_letter(line, samples, letter):
    with pytest.raises(ExperimentError, match=letter):
        sensitivity(line, samples=samples)


def test_a_missing_library_gets_a_letter(monkeypatch):
    monkeypatch.setattr("smaclab.lab.sensitivities.LIBRARY", "no_such_library")
    with pytest.raises(ExperimentError, match=r"extra \[infer\]"):
        sensitivity("EVSA-T", samples=2)


def test_a_cell_that_dies_before_the_drug_has_a_time(monkeypatch):
    from types import SimpleNamespace

    from smaclab.lab import sensitivities

    at_once = SimpleNamespace(
        death_time_h={"x": np.array([0.0])},
        values={("x", name): np.ones((1, 2)) for name in sensitivities.OUTPUTS},
    )
    monkeypatch.setattr(sensitivities, "look_many", lambda *_, **__: at_once)
    lived, *_ = sensitivities._seen(SimpleNamespace(id="x", duration_s=86400.0), None)
    assert lived == pytest.approx(np.log(0.1))
