import pytest

from smaclab.claims.read import read_claims
from smaclab.claims.verify import verify
from smaclab.lab import own_catalogue
from tests.claims.toy_claims import TEXT


@pytest.fixture(scope="session")
def toy_claims():
    return read_claims([TEXT], own_catalogue())


@pytest.fixture(scope="session")
def toy_verdicts(toy_claims):
    return verify(toy_claims)
