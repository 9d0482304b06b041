"""Smac mimetics enter the cell and bind IAPs; mature Smac competes for the same pockets.

Scope:   one monovalent and one bivalent mimetic at a time, each with its own affinities for cIAP1, cIAP2,
         XIAP BIR3 and XIAP BIR2; a bivalent drug on XIAP's BIR3 reaches over to BIR2 (avidity); a bivalent
         drug bridges two cIAP1 (its excess fills all pockets, so the bridge has a hook, the loss has none).
Ignores: one head of Smac on XIAP's BIR3 while caspase-3 sits on BIR2 (several hundred times weaker);
         metabolism and efflux of a drug on their own (one half-life for the free drug); bridges from cIAP1
         to cIAP2 or XIAP; binding to cIAPs that sit in the TNFR1 complex (TRAF2:cIAP leaves it within
         minutes and meets the drug outside).
Source:  Varfolomeev 2007 and Vince 2007 (in Wu 2007); Sun 2007 (SM-164); Dueber 2011 (PMID 22021857).
"""

from typing import Any

from smaclab.biology.parts import ModelParts


def add_mimetic(m: ModelParts) -> None:
    """Uptake, the four pockets, and the bridges of a bivalent drug."""
    SMM, SMB, DIABLO = m.monomers("SMM", "SMB", "DIABLO")
    m.input("monovalent_mimetic", SMM(iap=None) ** m.medium)
    m.input("bivalent_mimetic", SMB(iap=None, second=None) ** m.medium)
    # A mutant that no ligand fits binds none; what is bound leaves as from the wild type.
    for target, multiplier in (
        ("BIRC2_pocket", "BIRC2_pocket_binding"),
        ("BIRC3_pocket", "BIRC3_pocket_binding"),
    ):
        m.expression(f"{target}_on", f"mimetic_on * {multiplier}")
    for pocket in ("BIR3", "BIR2"):
        m.expression(f"XIAP_{pocket}_on", f"mimetic_on * XIAP_{pocket}_binding")
    _uptake(m, "M", SMM(iap=None))
    _uptake(m, "B", SMB(iap=None, second=None))
    _pockets(m, "M", SMM)
    _pockets(m, "B", lambda **iap: SMB(second=None, **iap))
    _pockets(m, "Smac", lambda **iap: DIABLO(at="cytosol", **iap))
    _smac_on_xiap(m)
    _second_head(m)


def _uptake(m: ModelParts, slot: str, drug: Any) -> None:
    # Passive: at rest the free concentration is the same on both sides of the membrane.
    m.expression(f"{slot}_entry", f"{slot}_permeability * cell_volume / medium_volume")
    for place in (m.medium, m.cell):
        m.rule(f"{slot}_is_lost_in_the_{place.name}", drug**place >> None, "mimetic_loss")
    m.rule(
        f"{slot}_enters_and_leaves", drug**m.medium | drug**m.cell, f"{slot}_entry", f"{slot}_permeability"
    )


def _pockets(m: ModelParts, slot: str, ligand: Any) -> None:
    BIRC2, TRAF2 = m.monomers("BIRC2", "TRAF2")
    for target, looser in (("BIRC2", ""), ("BIRC3", " * O02_affinity")):
        m.expression(f"{slot}_{target}_off", f"{slot}_{target}_Kd * mimetic_on{looser}")
    free, bound = ligand(iap=None) ** m.cell, ligand(iap=1) ** m.cell
    m.rule(
        f"{slot}_binds_BIRC2",
        free + BIRC2(pocket=None, ring="closed", traf2=None)
        | bound % BIRC2(pocket=1, ring="closed", traf2=None),
        "BIRC2_pocket_on",
        f"{slot}_BIRC2_off",
    )
    m.rule(
        f"{slot}_binds_BIRC2_on_TRAF2",
        free + BIRC2(pocket=None, ring="closed", traf2=2) % TRAF2(iap=2, tradd=None)
        | bound % BIRC2(pocket=1, ring="closed", traf2=2) % TRAF2(iap=2, tradd=None),
        "BIRC2_pocket_on",
        f"{slot}_BIRC2_off",
    )
    m.rule(
        f"{slot}_leaves_open_BIRC2",
        bound % BIRC2(pocket=1, ring="open") >> free + BIRC2(pocket=None, ring="closed"),
        f"{slot}_BIRC2_off",
    )
    m.rule(
        f"{slot}_binds_marked_BIRC2",
        free + BIRC2(pocket=None, ring="ub") | bound % BIRC2(pocket=1, ring="ub"),
        "BIRC2_pocket_on",
        f"{slot}_BIRC2_off",
    )
    _other_pockets(m, slot, free, bound)


