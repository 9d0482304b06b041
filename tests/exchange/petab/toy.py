"""A problem with a solution on paper: A <=> B in one compartment, written from PEtab's documentation."""

import math

from tests.network.sbml.written import compartment, document, initial, parameter, reaction, species

MODEL = document(
    Compartments=[compartment()],
    Species=[species("A", only="false"), species("B", only="false")],
    Parameters=[parameter("k1", 0, "false"), parameter("k2", 0, "false"), parameter("a0", 1, "false")],
    InitialAssignments=[initial("A", "a0"), initial("B", "0")],
    Reactions=[
        reaction("f", {"A": 1}, {"B": 1}, "cell * k1 * A"),
        reaction("r", {"B": 1}, {"A": 1}, "cell * k2 * B"),
    ],
)
PARAMETERS = "parameterId\tlowerBound\tupperBound\tnominalValue\testimate\n" + "".join(
    f"{name}\t0\t10\t{value}\t{word}\n" for name, value, word in
    (("k1", 0.8, "true"), ("k2", 0.6, "true"), ("a0", 2.0, "true"), ("sd", 0.5, "false"))
)  # fmt: skip


def a_at(time, a=2.0, b=0.0, k1=0.8, k2=0.6):
    rest = k2 * (a + b) / (k1 + k2)
    return rest + (a - rest) * math.exp(-(k1 + k2) * time)


def written(folder, version, **tables):
    """A problem's files; returns the YAML file.  tables: kind -> text with | for tabs."""
    (folder / "model.xml").write_bytes(MODEL)
    tables = {"parameter": PARAMETERS.replace("\t", "|")} | tables
    for kind, text in tables.items():
        (folder / f"{kind}.tsv").write_text(text.replace("|", "\t"))
    path = folder / "problem.yaml"
    if version == 1:
        path.write_text(
            "format_version: 1\nparameter_file: parameter.tsv\n"
            "problems:\n- condition_files:\n  - condition.tsv\n"
            "  measurement_files:\n  - measurement.tsv\n  observable_files:\n  - observable.tsv\n"
            "  sbml_files:\n  - model.xml\n"
        )
        return path
    lists = "".join(
        f"{kind}_files: [{kind}.tsv]\n" if kind in tables else f"{kind}_files: []\n"
        for kind in ("condition", "experiment", "measurement", "observable", "parameter", "mapping")
    )
    model = "model_files:\n  m:\n    language: sbml\n    location: model.xml\n"
    path.write_text(f"format_version: 2.0.0\n{model}{lists}")
    return path


OBSERVABLES_2 = (
    "observableId|observableFormula|noiseFormula|noiseDistribution|observablePlaceholders\n"
    "see|scale * A|sd|normal|scale\n"
    "log_b|B|0.6|log-normal|\n"
)
MEASUREMENTS_2 = (
    "observableId|experimentId|time|measurement|observableParameters\n"
    "see|e|1|1.5|2\n"
    "see|e|10|2.0|1\n"
    "log_b|e|10|1.1|\n"
)
