"""cIAP1 opens on its ligand and ubiquitinates itself; cIAP2 is active all along; TRAF2 carries both.

Scope:   closed cIAP1 (RING buried) opens when its pocket is filled (open question O01, default c); an open
         RING ubiquitinates itself with E1 and E2; the proteasome removes what is ubiquitinated; cIAP2 is an
         active dimer that a ligand stimulates far less than it opens cIAP1 and TRAF2 protects; cIAP1
         removes cIAP2 in trans; cIAP2 is transcribed by NF-kB.
Ignores: RING dimers as species of their own; chain types on cIAPs; XIAP is bound by the drug but not
         degraded.
Source:  Dueber 2011 (PMID 22021857), Feltham 2011 (PMC3089546), Varfolomeev 2007; TRAF2:cIAP one per trimer
         (Rothe 1995, Zheng 2010).
"""

from pysb import ANY

from smaclab.biology.parts import ModelParts


def add_ligase(m: ModelParts) -> None:
    """TRAF2 binding, opening, auto-ubiquitination, degradation, and the making of both cIAPs."""
    for iap in ("BIRC2", "BIRC3"):
        m.expression(f"{iap}_ligase", f"BIRC_ligase_activity * {iap}_ligase_activity")
        m.expression(
            f"{iap}_capacity", f"E1_activity * E2_activity * ubiquitin_activity * ATP_activity * {iap}_ligase"
        )
    _on_traf2(m)
    _ciap1(m)
    _displaced(m)
    _ciap2(m)


def _on_traf2(m: ModelParts) -> None:
    BIRC2, BIRC3, TRAF2 = m.monomers("BIRC2", "BIRC3", "TRAF2")
    for iap in (BIRC2, BIRC3):
        m.expression(f"TRAF2_{iap.name}_on", f"TRAF2_cIAP_on * {iap.name}_TRAF2_binding * TRAF2_cIAP_binding")
        m.rule(
            f"TRAF2_binds_{iap.name}",
            TRAF2(iap=None, tradd=None) + iap(traf2=None) | TRAF2(iap=1, tradd=None) % iap(traf2=1),
            f"TRAF2_{iap.name}_on",
            "TRAF2_cIAP_off",
        )


def _ciap1(m: ModelParts) -> None:
    BIRC2, SMM, SMB, DIABLO, TRAF2 = m.monomers("BIRC2", "SMM", "SMB", "DIABLO", "TRAF2")
    m.rule(
        "BIRC2_opens_on_ligand",
        BIRC2(pocket=ANY, ring="closed") >> BIRC2(pocket=ANY, ring="open"),
        "BIRC2_open",
    )
    # O01: which ligand-bound cIAP1 marks itself, and whether two RINGs must meet for it.
    m.expression("BIRC2_marking", "BIRC2_open_ubiquitination * BIRC2_capacity")
    m.expression("BIRC2_RING_pair", "1 - O01_dimer + O01_dimer * BIRC2_RING_dimer")
    m.expression("BIRC2_self_ubiquitination", "BIRC2_marking * BIRC2_RING_pair * O01_single")
    m.expression("BIRC2_bridged_ubiquitination", "BIRC2_marking * BIRC2_RING_pair * O01_bridged")
    for slot, ligand in (("M", SMM(iap=1)), ("B", SMB(iap=1, second=None)), ("Smac", DIABLO(iap=1))):
        m.rule(
            f"BIRC2_with_{slot}_ubiquitinates_itself",
            ligand % BIRC2(pocket=1, ring="open") >> ligand % BIRC2(pocket=1, ring="ub"),
            "BIRC2_self_ubiquitination",
        )
        m.rule(
            f"BIRC2_with_{slot}_is_diluted",
            ligand % BIRC2(pocket=1) >> ligand(iap=None),
            "growth_rate",
        )
    # A bridged pair is marked in concert and lets go of the drug; it lives for minutes, so it is not diluted.
    m.rule(
        "bridged_BIRC2_ubiquitinate_each_other",
        SMB(iap=1, second=2) % BIRC2(pocket=1, ring="open") % BIRC2(pocket=2, ring="open")
        >> SMB(iap=None, second=None) + BIRC2(pocket=None, ring="ub") + BIRC2(pocket=None, ring="ub"),
        "BIRC2_bridged_ubiquitination",
    )
    m.expression("BIRC2_rest_ubiquitination", "BIRC2_closed_ubiquitination * BIRC2_capacity")
    # Inside the TNFR1 complex the cIAPs leave themselves alone: they are there for minutes only.
    for place, state, carrier in (
        ("", {"traf2": None}, None),
        ("_on_TRAF2", {"traf2": 1}, TRAF2(iap=1, tradd=None)),
    ):
        before, after = BIRC2(pocket=None, ring="closed", **state), BIRC2(pocket=None, ring="ub", **state)
        m.rule(
            f"BIRC2_ubiquitinates_itself_at_rest{place}",
            (before % carrier >> after % carrier) if carrier else (before >> after),
            "BIRC2_rest_ubiquitination",
        )
    _ciap1_comes_and_goes(m)


