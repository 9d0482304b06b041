"""A cIAP that was put into the cell beside its own: a mutant of cIAP1 or cIAP2, or the wild type again.

Scope:   one added protein at a time, cIAP1's or cIAP2's by `added_cIAP_is_cIAP1`, made at a constant rate
         that is zero unless an experiment asks for it; it binds the same ligands and shares TRAF2, the TNFR1
         complex, NIK, RIP1 and LUBAC with the cell's own cIAPs, so that a mutant that does nothing there is
         in their way; cIAP1 removes cIAP2 in trans, added or not; what TWEAK, TNFR2 and CD40 consume.
Ignores: bridges of a bivalent drug to or between added proteins; opening as a species of its own (opening
         and marking are one step that takes as long as both); pairs of an own and an added RING; the ligand
         of one that is marked; what acts under other letters only: displacement from TRAF2 and loss without
         it (O01 b), loss by bridges alone (O01 a), RIP1 kept off unligated TNFR1 (O03 b, O04 a), caspase-8
         removed (O09 c), RIP1 calmed in the cytosol (O13 b, O15 b), cIAP1 marked at Fn14 (O18 a).
Source:  Vince 2007 and Varfolomeev 2007 (transfected mutants, as cited through S1); rates are those of the
         cell's own cIAPs.
"""

from typing import Any

from pysb import ANY

from smaclab.biology.parts import ModelParts

LIGASE = "added_cIAP_ligase"


def add_added_ciap(m: ModelParts) -> None:
    """Its making, its partners, its own loss, and what it does as a ligase."""
    m.expression(LIGASE, "BIRC_ligase_activity * added_cIAP_ligase_activity")
    m.expression(
        "added_cIAP_capacity", f"E1_activity * E2_activity * ubiquitin_activity * ATP_activity * {LIGASE}"
    )
    _life(m)
    _partners(m)
    _marked(m)
    _in_trans(m)
    _complex(m)
    _nik_and_rip1(m)
    _opened(m)
    _consumed(m)
    (ADDED,) = m.monomers("AddedIAP")
    m.observable("added_cIAP", ADDED())
    m.observable("added_cIAP_on_TRAF2", ADDED(traf2=ANY))


def _by_kind(ciap1: str, ciap2: str) -> str:
    """A formula that is one thing for an added cIAP1 and another for an added cIAP2."""
    return f"(added_cIAP_is_cIAP1 * ({ciap1}) + (1 - added_cIAP_is_cIAP1) * ({ciap2}))"


def _ligands(m: ModelParts) -> tuple[tuple[str, Any, Any], ...]:
    """What fits the pocket: slot, free, bound by bond 1."""
    SMM, SMB, DIABLO = m.monomers("SMM", "SMB", "DIABLO")
    return (
        ("M", SMM(iap=None) ** m.cell, SMM(iap=1) ** m.cell),
        ("B", SMB(iap=None, second=None) ** m.cell, SMB(iap=1, second=None) ** m.cell),
        ("Smac", DIABLO(iap=None, at="cytosol") ** m.cell, DIABLO(iap=1, at="cytosol") ** m.cell),
    )


def _life(m: ModelParts) -> None:
    (ADDED,) = m.monomers("AddedIAP")
    # As fast as the cell makes its own at rest (or would, had it not lost the gene), times what is asked for.
    made = _by_kind(
        "(BIRC2_copies + BIRC2_lost) * (BIRC2_closed_ubiquitination + growth_rate)",
        "BIRC3_copies * (BIRC3_held_ubiquitination + growth_rate)",
    )
    m.expression("added_cIAP_synthesis", f"added_cIAP_expression * translation_activity * {made}")
    newborn = ADDED(pocket=None, ub="n", traf2=None) ** m.cell
    m.rule("added_cIAP_is_made", None >> newborn, "added_cIAP_synthesis")
    m.rule("added_cIAP_is_diluted", ADDED() >> None, "growth_rate", deletes=True)
    m.expression("added_cIAP_unseated_loss", "BIRC2_unseated_loss * added_cIAP_is_cIAP1")
    m.rule(
        "added_cIAP_without_TRAF2_is_lost",
        ADDED(pocket=None, ub="n", traf2=None) >> None,
        "added_cIAP_unseated_loss",
    )
    for slot, loose, bound in _ligands(m):
        m.rule(
            f"added_cIAP_with_{slot}_without_TRAF2_is_lost",
            bound % ADDED(pocket=1, ub="n", traf2=None) >> loose,
            "added_cIAP_unseated_loss",
        )
    m.rule("proteasome_degrades_added_cIAP", ADDED(ub="y") >> None, "ubiquitinated_cIAP_loss", deletes=True)


