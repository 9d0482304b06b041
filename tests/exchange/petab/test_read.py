import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab import from_petab
from tests.exchange.petab.toy import MEASUREMENTS_2, OBSERVABLES_2, written

TABLES = {
    "observable": OBSERVABLES_2,
    "measurement": MEASUREMENTS_2,
    "experiment": "experimentId|time|conditionId\ne|0|c\n",
    "condition": "conditionId|targetId|targetValue\nc|A|3\n",
}


def test_a_mapped_name_is_the_models(tmp_path):
    tables = TABLES | {
        "mapping": "petabEntityId|modelEntityId\nmine|A\n",
        "condition": TABLES["condition"].replace("|A|", "|mine|"),
        "observable": OBSERVABLES_2.replace("* A", "* mine"),
    }
    problem = from_petab(written(tmp_path, 2, **tables))
    assert list(problem.experiments["e"][0].changes) == ["A"]


@pytest.mark.parametrize(
    ("table", "old", "new", "letter"),
    [
        ("condition", "|A|", "|Z|", "target 'Z' of experiment 'e'"),
        ("measurement", "log_b|e", "blot|e", "observable 'blot'"),
        ("measurement", "see|e|1", "see|f|1", "there is no experiment 'f'"),
        ("experiment", "0|c", "0|d", "there is no condition 'd'"),
        ("observable", "log-normal", "uniform", "the noise 'uniform'"),
        ("condition", "c|A|3", "c|A|3\nc|A|4", "A is changed twice"),
        ("measurement", "|1.5|", "|high|", "'high' is no number"),
    ],
)
def test_what_is_not_sound_is_named(tmp_path, table, old, new, letter):
    tables = TABLES | {table: TABLES[table].replace(old, new)}
    with pytest.raises(PetabError, match=letter):
        from_petab(written(tmp_path, 2, **tables))


@pytest.mark.parametrize(
    ("old", "new", "letter"),
    [
        ("2.0.0", "3.0", "unknown format_version '3.0'"),
        ("language: sbml", "language: pysb", "a model in 'pysb'"),
        ("location: model.xml", "location: ../model.xml", "leads out of the problem's folder"),
        ("location: model.xml", "location: none.xml", "cannot be read"),
        ("format_version", "extensions:\n  sciml:\n    version: 1\nformat_version", "extensions sciml"),
        ("model_files:", "model_files:\n  n:\n    language: sbml\n    location: n.xml", "2 models"),
    ],
)
def test_problems_that_are_not_read_are_named(tmp_path, old, new, letter):
    path = written(tmp_path, 2, **TABLES)
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(PetabError, match=letter):
        from_petab(path)
