"""What `import smaclab` offers can be had, and nothing else is promised."""

import pytest

import smaclab


@pytest.mark.parametrize("name", smaclab.__all__)
def test_every_public_name_is_there(name):
    assert getattr(smaclab, name) is not None
    assert name in dir(smaclab)


def test_an_unknown_name_gets_a_letter():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = smaclab.nonsense
