"""TNF ligates TNFR1; TRADD, TRAF2:cIAP and RIP1 gather; RIP1 is ubiquitinated, or leaves to kill.

Scope:   RIP1's recruitment and its ubiquitination are separate: RIP1 binds TNFR1 itself, and its stay
         depends on cIAP1 (O04, default c), its ubiquitination on either cIAP in the same complex; LUBAC
         extends the chains; CYLD and A20 take them off. Un-ubiquitinated RIP1 leaves the receptor in the
         form that seeds complex II, again and again (catalytically).
Ignores: loss of TNF from a receptor that carries TRADD or RIP1 (it is internalized instead); trimers of
         receptors and pre-ligand assembly; occupancy of cIAP pockets inside the complex; SHARPIN and HOIL-1
         apart from HOIP; TNFR2 (`other_inputs.py`).
Source:  Grell 1998 (Kd 19 pM), Micheau & Tschopp 2003 (PMID 12887920), Bertrand 2008 (PMID 18570872), Vince
         2007, Blackwell 2013 (PMC3647962).
"""

from pysb import ANY

from smaclab.biology.parts import ModelParts


def add_receptor(m: ModelParts) -> None:
    """Ligand, complex I, RIP1's ubiquitin, and what leaves."""
    _ligand(m)
    _adaptors(m)
    _rip1(m)
    _without_ligand(m)
    _ubiquitin(m)


def _ligand(m: ModelParts) -> None:
    TNF, AntiTNF, Fc, R = m.monomers("TNF", "AntiTNF", "TNFR1Fc", "TNFRSF1A")
    m.input("TNF", TNF(receptor=None) ** m.medium)
    m.input("anti_TNF", AntiTNF(tnf=None) ** m.medium)
    m.input("TNFR1_Fc", Fc(tnf=None) ** m.medium)
    for name, binder in (("anti_TNF", AntiTNF), ("TNFR1_Fc", Fc)):
        m.expression(f"{name}_off", f"{name}_Kd * {name}_on")
        m.rule(
            f"{name}_binds_TNF",
            TNF(receptor=None) ** m.medium + binder(tnf=None) ** m.medium
            | TNF(receptor=1) ** m.medium % binder(tnf=1) ** m.medium,
            m.in_medium(f"{name}_on"),
            f"{name}_off",
        )
    m.expression("TNF_TNFR1_off", "TNF_TNFR1_Kd * TNF_TNFR1_on")
    m.rule(
        "TNF_binds_TNFR1",
        TNF(receptor=None) ** m.medium + R(tnf=None, tradd=None, rip1=None, block=None) ** m.membrane
        | TNF(receptor=1) ** m.medium % R(tnf=1, tradd=None, rip1=None, block=None) ** m.membrane,
        m.in_medium("TNF_TNFR1_on"),
        "TNF_TNFR1_off",
    )
    m.rule(
        "TNF_binds_TNFR1_with_RIP1",
        TNF(receptor=None) ** m.medium + R(tnf=None, tradd=None, rip1=ANY, block=None) ** m.membrane
        >> TNF(receptor=1) ** m.medium % R(tnf=1, tradd=None, rip1=ANY, block=None) ** m.membrane,
        m.in_medium("TNF_TNFR1_on"),
    )
    m.rule(
        "TNF_decays_in_the_medium", TNF(receptor=None) ** m.medium >> None, "TNF_medium_decay", deletes=True
    )
    m.rule(
        "ligated_TNFR1_is_internalized",
        TNF(receptor=1) % R(tnf=1) >> None,
        "TNFR1_internalization",
        deletes=True,
    )


def _adaptors(m: ModelParts) -> None:
    R, TRADD, TRAF2 = m.monomers("TNFRSF1A", "TRADD", "TRAF2")
    BIRC2, BIRC3 = m.monomers("BIRC2", "BIRC3")
    m.rule(
        "TRADD_binds_ligated_TNFR1",
        R(tnf=ANY, tradd=None) + TRADD(receptor=None, traf2=None, fadd=None, act="off")
        >> R(tnf=ANY, tradd=1) % TRADD(receptor=1, traf2=None, fadd=None, act="off"),
        "TRADD_TNFR1_on",
    )
    m.rule(
        "TRADD_leaves_TNFR1",
        R(tradd=1) % TRADD(receptor=1, traf2=None) >> R(tradd=None) + TRADD(receptor=None, traf2=None),
        "TRADD_TNFR1_off",
    )
    seated, seat = TRADD(receptor=ANY, traf2=1), TRADD(receptor=ANY, traf2=None)
    m.rule(
        "bare_TRAF2_joins",
        seat + TRAF2(iap=None, tradd=None) >> seated % TRAF2(iap=None, tradd=1),
        "TRAF2_TRADD_on",
    )
    m.rule(
        "TRAF2_BIRC2_joins",
        seat + TRAF2(iap=2, tradd=None) % BIRC2(pocket=None, ring="closed", traf2=2)
        >> seated % TRAF2(iap=2, tradd=1) % BIRC2(pocket=None, ring="closed", traf2=2),
        "TRAF2_TRADD_on",
    )
    m.rule(
        "TRAF2_BIRC3_joins",
        seat + TRAF2(iap=2, tradd=None) % BIRC3(pocket=None, ub="n", traf2=2)
        >> seated % TRAF2(iap=2, tradd=1) % BIRC3(pocket=None, ub="n", traf2=2),
        "TRAF2_TRADD_on",
    )
    _drugged_ciap2_joins(m, seat, seated)
    m.rule(
        "TRAF2_leaves",
        TRADD(traf2=1) % TRAF2(tradd=1) >> TRADD(traf2=None) + TRAF2(tradd=None),
        "TRAF2_TRADD_off",
    )


