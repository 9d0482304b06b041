"""NF-kB's target genes: nuclear RelA and p52:RelB make mRNA, mRNA makes protein.

Scope:   the two promoter inputs (Hill terms, integer coefficients) and the six targets IkB alpha, A20,
         cIAP2, cFLIP, p100 and TRAF1, each with a basal floor; cIAP2 answers either arm by a smooth OR, the
         others answer RelA. TNF's own promoter stands in `tnf.py`.
Ignores: other NF-kB targets; p50, c-Rel; shut-off of promoters; nascent mRNA.
Source:  Werner 2008 (M10) for mRNA decay and Hill forms; Mahoney 2008 (PMC2575330) for cIAP2.
"""

from pysb import ANY

from smaclab.biology.parts import ModelParts

TARGETS = ("NFKBIA", "TNFAIP3", "BIRC3", "CFLAR", "NFKB2", "TRAF1")
# The loss that a gene's basal translation balances, so that `<gene>_copies` is the amount at rest.
DECAY = {
    "NFKBIA": "IkBa_free_decay",
    "TNFAIP3": "turnover_activity * log(2) / TNFAIP3_half_life + growth_rate",
    "BIRC3": "BIRC3_held_ubiquitination + growth_rate",
    "CFLAR": "log(2) / CFLAR_long_half_life + growth_rate",
    "NFKB2": "turnover_activity * log(2) / NFKB2_half_life + growth_rate",
    "TRAF1": "turnover_activity * log(2) / TRAF1_half_life + growth_rate",
}
# Under a hypothesis a gene answers NF-kB more strongly.
STRONGER = {"BIRC3": " * O02_resynthesis", "CFLAR": " * O09_survival"}


def add_targets(m: ModelParts) -> None:
    """Promoter inputs, and the six targets."""
    RELA, NFKB2 = m.monomers("RELA", "NFKB2")
    m.observable("RelA_nuclear", RELA(ikb=None))
    m.observable("p52_RelB", NFKB2(form="p52", relb=ANY))
    m.expression("RelA_promoter", "RelA_nuclear**2 / (RelA_nuclear**2 + RelA_promoter_K**2)")
    m.expression("p52_promoter", "p52_RelB**3 / (p52_RelB**3 + p52_promoter_K**3)")
    m.expression("either_promoter", "1 - (1 - RelA_promoter) * (1 - p52_promoter)")
    for gene in TARGETS:
        _target(m, gene)


def _target(m: ModelParts, gene: str) -> None:
    (mrna,) = m.monomers(f"m_{gene}")
    arm = "either_promoter" if gene == "BIRC3" else "RelA_promoter"
    floor = "BIRC3_other_input" if gene == "BIRC3" else "1"
    m.expression(f"{gene}_mRNA_decay", f"log(2) / {gene}_mRNA_half_life")
    m.expression(
        f"{gene}_transcription",
        f"mRNA_at_rest * {gene}_expression * {gene}_mRNA_decay * transcription_activity"
        f" * ({floor} + {gene}_induction{STRONGER.get(gene, '')} * NFKB_transcription_activity"
        f" * {gene}_NFKB_input * {arm})",
    )
    m.rule(f"{gene}_is_transcribed", None >> mrna() ** m.cell, f"{gene}_transcription")
    m.rule(f"{gene}_mRNA_decays", mrna() >> None, f"{gene}_mRNA_decay")
    m.expression(
        f"{gene}_translation", f"{gene}_copies / mRNA_at_rest * ({DECAY[gene]}) * translation_activity"
    )
    m.observable(f"{gene}_mRNA", mrna())
