import pytest

from smaclab import lab
from smaclab.errors import ExperimentError
from smaclab.lab.by_name import FUNCTIONS, PLAIN
from tests.contract.house import ROOT
from tests.lab.bench_experiments import ARMS

TUBE = ROOT / "examples" / "in_vitro_ubiquitination.toml"


@pytest.mark.parametrize("kind", [*PLAIN, *FUNCTIONS])
def test_every_kind_can_be_read(kind):
    made = lab.assay(kind, TUBE if kind == "ladder" else ARMS[0], replicates=1)
    assert made.means().rows


def test_an_object_reaches_its_assay():
    assert set(lab.assay("qpcr", ARMS[0], of="A20", at=0).table["observableId"]) == {"A20_mRNA"}
    assert set(lab.assay("caspase", ARMS[0], of="caspase-9", at=0).table["observableId"]) == {
        "caspase9_activity"
    }


@pytest.mark.parametrize(
    ("kind", "parts", "letter"),
    [
        ("elissa", {}, "unknown kind of assay 'elissa'. Did you mean 'elisa'?"),
        ("viability", {"of": "TNF"}, "viability of 'TNF': this assay is of the cells"),
        ("reporter", {"at": 8}, "A reporter at 8: it is watched all the time"),
    ],
)
def test_what_does_not_fit_gets_a_letter(kind, parts, letter):
    with pytest.raises(ExperimentError, match=letter):
        lab.assay(kind, ARMS[0], **parts)
