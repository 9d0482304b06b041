"""Two decoys hold TRAIL and seat nothing; one also joins a ligated TRAIL receptor, in FADD's place.

Scope:   TRAIL-R3 (DcR1) and TRAIL-R4 (DcR2) bind TRAIL and go inside with it; TRAIL-R4 joins a TRAIL that
         already sits on TRAIL-R1 or TRAIL-R2, and such a mixed trimer seats no FADD.
Ignores: osteoprotegerin; DcR3, which holds FasL; signals of TRAIL-R4 to NF-kB; rafts; TRAIL-R1 and TRAIL-R2
         in one trimer.
Source:  Merino 2006 (how the two differ, abstract); affinities P097; amounts and rates are guesses.
"""

from smaclab.biology.parts import ModelParts

DECOYS = {"TNFRSF10C": "TRAIL_R3", "TNFRSF10D": "TRAIL_R4"}
DEATH_RECEPTORS = {"TNFRSF10A": "TRAIL_R1", "TNFRSF10B": "TRAIL_R2"}


def add_decoys(m: ModelParts) -> None:
    """What takes TRAIL away, and what spoils a ligated receptor."""
    (TRAIL,) = m.monomers("TNFSF10")
    for gene, name in DECOYS.items():
        (D,) = m.monomers(gene)
        m.expression(f"{gene}_off", f"{gene}_Kd * death_ligand_on")
        m.rule(
            f"TRAIL_binds_decoy_{name}",
            TRAIL(receptor=None) ** m.medium + D(ligand=None) ** m.membrane
            | TRAIL(receptor=1) ** m.medium % D(ligand=1) ** m.membrane,
            m.in_medium("death_ligand_on"),
            f"{gene}_off",
        )
        m.rule(
            f"ligated_{name}_is_internalized",
            TRAIL(receptor=1) % D(ligand=1) >> None,
            "DISC_internalization",
            deletes=True,
        )
        m.observable(name, D())
    for gene, name in DEATH_RECEPTORS.items():
        _mixed(m, gene, name)


def _mixed(m: ModelParts, gene: str, name: str) -> None:
    TRAIL, R, DCR2 = m.monomers("TNFSF10", gene, "TNFRSF10D")
    m.rule(
        f"TRAIL_R4_joins_{name}",
        TRAIL(receptor=1) % R(ligand=1, fadd=None) + DCR2(ligand=None)
        >> TRAIL(receptor=1) % R(ligand=1, fadd=2) % DCR2(ligand=2),
        "TRAIL_R4_mixing",
    )
    m.rule(
        f"{name}_with_TRAIL_R4_is_internalized",
        TRAIL(receptor=1) % R(ligand=1, fadd=2) % DCR2(ligand=2) >> None,
        "DISC_internalization",
    )
