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
from smaclab.lab.petab import simulated
from smaclab.lab.rules_text import rules_bngl

ONE = Experiment(
    id="one", cell_line="EVSA-T", readouts=("cIAP1",),
    sample_s=tuple(864.0 * n for n in range(101)), doses=(Dose(drug="SM-164", concentration_nM=100.0),),
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
    bionetgen_runs(bionetgen, text, tmp_path, "-check")


@pytest.mark.rules
@pytest.mark.slow
def test_bionetgen_runs_the_experiment_to_the_same_numbers(cell, tmp_path):
    bionetgen_runs(pytest.importorskip("bionetgen"), rules_bngl(cell), tmp_path)
    lines = (tmp_path / "rules_experiment.gdat").read_text().splitlines()
    column = lines[0].split()[1:].index("cIAP1")
    theirs = {float(line.split()[0]): float(line.split()[column]) for line in lines[1:]}
    ours = {one.time_s: one.value for one in simulated(cell)}
    shared = sorted(ours.keys() & theirs.keys())
    assert len(shared) > 2
    # BioNetGen's tolerances are 1e-8 here; 5e-8 was seen.
    assert [theirs[time] for time in shared] == pytest.approx([ours[time] for time in shared], rel=1e-6)


def bionetgen_runs(bionetgen, text, folder, *options):
    path = folder / "rules.bngl"
    path.write_text(text)
    system = {"linux": "linux", "darwin": "mac"}.get(sys.platform, "win")
    judge = Path(bionetgen.__file__).parent / f"bng-{system}" / "BNG2.pl"
    found = subprocess.run(
        ["perl", str(judge), *options, str(path)], capture_output=True, text=True, cwd=folder, check=False
    )
    assert found.returncode == 0, found.stdout[-500:]
    assert "Finished processing" in found.stdout


def test_without_the_extra_there_is_a_letter(cell, monkeypatch):
    monkeypatch.setitem(sys.modules, "pysb", None)
    monkeypatch.setitem(sys.modules, "pysb.generator.bng", None)
    with pytest.raises(NetworkError, match=r"smaclab\[rules\]"):
        rules_bngl(cell)
