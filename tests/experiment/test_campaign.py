import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.experiment import Experiment

ONE = Experiment(id="a", cell_line="BJ")


@pytest.mark.parametrize(
    ("name", "experiments", "says"),
    [
        ("a b", (ONE,), "'a b' is not an id"),
        ("c", (), "needs at least one"),
        ("c", (ONE, ONE), "the id 'a' is given to"),
    ],
)
def test_a_campaign_that_is_not_sound(name, experiments, says):
    with pytest.raises(ExperimentError, match=says):
        Campaign(id=name, experiments=experiments)