def _partners(m: ModelParts) -> None:
    ADDED, TRAF2 = m.monomers("AddedIAP", "TRAF2")
    m.expression("TRAF2_added_cIAP_on", "TRAF2_cIAP_on * added_cIAP_TRAF2_binding * TRAF2_cIAP_binding")
    m.rule(
        "TRAF2_binds_added_cIAP",
        TRAF2(iap=None, tradd=None) + ADDED(traf2=None) | TRAF2(iap=1, tradd=None) % ADDED(traf2=1),
        "TRAF2_added_cIAP_on",
        "TRAF2_cIAP_off",
    )
    m.expression("added_cIAP_pocket_on", "mimetic_on * added_cIAP_pocket_binding")
    for slot, loose, bound in _ligands(m):
        affinity = _by_kind(f"{slot}_BIRC2_Kd", f"{slot}_BIRC3_Kd * O02_affinity")
        m.expression(f"{slot}_added_cIAP_off", f"mimetic_on * {affinity}")
        for place, state, carrier in (
            ("", {"traf2": None}, None),
            ("_on_TRAF2", {"traf2": 2}, TRAF2(iap=2, tradd=None)),
        ):
            empty, taken = ADDED(pocket=None, ub="n", **state), ADDED(pocket=1, ub="n", **state)
            before, after = (empty % carrier, taken % carrier) if carrier else (empty, taken)
            m.rule(
                f"{slot}_binds_added_cIAP{place}",
                loose + before | bound % after,
                "added_cIAP_pocket_on",
                f"{slot}_added_cIAP_off",
            )


def _marked(m: ModelParts) -> None:
    ADDED, TRAF2 = m.monomers("AddedIAP", "TRAF2")
    m.expression(
        "added_cIAP_opened_marking",
        "BIRC2_open_ubiquitination * added_cIAP_capacity * O01_single"
        " * (1 - O01_dimer + O01_dimer * added_cIAP_RING_dimer)",
    )
    # It opens, then it marks itself: the two waits after each other.
    m.expression(
        "added_cIAP_with_ligand_marking",
        "BIRC2_open * added_cIAP_opened_marking / (BIRC2_open + added_cIAP_opened_marking)",
    )
    stimulated = (
        "BIRC3_held_ubiquitination * BIRC3_ligand_stimulation * O02_stimulation * (1 - O05_cIAP2_spared)"
        " * added_cIAP_capacity"
    )
    rest, free, held = (
        f"{name} * added_cIAP_capacity"
        for name in ("BIRC2_closed_ubiquitination", "BIRC3_free_ubiquitination", "BIRC3_held_ubiquitination")
    )
    opened = "added_cIAP_with_ligand_marking"
    places: tuple[tuple[str, dict[str, int | None], Any], ...] = (
        ("", {"traf2": None}, None),
        ("_on_TRAF2", {"traf2": 2}, TRAF2(iap=2, tradd=None)),
    )
    for (place, state, carrier), alone, liganded in zip(
        places, (free, held), (_by_kind(opened, free), _by_kind(opened, stimulated)), strict=True
    ):
        rate = m.expression(f"added_cIAP{place}_loss", _by_kind(rest, alone))
        before, after = ADDED(pocket=None, ub="n", **state), ADDED(pocket=None, ub="y", **state)
        m.rule(
            f"added_cIAP{place}_ubiquitinates_itself",
            (before % carrier >> after % carrier) if carrier else (before >> after),
            rate,
        )
        # Marked it lets go of its ligand: it lives for minutes, and nothing hangs on what it holds.
        rate = m.expression(f"added_cIAP{place}_with_ligand_loss", liganded)
        for slot, loose, bound in _ligands(m):
            taken = bound % ADDED(pocket=1, ub="n", **state)
            m.rule(
                f"added_cIAP{place}_with_{slot}_ubiquitinates_itself",
                (taken % carrier >> loose + after % carrier) if carrier else (taken >> loose + after),
                rate,
            )


