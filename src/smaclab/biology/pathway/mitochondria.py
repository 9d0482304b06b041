"""Caspase-8 cuts Bid; Bax and Bak open mitochondria; Smac and cytochrome c come out; caspase-9 wakes.

Scope:   the smallest mitochondria that lets XIAP, Smac and caspase-9 matter: Bid, Bax and Bak, one
         anti-apoptotic buffer, pores as pairs of the two in any mixture, release, apoptosome, caspase-9 held
         by XIAP's BIR3.
Ignores: BH3-only proteins other than Bid and the one of `stress.py`; insertion into the membrane as a step;
         how Bax and Bak differ (place at rest, VDAC2, which of the Bcl-2 family holds them): they share all
         rates.
Source:  Albeck 2008 (M1), Rehm 2006 (M4), Legewie 2006 (M3); Wei 2001 (Bax or Bak is enough, recalled).
"""

from itertools import combinations_with_replacement
from typing import Any

from smaclab.biology.parts import ModelParts

KILLERS = {"BAX": "Bax", "BAK1": "Bak"}


def add_mitochondria(m: ModelParts) -> None:
    """From Bid to caspase-9."""
    _pores(m)
    _released(m)


def _pores(m: ModelParts) -> None:
    BID, BCL2, CASP8 = m.monomers("BID", "BCL2L1", "CASP8")
    m.expression("CASP8_on_BID", "CASP8_BID_cleavage * CASP8_catalysis")
    m.rule(
        "caspase8_cuts_Bid",
        CASP8(s="active") + BID(s="full") >> CASP8(s="active") + BID(s="cut"),
        "CASP8_on_BID",
    )
    m.rule(
        "Bcl2_holds_tBid",
        BID(s="cut", bcl2=None) + BCL2(bh3=None) | BID(s="cut", bcl2=1) % BCL2(bh3=1),
        "Bcl2_on",
        "Bcl2_off",
    )
    for gene, name in KILLERS.items():
        _killer(m, gene, name)
    (first, *others) = _pore_pairs(m).values()
    m.observable("Bax_pores", sum(others, start=first))
    m.observable("tBid", BID(s="cut"))


def _killer(m: ModelParts, gene: str, name: str) -> None:
    BID, BCL2, KILLER = m.monomers("BID", "BCL2L1", gene)
    idle, loose = (KILLER(s=state, bcl2=None, pore=None) for state in ("idle", "active"))
    m.rule(
        f"tBid_activates_{name}",
        BID(s="cut", bcl2=None) + idle >> BID(s="cut", bcl2=None) + loose,
        "tBid_Bax_activation",
    )
    m.rule(f"{name}_relaxes", loose >> idle, "Bax_relaxation")
    m.rule(
        f"Bcl2_holds_{name}",
        loose + BCL2(bh3=None) | KILLER(s="active", bcl2=1, pore=None) % BCL2(bh3=1),
        "Bcl2_on",
        "Bcl2_off",
    )


def _pore_pairs(m: ModelParts) -> dict[str, Any]:
    """Pores of two Bax, of two Bak, and of one each, with the rules that make them."""
    pores = {}
    for one, other in combinations_with_replacement(KILLERS, 2):
        ONE, OTHER = m.monomers(one, other)
        name = f"{KILLERS[one]}_{KILLERS[other]}"
        pores[name] = ONE(pore=1) % OTHER(pore=1)
        m.rule(
            f"{name}_pairs_to_pores",
            ONE(s="active", bcl2=None, pore=None) + OTHER(s="active", bcl2=None, pore=None)
            | ONE(s="active", bcl2=None, pore=1) % OTHER(s="active", bcl2=None, pore=1),
            "Bax_pore_on",
            "Bax_pore_off",
        )
        for cargo, at in (("DIABLO", {"iap": None}), ("CYCS", {})):
            (CARGO,) = m.monomers(cargo)
            m.rule(
                f"{name}_pores_release_{'Smac' if cargo == 'DIABLO' else 'cytochrome_c'}",
                pores[name] + CARGO(at="mitochondria", **at) >> pores[name] + CARGO(at="cytosol", **at),
                "pore_release",
            )
    return pores


def _released(m: ModelParts) -> None:
    DIABLO, CYCS, APAF1 = m.monomers("DIABLO", "CYCS", "APAF1")
    CASP9, XIAP = m.monomers("CASP9", "XIAP")
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
    # On XIAP too, which ubiquitinates what it holds: else what leaks at rest would gather there for days.
    m.rule("active_caspase9_decays", CASP9(s="active") >> None, "CASP9_active_loss", deletes=True)
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
