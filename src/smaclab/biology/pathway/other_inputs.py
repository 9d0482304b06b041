"""Inputs beside TNFR1's death: TNFR2 takes TRAF2 and cIAP away, IL-1 wakes NF-kB, an antagonist blocks TNFR1.

Scope:   TNF on TNFR2 (weak and fast), which consumes TRAF2:cIAP1 as ligated Fn14 does; TNF muteins that
         fit one of the two receptors; IL-1 on its receptor, which activates TAK1 without a death domain;
         an antagonistic antibody on TNFR1 that ligates nothing; CD40L on CD40, which consumes TRAF3 and
         TRAF2:cIAP1, so that NIK stays.
Ignores: what TNFR2, CD40 and the IL-1 receptor build as species (MyD88, IRAKs, TRAF6); CD40's own ways
         to canonical NF-kB, JNK and death; a TNFR1-selective mutein that leaves its receptor is counted
         as TNF from then on (its excess in the medium makes that a small error).
Source:  Grell 1998 (Kd of TNFR2 420 pM, P081; off-rate P083, recalled); the rest is said in
         `parameters.toml`.
"""

from smaclab.biology.parts import ModelParts


def add_other_inputs(m: ModelParts) -> None:
    """TNFR2, the selective ligands, the antagonist, IL-1, and CD40."""
    _tnfr2(m)
    _selective(m)
    _il1(m)
    _cd40(m)


def _tnfr2(m: ModelParts) -> None:
    TNF, MUTEIN, R2, TRAF2, BIRC2 = m.monomers("TNF", "TNF_R2", "TNFRSF1B", "TRAF2", "BIRC2")
    m.input("TNF_R2_selective", MUTEIN(receptor=None) ** m.medium)
    m.expression("TNFR2_consumption", "TNFR2_TRAF2_consumption * lysosome_activity")
    m.expression("TNF_TNFR2_off", "TNF_TNFR2_Kd * TNF_TNFR2_on")
    for name, ligand in (("TNF", TNF), ("TNF_R2", MUTEIN)):
        m.rule(
            f"{name}_binds_TNFR2",
            ligand(receptor=None) ** m.medium + R2(ligand=None) ** m.membrane
            | ligand(receptor=1) ** m.medium % R2(ligand=1) ** m.membrane,
            m.in_medium("TNF_TNFR2_on"),
            "TNF_TNFR2_off",
        )
        ligated = ligand(receptor=1) % R2(ligand=1)
        held = TRAF2(iap=2, tradd=None) % BIRC2(pocket=None, ring="closed", traf2=2)
        m.rule(f"TNFR2_with_{name}_consumes_TRAF2_and_cIAP1", ligated + held >> ligated, "TNFR2_consumption")
        m.rule(f"TNFR2_with_{name}_is_internalized", ligated >> None, "TNFR1_internalization", deletes=True)
    m.rule("TNF_R2_decays_in_the_medium", MUTEIN(receptor=None) ** m.medium >> None, "TNF_medium_decay")
    m.observable("TNFR2", R2())


def _selective(m: ModelParts) -> None:
    TNF, MUTEIN, R, AntiTNFR1 = m.monomers("TNF", "TNF_R1", "TNFRSF1A", "AntiTNFR1")
    m.input("TNF_R1_selective", MUTEIN() ** m.medium)
    m.input("anti_TNFR1", AntiTNFR1(receptor=None) ** m.medium)
    m.rule(
        "TNF_R1_binds_TNFR1",
        MUTEIN() ** m.medium + R(tnf=None, tradd=None, rip1=None, block=None) ** m.membrane
        >> TNF(receptor=1) ** m.medium % R(tnf=1, tradd=None, rip1=None, block=None) ** m.membrane,
        m.in_medium("TNF_TNFR1_on"),
    )
    m.rule("TNF_R1_decays_in_the_medium", MUTEIN() ** m.medium >> None, "TNF_medium_decay")
    m.expression("anti_TNFR1_off", "anti_TNFR1_Kd * anti_TNFR1_on")
    m.rule(
        "anti_TNFR1_binds_TNFR1",
        AntiTNFR1(receptor=None) ** m.medium + R(tnf=None, block=None) ** m.membrane
        | AntiTNFR1(receptor=1) ** m.medium % R(tnf=None, block=1) ** m.membrane,
        m.in_medium("anti_TNFR1_on"),
        "anti_TNFR1_off",
    )
    m.observable("TNFR1_blocked", R(block=1) % AntiTNFR1(receptor=1))


def _il1(m: ModelParts) -> None:
    IL1, R, TAK1 = m.monomers("IL1B", "IL1R1", "MAP3K7")
    m.input("IL_1", IL1(receptor=None) ** m.medium)
    m.expression("IL1_off", "IL1_Kd * IL1_on")
    m.rule(
        "IL1_binds_its_receptor",
        IL1(receptor=None) ** m.medium + R(ligand=None) ** m.membrane
        | IL1(receptor=1) ** m.medium % R(ligand=1) ** m.membrane,
        m.in_medium("IL1_on"),
        "IL1_off",
    )
    ligated = IL1(receptor=1) % R(ligand=1)
    m.rule("ligated_IL1R_is_internalized", ligated >> None, "TNFR1_internalization", deletes=True)
    m.rule("IL1R_activates_TAK1", ligated + TAK1(s="u") >> ligated + TAK1(s="p"), "IL1R_TAK1_activation")
    m.observable("IL1R_ligated", R(ligand=1) % IL1(receptor=1))


def _cd40(m: ModelParts) -> None:
    CD40L, R, TRAF2, TRAF3, BIRC2 = m.monomers("CD40LG", "CD40", "TRAF2", "TRAF3", "BIRC2")
    m.input("CD40L", CD40L(receptor=None) ** m.medium)
    m.expression("CD40L_off", "CD40L_Kd * CD40L_on")
    m.rule(
        "CD40L_binds_CD40",
        CD40L(receptor=None) ** m.medium + R(ligand=None) ** m.membrane
        | CD40L(receptor=1) ** m.medium % R(ligand=1) ** m.membrane,
        m.in_medium("CD40L_on"),
        "CD40L_off",
    )
    ligated = CD40L(receptor=1) % R(ligand=1)
    held = TRAF2(iap=2, tradd=None) % BIRC2(pocket=None, ring="closed", traf2=2)
    m.rule("CD40_consumes_TRAF2_and_cIAP1", ligated + held >> ligated, "CD40_TRAF_consumption")
    m.rule("CD40_consumes_TRAF3", ligated + TRAF3(nik=None) >> ligated, "CD40_TRAF_consumption")
    m.rule("ligated_CD40_is_internalized", ligated >> None, "TNFR1_internalization", deletes=True)
    m.observable("CD40_ligated", R(ligand=1) % CD40L(receptor=1))
