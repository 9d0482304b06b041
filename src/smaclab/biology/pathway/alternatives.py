"""Mechanisms that only a hypothesis switches on: cytosolic RIP1, cIAPs on caspase-8, lysis by too much drug.

Scope:   RIP1 that wakes without a receptor and is calmed by TRAF2:cIAP (O13 b; O15 b where a line has it);
         cIAPs that have active caspase-8 removed (O09 c); lysis by micromolar mimetic (O15 c). At the
         default letters every rate in this file is zero.
Ignores: what damage a drug does off its targets; it is one counter with a threshold.
Source:  Tenev 2011 and Feoktistova 2011 (ripoptosome, recalled); for the rest no source but the question
         itself.
"""

from smaclab.biology.parts import ModelParts


def add_alternatives(m: ModelParts) -> None:
    """What the default letters leave out."""
    _cytosolic_rip1(m)
    _ciap_on_caspase8(m)
    _lysis(m)


def _ligases(m: ModelParts) -> tuple[tuple[str, object], ...]:
    TRAF2, BIRC2, BIRC3 = m.monomers("TRAF2", "BIRC2", "BIRC3")
    return (
        ("BIRC2", BIRC2(pocket=None, ring="closed", traf2=2) % TRAF2(iap=2, tradd=None)),
        ("BIRC3", BIRC3(ub="n", traf2=2) % TRAF2(iap=2, tradd=None)),
    )


def _cytosolic_rip1(m: ModelParts) -> None:
    (RIPK1,) = m.monomers("RIPK1")
    resting, awake = (RIPK1(receptor=None, fadd=None, ub="n", act=act) for act in ("off", "on"))
    switch = "(O13_cytosolic + O15_independent * TNF_independence)"
    m.expression("RIP1_waking", f"RIP1_cytosolic_activation * {switch}")
    m.rule("RIP1_wakes_in_the_cytosol", resting >> awake, "RIP1_waking")
    for name, ligase in _ligases(m):
        rate = m.expression(f"{name}_on_awake_RIP1", f"cIAP_calms_RIP1 * {name}_ligase * {switch}")
        m.rule(f"{name}_calms_awake_RIP1", ligase + awake >> ligase + resting, rate)


def _ciap_on_caspase8(m: ModelParts) -> None:
    CASP8 = m.model.monomers["CASP8"](s="active")
    m.expression("cIAP_on_caspase8", "cIAP_CASP8_removal * O09_cIAP_caspase")
    for name, ligase in _ligases(m):
        m.rule(f"{name}_has_caspase8_removed", ligase + CASP8 >> ligase, "cIAP_on_caspase8")


def _lysis(m: ModelParts) -> None:
    SMM, SMB, LYSIS = m.monomers("SMM", "SMB", "Lysis")
    m.expression("lysis_rate", "off_target_lysis * O15_lysis")
    for name, drug in (("M", SMM(iap=None)), ("B", SMB(iap=None, second=None))):
        m.rule(f"{name}_harms_the_cell", drug**m.cell >> drug**m.cell + LYSIS() ** m.cell, "lysis_rate")
    m.rule("harm_is_mended", LYSIS() >> None, "lysis_repair")
    m.observable("off_target_harm", LYSIS())
