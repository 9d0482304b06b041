"""cFLIP takes the seat of the second caspase-8; NF-kB makes it, JNK and Itch remove it.

Scope:   cFLIP-L and cFLIP-S, one mRNA, pairing with seated caspase-8, decay free and bound; JNK by TAK1
         and by TRAF2 on TNFR1 (its RING), JNK -> Itch -> loss of free cFLIP-L (O10, default b).
Ignores: cFLIP-L's own support of caspase-8 at low amounts (Fricker 2010); cleavage of cFLIP; cFLIP-R;
         the kinases between TRAF2 and JNK (MEKK1, ASK1): an inhibitor of TAK1 reaches both ways to JNK, a
         knock-out of TAK1 leaves that of TRAF2.
Source:  Chang 2006 (PMID 16469705), Yeh 1997 (no TRAF2, little JNK), Majkut 2014 (PMC3942653), Neumann
         2010 (M6); half-lives recalled, see `parameters.toml`.
"""

from pysb import ANY

from smaclab.biology.parts import ModelParts


def add_flip(m: ModelParts) -> None:
    """Two cFLIPs as titrants of the second seat."""
    CFLAR, CASP8, mrna = m.monomers("CFLAR", "CASP8", "m_CFLAR")
    m.expression(
        "CFLAR_long_translation", "CFLAR_translation * CFLAR_long_synthesis * (1 - CFLAR_short_fraction)"
    )
    m.expression(
        "CFLAR_short_translation",
        "CFLAR_translation * CFLAR_short_synthesis * CFLAR_short_fraction"
        " * (log(2) / CFLAR_short_half_life + growth_rate) / (log(2) / CFLAR_long_half_life + growth_rate)",
    )
    for form in ("long", "short"):
        m.rule(
            f"CFLAR_{form}_is_made",
            mrna() >> mrna() + CFLAR(pair=None, form=form) ** m.cell,
            f"CFLAR_{form}_translation",
        )
        m.expression(
            f"CFLAR_{form}_decay", f"turnover_activity * log(2) / CFLAR_{form}_half_life + growth_rate"
        )
        m.rule(f"CFLAR_{form}_decays", CFLAR(form=form) >> None, f"CFLAR_{form}_decay", deletes=True)
    m.expression("CFLAR_pair_off", "CASP8_pair_Kd * CFLAR_pair_on / CFLAR_affinity_edge")
    m.rule(
        "CFLAR_takes_the_second_seat",
        CASP8(fadd=ANY, pair=None, s="pro") + CFLAR(pair=None)
        | CASP8(fadd=ANY, pair=1, s="pro") % CFLAR(pair=1),
        "CFLAR_pair_on",
        "CFLAR_pair_off",
    )
    _jnk(m)
    m.observable("cFLIP", CFLAR())
    m.observable("cFLIP_L", CFLAR(form="long"))
    m.observable("cFLIP_S", CFLAR(form="short"))


def _jnk(m: ModelParts) -> None:
    TAK1, TRAF2, JNK, ITCH, CFLAR = m.monomers("MAP3K7", "TRAF2", "MAPK8", "ITCH", "CFLAR")
    m.expression("TAK1_on_JNK", "TAK1_JNK_phosphorylation * MAP3K7_kinase_activity")
    m.rule("TAK1_activates_JNK", TAK1(s="p") + JNK(s="u") >> TAK1(s="p") + JNK(s="p"), "TAK1_on_JNK")
    m.expression("TRAF2_on_JNK", "TRAF2_JNK_phosphorylation * TRAF2_JNK_activity * MAP3K7_kinase_activity")
    seated = TRAF2(tradd=ANY)
    m.rule("seated_TRAF2_activates_JNK", seated + JNK(s="u") >> seated + JNK(s="p"), "TRAF2_on_JNK")
    m.rule("JNK_is_dephosphorylated", JNK(s="p") >> JNK(s="u"), "JNK_off")
    m.expression("JNK_on_Itch", "JNK_Itch_phosphorylation * MAPK8_kinase_activity")
    m.rule("JNK_activates_Itch", JNK(s="p") + ITCH(s="u") >> JNK(s="p") + ITCH(s="p"), "JNK_on_Itch")
    m.rule("Itch_is_dephosphorylated", ITCH(s="p") >> ITCH(s="u"), "Itch_off")
    m.expression(
        "Itch_on_CFLAR",
        "Itch_CFLAR_removal * O10_Itch * O09_Itch * ITCH_ligase_activity * proteasome_activity",
    )
    m.rule(
        "Itch_removes_CFLAR_long", ITCH(s="p") + CFLAR(pair=None, form="long") >> ITCH(s="p"), "Itch_on_CFLAR"
    )
