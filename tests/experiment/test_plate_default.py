import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.plate_default import READ_AT, Default, default_of


def test_what_a_person_typed_becomes_a_default(catalogue):
    assert default_of(READ_AT, None, catalogue) == Default()
    assert default_of("48h", "evsa t", catalogue) == Default(cell_line="EVSA-T", read_s=172_800.0)


@pytest.mark.parametrize(
    ("read_at", "line", "words"),
    [("24", None, "no unit"), ("0 h", None, "is not possible"), ("24 h", "EVSA-9", "Did you mean 'EVSA-T'?")],
)
def test_what_is_not_understood_is_a_letter(catalogue, read_at, line, words):
    with pytest.raises(ExperimentError) as error:
        default_of(read_at, line, catalogue)
    assert words in str(error.value)
