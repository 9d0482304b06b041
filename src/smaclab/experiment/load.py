"""TOML, a dict or Python becomes an experiment or a campaign, or all its problems are told."""

from smaclab.errors import ExperimentError
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.check import Source, examine
from smaclab.experiment.experiment import Experiment


def load(source: Source, catalogue: Catalogue) -> Experiment | Campaign:
    """The experiment, or the campaign if there is a [grid], with the catalogue's own names.

    Args:
        source: A TOML file (path), a dict with the same keys, or an experiment or campaign made in Python.
        catalogue: What can be named.

    Returns:
        A frozen noun that has passed every check.

    Raises:
        ExperimentError: something is wrong; `problems` lists everything, with file and key.
    """
    name, is_campaign, drafts, problems = examine(source, catalogue)
    if problems:
        raise ExperimentError(problems=problems)
    experiments = tuple(draft.finish() for draft in drafts)
    return Campaign(id=name or experiments[0].id, experiments=experiments) if is_campaign else experiments[0]
