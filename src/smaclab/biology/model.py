"""Which mechanisms make up the model, and what a person can ask it for.

`build` gives the PySB model; `smaclab network build` expands it once and ships the result.
"""

from collections.abc import Mapping

from smaclab.biology.parts import ModelParts
from smaclab.biology.pathway.added_ciap import add_added_ciap
from smaclab.biology.pathway.alternatives import add_alternatives
from smaclab.biology.pathway.canonical import add_canonical
from smaclab.biology.pathway.caspases import add_caspases
from smaclab.biology.pathway.clamps import add_clamps
from smaclab.biology.pathway.death_complex import add_death_complex
from smaclab.biology.pathway.decoys import add_decoys
from smaclab.biology.pathway.flip import add_flip
from smaclab.biology.pathway.ligands import add_ligands
from smaclab.biology.pathway.ligase import add_ligase
from smaclab.biology.pathway.mimetic import add_mimetic
from smaclab.biology.pathway.mitochondria import add_mitochondria
from smaclab.biology.pathway.necroptosis import add_necroptosis
from smaclab.biology.pathway.noncanonical import add_noncanonical
from smaclab.biology.pathway.other_inputs import add_other_inputs
from smaclab.biology.pathway.receptor import add_receptor
from smaclab.biology.pathway.stress import add_stress
from smaclab.biology.pathway.targets import add_targets
from smaclab.biology.pathway.tnf import add_tnf
from smaclab.biology.pathway.traf1 import add_traf1
from smaclab.biology.pathway.turnover import add_turnover
from smaclab.biology.pathway.tweak import add_tweak
from smaclab.biology.proteins import add_proteins
from smaclab.experiment.value import Value

MECHANISMS = (  # genes and ligases first: other files use their rates
    add_targets,
    add_tnf,
    add_ligase,
    add_mimetic,
    add_noncanonical,
    add_receptor,
    add_canonical,
    add_death_complex,
    add_flip,
    add_caspases,
    add_mitochondria,
    add_necroptosis,
    add_tweak,
    add_ligands,
    add_decoys,
    add_other_inputs,
    add_stress,
    add_traf1,
    add_alternatives,
    add_added_ciap,
    add_turnover,
    add_clamps,  # last: it needs to know every input
)


def build(parameters: Mapping[str, Value]) -> ModelParts:
    """The whole model as rules.

    Its `.model` is PySB's; its `.inputs` name the medium species that doses are poured into.
    """
    parts = ModelParts(parameters)
    add_proteins(parts)
    for mechanism in MECHANISMS:
        mechanism(parts)
    return parts
