"""Released RIP1 phosphorylates itself, binds FADD and seats caspase-8 in pairs, without TRADD.

Scope:   the RIP1 platform (O12, default bc) and the classical TRADD platform; caspase-8 seats on FADD, a
         second caspase-8 or a cFLIP beside it; released RIP1 phosphorylates itself in pairs (its kinase
         activity) before it binds FADD; MK2, IKK beta and TBK1 phosphorylate released RIP1 back to rest
         (O11 f, O16 d).
Ignores: that IKK beta and TBK1 do so on the receptor, before RIP1 leaves it: their effect is counted
         when it has left; longer chains of death effector domains; caspase-10 (`caspases.py`); RIP1
         filaments; assembly without a receptor (O13 b: `alternatives.py`).
Source:  Micheau & Tschopp 2003 (PMID 12887920), Wang 2008, Petersen 2007, Majkut 2014 (PMC3942653), Jaco
         2017 (PMID 28506461), Dondelinger 2015 (IKK; PMID 26344099), Lafont 2018 (TBK1), Meng 2018 (doi
         10.1073/pnas.1722013115: RIP1 activates itself by dimers of its death domain).
"""

from typing import Any

from pysb import ANY

from smaclab.biology.parts import ModelParts


def add_death_complex(m: ModelParts) -> None:
    """Both platforms, their seats, and the checkpoint on RIP1."""
    _released_rip1(m)
    _rip1_platform(m)
    _tradd_platform(m)
    _seats(m)
    RIPK1, TRADD, FADD, CASP8 = m.monomers("RIPK1", "TRADD", "FADD", "CASP8")
    m.observable("complex_II", RIPK1(fadd=1) % FADD(platform=1, c8=ANY))
    m.observable("complex_II_TRADD", TRADD(fadd=1) % FADD(platform=1, c8=ANY))
    m.observable("caspase8_pairs", CASP8(fadd=ANY, pair=1) % CASP8(fadd=None, pair=1))
    m.observable("RIP1", RIPK1())
    m.observable("RIP1_active", RIPK1(act="on"))
    m.observable("RIP1_phosphorylated", RIPK1(act="phos"))


def _released_rip1(m: ModelParts) -> None:
    (RIPK1,) = m.monomers("RIPK1")
    active = RIPK1(receptor=None, fadd=None, act="on")
    phos = RIPK1(receptor=None, fadd=None, act="phos")
    m.rule(
        "active_RIP1_calms_down", active >> RIPK1(receptor=None, fadd=None, act="off"), "RIP1_deactivation"
    )
    _checkpoint(m, active)
    # Two released RIP1 meet by their death domains and phosphorylate each other: few do little, many much.
    m.expression("RIP1_on_RIP1", "RIP1_trans_phosphorylation * RIPK1_kinase_activity * RIPK1_trans_activity")
    m.rule("RIP1_phosphorylates_RIP1", active + active >> phos + phos, "RIP1_on_RIP1")
    m.rule(
        "phosphorylated_RIP1_calms_down",
        phos >> RIPK1(receptor=None, fadd=None, act="off"),
        "RIP1_deactivation",
    )


def _checkpoint(m: ModelParts, active: Any) -> None:
    resting = m.model.monomers["RIPK1"](receptor=None, fadd=None, act="off")
    MK2, IKK, TBK1 = m.monomers("MAPKAPK2", "IKBKB", "TBK1")
    for name, kinase, activity in (
        ("MK2", MK2(s="p"), "MAPKAPK2_kinase_activity * RIPK1_checkpoint_site"),
        ("IKK", IKK(s="active"), "IKBKB_kinase_activity"),
        ("TBK1", TBK1(s="p"), "TBK1_kinase_activity"),
    ):
        rate = m.expression(f"{name}_on_RIP1", f"{name}_RIP1_phosphorylation * RIPK1_checkpoint * {activity}")
        m.rule(f"{name}_calms_RIP1", kinase + active >> kinase + resting, rate)


def _rip1_platform(m: ModelParts) -> None:
    RIPK1, FADD = m.monomers("RIPK1", "FADD")
    phos = RIPK1(receptor=None, fadd=None, act="phos")
    m.expression("RIP1_seat_on", "RIP1_FADD_on * O12_RIP1_platform")
    m.rule(
        "RIP1_binds_FADD",
        phos + FADD(platform=None, c8=None)
        >> RIPK1(receptor=None, fadd=1, act="phos") % FADD(platform=1, c8=None),
        "RIP1_seat_on",
    )
    m.rule(
        "RIP1_platform_falls_apart",
        RIPK1(fadd=1, act="phos") % FADD(platform=1, c8=None)
        >> RIPK1(fadd=None, act="off") + FADD(platform=None, c8=None),
        "platform_off",
    )


def _tradd_platform(m: ModelParts) -> None:
    R, TRADD, FADD = m.monomers("TNFRSF1A", "TRADD", "FADD")
    m.expression("TRADD_leaving_active", "TRADD_release * O12_TRADD_platform")
    m.rule(
        "TNFR1_releases_TRADD",
        R(tradd=1) % TRADD(receptor=1, traf2=None, act="off")
        >> R(tradd=None) + TRADD(receptor=None, traf2=None, act="on"),
        "TRADD_leaving_active",
    )
    m.rule(
        "free_TRADD_calms_down",
        TRADD(fadd=None, act="on") >> TRADD(fadd=None, act="off"),
        "TRADD_deactivation",
    )
    m.rule(
        "TRADD_binds_FADD",
        TRADD(fadd=None, act="on") + FADD(platform=None, c8=None)
        >> TRADD(fadd=1, act="on") % FADD(platform=1, c8=None),
        "TRADD_FADD_on",
    )
    m.rule(
        "TRADD_platform_falls_apart",
        TRADD(fadd=1, act="on") % FADD(platform=1, c8=None)
        >> TRADD(fadd=None, act="off") + FADD(platform=None, c8=None),
        "platform_off",
    )


def _seats(m: ModelParts) -> None:
    FADD, CASP8 = m.monomers("FADD", "CASP8")
    m.rule(
        "caspase8_takes_the_seat",
        FADD(platform=ANY, c8=None) + CASP8(fadd=None, pair=None, s="pro")
        | FADD(platform=ANY, c8=1) % CASP8(fadd=1, pair=None, s="pro"),
        "CASP8_FADD_on",
        "CASP8_FADD_off",
    )
    m.expression("CASP8_pair_off", "CASP8_pair_Kd * CASP8_pair_on")
    seated = CASP8(fadd=ANY, pair=None, s="pro")
    m.rule(
        "second_caspase8_takes_its_seat",
        seated + CASP8(fadd=None, pair=None, s="pro")
        | CASP8(fadd=ANY, pair=1, s="pro") % CASP8(fadd=None, pair=1, s="pro"),
        "CASP8_pair_on",
        "CASP8_pair_off",
    )
