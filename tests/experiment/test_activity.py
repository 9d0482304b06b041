import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.activity import Activity


@pytest.mark.parametrize(("name", "parameter"), [("", "x"), ("x", "")])
def test_an_activity_needs_a_name_and_a_parameter(name, parameter):
    with pytest.raises(CatalogueError, match="needs a name and a parameter"):
        Activity(name=name, parameter=parameter, description="")
