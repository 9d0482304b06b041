import re
import subprocess
import sys
from pathlib import Path

import pytest

from smaclab.errors import NetworkError
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import KnockDown
from smaclab.lab.export import prepare
from smaclab.lab.rules_text import rules_bngl

ONE = Experiment(
    id="one", cell_line="EVSA-T", readouts=("cIAP1",),
    doses=(Dose(drug="SM-164", concentration_nM=100.0),),
    perturbations=(KnockDown(symbol="RIPK1", remaining=0.1),),
)  # fmt: skip


@pytest.fixture(scope="module")
def cell():
    return prepare(ONE)


@pytest.mark.rules
def test_the_rules_carry_the_cells_numbers_and_bionetgen_reads_them(cell, tmp_path):
    bionetgen = pytest.importorskip("bionetgen")
    text = rules_bngl(cell)
    assert re.search(r"RIPK1_expression\s+0\.10*1?\n", text)
    assert 'addConcentration("@medium::SMB(iap,second)"' in text
    assert "# one: one cell of EVSA-T" in text
    path = tmp_path / "rules.bngl"
    path.write_text(text)
    folder = Path(bionetgen.__file__).parent
    system = {"linux": "linux", "darwin": "mac"}.get(sys.platform, "win")
    judge = folder / f"bng-{system}" / "BNG2.pl"
    found = subprocess.run(
        ["perl", str(judge), "-check", str(path)], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert found.returncode == 0, found.stdout[-500:]
    assert "Finished processing" in found.stdout


def test_without_the_extra_there_is_a_letter(cell, monkeypatch):
    monkeypatch.setitem(sys.modules, "pysb", None)
    monkeypatch.setitem(sys.modules, "pysb.generator.bng", None)
    with pytest.raises(NetworkError, match=r"smaclab\[rules\]"):
        rules_bngl(cell)