def _other_pockets(m: ModelParts, slot: str, free: Any, bound: Any) -> None:
    BIRC3, XIAP, TRAF2 = m.monomers("BIRC3", "XIAP", "TRAF2")
    m.rule(
        f"{slot}_binds_BIRC3",
        free + BIRC3(pocket=None, traf2=None) | bound % BIRC3(pocket=1, traf2=None),
        "BIRC3_pocket_on",
        f"{slot}_BIRC3_off",
    )
    m.rule(
        f"{slot}_binds_BIRC3_on_TRAF2",
        free + BIRC3(pocket=None, traf2=2) % TRAF2(iap=2, tradd=None)
        | bound % BIRC3(pocket=1, traf2=2) % TRAF2(iap=2, tradd=None),
        "BIRC3_pocket_on",
        f"{slot}_BIRC3_off",
    )
    if slot != "Smac":
        m.expression(f"{slot}_XIAP_BIR3_off", f"{slot}_XIAP_BIR3_Kd * mimetic_on")
        m.rule(
            f"{slot}_binds_XIAP_BIR3",
            free + XIAP(bir3=None) | bound % XIAP(bir3=1),
            "XIAP_BIR3_on",
            f"{slot}_XIAP_BIR3_off",
        )


def _smac_on_xiap(m: ModelParts) -> None:
    # Dimeric Smac sits on BIR2 and BIR3 at once, so it takes the seats of caspase-3 and of caspase-9.
    DIABLO, XIAP = m.monomers("DIABLO", "XIAP")
    m.expression("Smac_XIAP_on", "mimetic_on * XIAP_BIR2_binding * XIAP_BIR3_binding")
    m.expression("Smac_XIAP_off", "Smac_XIAP_Kd * mimetic_on")
    m.rule(
        "Smac_binds_XIAP",
        DIABLO(at="cytosol", iap=None, second=None) ** m.cell + XIAP(bir3=None, bir2=None)
        | DIABLO(at="cytosol", iap=1, second=2) ** m.cell % XIAP(bir3=1, bir2=2),
        "Smac_XIAP_on",
        "Smac_XIAP_off",
    )


def _second_head(m: ModelParts) -> None:
    SMM, SMB, BIRC2, XIAP, TRAF2 = m.monomers("SMM", "SMB", "BIRC2", "XIAP", "TRAF2")
    m.expression("M_XIAP_BIR2_off", "M_XIAP_BIR2_Kd * mimetic_on")
    m.rule(
        "M_binds_XIAP_BIR2",
        SMM(iap=None) ** m.cell + XIAP(bir2=None) | SMM(iap=1) ** m.cell % XIAP(bir2=1),
        "XIAP_BIR2_on",
        "M_XIAP_BIR2_off",
    )
    m.expression("B_reach", "mimetic_on * bivalent_local_concentration * XIAP_BIR2_binding")
    m.expression("BIRC2_bridge_on", "bridge_on * BIRC2_pocket_binding * (1 - O01_displacement)")
    m.expression("B_XIAP_BIR2_off", "B_XIAP_BIR2_Kd * mimetic_on")
    m.rule(
        "B_reaches_XIAP_BIR2",
        SMB(iap=1, second=None) % XIAP(bir3=1, bir2=None) | SMB(iap=1, second=2) % XIAP(bir3=1, bir2=2),
        "B_reach",
        "B_XIAP_BIR2_off",
    )
    # Both RINGs of a bridged pair are open.  The partner must be outside the TNFR1 complex.
    for place, partner in (
        ("", BIRC2(pocket=None, ring="closed", traf2=None)),
        ("_on_TRAF2", BIRC2(pocket=None, ring="closed", traf2=3) % TRAF2(iap=3, tradd=None)),
    ):
        bridged = (
            BIRC2(pocket=2, ring="open", traf2=None)
            if not place
            else BIRC2(pocket=2, ring="open", traf2=3) % TRAF2(iap=3, tradd=None)
        )
        m.rule(
            f"B_bridges_to_BIRC2{place}",
            SMB(iap=1, second=None) % BIRC2(pocket=1, ring="open") + partner
            | SMB(iap=1, second=2) % BIRC2(pocket=1, ring="open") % bridged,
            "BIRC2_bridge_on",
            "bridge_off",
        )