def _drugged_ciap2_joins(m: ModelParts, seat: object, seated: object) -> None:
    # cIAP2 is active with or without a ligand, so its pocket is forgotten: the ligand is set free on entry.
    SMM, SMB, DIABLO, TRAF2, BIRC3 = m.monomers("SMM", "SMB", "DIABLO", "TRAF2", "BIRC3")
    for slot, ligand, free in (
        ("M", SMM(iap=3), SMM(iap=None)),
        ("B", SMB(iap=3, second=None), SMB(iap=None, second=None)),
        ("Smac", DIABLO(iap=3), DIABLO(iap=None)),
    ):
        m.rule(
            f"TRAF2_BIRC3_with_{slot}_joins",
            seat + TRAF2(iap=2, tradd=None) % BIRC3(pocket=3, ub="n", traf2=2) % ligand
            >> seated % TRAF2(iap=2, tradd=1) % BIRC3(pocket=None, ub="n", traf2=2) + free,
            "TRAF2_TRADD_on",
        )


def _rip1(m: ModelParts) -> None:
    R, RIPK1, TRADD, TRAF2, BIRC2 = m.monomers("TNFRSF1A", "RIPK1", "TRADD", "TRAF2", "BIRC2")
    off = RIPK1(receptor=None, fadd=None, ub="n", act="off")
    on = RIPK1(receptor=1, fadd=None, ub="n", act="off")
    # O12 c: TRADD on the receptor is in RIP1's way.
    m.expression("RIP1_TNFR1_beside_TRADD_on", "RIP1_TNFR1_on * (1 - O12_competition)")
    for name, tradd, rate in (
        ("bare", None, "RIP1_TNFR1_on"),
        ("TRADD_bound", ANY, "RIP1_TNFR1_beside_TRADD_on"),
    ):
        m.rule(
            f"RIP1_binds_{name}_TNFR1",
            R(tnf=ANY, rip1=None, tradd=tradd) + off >> R(tnf=ANY, rip1=1, tradd=tradd) % on,
            rate,
        )
    m.rule(
        "RIP1_leaves_unharmed",
        R(rip1=1) % RIPK1(receptor=1, ub="n") >> R(rip1=None) + RIPK1(receptor=None, ub="n"),
        "RIP1_TNFR1_off",
    )
    m.rule(
        "TNFR1_releases_active_RIP1",
        R(tnf=ANY, rip1=1) % RIPK1(receptor=1, ub="n", act="off")
        >> R(tnf=ANY, rip1=None) + RIPK1(receptor=None, ub="n", act="on"),
        "RIP1_TNFR1_release",
    )
    # O09: only under its other letters does ubiquitin not keep RIP1 from leaving.
    m.expression("RIP1_release_anyway", "RIP1_TNFR1_release * (1 - O09_ubiquitin_restrains)")
    for ub in ("k63", "m1"):
        m.rule(
            f"TNFR1_releases_RIP1_{ub}",
            R(tnf=ANY, rip1=1) % RIPK1(receptor=1, ub=ub, act="off")
            >> R(tnf=ANY, rip1=None) + RIPK1(receptor=None, ub="n", act="on"),
            "RIP1_release_anyway",
        )
    m.expression("RIP1_turnover_by_cIAP1", "RIP1_eviction * BIRC2_ligase * O04_eviction")
    for ub in ("n", "k63", "m1"):
        m.rule(
            f"cIAP1_evicts_RIP1_{ub}",
            R(rip1=1, tradd=2)
            % RIPK1(receptor=1, ub=ub)
            % TRADD(receptor=2, traf2=3)
            % TRAF2(tradd=3, iap=4)
            % BIRC2(traf2=4)
            >> R(rip1=None, tradd=2) % TRADD(receptor=2, traf2=3) % TRAF2(tradd=3, iap=4) % BIRC2(traf2=4)
            + RIPK1(receptor=None, ub="n"),
            "RIP1_turnover_by_cIAP1",
        )


