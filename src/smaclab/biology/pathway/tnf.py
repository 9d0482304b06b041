"""TNF's gene is read where the cell line's promoter is licensed; TNF is secreted into the medium.

Scope:   promoter licence `TNF_competence` and basal transcription as cell-line properties (O08, default a);
         which arm of NF-kB drives the gene is a switch (O06, default c: either); translation, secretion,
         loss in the cell.
Ignores: TACE as a species; mRNA stabilization by p38 apart from the line's competence; other cytokines.
Source:  Werner 2008 and Caldwell 2014 rates (M10); Petersen 2007, Vince 2007, Varfolomeev 2007 (who makes
         TNF).
"""

from smaclab.biology.parts import ModelParts


def add_tnf(m: ModelParts) -> None:
    """TNF from promoter to medium."""
    _tnf_gene(m)
    _secretion(m)


def _tnf_gene(m: ModelParts) -> None:
    mrna, JNK = m.monomers("m_TNF", "MAPK8")
    m.observable("p_JNK", JNK(s="p"))
    # O08: at which step the line's licence is missing. O07: whether NF-kB raises TNF, or a strong loop does.
    for step in ("transcription", "stability", "translation", "threshold"):
        m.expression(f"TNF_{step}_licence", f"1 - O08_{step} + O08_{step} * TNF_competence")
    m.expression("TNF_p52_K", "p52_TNF_K / (TNF_threshold_licence + 0.000001)")
    m.expression("p52_TNF_promoter", "p52_RelB**3 / (p52_RelB**3 + TNF_p52_K**3)")
    m.expression(
        "TNF_RelA_arm", "O06_RelA * TNF_RelA_weight * O07_feedback * TNF_threshold_licence * RelA_promoter"
    )
    m.expression("AP1_input", "O08_AP1 * p_JNK**2 / (p_JNK**2 + TNF_JNK_K**2)")
    m.expression("TNF_p52_arm", "O06_p52 * O07_p52 * p52_TNF_promoter")
    m.expression(
        "TNF_drive",
        "(1 - O06_and) * (1 - (1 - TNF_RelA_arm) * (1 - TNF_p52_arm))"
        " + O06_and * RelA_promoter * p52_TNF_promoter + O06_neither",
    )
    m.expression(
        "TNF_transcription",
        "TNF_mRNA_full_rate * TNF_expression * transcription_activity"
        " * (TNF_basal_transcription * TNF_other_input"
        " + (TNF_transcription_licence + AP1_input * (1 - TNF_transcription_licence))"
        " * (O07_constant * TNF_constant_drive"
        " + (1 - O07_constant) * NFKB_transcription_activity * TNF_NFKB_input * TNF_drive))",
    )
    m.expression("TNF_mRNA_decay", "log(2) / TNF_mRNA_half_life / (TNF_stability_licence + 0.000001)")
    m.rule("TNF_is_transcribed", None >> mrna() ** m.cell, "TNF_transcription")
    m.rule("TNF_mRNA_decays", mrna() >> None, "TNF_mRNA_decay")
    m.observable("TNF_mRNA", mrna())


def _secretion(m: ModelParts) -> None:
    TNF, precursor, mrna = m.monomers("TNF", "TNF_precursor", "m_TNF")
    m.expression("TNF_translation", "TNF_translation_rate * TNF_translation_licence * translation_activity")
    m.rule("TNF_is_translated", mrna() >> mrna() + precursor() ** m.cell, "TNF_translation")
    m.rule("TNF_is_secreted", precursor() ** m.cell >> TNF(receptor=None) ** m.medium, "TNF_secretion")
    m.rule("TNF_precursor_decays", precursor() >> None, "TNF_precursor_decay")
    m.observable("TNF_in_medium", TNF(receptor=None) ** m.medium)
    m.observable("TNF_in_medium_total", TNF() ** m.medium)
    m.observable("TNF_in_cell", precursor())
