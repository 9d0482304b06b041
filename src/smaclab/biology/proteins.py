"""Every molecule type of the model.  Accessions, aliases and everyday names stand in `proteins.toml`.

Names are HGNC symbols.  Sites say what they bind; states are lower-case labels.  TRAF2 counts trimers,
everything else counts what its comment says.  mRNAs carry the prefix `m_`.
"""

from smaclab.biology.parts import ModelParts

# RIP1 at rest; met a ligated Fas or TRAIL receptor; released by a receptor; phosphorylated by another RIP1.
ACTS = ("off", "primed", "on", "phos")


def add_proteins(m: ModelParts) -> None:
    """Declare the molecule types; the rules stand in `pathway/`."""
    _medium(m)
    _iaps_and_trafs(m)
    _nf_kappa_b(m)
    _receptor_and_death(m)
    for gene in ("NFKBIA", "TNFAIP3", "TNF", "BIRC3", "CFLAR", "NFKB2", "TRAF1"):
        m.monomer(f"m_{gene}")


def _medium(m: ModelParts) -> None:
    m.monomer("TNF", ("receptor",))  # secreted trimer
    m.monomer("TNF_precursor")  # trimer's worth of pro-TNF on its way out of the cell
    m.monomer("TWEAK", ("receptor",))  # trimer
    m.monomer("FASLG", ("receptor",))  # FasL, trimer
    m.monomer("TNFSF10", ("receptor",))  # TRAIL, trimer
    m.monomer("TNF_R1")  # mutein that fits TNFR1 only
    m.monomer("TNF_R2", ("receptor",))  # mutein that fits TNFR2 only
    m.monomer("IL1B", ("receptor",))
    m.monomer("CD40LG", ("receptor",))  # CD40L, trimer
    m.monomer("Genotoxin")  # a drug that damages DNA
    m.monomer("Radiation")  # milligrays that are still to be absorbed
    m.monomer("AntiTNFR1", ("receptor",))  # antagonistic antibody
    m.monomer("AntiTNF", ("tnf",))  # neutralizing antibody
    m.monomer("TNFR1Fc", ("tnf",))  # decoy receptor
    m.monomer("SMM", ("iap",))  # monovalent mimetic
    m.monomer("SMB", ("iap", "second"))  # bivalent mimetic: the head bound first, the other head


def _iaps_and_trafs(m: ModelParts) -> None:
    m.monomer("BIRC2", ("pocket", "ring", "traf2"), ring=("closed", "open", "ub"))  # cIAP1
    m.monomer("BIRC3", ("pocket", "ub", "traf2"), ub=("n", "y"))  # cIAP2, an active dimer counted by protomer
    m.monomer("AddedIAP", ("pocket", "ub", "traf2"), ub=("n", "y"))  # a cIAP beside the cell's own
    m.monomer("XIAP", ("bir2", "bir3"))
    m.monomer("DIABLO", ("iap", "second", "at"), at=("mitochondria", "cytosol"))  # Smac, counted by chains
    m.monomer("TRAF2", ("iap", "tradd"))  # trimer: one cIAP each
    # TRAF1 trimers, at what share of TRAF2:cIAP they are: none, on it, on it while a mimetic holds the cIAP
    m.monomer("TRAF1", ("s",), s=("free", "on", "held"))
    m.monomer("TRAF3", ("nik",))


def _nf_kappa_b(m: ModelParts) -> None:
    m.monomer("MAP3K14", ("traf3",))  # NIK
    m.monomer("CHUK", ("s",), s=("u", "p"))  # IKK alpha
    m.monomer("NFKB2", ("form", "relb"), form=("p100", "p52"))
    m.monomer("RELB", ("nfkb2",))
    m.monomer("MAP3K7", ("s",), s=("u", "p"))  # TAK1
    m.monomer("IKBKB", ("nemo", "s"), s=("rest", "active", "spent"))  # IKK beta
    m.monomer("IKBKG", ("ikk",))  # NEMO
    m.monomer("TBK1", ("s",), s=("u", "p"))  # TBK1 and IKK epsilon
    m.monomer("RELA", ("ikb",))  # canonical NF-kB; free means nuclear
    m.monomer("NFKBIA", ("nfkb", "s"), s=("u", "p"))  # IkB alpha
    m.monomer("TNFAIP3")  # A20
    m.monomer("CYLD")
    m.monomer("RNF31", ("s",), s=("idle", "recruited"))  # LUBAC
    m.monomer("MAPK8", ("s",), s=("u", "p"))  # JNK
    m.monomer("ITCH", ("s",), s=("u", "p"))
    m.monomer("MAPK14", ("s",), s=("u", "p"))  # p38 alpha
    m.monomer("MAPKAPK2", ("s",), s=("u", "p"))  # MK2


def _receptor_and_death(m: ModelParts) -> None:
    m.monomer("TNFRSF1A", ("tnf", "tradd", "rip1", "block"))  # TNFR1
    for receptor in ("FAS", "TNFRSF10A", "TNFRSF10B"):  # Fas, TRAIL-R1, TRAIL-R2
        m.monomer(receptor, ("ligand", "fadd"))
    for decoy in ("TNFRSF10C", "TNFRSF10D"):  # TRAIL-R3, TRAIL-R4
        m.monomer(decoy, ("ligand",))
    m.monomer("TNFRSF1B", ("ligand",))  # TNFR2
    m.monomer("IL1R1", ("ligand",))
    m.monomer("CD40", ("ligand",))
    m.monomer("TNFRSF12A", ("tweak",))  # Fn14
    m.monomer("RIPK3", ("s",), s=("u", "p"))
    m.monomer("MLKL", ("s",), s=("u", "p"))
    m.monomer("TRADD", ("receptor", "traf2", "fadd", "act"), act=("off", "on"))
    m.monomer("RIPK1", ("receptor", "fadd", "ub", "act"), ub=("n", "k63", "m1"), act=ACTS)
    m.monomer("FADD", ("platform", "c8"))
    m.monomer("CASP8", ("fadd", "pair", "s"), s=("pro", "active"))
    m.monomer("CFLAR", ("pair", "form"), form=("long", "short"))
    m.monomer("CASP3", ("xiap", "s"), s=("pro", "active"))  # caspase-3 and -7 as one executioner
    m.monomer("CASP10", ("s",), s=("pro", "active"))
    m.monomer("CASP9", ("xiap", "s"), s=("pro", "active"))
    m.monomer("PARP1", ("s",), s=("full", "cleaved"))
    m.monomer("BID", ("bcl2", "s"), s=("full", "cut"))
    for killer in ("BAX", "BAK1"):  # Bax, Bak
        m.monomer(killer, ("bcl2", "pore", "s"), s=("idle", "active"))
    m.monomer("BCL2L1", ("bh3",))  # the anti-apoptotic Bcl-2 family as one buffer
    m.monomer("BBC3", ("bcl2",))  # PUMA, for the BH3-only proteins that stress makes
    m.monomer("Damage")
    m.monomer("Lysis")  # harm off the targets; made under a hypothesis only
    m.monomer("CYCS", ("at",), at=("mitochondria", "cytosol"))
    m.monomer("APAF1", ("s",), s=("free", "apoptosome"))
