"""Makes `earm_1_0.txt` and `earm_1_0_values.csv` from PySB's example (needs the extra [rules] and perl).

    python -m benchmarks.make_earm

The model is PySB's `pysb.examples.earm_1_0` (Albeck et al. 2008, doi 10.1371/journal.pbio.0060299), unchanged
but for two observables more, so that a run keeps eight: free caspase-8 and free caspase-3.
"""

import csv
from pathlib import Path
from typing import Any

from smaclab.network.expand import expand
from smaclab.network.store import write

HERE = Path(__file__).parent
NETWORK, VALUES = HERE / "earm_1_0.txt", HERE / "earm_1_0_values.csv"


def model() -> Any:
    """PySB's model with two observables more."""
    import pysb
    from pysb.examples.earm_1_0 import model as earm

    for name, monomer in (("C8_unbound", "C8"), ("C3_unbound", "C3")):
        if earm.observables.get(name) is None:
            pattern = earm.monomers[monomer](b=None)
            earm.add_component(pysb.Observable(name, pattern, _export=False))
    return earm


def unit_of(name: str, pairs: set[str]) -> str:
    """EARM says its units in comments only: molecules, seconds, and pairs of molecules."""
    if name.endswith("_0"):
        return "molecules"
    return "1/(molecules s)" if name in pairs else "1/s"


def main() -> None:
    """Write both files."""
    earm = model()
    pairs = {
        rule.rate_forward.name for rule in earm.rules if len(rule.reactant_pattern.complex_patterns) == 2
    }
    units = {one.name: unit_of(one.name, pairs) for one in earm.parameters}
    network = expand(earm, inputs={}, units=units)
    NETWORK.write_text(write(network), encoding="utf-8", newline="\n")
    with VALUES.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("parameter", "value"))
        rows.writerows((one.name, repr(float(earm.parameters[one.name].value))) for one in network.parameters)


if __name__ == "__main__":
    main()
