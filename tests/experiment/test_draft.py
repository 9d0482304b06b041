import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.fields import Letters
from smaclab.experiment.read import read_draft


@pytest.mark.parametrize("raw", [{"cell_line": "BJ"}, {"id": "a", "cell_line": "BJ", "duration": "?"}])
def test_a_draft_with_gaps_is_never_finished(catalogue, raw):
    letters = Letters("a.toml")
    draft = read_draft(raw, catalogue, letters)
    assert letters.problems
    with pytest.raises(ExperimentError, match="The draft"):
        draft.finish()