def _ciap1_comes_and_goes(m: ModelParts) -> None:
    BIRC2, SMM, SMB, DIABLO = m.monomers("BIRC2", "SMM", "SMB", "DIABLO")
    # TRAF2 protects it: without a seat it goes by the proteasome, whoever marks it.
    m.expression("BIRC2_unseated_loss", "BIRC2_free_loss * proteasome_activity")
    m.rule(
        "BIRC2_without_TRAF2_is_lost",
        BIRC2(pocket=None, ring="closed", traf2=None) >> None,
        "BIRC2_unseated_loss",
    )
    for slot, ligand in (("M", SMM(iap=1)), ("B", SMB(iap=1, second=None)), ("Smac", DIABLO(iap=1))):
        for ring in ("closed", "open"):
            m.rule(
                f"{ring}_BIRC2_with_{slot}_without_TRAF2_is_lost",
                ligand % BIRC2(pocket=1, ring=ring, traf2=None) >> ligand(iap=None),
                "BIRC2_unseated_loss",
            )
    m.expression("ubiquitinated_cIAP_loss", "proteasome_cIAP * proteasome_activity")
    m.rule("proteasome_degrades_BIRC2", BIRC2(ring="ub") >> None, "ubiquitinated_cIAP_loss", deletes=True)
    m.expression(
        "BIRC2_synthesis",
        "BIRC2_copies * BIRC2_expression * (BIRC2_closed_ubiquitination + growth_rate)"
        " * translation_activity",
    )
    m.rule(
        "BIRC2_is_made", None >> BIRC2(pocket=None, ring="closed", traf2=None) ** m.cell, "BIRC2_synthesis"
    )
    m.rule("BIRC2_is_diluted", BIRC2(pocket=None) >> None, "growth_rate", deletes=True)


def _displaced(m: ModelParts) -> None:
    """O01 b: a ligand pushes cIAP1 off TRAF2, and cIAP1 without TRAF2 marks itself, ligand or not."""
    BIRC2, SMM, SMB, DIABLO, TRAF2 = m.monomers("BIRC2", "SMM", "SMB", "DIABLO", "TRAF2")
    m.expression("TRAF2_displacement", "O01_displacement * ligand_TRAF2_displacement")
    m.expression("BIRC2_displaced_ubiquitination", "BIRC2_marking * O01_displacement")
    for slot, ligand in (("M", SMM(iap=1)), ("B", SMB(iap=1, second=None)), ("Smac", DIABLO(iap=1))):
        for ring in ("closed", "open"):
            bound = ligand % BIRC2(pocket=1, ring=ring, traf2=2)
            m.rule(
                f"{slot}_displaces_{ring}_BIRC2_from_TRAF2",
                bound % TRAF2(iap=2, tradd=None)
                >> ligand % BIRC2(pocket=1, ring=ring, traf2=None) + TRAF2(iap=None, tradd=None),
                "TRAF2_displacement",
            )
        m.rule(
            f"BIRC2_off_TRAF2_with_{slot}_ubiquitinates_itself",
            ligand % BIRC2(pocket=1, ring="open", traf2=None)
            >> ligand % BIRC2(pocket=1, ring="ub", traf2=None),
            "BIRC2_displaced_ubiquitination",
        )
    m.rule(
        "BIRC2_off_TRAF2_ubiquitinates_itself",
        BIRC2(pocket=None, ring="closed", traf2=None) >> BIRC2(pocket=None, ring="ub", traf2=None),
        "BIRC2_displaced_ubiquitination",
    )


def _ciap2(m: ModelParts) -> None:
    BIRC2, BIRC3, TRAF2 = m.monomers("BIRC2", "BIRC3", "TRAF2")
    outside = TRAF2(iap=1, tradd=None)
    m.expression("BIRC3_free_loss", "BIRC3_free_ubiquitination * BIRC3_capacity")
    m.expression("BIRC3_held_loss", "BIRC3_held_ubiquitination * BIRC3_capacity")
    m.expression(
        "BIRC3_liganded_loss",
        "BIRC3_held_ubiquitination * BIRC3_ligand_stimulation * O02_stimulation * BIRC3_capacity"
        " * (1 - O05_cIAP2_spared)",
    )
    m.rule(
        "BIRC3_alone_ubiquitinates_itself",
        BIRC3(traf2=None, ub="n") >> BIRC3(traf2=None, ub="y"),
        "BIRC3_free_loss",
    )
    m.rule(
        "BIRC3_on_TRAF2_ubiquitinates_itself",
        BIRC3(pocket=None, traf2=1, ub="n") % outside >> BIRC3(pocket=None, traf2=1, ub="y") % outside,
        "BIRC3_held_loss",
    )
    m.rule(
        "BIRC3_with_ligand_ubiquitinates_itself",
        BIRC3(pocket=ANY, traf2=ANY, ub="n") >> BIRC3(pocket=ANY, traf2=ANY, ub="y"),
        "BIRC3_liganded_loss",
    )
    held = BIRC3(ub="n", traf2=2) % TRAF2(iap=2, tradd=None)
    marked = BIRC3(ub="y", traf2=2) % TRAF2(iap=2, tradd=None)
    for ring in ("open", "closed"):
        rate = m.expression(f"BIRC2_{ring}_on_BIRC3", f"BIRC2_removes_BIRC3_{ring} * BIRC2_capacity")
        ligase = BIRC2(ring=ring, traf2=1) % TRAF2(iap=1, tradd=None)
        m.rule(f"BIRC2_{ring}_ubiquitinates_BIRC3", ligase + held >> ligase + marked, rate)
    m.rule("proteasome_degrades_BIRC3", BIRC3(ub="y") >> None, "ubiquitinated_cIAP_loss", deletes=True)
    m.rule("BIRC3_is_diluted", BIRC3() >> None, "growth_rate", deletes=True)
    m.rule("BIRC3_is_made", *_translated(m, "BIRC3", BIRC3(pocket=None, ub="n", traf2=None)))


def _translated(m: ModelParts, gene: str, protein: object) -> tuple[object, str]:
    (mrna,) = m.monomers(f"m_{gene}")
    return mrna() >> mrna() + protein**m.cell, f"{gene}_translation"  # type: ignore[operator]