def _without_ligand(m: ModelParts) -> None:
    """RIP1 on TNFR1 without TNF, kept off by TRAF2:cIAP1 (O03 b, O04 a), or called by bare TRAF2 (O04 d)."""
    R, RIPK1, TRADD, TRAF2, BIRC2 = m.monomers("TNFRSF1A", "RIPK1", "TRADD", "TRAF2", "BIRC2")
    off = RIPK1(receptor=None, fadd=None, ub="n", act="off")
    on = RIPK1(receptor=1, fadd=None, ub="n", act="off")
    m.expression(
        "RIP1_preformed_on",
        "RIP1_TNFR1_on * (O03_preformed_RIP1 + O04_direct - O03_preformed_RIP1 * O04_direct)",
    )
    m.rule(
        "RIP1_binds_unligated_TNFR1",
        R(tnf=None, rip1=None, tradd=None) + off >> R(tnf=None, rip1=1, tradd=None) % on,
        "RIP1_preformed_on",
    )
    m.expression("RIP1_kept_off", "RIP1_preformed_eviction * BIRC2_ligase")
    ligase = BIRC2(pocket=None, ring="closed", traf2=2) % TRAF2(iap=2, tradd=None)
    m.rule(
        "cIAP1_keeps_RIP1_off_unligated_TNFR1",
        ligase + R(tnf=None, rip1=1) % on >> ligase + R(tnf=None, rip1=None) + off,
        "RIP1_kept_off",
    )
    m.expression("RIP1_called_on", "RIP1_TNFR1_on * O04_freed")
    bare = TRADD(receptor=2, traf2=3) % TRAF2(tradd=3, iap=None)
    m.rule(
        "bare_TRAF2_calls_RIP1",
        R(tnf=ANY, rip1=None, tradd=2) % bare + off >> R(tnf=ANY, rip1=1, tradd=2) % bare % on,
        "RIP1_called_on",
    )


def _ubiquitin(m: ModelParts) -> None:
    R, RIPK1, TRADD, TRAF2, BIRC2, BIRC3 = m.monomers("TNFRSF1A", "RIPK1", "TRADD", "TRAF2", "BIRC2", "BIRC3")
    RNF31, CYLD, A20 = m.monomers("RNF31", "CYLD", "TNFAIP3")
    for iap in (BIRC2, BIRC3):
        arm = R(rip1=1, tradd=2) % TRADD(receptor=2, traf2=3) % TRAF2(tradd=3, iap=4) % iap(traf2=4)
        m.expression(f"{iap.name}_on_RIP1", f"cIAP_RIP1_ubiquitination * {iap.name}_ligase")
        m.expression(f"{iap.name}_on_LUBAC", f"LUBAC_recruitment * RNF31_recruitment * {iap.name}_ligase")
        m.rule(
            f"{iap.name}_ubiquitinates_RIP1",
            arm % RIPK1(receptor=1, ub="n") >> arm % RIPK1(receptor=1, ub="k63"),
            f"{iap.name}_on_RIP1",
        )
        m.rule(
            f"{iap.name}_recruits_LUBAC",
            TRADD(receptor=ANY, traf2=3) % TRAF2(tradd=3, iap=4) % iap(traf2=4) + RNF31(s="idle")
            >> TRADD(receptor=ANY, traf2=3) % TRAF2(tradd=3, iap=4) % iap(traf2=4) + RNF31(s="recruited"),
            f"{iap.name}_on_LUBAC",
        )
    # O05 c: TRAF2 on the receptor is enough for LUBAC, without a cIAP.
    m.expression("TRAF2_on_LUBAC", "LUBAC_recruitment * RNF31_recruitment * O05_LUBAC_alone")
    alone = TRADD(receptor=ANY, traf2=3) % TRAF2(tradd=3)
    m.rule("TRAF2_recruits_LUBAC", alone + RNF31(s="idle") >> alone + RNF31(s="recruited"), "TRAF2_on_LUBAC")
    m.rule("LUBAC_leaves", RNF31(s="recruited") >> RNF31(s="idle"), "LUBAC_off")
    m.expression("LUBAC_on_RIP1", "LUBAC_RIP1_ubiquitination * RNF31_activity")
    m.rule(
        "LUBAC_extends_chains",
        RNF31(s="recruited") + RIPK1(receptor=ANY, ub="k63")
        >> RNF31(s="recruited") + RIPK1(receptor=ANY, ub="m1"),
        "LUBAC_on_RIP1",
    )
    for name, dub in (("CYLD", CYLD), ("A20", A20)):
        m.rule(f"{name}_trims_K63", dub() + RIPK1(ub="k63") >> dub() + RIPK1(ub="n"), f"{name}_RIP1_K63")
    m.rule("CYLD_trims_M1", CYLD() + RIPK1(ub="m1") >> CYLD() + RIPK1(ub="k63"), "CYLD_RIP1_M1")
    m.observable("TNFR1", R())
    m.observable("TNFR1_ligated", R(tnf=ANY))
    m.observable("RIP1_on_unligated_TNFR1", R(tnf=None, rip1=1) % RIPK1(receptor=1))
    m.observable("RIP1_on_TNFR1", R(tnf=ANY, rip1=1) % RIPK1(receptor=1))
    m.observable("RIP1_ubiquitin", RIPK1(receptor=ANY, ub="k63") + RIPK1(receptor=ANY, ub="m1"))
    m.observable("RIP1_ubiquitin_M1", RIPK1(receptor=ANY, ub="m1"))
