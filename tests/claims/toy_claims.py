"""One claim of every kind, on few cells and short."""

TEXT = """
[start.line]
cell_line = "EVSA-T"
duration = "1 h"
cells = 2
[start.drug]
like = "line"
dose = [{ drug = "SM-164", concentration = "100 nM" }]

[C01]
sentence = "A mimetic takes cIAP1."
expected = "down"
source = "nobody"
status = ["E", "O"]
questions = ["O01"]
[C01.experiments]
drug = { like = "drug" }
vehicle = { like = "line" }
[[C01.expect]]
of = "cIAP1"
in = "drug"
against = "vehicle"
falls_to = 0.3
[[C01.expect]]
of = "cIAP1"
in = "drug"
at = "5 min"
falls_to = 0.001
arm = "O"

[C02]
sentence = "It takes cIAP2 at a higher dose."
expected = "order"
source = "nobody"
status = ["E"]
[C02.experiments]
none = { like = "line" }
little = { like = "line", dose = [{ drug = "SM-164", concentration = "0.2 nM" }] }
much = { like = "drug" }
[[C02.expect]]
of = "cIAP2"
in = ["none", "little", "much"]
against_of = "cIAP1"
doses = ["0 nM", "0.2 nM", "100 nM"]
needs_more_by = 1.5

[C03]
sentence = "Two kill more than additively in an hour."
expected = "no"
source = "nobody"
status = ["H"]
note = "Nobody dies in an hour."
[C03.experiments]
none = { like = "line" }
drug = { like = "drug" }
tnf = { like = "line", dose = [{ drug = "TNF", concentration = "10 ng/ml" }] }
[C03.experiments.both]
like = "drug"
dose = [{ drug = "SM-164", concentration = "100 nM" }, { drug = "TNF", concentration = "10 ng/ml" }]
[[C03.expect]]
of = "viability"
in = ["none", "drug", "tnf", "both"]
more_than_additive_by = 0.2

[C04]
sentence = "NIK rises and XIAP stays."
expected = "up, same"
source = "nobody"
status = ["B"]
[C04.experiments]
drug = { like = "drug" }
[[C04.expect]]
of = "XIAP"
in = "drug"
unchanged_within = 0.2
[[C04.expect]]
of = "NIK"
in = "drug"
half_rise_to = "1 h"
at_most = "1 h"

[C05]
sentence = "It is history."
expected = "none"
source = "nobody"
status = ["B"]
narrative = "No cell was there."
"""
