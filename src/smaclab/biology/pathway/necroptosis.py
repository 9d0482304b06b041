"""Where caspase-8 is blocked and RIP3 is there, RIP1 wakes RIP3, and MLKL breaks the membrane.

Scope:   RIP3 activated by phosphorylated RIP1, free or on FADD (O21, default b); caspase-8 that sits in a
         pair, with caspase-8 or cFLIP-L, cuts active RIP3 away; RIP3 phosphorylates MLKL, which assembles;
         a line without RIP3 has none of it.
Ignores: the RHIM filament; MLKL's membrane repair; ZBP1 and TRIF; cFLIP-S, which blocks the cut, is only a
         titrant.
Source:  Holler 2000 (doi 10.1038/82732), He 2009 (doi 10.1016/j.cell.2009.05.021), Sun 2012 (doi
         10.1016/j.cell.2011.11.031).
"""

from smaclab.biology.parts import ModelParts


def add_necroptosis(m: ModelParts) -> None:
    """RIP3, what cuts it, and MLKL."""
    RIPK1, RIPK3, MLKL, CASP8, CFLAR = m.monomers("RIPK1", "RIPK3", "MLKL", "CASP8", "CFLAR")
    m.expression("RIP1_on_RIP3", "RIP1_RIP3_activation * O21_necroptosis * RIPK1_kinase_activity")
    rip1 = RIPK1(act="phos")
    m.rule("RIP1_activates_RIP3", rip1 + RIPK3(s="u") >> rip1 + RIPK3(s="p"), "RIP1_on_RIP3")
    m.rule("RIP3_is_dephosphorylated", RIPK3(s="p") >> RIPK3(s="u"), "RIP3_off")
    m.expression("CASP8_on_RIP3", "CASP8_RIP3_cleavage * CASP8_catalysis")
    for name, pair in (
        ("pair", CASP8(fadd=1, pair=2, s="pro") % CASP8(fadd=None, pair=2, s="pro")),
        ("with_CFLAR_long", CASP8(fadd=1, pair=2, s="pro") % CFLAR(pair=2, form="long")),
    ):
        seated = pair % m.model.monomers["FADD"](c8=1)
        m.rule(f"caspase8_{name}_cuts_RIP3", seated + RIPK3(s="p") >> seated, "CASP8_on_RIP3")
    m.expression("RIP3_on_MLKL", "RIP3_MLKL_phosphorylation * RIPK3_kinase_activity")
    m.rule("RIP3_activates_MLKL", RIPK3(s="p") + MLKL(s="u") >> RIPK3(s="p") + MLKL(s="p"), "RIP3_on_MLKL")
    m.rule("MLKL_is_dephosphorylated", MLKL(s="p") >> MLKL(s="u"), "MLKL_off")
    m.observable("p_RIP3", RIPK3(s="p"))
    m.observable("p_MLKL", MLKL(s="p"))
