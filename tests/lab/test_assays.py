import numpy as np
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError
from tests.lab.bench_experiments import ARMS, experiment

PETAB = ["observableId", "experimentId", "time", "simulation", "unit", "replicateId"]


def column(reading, name, *, of="simulation"):
    return reading.table.query("observableId == @name")[of].to_numpy()


@pytest.fixture(scope="module")
def truth():
    """What a plain run says at 8 h, mean over the cells: an independent way to the same numbers."""
    names = ("viability", "TNF_medium", "TNF_mRNA", "caspase3_activity")
    result = lab.run_many(
        [
            experiment(arm.id, [(d.drug, d.concentration_nM) for d in arm.doses], readouts=names)
            for arm in ARMS
        ]
    )
    return {name: result.mean(name).loc[8.0].to_numpy() for name in names}


def test_an_elisa_without_noise_reads_the_medium(truth):
    reading = lab.elisa(list(ARMS), at=8, seed=None, replicates=1)
    inside = truth["TNF_medium"] < 1000
    np.testing.assert_allclose(column(reading, "TNF_medium")[inside], truth["TNF_medium"][inside], rtol=1e-6)
    assert column(reading, "TNF_medium", of="flag")[0] == "below"


def test_total_is_not_less_than_free():
    free, total = (
        lab.elisa(ARMS[1], at=8, sees=sees, seed=None).table["simulation"][0] for sees in ("free", "total")
    )
    assert total >= free > 0


def test_qpcr_without_noise_is_the_fold_of_the_copies(truth):
    reading = lab.qpcr(list(ARMS), "TNF", at=8, seed=None, replicates=1)
    np.testing.assert_allclose(
        column(reading, "TNF_mRNA"), truth["TNF_mRNA"] / truth["TNF_mRNA"][0], rtol=1e-6
    )


@pytest.mark.parametrize(
    ("gene", "readout"), [("BIRC3", "cIAP2_mRNA"), ("cIAP2", "cIAP2_mRNA"), ("A20", "A20_mRNA")]
)
def test_a_gene_is_found_by_any_of_its_names(gene, readout):
    assert set(lab.qpcr(ARMS[0], gene, at=0).table["observableId"]) == {readout}


def test_viability_without_noise_is_percent_alive(truth):
    reading = lab.viability(list(ARMS), at=8, seed=None, replicates=1)
    np.testing.assert_allclose(column(reading, "viability"), 100 * truth["viability"] / truth["viability"][0])


def test_caspase_3_rises_where_cells_die(truth):
    reading = lab.caspase(list(ARMS), "Caspase 3", at=8, seed=None, replicates=1)
    light = reading.table["RFU"].to_numpy()
    expected = np.minimum(100.0 + 1e-3 * 5000 * truth["caspase3_activity"], 60_000)
    np.testing.assert_allclose(light, expected, rtol=1e-6)


def test_annexin_adds_up_and_tells_the_dead():
    # at 10 h: no cell died within the hour before, which annexin needs to show
    alive = column(lab.viability(list(ARMS), at=10, seed=None, replicates=1), "viability") / 100.0
    reading = lab.annexin(list(ARMS), at=10, replicates=2)
    sums = reading.table.groupby(["experimentId", "replicateId"])["simulation"].sum()
    np.testing.assert_allclose(sums, 100.0)
    assert list(reading.table["observableId"].unique()) == ["live", "annexin V", "annexin V + PI", "PI"]
    live = (
        reading.table.query("observableId == 'live'").groupby("experimentId", sort=False)["simulation"].mean()
    )
    np.testing.assert_allclose(live / 100.0, 0.96 * alive, atol=0.01)


def test_a_reporter_follows_each_cell_until_it_dies():
    reading = lab.reporter(ARMS[2], "caspase-8", seed=None)
    cells = reading.table.pivot_table(index="cell", columns="time", values="simulation", dropna=False)
    result = lab.run_many([ARMS[2]])
    died_h = result.death_time_s[0] / 3600.0
    for cell, row in cells.iterrows():
        known = row.dropna()
        assert known.index.max() < died_h[cell]
        assert known.is_monotonic_increasing  # nothing mends a cut reporter


def test_nuclear_rela_rises_on_tnf():
    tnf = experiment("tnf", [("TNF", 19.2)])
    reading = lab.reporter([ARMS[0], tnf], "NF-kB", seed=None).table
    mean = reading.groupby(["experimentId", "time"])["simulation"].mean()
    assert mean["tnf", 2.0] > 1.5 * mean["vehicle", 2.0]


@pytest.mark.parametrize(
    "make",
    [
        lambda seed: lab.elisa(list(ARMS), at=[0, 8], seed=seed),
        lambda seed: lab.qpcr(list(ARMS), at=8, seed=seed),
        lambda seed: lab.viability(list(ARMS), at=8, seed=seed),
        lambda seed: lab.caspase(list(ARMS), at=8, seed=seed),
        lambda seed: lab.annexin(list(ARMS), at=8, seed=seed),
        lambda seed: lab.reporter(list(ARMS), seed=seed),
    ],
    ids=["elisa", "qpcr", "viability", "caspase", "annexin", "reporter"],
)
def test_noise_is_by_its_seed_and_the_table_has_petabs_columns(make):
    one, again, other = make(1).table, make(1).table, make(2).table
    assert list(one.columns[:6]) == PETAB
    np.testing.assert_array_equal(one["simulation"], again["simulation"])
    assert not np.array_equal(one["simulation"], other["simulation"], equal_nan=True)


@pytest.mark.parametrize(
    ("make", "letter"),
    [
        (lambda: lab.elisa(ARMS[0], sees="bound"), "unknown kind of ELISA 'bound'"),
        (lambda: lab.qpcr(ARMS[0], "RIPK1"), "unknown gene whose mRNA the model has 'RIPK1'.*Known: A20"),
        (lambda: lab.caspase(ARMS[0], "caspase-7"), "unknown caspase with a substrate 'caspase-7'"),
        (lambda: lab.reporter(ARMS[0], "NF-xB"), "unknown reporter 'NF-xB'. Did you mean 'NF-kB'?"),
    ],
)
def test_what_cannot_be_read_gets_a_letter(make, letter):
    with pytest.raises(ExperimentError, match=letter):
        make()
