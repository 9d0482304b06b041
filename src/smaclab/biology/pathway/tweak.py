"""TWEAK on Fn14 takes TRAF2 and cIAP1 away together, to the lysosome.

Scope:   TWEAK, Fn14, and the loss of TRAF2:cIAP1 at the ligated receptor by the lysosome (O18, default b)
         or, as the other answer to that question, of cIAP1 alone by its own ubiquitin (a).
Ignores: Fn14's own signals to NF-kB; its complex as species (TRAF2:cIAP1 is consumed by a ligated
         receptor); TRAF3.
Source:  Vince 2008 (PMID 18606850), Varfolomeev 2007; Kd of TWEAK and Fn14 2.3 nM (S76, P095).
"""

from smaclab.biology.parts import ModelParts


def add_tweak(m: ModelParts) -> None:
    """Ligand, receptor, and what the ligated receptor consumes."""
    TWEAK, FN14, TRAF2, BIRC2 = m.monomers("TWEAK", "TNFRSF12A", "TRAF2", "BIRC2")
    m.input("TWEAK", TWEAK(receptor=None) ** m.medium)
    m.expression("TWEAK_off", "TWEAK_Fn14_Kd * TWEAK_Fn14_on")
    m.rule(
        "TWEAK_binds_Fn14",
        TWEAK(receptor=None) ** m.medium + FN14(tweak=None) ** m.membrane
        | TWEAK(receptor=1) ** m.medium % FN14(tweak=1) ** m.membrane,
        m.in_medium("TWEAK_Fn14_on"),
        "TWEAK_off",
    )
    ligated = TWEAK(receptor=1) % FN14(tweak=1)
    held = TRAF2(iap=2, tradd=None) % BIRC2(pocket=None, ring="closed", traf2=2)
    m.expression("Fn14_to_lysosome", "Fn14_TRAF2_consumption * O18_lysosome * lysosome_activity")
    m.rule("Fn14_consumes_TRAF2_and_cIAP1", ligated + held >> ligated, "Fn14_to_lysosome")
    m.expression("Fn14_to_proteasome", "Fn14_TRAF2_consumption * (1 - O18_lysosome) * BIRC2_ligase")
    m.rule(
        "Fn14_has_cIAP1_mark_itself",
        ligated + held >> ligated + TRAF2(iap=2, tradd=None) % BIRC2(pocket=None, ring="ub", traf2=2),
        "Fn14_to_proteasome",
    )
    m.rule("ligated_Fn14_is_internalized", ligated >> None, "Fn14_internalization", deletes=True)
    m.observable("Fn14_ligated", FN14(tweak=1) % TWEAK(receptor=1))