def _in_trans(m: ModelParts) -> None:
    ADDED, BIRC2, BIRC3, TRAF2 = m.monomers("AddedIAP", "BIRC2", "BIRC3", "TRAF2")
    # The share of a ligand's time on an added cIAP1 in which it is open.
    m.expression("added_cIAP_open_share", "BIRC2_open / (BIRC2_open + added_cIAP_opened_marking)")
    theirs, mine = TRAF2(iap=1, tradd=None), TRAF2(iap=2, tradd=None)
    own, own_marked = BIRC3(ub="n", traf2=2) % mine, BIRC3(ub="y", traf2=2) % mine
    closed = "BIRC2_removes_BIRC3_closed"
    shared = f"({closed} + added_cIAP_open_share * (BIRC2_removes_BIRC3_open - {closed}))"
    for name, pocket, speed in (("", None, closed), ("_with_ligand", ANY, shared)):
        rate = m.expression(
            f"added_cIAP{name}_on_BIRC3", f"{speed} * added_cIAP_capacity * added_cIAP_is_cIAP1"
        )
        ligase = ADDED(pocket=pocket, ub="n", traf2=1) % theirs
        m.rule(f"added_cIAP{name}_ubiquitinates_BIRC3", ligase + own >> ligase + own_marked, rate)
    added, added_marked = (ADDED(pocket=None, ub=ub, traf2=2) % mine for ub in ("n", "y"))
    for ring in ("closed", "open"):
        rate = m.expression(
            f"BIRC2_{ring}_on_added_cIAP",
            f"BIRC2_removes_BIRC3_{ring} * BIRC2_capacity * (1 - added_cIAP_is_cIAP1)",
        )
        ligase = BIRC2(ring=ring, traf2=1) % theirs
        m.rule(f"BIRC2_{ring}_ubiquitinates_added_cIAP", ligase + added >> ligase + added_marked, rate)


def _complex(m: ModelParts) -> None:
    R, RIPK1, TRADD, TRAF2, ADDED = m.monomers("TNFRSF1A", "RIPK1", "TRADD", "TRAF2", "AddedIAP")
    (RNF31,) = m.monomers("RNF31")
    seated, seat = TRADD(receptor=ANY, traf2=3), TRADD(receptor=ANY, traf2=None)
    empty = ADDED(pocket=None, ub="n", traf2=2)
    m.rule(
        "TRAF2_added_cIAP_joins",
        seat + TRAF2(iap=2, tradd=None) % empty >> seated % TRAF2(iap=2, tradd=3) % empty,
        "TRAF2_TRADD_on",
    )
    # With a ligand cIAP2 enters, and sets it free; cIAP1 does not.
    m.expression("TRAF2_added_cIAP2_on", "TRAF2_TRADD_on * (1 - added_cIAP_is_cIAP1)")
    for slot, loose, bound in _ligands(m):
        m.rule(
            f"TRAF2_added_cIAP_with_{slot}_joins",
            seat + TRAF2(iap=2, tradd=None) % ADDED(pocket=1, ub="n", traf2=2) % bound
            >> seated % TRAF2(iap=2, tradd=3) % empty + loose,
            "TRAF2_added_cIAP2_on",
        )
    m.expression("added_cIAP_on_RIP1", f"cIAP_RIP1_ubiquitination * {LIGASE}")
    m.expression("added_cIAP_on_LUBAC", f"LUBAC_recruitment * RNF31_recruitment * {LIGASE}")
    m.expression(
        "RIP1_turnover_by_added_cIAP", f"RIP1_eviction * {LIGASE} * O04_eviction * added_cIAP_is_cIAP1"
    )
    arm = TRADD(receptor=2, traf2=3) % TRAF2(tradd=3, iap=4) % ADDED(traf2=4)
    held = R(rip1=1, tradd=2) % arm
    m.rule(
        "added_cIAP_ubiquitinates_RIP1",
        held % RIPK1(receptor=1, ub="n") >> held % RIPK1(receptor=1, ub="k63"),
        "added_cIAP_on_RIP1",
    )
    anywhere = TRADD(receptor=ANY, traf2=3) % TRAF2(tradd=3, iap=4) % ADDED(traf2=4)
    m.rule(
        "added_cIAP_recruits_LUBAC",
        anywhere + RNF31(s="idle") >> anywhere + RNF31(s="recruited"),
        "added_cIAP_on_LUBAC",
    )
    for ub in ("n", "k63", "m1"):
        m.rule(
            f"added_cIAP_evicts_RIP1_{ub}",
            held % RIPK1(receptor=1, ub=ub) >> R(rip1=None, tradd=2) % arm + RIPK1(receptor=None, ub="n"),
            "RIP1_turnover_by_added_cIAP",
        )


