"""What the pages of the gallery say that their pictures show, as assertions on what their snippets leave.

They ask for directions with wide margins, since the pages state no sizes; they read true counts where the
bench has them, so that noise decides nothing.
"""

import numpy as np

from smaclab.assay.film import FAINT

OF_LINES_THAT_MAKE_TNF = 3
QUADRANTS = ("live", "annexin V", "annexin V + PI")


def band(left, name, panel=None):
    """(lane,): molecules a cell in one band of a blot."""
    table = left["picture"].densitometry()
    table = table[(table["replicateId"] == 1) & (table["observableId"] == name)]
    if panel is not None:
        table = table[table["panel"] == panel]
    assert len(table), f"no band {name} on {panel or 'the blot'}"
    return table.sort_values("lane")["copies"].to_numpy()


def on_beads(left, name, bait):
    return band(left, name, f"IP: {bait}")


def mean(left, column="simulation"):
    """(sample,): mean over the replicates of a reading."""
    table = left["picture"].table
    return table.groupby(["experimentId", "time"], sort=False)[column].mean().to_numpy()


def share(left, name):
    """(sample,): percent of the events in one quadrant."""
    table = left["picture"].table
    return table[table["observableId"] == name].groupby("time")["simulation"].mean().to_numpy()


def ciap_loss(left):
    one, two = (band(left, name) for name in ("cIAP1", "cIAP2"))
    assert one[2] < 0.5 * one[0]
    assert one[-1] < 0.3 * one[0]
    assert one[2] / one[0] < two[2] / two[0]
    assert two[-1] < 0.8 * two[0]
    for name in ("XIAP", "TRAF2"):
        stays = band(left, name)
        assert stays.min() > 0.8 * stays[0]


def dose_ciap(left):
    one, two, xiap = (band(left, name) for name in ("cIAP1", "cIAP2", "XIAP"))
    assert one[3] / one[0] < two[3] / two[0]
    assert max(one[-1] / one[0], two[-1] / two[0]) < 0.5
    assert xiap.min() > 0.8 * xiap[0]


def mg132(left):
    drug, proteasome_off, both = 5, 8, 11
    for iap in ("cIAP1", "cIAP2"):
        own, marked = (band(left, f"Ub-{iap}: {name}") for name in (iap, f"Ub-{iap}"))
        whole = own + marked
        assert whole[drug] < 0.3 * whole[2]
        assert whole[both] > 0.7 * whole[proteasome_off]
        assert marked[both] > own[both]


def exposure(left):
    table = left["picture"].densitometry()
    p100, p52 = (
        table[table["observableId"] == f"p100/p52: {name}"].sort_values("time") for name in ("p100", "p52")
    )
    assert p100["saturated"].all()
    assert p100["copies"].min() < 0.8 * p100["copies"].max()
    assert p52["simulation"].min() > FAINT
    usual = (
        left["lab"]
        .blot([left["picture"].taken.experiments[0]], "p100/p52", at=list(p52["time"]))
        .densitometry()
    )
    seen = usual[usual["observableId"] == "p100/p52: p52"].sort_values("time")["simulation"].to_numpy()
    assert seen[0] < FAINT < seen[-1]


def zvad(left):
    one, cut, whole = (band(left, name) for name in ("cIAP1", "PARP: cl. PARP", "PARP: PARP"))
    assert np.allclose(one[1:4], one[6:9], rtol=0.3)
    assert one[1] < 0.5 * one[0]
    assert cut[4] > 0.5 * whole[0] > cut[2]
    assert cut[9] < 0.1 * whole[5]


def mutants(left):
    start, hour = ({name: band(left, name)[place::2] for name in ("cIAP1", "cIAP2")} for place in (0, 1))
    # Lanes: own; cIAP1 without RING, BIR3; cIAP2 without RING, BIR3.
    for name, mutated in (("cIAP1", (1, 2)), ("cIAP2", (3, 4))):
        left_over = hour[name] / start[name]
        others = [lane for lane in range(5) if lane not in mutated]
        assert left_over[others].max() < 0.3
        assert left_over[list(mutated)].min() > 0.8
    assert start["cIAP2"][3] > 5 * start["cIAP2"][0]


def tube(left):
    own, marked = (band(left, f"Ub-cIAP1: {name}") for name in ("cIAP1", "Ub-cIAP1"))
    assert own[3] > 0.7 * own[0]
    assert own[6] < 0.5 * own[4]
    assert marked[6] > 3 * marked[2]


def traf2(left):
    own, marked = (on_beads(left, f"Ub-cIAP1: {name}", "TRAF2") for name in ("cIAP1", "Ub-cIAP1"))
    assert (own + marked)[1] > 0.7 * (own + marked)[0]
    assert marked[1] > own[1]


def ikb(left):
    marked, whole = (band(left, name).reshape(2, 7) for name in ("p-IκBα", "IκBα"))
    assert (marked[:, 1:4].max(axis=1) > 3 * marked[:, 0]).all()
    assert (whole.min(axis=1) < 0.7 * whole[:, 0]).all()
    assert (whole[:, -1] > 1.2 * whole.min(axis=1)).all()


def p100(left):
    one, kinase, p52 = (band(left, name) for name in ("cIAP1", "NIK", "p100/p52: p52"))
    assert one[1] < 0.5 * one[0]
    assert kinase.max() > 3 * kinase[0]
    assert p52[-1] > 1.5 * p52[0]
    halfway = [int(np.argmax(x - x[0] > 0.5 * (x.max() - x[0]))) for x in (kinase, p52)]
    assert 1 < halfway[0] < halfway[1]


