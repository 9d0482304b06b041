"""From the ubiquitin on RIP1 to nuclear RelA, and back by IkB alpha and A20.

Scope:   TAK1, IKK beta, which nothing activates unless NEMO holds it, its spent state, one pool of RelA
         held by IkB alpha (free RelA counts as nuclear), IkB alpha and A20 made again; a slower route by
         LUBAC without RIP1; the fast route of mimetics that needs no TNFR1 (open question O03: a
         drug-opened cIAP1 on TRAF2 activates IKK for the minutes before it is lost, value e, this
         project's own hypothesis; stabilized NIK activates IKK later, value c); TAK1's arm to p38 and
         MK2; TBK1 and IKK epsilon as one, activated by linear chains on RIP1. What these kinases do to
         RIP1 stands in `death_complex.py`.
Ignores: import and export as steps; IkB beta, epsilon and delta; oscillations in single cells are not
         fitted; NEMO on IKK alpha, and on ubiquitin chains, where it calls TBK1 (by TANK and NAP1).
Source:  Werner 2008 rates (M10, M11), O'Dea 2007 (PMC2673708), Blackwell 2013 (PMC3647962), Varfolomeev
         2007 (IkB phosphorylated in minutes), Lafont 2018 (TBK1 and IKK epsilon; doi
         10.1038/s41556-018-0229-6).
"""

from pysb import ANY

from smaclab.biology.parts import ModelParts


def add_canonical(m: ModelParts) -> None:
    """From RIP1's ubiquitin to nuclear RelA and back."""
    _tak1(m)
    _p38(m)
    _nemo(m)
    _ikk(m)
    _tbk1(m)
    _ikba(m)
    IKBA, IKBKB, A20 = m.monomers("NFKBIA", "IKBKB", "TNFAIP3")
    m.observable("IkBa", IKBA())
    m.observable("p_IkBa", IKBA(s="p"))
    m.observable("p_IKK_beta", IKBKB(s="active"))
    m.observable("A20", A20())


def _tak1(m: ModelParts) -> None:
    TAK1, RIPK1, RNF31 = m.monomers("MAP3K7", "RIPK1", "RNF31")
    for ub in ("k63", "m1"):
        m.rule(
            f"RIP1_{ub}_activates_TAK1",
            RIPK1(receptor=ANY, ub=ub) + TAK1(s="u") >> RIPK1(receptor=ANY, ub=ub) + TAK1(s="p"),
            "RIP1_TAK1_activation",
        )
    # O03 a and b: RIP1 on the receptor is enough, ubiquitinated or not, ligated (a) or not (b).
    R = m.model.monomers["TNFRSF1A"]
    for name, tnf in (("bare", ANY), ("preformed", None)):
        rate = m.expression(f"RIP1_{name}_on_TAK1", f"RIP1_TAK1_activation * O03_{name}_RIP1")
        there = R(tnf=tnf, rip1=1) % RIPK1(receptor=1, ub="n")
        m.rule(f"{name}_RIP1_activates_TAK1", there + TAK1(s="u") >> there + TAK1(s="p"), rate)
    m.expression("LUBAC_on_TAK1", "LUBAC_TAK1_activation * RNF31_activity")
    m.rule(
        "LUBAC_activates_TAK1",
        RNF31(s="recruited") + TAK1(s="u") >> RNF31(s="recruited") + TAK1(s="p"),
        "LUBAC_on_TAK1",
    )
    m.rule("TAK1_is_dephosphorylated", TAK1(s="p") >> TAK1(s="u"), "TAK1_off")


def _p38(m: ModelParts) -> None:
    TAK1, P38, MK2 = m.monomers("MAP3K7", "MAPK14", "MAPKAPK2")
    m.expression("TAK1_on_p38", "TAK1_p38_phosphorylation * MAP3K7_kinase_activity")
    m.rule("TAK1_activates_p38", TAK1(s="p") + P38(s="u") >> TAK1(s="p") + P38(s="p"), "TAK1_on_p38")
    m.rule("p38_turns_on_at_rest", P38(s="u") >> P38(s="p"), "p38_rest_phosphorylation")
    m.rule("p38_is_dephosphorylated", P38(s="p") >> P38(s="u"), "p38_off")
    m.expression("p38_on_MK2", "p38_MK2_phosphorylation * MAPK14_kinase_activity")
    m.rule("p38_activates_MK2", P38(s="p") + MK2(s="u") >> P38(s="p") + MK2(s="p"), "p38_on_MK2")
    m.rule("MK2_is_dephosphorylated", MK2(s="p") >> MK2(s="u"), "MK2_off")
    m.observable("p_p38", P38(s="p"))
    m.observable("p_MK2", MK2(s="p"))


