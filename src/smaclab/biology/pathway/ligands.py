"""FasL on Fas and TRAIL on its two receptors seat FADD and caspase-8 at once, and RIP1 beside them.

Scope:   FasL:Fas, TRAIL:TRAIL-R1 and TRAIL-R2, each a DISC on FADD with the seats of `death_complex.py`, so
         that caspase-8 and cFLIP are shared with TNF's complex II; RIP1 that met a ligated receptor is
         primed: TRAF2:cIAP calms it, without cIAP it becomes the active RIP1 that seeds complex II; a weak
         way to TAK1 by primed RIP1; how readily a line's ligated receptors seat FADD (`DISC_seating`); a
         line's own FasL and TRAIL, secreted into the medium.
Ignores: TRADD and TRAF2 on the DISC as species; osteoprotegerin; membrane-bound ligands; why normal cells
         seat little; longer chains of death effector domains; ubiquitin on caspase-8.
Source:  Nesterov 2004 (normal cells recruit little caspase-8, abstract); Kischkel 1995 and Walczak 2000
         (recalled); affinities P097 and P098; Kallenberger 2014 (M5); Geserick 2009 (cIAPs limit RIP1 at the
         DISC, recalled).
"""

from pysb import ANY

from smaclab.biology.parts import ModelParts

LIGANDS = {"FASLG": ("FAS",), "TNFSF10": ("TNFRSF10A", "TNFRSF10B")}  # ligand: its receptors
NAMES = {"FASLG": "FasL", "TNFSF10": "TRAIL", "FAS": "Fas", "TNFRSF10A": "TRAIL_R1", "TNFRSF10B": "TRAIL_R2"}


def add_ligands(m: ModelParts) -> None:
    """Two ligands, three receptors, and RIP1 beside them."""
    m.expression("DISC_seats", "DISC_FADD_on * DISC_seating")
    for ligand, receptors in LIGANDS.items():
        _secreted(m, ligand)
        for receptor in receptors:
            _disc(m, ligand, receptor)
    _primed_rip1(m)
    FADD, RIPK1 = m.monomers("FADD", "RIPK1")
    for gene in ("FAS", "TNFRSF10A", "TNFRSF10B"):
        (R,) = m.monomers(gene)
        m.observable(NAMES[gene], R())
        m.observable(f"{NAMES[gene]}_DISC", R(fadd=1) % FADD(platform=1, c8=ANY))
    m.observable("RIP1_primed", RIPK1(act="primed"))


def _secreted(m: ModelParts, ligand: str) -> None:
    (L,) = m.monomers(ligand)
    name = NAMES[ligand]
    free = L(receptor=None) ** m.medium
    m.input(name, free)
    m.expression(
        f"{ligand}_secretion", f"{ligand}_secretion_rate * {ligand}_expression * translation_activity"
    )
    m.rule(f"{name}_is_secreted", None >> free, f"{ligand}_secretion")
    m.rule(f"{name}_decays_in_the_medium", free >> None, "death_ligand_decay")


def _disc(m: ModelParts, ligand: str, receptor: str) -> None:
    L, R, FADD = m.monomers(ligand, receptor, "FADD")
    name = NAMES[receptor]
    m.expression(f"{receptor}_off", f"{receptor}_Kd * death_ligand_on")
    m.rule(
        f"{NAMES[ligand]}_binds_{name}",
        L(receptor=None) ** m.medium + R(ligand=None, fadd=None) ** m.membrane
        | L(receptor=1) ** m.medium % R(ligand=1, fadd=None) ** m.membrane,
        m.in_medium("death_ligand_on"),
        f"{receptor}_off",
    )
    m.rule(
        f"ligated_{name}_is_internalized",
        L(receptor=1) % R(ligand=1, fadd=None) >> None,
        "DISC_internalization",
        deletes=True,
    )
    m.rule(
        f"ligated_{name}_binds_FADD",
        R(ligand=ANY, fadd=None) + FADD(platform=None, c8=None)
        | R(ligand=ANY, fadd=1) % FADD(platform=1, c8=None),
        "DISC_seats",
        "DISC_FADD_off",
    )


def _primed_rip1(m: ModelParts) -> None:
    RIPK1, TRAF2, BIRC2, BIRC3, TAK1 = m.monomers("RIPK1", "TRAF2", "BIRC2", "BIRC3", "MAP3K7")
    resting, primed = (RIPK1(receptor=None, fadd=None, ub="n", act=act) for act in ("off", "primed"))
    for gene in ("FAS", "TNFRSF10A", "TNFRSF10B"):
        seated = m.model.monomers[gene](fadd=ANY)
        m.rule(f"{NAMES[gene]}_primes_RIP1", seated + resting >> seated + primed, "DISC_RIP1_priming")
    for name, ligase in (
        ("BIRC2", BIRC2(pocket=None, ring="closed", traf2=2) % TRAF2(iap=2, tradd=None)),
        ("BIRC3", BIRC3(ub="n", traf2=2) % TRAF2(iap=2, tradd=None)),
    ):
        rate = m.expression(f"{name}_on_primed_RIP1", f"cIAP_calms_RIP1 * {name}_ligase")
        m.rule(f"{name}_calms_primed_RIP1", ligase + primed >> ligase + resting, rate)
    m.rule(
        "primed_RIP1_turns_active",
        primed >> RIPK1(receptor=None, fadd=None, ub="n", act="on"),
        "primed_RIP1_activation",
    )
    m.rule("primed_RIP1_calms_down", primed >> resting, "RIP1_deactivation")
    m.rule(
        "primed_RIP1_activates_TAK1",
        primed + TAK1(s="u") >> primed + TAK1(s="p"),
        "primed_RIP1_TAK1_activation",
    )