def _nik_and_rip1(m: ModelParts) -> None:
    NIK, TRAF3, TRAF2, ADDED, RIPK1 = m.monomers("MAP3K14", "TRAF3", "TRAF2", "AddedIAP", "RIPK1")
    held, freed = TRAF3(nik=1) % NIK(traf3=1), TRAF3(nik=None)
    resting, primed = (RIPK1(receptor=None, fadd=None, ub="n", act=act) for act in ("off", "primed"))
    # With a ligand a cIAP1 is busy with itself; a cIAP2 works on.
    for name, pocket, share in (("", None, "1"), ("_with_ligand", ANY, "(1 - added_cIAP_is_cIAP1)")):
        ligase = ADDED(pocket=pocket, ub="n", traf2=2) % TRAF2(iap=2, tradd=None)
        unseated = ADDED(pocket=pocket, ub="n", traf2=None)
        removal = f"{LIGASE} * proteasome_activity * {share}"
        bridged = f"NIK_ubiquitination * O19_bridge * TRAF2_NIK_activity * {removal}"
        rate = m.expression(f"added_cIAP{name}_on_NIK", bridged)
        m.rule(f"TRAF2_added_cIAP{name}_removes_NIK", held + ligase >> freed + ligase, rate)
        direct = f"NIK_direct_ubiquitination * O19_direct * added_cIAP_BIR2 * {removal}"
        rate = m.expression(f"added_cIAP{name}_on_free_NIK", direct)
        m.rule(f"added_cIAP{name}_removes_free_NIK", NIK(traf3=None) + ligase >> ligase, rate)
        m.rule(f"unseated_added_cIAP{name}_removes_NIK", NIK() + unseated >> unseated, rate, deletes=True)
        rate = m.expression(f"added_cIAP{name}_on_primed_RIP1", f"cIAP_calms_RIP1 * {LIGASE} * {share}")
        m.rule(f"added_cIAP{name}_calms_primed_RIP1", ligase + primed >> ligase + resting, rate)


def _opened(m: ModelParts) -> None:
    IKK, ADDED, TRAF2 = m.monomers("IKBKB", "AddedIAP", "TRAF2")
    m.expression(
        "opened_added_cIAP_on_IKK",
        f"cIAP1_IKK_activation * O03_opened_cIAP1 * {LIGASE} * added_cIAP_open_share * added_cIAP_is_cIAP1",
    )
    opened = ADDED(pocket=ANY, ub="n", traf2=1) % TRAF2(iap=1, tradd=None)
    rest, active = IKK(nemo=ANY, s="rest"), IKK(nemo=ANY, s="active")
    m.rule("opened_added_cIAP_activates_IKK", opened + rest >> opened + active, "opened_added_cIAP_on_IKK")


def _consumed(m: ModelParts) -> None:
    """TRAF2 with an added cIAP1, by what consumes TRAF2 with the cell's own."""
    TRAF2, ADDED, TWEAK, FN14 = m.monomers("TRAF2", "AddedIAP", "TWEAK", "TNFRSF12A")
    TNF, MUTEIN, R2, CD40L, CD40 = m.monomers("TNF", "TNF_R2", "TNFRSF1B", "CD40LG", "CD40")
    held = TRAF2(iap=2, tradd=None) % ADDED(pocket=None, ub="n", traf2=2)
    for name, rate, ligated in (
        ("Fn14", "Fn14_to_lysosome", TWEAK(receptor=1) % FN14(tweak=1)),
        ("TNFR2_with_TNF", "TNFR2_consumption", TNF(receptor=1) % R2(ligand=1)),
        ("TNFR2_with_TNF_R2", "TNFR2_consumption", MUTEIN(receptor=1) % R2(ligand=1)),
        ("CD40", "CD40_TRAF_consumption", CD40L(receptor=1) % CD40(ligand=1)),
    ):
        speed = m.expression(f"{name}_on_added_cIAP1", f"{rate} * added_cIAP_is_cIAP1")
        m.rule(f"{name}_consumes_TRAF2_and_added_cIAP1", ligated + held >> ligated, speed)
