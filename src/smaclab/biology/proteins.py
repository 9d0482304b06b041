"""Every molecule type of the model.  Accessions, aliases and everyday names stand in `proteins.toml`.

Names are HGNC symbols.  Sites say what they bind; states are lower-case labels.  TRAF2 counts trimers,
everything else counts what its comment says.  mRNAs carry the prefix `m_`.
"""

from smaclab.biology.parts import ModelParts


def add_proteins(m: ModelParts) -> None:
    """Declare the molecule types; the rules stand in `pathway/`."""
    _medium(m)
    _iaps_and_trafs(m)
    _nf_kappa_b(m)
    _receptor_and_death(m)
    for gene in ("NFKBIA", "TNFAIP3", "TNF", "BIRC3", "CFLAR", "NFKB2"):
        m.monomer(f"m_{gene}")


def _medium(m: ModelParts) -> None:
    m.monomer("TNF", ("receptor",))  # secreted trimer
    m.monomer("TNF_precursor")  # trimer's worth of pro-TNF on its way out of the cell
    m.monomer("TWEAK", ("receptor",))  # trimer
    m.monomer("AntiTNF", ("tnf",))  # neutralizing antibody
    m.monomer("TNFR1Fc", ("tnf",))  # decoy receptor
    m.monomer("SMM", ("iap",))  # monovalent mimetic
    m.monomer("SMB", ("iap", "second"))  # bivalent mimetic: the head bound first, the other head


def _iaps_and_trafs(m: ModelParts) -> None:
    m.monomer("BIRC2", ("pocket", "ring", "traf2"), ring=("closed", "open", "ub"))  # cIAP1
    m.monomer("BIRC3", ("pocket", "ub", "traf2"), ub=("n", "y"))  # cIAP2, an active dimer counted by protomer
    m.monomer("XIAP", ("bir2", "bir3"))
    m.monomer("DIABLO", ("iap", "at"), at=("mitochondria", "cytosol"))  # Smac
    m.monomer("TRAF2", ("iap", "tradd"))  # trimer: one cIAP each
    m.monomer("TRAF3", ("nik",))


def _nf_kappa_b(m: ModelParts) -> None:
    m.monomer("MAP3K14", ("traf3",))  # NIK
    m.monomer("CHUK", ("s",), s=("u", "p"))  # IKK alpha
    m.monomer("NFKB2", ("form", "relb"), form=("p100", "p52"))
    m.monomer("RELB", ("nfkb2",))
    m.monomer("MAP3K7", ("s",), s=("u", "p"))  # TAK1
    m.monomer("IKBKB", ("s",), s=("rest", "active", "spent"))  # IKK beta in the NEMO complex
    m.monomer("RELA", ("ikb",))  # canonical NF-kB; free means nuclear
    m.monomer("NFKBIA", ("nfkb", "s"), s=("u", "p"))  # IkB alpha
    m.monomer("TNFAIP3")  # A20
    m.monomer("CYLD")
    m.monomer("RNF31", ("s",), s=("idle", "recruited"))  # LUBAC
    m.monomer("MAPK8", ("s",), s=("u", "p"))  # JNK
    m.monomer("ITCH", ("s",), s=("u", "p"))
    m.monomer("MAPKAPK2", ("s",), s=("u", "p"))  # MK2


def _receptor_and_death(m: ModelParts) -> None:
    m.monomer("TNFRSF1A", ("tnf", "tradd", "rip1"))  # TNFR1
    m.monomer("TNFRSF12A", ("tweak",))  # Fn14
    m.monomer("RIPK3", ("s",), s=("u", "p"))
    m.monomer("MLKL", ("s",), s=("u", "p"))
    m.monomer("TRADD", ("receptor", "traf2", "fadd", "act"), act=("off", "on"))
    m.monomer("RIPK1", ("receptor", "fadd", "ub", "act"), ub=("n", "k63", "m1"), act=("off", "on", "phos"))
    m.monomer("FADD", ("platform", "c8"))
    m.monomer("CASP8", ("fadd", "pair", "s"), s=("pro", "active"))
    m.monomer("CFLAR", ("pair", "form"), form=("long", "short"))
    m.monomer("CASP3", ("xiap", "s"), s=("pro", "active"))  # caspase-3 and -7 as one executioner
    m.monomer("CASP9", ("xiap", "s"), s=("pro", "active"))
    m.monomer("PARP1", ("s",), s=("full", "cleaved"))
    m.monomer("BID", ("bcl2", "s"), s=("full", "cut"))
    m.monomer("BAX", ("bcl2", "pore", "s"), s=("idle", "active"))
    m.monomer("BCL2L1", ("bh3",))  # the anti-apoptotic Bcl-2 family as one buffer
    m.monomer("CYCS", ("at",), at=("mitochondria", "cytosol"))
    m.monomer("APAF1", ("s",), s=("free", "apoptosome"))
