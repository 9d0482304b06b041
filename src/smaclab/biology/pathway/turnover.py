"""Every protein is made and lost, so that each cell has a steady state before the drug.

Scope:   constant synthesis of the proteins whose making nothing else describes, set so that the amount at
         rest is `<gene>_copies`; first-order loss of the molecule (its partners stay); dilution by growth
         in every loss.
Ignores: mRNA of constitutive genes; loss of partners together with the molecule; loss of single molecules
         inside complex I and II.
Source:  Schwanhaeusser 2011 half-lives (NIH 3T3) where measured; amounts from OpenCell (Cho 2022); see
         `parameters.toml`.
"""

from typing import Any

from pysb import ANY

from smaclab.biology.parts import ModelParts

PER_COUNT = {  # what one count of the model is, where it is not one chain
    "RELA": "RELA_IkBa_share",  # other inhibitors hold the rest
}
DECOYS = ("TNFRSF10C", "TNFRSF10D")
RECEPTORS = ("TNFRSF1A", "TNFRSF12A", "TNFRSF1B", "FAS", "TNFRSF10A", "TNFRSF10B", "IL1R1", "CD40", *DECOYS)
BORN_UNPHOSPHORYLATED = (
    *("CHUK", "MAP3K7", "TBK1", "MAPK8", "MAPK14", "MAPKAPK2"),
    *("ITCH", "RIPK3", "MLKL"),
)
# Inside complex I and II, internalization and the complex's own falling apart set the pace.
ONLY_WHEN: dict[str, dict[str, None]] = {
    "TNFRSF1A": {"tnf": None},
    "FAS": {"ligand": None},
    "TNFRSF10A": {"ligand": None},
    "TNFRSF10B": {"ligand": None},
    "TNFRSF1B": {"ligand": None},
    "IL1R1": {"ligand": None},
    "CD40": {"ligand": None},
    **{decoy: {"ligand": None} for decoy in DECOYS},
    "TNFRSF12A": {"tweak": None},
    "TRADD": {"receptor": None, "traf2": None, "fadd": None},
    "TRAF2": {"tradd": None},
    "RIPK1": {"receptor": None, "fadd": None},
    "FADD": {"platform": None},
    "CASP8": {"fadd": None, "pair": None},
    "IKBKG": {"ikk": None},  # on IKK beta: `canonical.py`
}


def add_turnover(m: ModelParts) -> None:
    """Synthesis and loss of the constitutive proteins, and the totals that blots show."""
    for gene, newborn in _newborn(m).items():
        half_life = f"turnover_activity * log(2) / {gene}_half_life + growth_rate"
        m.expression(f"{gene}_decay", half_life)
        m.expression(
            f"{gene}_synthesis",
            f"{PER_COUNT.get(gene, 1)} * {gene}_copies * {gene}_expression"
            f" * {gene}_decay * translation_activity",
        )
        place = m.membrane if gene in RECEPTORS else m.cell
        m.rule(f"{gene}_is_made", None >> newborn**place, f"{gene}_synthesis")
        (protein,) = m.monomers(gene)
        m.rule(f"{gene}_is_lost", protein(**ONLY_WHEN.get(gene, {})) >> None, f"{gene}_decay", deletes=True)
    BIRC2, BIRC3, XIAP, TRAF2, TRAF3, TRADD, FADD = m.monomers(
        "BIRC2", "BIRC3", "XIAP", "TRAF2", "TRAF3", "TRADD", "FADD"
    )
    for name, protein in (
        ("cIAP1", BIRC2),
        ("cIAP2", BIRC3),
        ("XIAP_total", XIAP),
        ("TRAF2_total", TRAF2),
        ("TRAF3_total", TRAF3),
        ("TRADD_total", TRADD),
        ("FADD_total", FADD),
    ):
        m.observable(name, protein())
    m.observable("cIAP1_ubiquitinated", BIRC2(ring="ub"))
    m.observable("cIAP1_on_TRAF2", BIRC2(traf2=ANY))
    SMB = m.model.monomers["SMB"]
    m.observable("cIAP1_bridged", SMB(iap=1, second=2) % BIRC2(pocket=1) % BIRC2(pocket=2))


def _newborn(m: ModelParts) -> dict[str, Any]:
    made: dict[str, dict[str, str | None]] = {
        **{gene: {"s": "u"} for gene in BORN_UNPHOSPHORYLATED},
        **{gene: {"ligand": None} for gene in ("TNFRSF1B", "IL1R1", "CD40", *DECOYS)},
        "XIAP": {"bir2": None, "bir3": None},
        "DIABLO": {"iap": None, "second": None, "at": "mitochondria"},
        "TRAF2": {"iap": None, "tradd": None},
        "TRAF3": {"nik": None},
        "RELB": {"nfkb2": None},
        "IKBKB": {"nemo": None, "s": "rest"},
        "IKBKG": {"ikk": None},
        "RELA": {"ikb": None},
        "CYLD": {},
        "RNF31": {"s": "idle"},
        "TNFRSF1A": {"tnf": None, "tradd": None, "rip1": None, "block": None},
        "FAS": {"ligand": None, "fadd": None},
        "TNFRSF10A": {"ligand": None, "fadd": None},
        "TNFRSF10B": {"ligand": None, "fadd": None},
        "TRADD": {"receptor": None, "traf2": None, "fadd": None, "act": "off"},
        "RIPK1": {"receptor": None, "fadd": None, "ub": "n", "act": "off"},
        "FADD": {"platform": None, "c8": None},
        "CASP8": {"fadd": None, "pair": None, "s": "pro"},
        "CASP3": {"xiap": None, "s": "pro"},
        "CASP9": {"xiap": None, "s": "pro"},
        "CASP10": {"s": "pro"},
        "PARP1": {"s": "full"},
        "BID": {"bcl2": None, "s": "full"},
        "BAX": {"bcl2": None, "pore": None, "s": "idle"},
        "BAK1": {"bcl2": None, "pore": None, "s": "idle"},
        "BCL2L1": {"bh3": None},
        "CYCS": {"at": "mitochondria"},
        "APAF1": {"s": "free"},
        "TNFRSF12A": {"tweak": None},
    }
    return {gene: m.model.monomers[gene](**sites) for gene, sites in made.items()}
