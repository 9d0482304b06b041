"""TRAF1 rides on TRAF2:cIAP and does nothing; with it, what an immobilized mimetic brings down can be read.

Scope:   TRAF1, made by NF-kB, sits weakly on TRAF2:cIAP outside of receptors, also while a mimetic fills the
         cIAP's pocket; what holds a mimetic (XIAP, cIAP1, cIAP2) or sits on it by way of a cIAP (TRAF2,
         TRAF1).
Ignores: what TRAF1 does (it is said to keep NIK and to hold cIAP2): a passenger takes no seat and is counted
         by its share, so it may not outnumber TRAF2; the complexes of Smac and of an added cIAP; TRAF3 in a
         pull-down.
Source:  Rothe 1995 and Zheng 2010 (recalled); Petersen 2007 (pull-down, through Wu 2007); half-lives of
         Schwanhaeusser 2011.
"""

from itertools import product
from typing import Any

from smaclab.biology.parts import ModelParts

IAPS = {"BIRC2": "cIAP1", "BIRC3": "cIAP2"}


def add_traf1(m: ModelParts) -> None:
    """The passenger, and the pull-down."""
    (TRAF1, TRAF2, mrna) = m.monomers("TRAF1", "TRAF2", "m_TRAF1")
    m.rule("TRAF1_is_made", mrna() >> mrna() + TRAF1(s="free") ** m.cell, "TRAF1_translation")
    m.expression("TRAF1_decay", "turnover_activity * log(2) / TRAF1_half_life + growth_rate")
    m.rule("TRAF1_is_lost", TRAF1() >> None, "TRAF1_decay")
    m.expression("TRAF1_off", "TRAF1_Kd * TRAF1_on")
    for state in ("on", "held"):
        m.rule(f"TRAF1_{state}_falls_off", TRAF1(s=state) >> TRAF1(s="free"), "TRAF1_off")
    for gene, name in IAPS.items():
        (IAP,) = m.monomers(gene)
        seat = TRAF2(iap=1, tradd=None) % IAP(traf2=1, pocket=None)
        m.rule(f"TRAF1_joins_{name}", seat + TRAF1(s="free") >> seat + TRAF1(s="on"), "TRAF1_on")
        for number, (drug, site) in enumerate(product(("SMM", "SMB"), ("iap", "second"))):
            if (drug, site) == ("SMM", "second"):
                continue
            (DRUG,) = m.monomers(drug)
            seat = TRAF2(iap=1, tradd=None) % IAP(traf2=1, pocket=2) % DRUG(**{site: 2})
            m.rule(
                f"TRAF1_joins_{name}_with_mimetic_{number}",
                seat + TRAF1(s="free") >> seat + TRAF1(s="held"),
                "TRAF1_on",
            )
    _pull_down(m)


def _pull_down(m: ModelParts) -> None:
    SMM, SMB, XIAP, TRAF1, TRAF2 = m.monomers("SMM", "SMB", "XIAP", "TRAF1", "TRAF2")
    heads: tuple[Any, ...] = (SMM(iap=1), SMB(iap=1), SMB(second=1))
    on_traf2 = []
    for gene, name in IAPS.items():
        (IAP,) = m.monomers(gene)
        m.observable(f"{name}_pulled_down", _all(IAP(pocket=1) % head for head in heads))
        on_traf2 += [TRAF2(iap=3) % IAP(pocket=1, traf2=3) % head for head in heads]
    on_xiap = [XIAP(bir3=1) % SMM(iap=1), XIAP(bir3=1) % SMB(iap=1), XIAP(bir3=None, bir2=1) % SMM(iap=1)]
    m.observable("XIAP_pulled_down", _all(on_xiap))
    m.observable("TRAF2_pulled_down", _all(on_traf2))
    m.observable("TRAF1_pulled_down", TRAF1(s="held"))
    m.observable("TRAF1_total", TRAF1())


def _all(patterns: Any) -> Any:
    first, *others = patterns
    return sum(others, start=first)
