"""Intrinsic stress, chemotherapy and radiation: damage makes a BH3-only protein, which occupies Bcl-2 kin.

Scope:   a genotoxic drug in the medium makes damage for as long as it is there, radiation makes it at once;
         damage is counted in double-strand breaks and repaired with one half-life; it makes one BH3-only
         protein (BBC3, PUMA, for all of them), which is held by the anti-apoptotic buffer and activates Bax
         and Bak when it is not.
Ignores: p53 and the cell cycle; the slow part of repair; rate and quality of radiation; NF-kB by DNA damage;
         other ways in which drugs and radiation kill.
Source:  Rothkamm 2003 (breaks per gray, recalled); Villunger 2003 and Chipuk 2010 (PUMA, recalled); rates are
         guesses, see `parameters.toml`.
"""

from smaclab.biology.parts import COPIES_PER_NM_PL, ModelParts


def add_stress(m: ModelParts) -> None:
    """From the drug to Bax and Bak."""
    DRUG, DAMAGE, PUMA, BCL2 = m.monomers("Genotoxin", "Damage", "BBC3", "BCL2L1")
    BAX, BAK1 = m.monomers("BAX", "BAK1")
    drug = DRUG() ** m.medium
    m.input("genotoxin", drug)
    # A lesion per second and nanomolar in the medium; the drug itself stays, it is in great excess.
    m.expression("damage_rate", f"stress_damage_rate / ({COPIES_PER_NM_PL} * medium_volume)")
    m.rule("genotoxin_damages", drug >> drug + DAMAGE() ** m.cell, "damage_rate")
    _radiation(m)
    m.rule("damage_is_repaired", DAMAGE() >> None, "damage_repair")
    m.expression(
        "BBC3_making", "BBC3_per_damage * BBC3_expression * translation_activity * transcription_activity"
    )
    m.rule("damage_makes_PUMA", DAMAGE() >> DAMAGE() + PUMA(bcl2=None) ** m.cell, "BBC3_making")
    m.expression("BBC3_decay", "turnover_activity * log(2) / BBC3_half_life + growth_rate")
    m.rule("PUMA_decays", PUMA() >> None, "BBC3_decay", deletes=True)
    m.rule(
        "Bcl2_holds_PUMA",
        PUMA(bcl2=None) + BCL2(bh3=None) | PUMA(bcl2=1) % BCL2(bh3=1),
        "Bcl2_on",
        "Bcl2_off",
    )
    for name, KILLER in (("Bax", BAX), ("Bak", BAK1)):
        m.rule(
            f"PUMA_activates_{name}",
            PUMA(bcl2=None) + KILLER(s="idle") >> PUMA(bcl2=None) + KILLER(s="active"),
            "tBid_Bax_activation",
        )
    m.observable("damage", DAMAGE())
    m.observable("PUMA", PUMA())


def _radiation(m: ModelParts) -> None:
    """An acute dose: counted in milligrays, it is gone within minutes and leaves breaks."""
    RADIATION, DAMAGE = m.monomers("Radiation", "Damage")
    dose = RADIATION() ** m.medium
    m.input("radiation", dose, can_be_held=False)
    m.rule("radiation_is_absorbed", dose >> None, "irradiation_rate")
    m.expression("breaks_rate", "breaks_per_gray * irradiation_rate / 1000")
    m.rule("radiation_breaks_DNA", dose >> dose + DAMAGE() ** m.cell, "breaks_rate")
