"""Paired caspase-8 frees itself; it cuts caspase-3, which XIAP holds; caspase-3 ends the cell.

Scope:   caspase-8 by proximity, its short active life; caspase-10 activated beside a pair of caspase-8, which
         it needs, and weak on caspase-3 and Bid; caspase-3 (standing for caspase-3 and -7), XIAP's
         BIR2 on caspase-3 with ubiquitination, PARP.
Ignores: direct inhibition by cIAPs (they bind caspases without inhibiting them: Eckelman & Salvesen 2006);
         caspase-6 and the loop back to caspase-8; caspase-10 as a member of the complex, so that it neither
         slows caspase-8 nor calls NF-kB (Horn 2017).
Source:  Sprick 2002 (PMID 12198154) and Horn 2017 (PMID 28445729): caspase-10 needs caspase-8 and does not
         replace it (Kischkel 2001 says it does); Kallenberger 2014 (M5), Rehm 2006 (M4), Albeck 2008 (M1),
         Legewie 2006 (M3).
"""

from smaclab.biology.parts import ModelParts


def add_caspases(m: ModelParts) -> None:
    """From the paired caspase-8 to the executioner."""
    _caspase8(m)
    _caspase10(m)
    _caspase3(m)
    _parp(m)
    CASP8, CASP3, XIAP, PARP1 = m.monomers("CASP8", "CASP3", "XIAP", "PARP1")
    m.observable("caspase8_active", CASP8(s="active"))
    m.observable("caspase3_active", CASP3(s="active", xiap=None))
    m.observable("caspase3_active_total", CASP3(s="active"))
    m.observable("PARP_cleaved", PARP1(s="cleaved"))
    m.observable("XIAP_caspase3", XIAP(bir2=1) % CASP3(xiap=1))
    m.observable("caspase8", CASP8())
    m.observable("caspase3", CASP3())


def _caspase8(m: ModelParts) -> None:
    CASP8, CASP3, FADD = m.monomers("CASP8", "CASP3", "FADD")
    m.expression("CASP8_catalysis", "caspase_activity * CASP8_activity")
    m.expression("CASP8_processing", "CASP8_pair_processing * CASP8_catalysis")
    m.rule(
        "caspase8_pair_cuts_itself_free",
        FADD(c8=1) % CASP8(fadd=1, pair=2, s="pro") % CASP8(fadd=None, pair=2, s="pro")
        >> FADD(c8=None) + CASP8(fadd=None, pair=None, s="active") + CASP8(fadd=None, pair=None, s="active"),
        "CASP8_processing",
    )
    m.expression("CASP8_active_loss", "turnover_activity * CASP8_active_decay")
    m.rule("active_caspase8_decays", CASP8(s="active") >> None, "CASP8_active_loss")
    m.expression("CASP8_on_CASP3", "CASP8_CASP3_cleavage * CASP8_catalysis")
    m.rule(
        "caspase8_cuts_caspase3",
        CASP8(s="active") + CASP3(s="pro") >> CASP8(s="active") + CASP3(s="active"),
        "CASP8_on_CASP3",
    )


def _caspase10(m: ModelParts) -> None:
    CASP10, CASP8, CASP3, BID, FADD = m.monomers("CASP10", "CASP8", "CASP3", "BID", "FADD")
    m.expression("CASP10_catalysis", "caspase_activity * CASP10_activity")
    # Caspase-8 that cannot cut activates no caspase-10, or caspase-10 would take its place.
    m.expression("CASP10_processing", "CASP8_pair_CASP10_activation * CASP10_catalysis * CASP8_activity")
    pair = FADD(c8=1) % CASP8(fadd=1, pair=2, s="pro") % CASP8(fadd=None, pair=2, s="pro")
    m.rule(
        "caspase8_pair_has_caspase10_activated",
        pair + CASP10(s="pro") >> pair + CASP10(s="active"),
        "CASP10_processing",
    )
    m.expression("CASP10_active_loss", "turnover_activity * CASP8_active_decay")
    m.rule("active_caspase10_decays", CASP10(s="active") >> None, "CASP10_active_loss")
    active = CASP10(s="active")
    m.expression("CASP10_on_CASP3", "CASP10_CASP3_cleavage * CASP10_catalysis")
    m.rule(
        "caspase10_cuts_caspase3",
        active + CASP3(s="pro") >> active + CASP3(s="active"),
        "CASP10_on_CASP3",
    )
    m.expression("CASP10_on_BID", "CASP10_BID_cleavage * CASP10_catalysis")
    m.rule("caspase10_cuts_Bid", active + BID(s="full") >> active + BID(s="cut"), "CASP10_on_BID")
    m.observable("caspase10_active", active)


def _caspase3(m: ModelParts) -> None:
    CASP3, CASP9, XIAP = m.monomers("CASP3", "CASP9", "XIAP")
    m.expression("CASP9_on_CASP3", "CASP9_CASP3_cleavage * caspase_activity")
    m.rule(
        "caspase9_cuts_caspase3",
        CASP9(xiap=None, s="active") + CASP3(s="pro") >> CASP9(xiap=None, s="active") + CASP3(s="active"),
        "CASP9_on_CASP3",
    )
    m.expression("XIAP_CASP3_off", "XIAP_CASP3_Kd * XIAP_CASP3_on")
    m.expression("XIAP_on_active_CASP3", "XIAP_CASP3_on * XIAP_BIR2_binding * O14_XIAP_hold")
    m.rule(
        "XIAP_binds_caspase3",
        XIAP(bir2=None) + CASP3(xiap=None, s="active") | XIAP(bir2=1) % CASP3(xiap=1, s="active"),
        "XIAP_on_active_CASP3",
        "XIAP_CASP3_off",
    )
    m.expression(
        "XIAP_on_CASP3", "XIAP_CASP3_removal * O14_XIAP_removal * O09_XIAP_block * proteasome_activity"
    )
    m.rule("XIAP_has_caspase3_removed", XIAP(bir2=1) % CASP3(xiap=1) >> XIAP(bir2=None), "XIAP_on_CASP3")
    # XIAP's fragments no longer hold caspase-3: the more of it is free, the less XIAP is left.
    m.expression("CASP3_on_XIAP", "CASP3_XIAP_cleavage * caspase_activity")
    free = CASP3(xiap=None, s="active")
    m.rule("caspase3_cuts_XIAP", free + XIAP() >> free, "CASP3_on_XIAP", deletes=True)
    m.expression("CASP3_active_loss", "turnover_activity * CASP3_active_decay")
    m.rule("active_caspase3_decays", CASP3(s="active", xiap=None) >> None, "CASP3_active_loss")


def _parp(m: ModelParts) -> None:
    CASP3, PARP1 = m.monomers("CASP3", "PARP1")
    m.expression("CASP3_on_PARP", "CASP3_PARP_cleavage * caspase_activity")
    m.rule(
        "caspase3_cuts_PARP",
        CASP3(s="active", xiap=None) + PARP1(s="full") >> CASP3(s="active", xiap=None) + PARP1(s="cleaved"),
        "CASP3_on_PARP",
    )
