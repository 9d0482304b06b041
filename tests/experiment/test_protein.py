import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.protein import Protein


def test_a_protein_needs_a_symbol():
    with pytest.raises(CatalogueError, match="'cIAP1'"):
        Protein(symbol="", name="cIAP1", uniprot="Q13490", module="ligase")