def nik(left):
    wild, wild_drug, dead, _ = band(left, "NIK")
    assert wild < 0.2 * min(wild_drug, dead)


def arms(left):
    vehicle, drug, without_a, without_b = mean(left)
    assert drug > 3 * vehicle
    assert without_b < 0.5 * drug < without_a


def tnf_lines(left):
    table = left["picture"].table
    is_seen = (table["flag"] != "below").groupby(table["experimentId"], sort=False).mean() > 0.5
    with_drug = is_seen.to_numpy()[1::2]
    assert with_drug[:OF_LINES_THAT_MAKE_TNF].all()
    assert not with_drug[OF_LINES_THAT_MAKE_TNF:].any()
    folds = mean(left)[1::2] > mean(left)[::2]
    assert folds[:OF_LINES_THAT_MAKE_TNF].all()


def tnfr1(left):
    names = ("Ub-RIP1: RIP1", "Ub-RIP1: Ub-RIP1", "TNFR1")
    own, marked, receptor = (on_beads(left, name, "Fc-TNF") for name in names)
    rip1 = own + marked
    assert min(rip1[1], rip1[2]) > 1.2 * rip1[0]
    assert rip1[3] < 1.1 * rip1[2]
    assert marked[0] > own[0]
    assert own[1] > marked[1]
    assert receptor.min() > 0.7 * receptor.max()


def tnfr1_antagonist(left):
    names = ("Ub-RIP1: RIP1", "Ub-RIP1: Ub-RIP1", "TNFR1")
    own, marked, receptor = (on_beads(left, name, "anti-TNFR1 bead") for name in names)
    rip1 = own + marked
    assert rip1.max() < 0.1 * receptor.min()
    assert rip1[1] < 1.3 * rip1[0]


def caspase8_ip(left):
    rip1, fadd, tradd, traf = (
        on_beads(left, name, "caspase-8") for name in ("RIP1", "FADD", "TRADD", "TRAF2")
    )
    assert rip1[3] > 5 * max(rip1[1], 1)
    assert fadd[3] > 5 * max(fadd[1], 1)
    assert max(tradd[3], traf[3]) < 0.1 * rip1[3]


def anti_tnf(left):
    vehicle, antibody, drug, both = left["result"].fraction_alive()
    assert min(vehicle, antibody) > 0.8
    assert drug < 0.4
    assert both > drug + 0.4


crma = anti_tnf  # what saves is another, the four arms are the same


def sirna(left):
    vehicle, drug, *genes = mean(left, "alive")
    assert vehicle > 0.8 > 0.4 > drug
    assert min(genes[:4]) > drug + 0.4
    assert max(genes[4:]) < drug + 0.3


def which_iap(left):
    cells, xiap, _, _, both = mean(left, "alive")
    assert min(cells, xiap) > 0.8
    assert both < 0.4


def three_types(left):
    alive = mean(left, "alive").reshape(3, 4)  # vehicle, TNF, drug, both
    assert (alive[:, :2] > 0.7).all()
    assert max(alive[0, 2], alive[0, 3], alive[1, 3]) < 0.4
    assert min(alive[1, 2], alive[2, 2], alive[2, 3]) > 0.7


def matrix(left):
    wells = left["result"].synergy().wells()
    alive = wells.pivot_table(index="first_nM", columns="second_nM", values="alive_percent").to_numpy()
    assert min(alive[0].min(), alive[:, 0].min()) > 70
    assert alive[-1, -1] < 30
    assert (np.diff(alive, axis=0) <= 20).all()
    assert (np.diff(alive, axis=1) <= 20).all()


def pathway(left):
    table = left["result"].table.set_index("box")
    folds, then = table["simulation"], table["then"]
    assert max(folds["cIAP1"], folds["cIAP2"]) < 0.5
    assert min(folds["NIK"], folds["p52"], folds["TNF_gene"]) > 1.5
    assert then["TNF"] > table.loc["TNF", "start"]


def synergy(left):
    wells = left["result"].synergy("Bliss").wells()
    alone = (wells["first_nM"] == 0) | (wells["second_nM"] == 0)
    assert wells["alive_percent"][alone].min() > 70
    assert wells["Bliss_excess"][~alone].max() > 50


def trail(left):
    vehicle, drug, ligand, both = mean(left, "alive")
    assert min(vehicle, drug, ligand) > 0.7
    assert both < 0.4


def single_cells(left):
    table = left["picture"].table
    vehicle, drug = (
        rows.pivot_table(index="time", columns="cell", values="simulation")
        for _, rows in table.groupby("experimentId", sort=False)
    )
    assert vehicle.max().max() < 0.5
    when = (drug > 0.5).idxmax()
    assert (drug.max() > 0.5).all()
    assert when.max() - when.min() > 1.0
    assert (drug.apply(lambda one: one.last_valid_index()) > when).all()


def annexin(left):
    live, early, late = (share(left, name) for name in QUADRANTS)
    assert (np.diff(live) <= 1).all()
    assert early[2] > early[0]
    assert late[3] > late[2] > 0
    assert np.argmax(early) < np.argmax(late)


def necroptosis(left):
    cut, parp, marked = (band(left, name) for name in ("cleaved caspase-3", "PARP: cl. PARP", "p-MLKL"))
    assert min(cut[2] / max(cut[3], 1), parp[2] / max(parp[3], 1)) > 5
    assert marked[3] > 5 * max(marked[2], 1)
