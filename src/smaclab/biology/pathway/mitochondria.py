"""Caspase-8 cuts Bid; Bax opens mitochondria; Smac and cytochrome c come out; caspase-9 wakes.

Scope:   the smallest mitochondria that lets XIAP, Smac and caspase-9 matter: Bid, Bax (standing for Bax and
         Bak), one anti-apoptotic buffer, pores as Bax pairs, release, apoptosome, caspase-9 held by XIAP's
         BIR3.
Ignores: BH3-only proteins other than Bid and the one of `stress.py`; insertion into the membrane as a step.
Source:  Albeck 2008 (M1), Rehm 2006 (M4), Legewie 2006 (M3).
"""

from smaclab.biology.parts import ModelParts


def add_mitochondria(m: ModelParts) -> None:
    """From Bid to caspase-9."""
    _pores(m)
    _released(m)


def _pores(m: ModelParts) -> None:
    BID, BAX, BCL2, CASP8 = m.monomers("BID", "BAX", "BCL2L1", "CASP8")
    m.expression("CASP8_on_BID", "CASP8_BID_cleavage * CASP8_catalysis")
    m.rule(
        "caspase8_cuts_Bid",
        CASP8(s="active") + BID(s="full") >> CASP8(s="active") + BID(s="cut"),
        "CASP8_on_BID",
    )
    m.rule(
        "tBid_activates_Bax",
        BID(s="cut", bcl2=None) + BAX(s="idle") >> BID(s="cut", bcl2=None) + BAX(s="active"),
        "tBid_Bax_activation",
    )
    m.rule(
        "Bax_relaxes",
        BAX(s="active", bcl2=None, pore=None) >> BAX(s="idle", bcl2=None, pore=None),
        "Bax_relaxation",
    )
    m.rule(
        "Bcl2_holds_tBid",
        BID(s="cut", bcl2=None) + BCL2(bh3=None) | BID(s="cut", bcl2=1) % BCL2(bh3=1),
        "Bcl2_on",
        "Bcl2_off",
    )
    m.rule(
        "Bcl2_holds_Bax",
        BAX(s="active", bcl2=None, pore=None) + BCL2(bh3=None)
        | BAX(s="active", bcl2=1, pore=None) % BCL2(bh3=1),
        "Bcl2_on",
        "Bcl2_off",
    )
    loose = BAX(s="active", bcl2=None, pore=None)
    m.rule(
        "Bax_pairs_to_pores",
        loose + loose | BAX(s="active", bcl2=None, pore=1) % BAX(s="active", bcl2=None, pore=1),
        "Bax_pore_on",
        "Bax_pore_off",
    )
    m.observable("Bax_pores", BAX(pore=1) % BAX(pore=1))
    m.observable("tBid", BID(s="cut"))


def _released(m: ModelParts) -> None:
    BAX, DIABLO, CYCS, APAF1 = m.monomers("BAX", "DIABLO", "CYCS", "APAF1")
    CASP9, XIAP = m.monomers("CASP9", "XIAP")
    pore = BAX(pore=1) % BAX(pore=1)
    for name, cargo in (
        ("Smac", lambda at: DIABLO(at=at, iap=None)),
        ("cytochrome_c", lambda at: CYCS(at=at)),
    ):
        m.rule(
            f"pores_release_{name}", pore + cargo("mitochondria") >> pore + cargo("cytosol"), "pore_release"
        )
    m.rule(
        "cytochrome_c_builds_apoptosomes",
        CYCS(at="cytosol") + APAF1(s="free") >> CYCS(at="cytosol") + APAF1(s="apoptosome"),
        "apoptosome_on",
    )
    m.rule("apoptosomes_fall_apart", APAF1(s="apoptosome") >> APAF1(s="free"), "apoptosome_off")
    m.rule(
        "apoptosomes_activate_caspase9",
        APAF1(s="apoptosome") + CASP9(s="pro") >> APAF1(s="apoptosome") + CASP9(s="active"),
        "apoptosome_CASP9",
    )
    m.expression("CASP9_active_loss", "turnover_activity * CASP9_active_decay")
    m.rule("active_caspase9_decays", CASP9(s="active", xiap=None) >> None, "CASP9_active_loss")
    m.expression("XIAP_CASP9_off", "XIAP_CASP9_Kd * XIAP_CASP9_on")
    m.expression("XIAP_on_active_CASP9", "XIAP_CASP9_on * XIAP_BIR3_binding")
    m.rule(
        "XIAP_binds_caspase9",
        XIAP(bir3=None) + CASP9(xiap=None, s="active") | XIAP(bir3=1) % CASP9(xiap=1, s="active"),
        "XIAP_on_active_CASP9",
        "XIAP_CASP9_off",
    )
    m.observable("caspase9_active", CASP9(s="active"))
    m.observable("Smac_cytosol", DIABLO(at="cytosol"))
    m.observable("cytochrome_c_cytosol", CYCS(at="cytosol"))
    m.observable("XIAP_caspase9", XIAP(bir3=1) % CASP9(xiap=1))
