"""A clamped dose holds the concentration of what it pours in, whatever cells and antibodies take.

Scope:   a source and a drain for each input in the medium, both zero unless a dose is clamped.
Ignores: how a laboratory would do it (perfusion, a large volume, frequent changes of medium).
Source:  none; a handle of the experiment, not of the cell.
"""

from smaclab.biology.parts import ModelParts


def add_clamps(m: ModelParts) -> None:
    """What leaves is replaced at once; the rates are set by the dose."""
    for name, pattern in m.poured.items():
        m.rule(f"clamp_pours_{name}", None >> pattern, f"clamp_{name}_in")
        m.rule(f"clamp_drains_{name}", pattern >> None, f"clamp_{name}_out")
