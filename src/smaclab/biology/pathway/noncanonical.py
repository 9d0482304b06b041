"""NIK is made all the time and removed at once, until the cIAPs are gone; then p100 becomes p52.

Scope:   TRAF3 brings NIK, TRAF2 brings a cIAP, either cIAP suffices (O19, default ac);
         NIK activates IKK alpha, which has p100 processed to p52 and destabilizes NIK; p52 and RelB form
         the transcription factor.
Ignores: receptors that consume TRAF2 (`tweak.py`, `other_inputs.py`) or TRAF3; IkB delta; p52:RelA;
         TRAF3 as a trimer.
Source:  Zarnegar 2008 (PMID 18997794), Razani 2010 (PMC2913610), Qing 2005 (NIK is translated at rest),
         Varfolomeev 2007.
"""

from smaclab.biology.parts import ModelParts


def add_noncanonical(m: ModelParts) -> None:
    """NIK's life, IKK alpha, and p100 to p52."""
    _nik(m)
    _p52(m)
    NFKB2, RELB, MAP3K14, CHUK = m.monomers("NFKB2", "RELB", "MAP3K14", "CHUK")
    m.observable("NIK", MAP3K14())
    m.observable("p52", NFKB2(form="p52"))
    m.observable("p100", NFKB2(form="p100"))
    m.observable("p_IKK_alpha", CHUK(s="p"))
    m.observable("RelB", RELB())


def _nik(m: ModelParts) -> None:
    NIK, TRAF3, TRAF2, BIRC2, BIRC3, CHUK = m.monomers("MAP3K14", "TRAF3", "TRAF2", "BIRC2", "BIRC3", "CHUK")
    m.expression("MAP3K14_synthesis", "MAP3K14_synthesis_rate * MAP3K14_expression * translation_activity")
    m.expression("MAP3K14_decay", "turnover_activity * log(2) / MAP3K14_half_life + growth_rate")
    m.rule("NIK_is_made", None >> NIK(traf3=None) ** m.cell, "MAP3K14_synthesis")
    m.rule("NIK_decays", NIK() >> None, "MAP3K14_decay", deletes=True)
    m.rule(
        "TRAF3_binds_NIK",
        TRAF3(nik=None) + NIK(traf3=None) | TRAF3(nik=1) % NIK(traf3=1),
        "TRAF3_NIK_on",
        "TRAF3_NIK_off",
    )
    held, freed = TRAF3(nik=1) % NIK(traf3=1), TRAF3(nik=None)
    # Closed, unliganded cIAP1 on TRAF2 does it; an open or marked one is busy with itself and soon gone.
    for name, iap, state in (
        ("BIRC2", BIRC2, {"pocket": None, "ring": "closed"}),
        ("BIRC3", BIRC3, {"ub": "n"}),
    ):
        ligase, unseated = iap(traf2=2, **state) % TRAF2(iap=2, tradd=None), iap(traf2=None, **state)
        rate = m.expression(
            f"{name}_on_NIK",
            f"NIK_ubiquitination * O19_bridge * TRAF2_NIK_activity * {name}_ligase * proteasome_activity",
        )
        m.rule(f"TRAF2_{name}_removes_NIK", held + ligase >> freed + ligase, rate)
        # The cIAP's BIR2 holds NIK itself: without TRAF3, and where the cIAP has no seat, without TRAF2.
        rate = m.expression(
            f"{name}_on_free_NIK",
            f"NIK_direct_ubiquitination * O19_direct * {name}_BIR2 * {name}_ligase * proteasome_activity",
        )
        m.rule(f"{name}_removes_free_NIK", NIK(traf3=None) + ligase >> ligase, rate)
        m.rule(f"unseated_{name}_removes_NIK", NIK() + unseated >> unseated, rate, deletes=True)
    m.expression(
        "IKK_alpha_on_NIK",
        "IKK_alpha_NIK_removal * O19_feedback * CHUK_kinase_activity * proteasome_activity",
    )
    m.rule("IKK_alpha_destabilizes_NIK", CHUK(s="p") + NIK(traf3=None) >> CHUK(s="p"), "IKK_alpha_on_NIK")
    m.expression("NIK_on_IKK_alpha", "NIK_IKK_alpha_phosphorylation * MAP3K14_kinase_activity")
    m.rule("NIK_activates_IKK_alpha", NIK() + CHUK(s="u") >> NIK() + CHUK(s="p"), "NIK_on_IKK_alpha")
    m.rule("IKK_alpha_is_dephosphorylated", CHUK(s="p") >> CHUK(s="u"), "IKK_alpha_off")


def _p52(m: ModelParts) -> None:
    NFKB2, RELB, CHUK, mrna = m.monomers("NFKB2", "RELB", "CHUK", "m_NFKB2")
    m.rule("p100_is_made", mrna() >> mrna() + NFKB2(form="p100", relb=None) ** m.cell, "NFKB2_translation")
    m.expression("p100_processing", "IKK_alpha_p100_processing * CHUK_kinase_activity * proteasome_activity")
    m.rule(
        "IKK_alpha_processes_p100",
        CHUK(s="p") + NFKB2(form="p100") >> CHUK(s="p") + NFKB2(form="p52"),
        "p100_processing",
    )
    m.expression("p100_basal_processing", "p100_rest_processing * proteasome_activity")
    m.rule("p100_is_processed_at_rest", NFKB2(form="p100") >> NFKB2(form="p52"), "p100_basal_processing")
    m.rule(
        "RelB_binds_NFKB2",
        RELB(nfkb2=None) + NFKB2(relb=None) | RELB(nfkb2=1) % NFKB2(relb=1),
        "RelB_on",
        "RelB_off",
    )
    m.expression("NFKB2_decay", "turnover_activity * log(2) / NFKB2_half_life + growth_rate")
    m.rule("NFKB2_decays", NFKB2() >> None, "NFKB2_decay", deletes=True)
