from tests.simulate.conftest import dimers

__all__ = ["dimers"]