def _nemo(m: ModelParts) -> None:
    IKK, NEMO = m.monomers("IKBKB", "IKBKG")
    loose, held = IKK(nemo=None, s="rest"), IKK(nemo=1, s="rest") % NEMO(ikk=1)
    m.rule("NEMO_binds_IKK", NEMO(ikk=None) + loose | held, "NEMO_IKK_on", "NEMO_IKK_off")
    # IKK beta that loses its NEMO rests, whatever it did.
    m.expression("NEMO_loss_on_IKK", "turnover_activity * log(2) / IKBKG_half_life + growth_rate")
    for state in ("rest", "active", "spent"):
        m.rule(
            f"NEMO_on_{state}_IKK_is_lost", IKK(nemo=1, s=state) % NEMO(ikk=1) >> loose, "NEMO_loss_on_IKK"
        )


def _tbk1(m: ModelParts) -> None:
    TBK1, RIPK1 = m.monomers("TBK1", "RIPK1")
    chains = RIPK1(receptor=ANY, ub="m1")
    m.rule("linear_chains_activate_TBK1", chains + TBK1(s="u") >> chains + TBK1(s="p"), "M1_TBK1_activation")
    m.rule("TBK1_is_dephosphorylated", TBK1(s="p") >> TBK1(s="u"), "TBK1_off")
    m.observable("p_TBK1", TBK1(s="p"))


def _ikk(m: ModelParts) -> None:
    IKK, TAK1, NIK, BIRC2, TRAF2 = m.monomers("IKBKB", "MAP3K7", "MAP3K14", "BIRC2", "TRAF2")
    rest, active = IKK(nemo=ANY, s="rest"), IKK(nemo=ANY, s="active")
    m.expression("TAK1_on_IKK", "TAK1_IKK_activation * MAP3K7_kinase_activity")
    m.rule("TAK1_activates_IKK", TAK1(s="p") + rest >> TAK1(s="p") + active, "TAK1_on_IKK")
    m.rule("IKK_is_spent", IKK(s="active") >> IKK(s="spent"), "IKK_spent")
    m.rule("IKK_recovers", IKK(s="spent") >> IKK(s="rest"), "IKK_recovery")
    m.expression("opened_cIAP1_on_IKK", "cIAP1_IKK_activation * O03_opened_cIAP1 * BIRC2_ligase")
    opened = BIRC2(pocket=ANY, ring="open", traf2=1) % TRAF2(iap=1, tradd=None)
    m.rule("opened_cIAP1_activates_IKK", opened + rest >> opened + active, "opened_cIAP1_on_IKK")
    m.expression("NIK_on_IKK", "NIK_IKK_activation * O03_NIK * MAP3K14_kinase_activity")
    m.rule("NIK_activates_IKK", NIK() + rest >> NIK() + active, "NIK_on_IKK")


def _ikba(m: ModelParts) -> None:
    IKBA, RELA, IKK, A20 = m.monomers("NFKBIA", "RELA", "IKBKB", "TNFAIP3")
    mikba, ma20 = m.monomers("m_NFKBIA", "m_TNFAIP3")
    m.rule(
        "IkBa_binds_RelA",
        IKBA(nfkb=None, s="u") + RELA(ikb=None) | IKBA(nfkb=1, s="u") % RELA(ikb=1),
        "IkBa_RelA_on",
        "IkBa_RelA_off",
    )
    m.expression("IKK_on_IkBa", "IKK_IkBa_phosphorylation * IKBKB_kinase_activity")
    m.rule(
        "IKK_phosphorylates_IkBa",
        IKK(s="active") + IKBA(s="u") >> IKK(s="active") + IKBA(s="p"),
        "IKK_on_IkBa",
    )
    m.expression("p_IkBa_loss", "p_IkBa_decay * proteasome_activity")
    m.rule("proteasome_degrades_p_IkBa", IKBA(s="p") >> None, "p_IkBa_loss", deletes=True)
    m.expression("IkBa_free_loss", "turnover_activity * IkBa_free_decay")
    m.rule("free_IkBa_decays", IKBA(nfkb=None, s="u") >> None, "IkBa_free_loss")
    m.rule("bound_IkBa_decays", IKBA(nfkb=ANY, s="u") >> None, "growth_rate", deletes=True)
    m.rule("IkBa_is_made", mikba() >> mikba() + IKBA(nfkb=None, s="u") ** m.cell, "NFKBIA_translation")
    m.rule("A20_is_made", ma20() >> ma20() + A20() ** m.cell, "TNFAIP3_translation")
    m.expression("A20_decay", "turnover_activity * log(2) / TNFAIP3_half_life + growth_rate")
    m.rule("A20_decays", A20() >> None, "A20_decay")
