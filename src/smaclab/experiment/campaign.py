"""A named grid of experiments."""

from collections import Counter
from dataclasses import dataclass

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.experiment import ID, ID_RULE, Experiment


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """Experiments that belong together; their ids differ."""

    id: str
    experiments: tuple[Experiment, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not ID.fullmatch(self.id):
            raise ExperimentError(f"{shown(self.id)} is not an id. {ID_RULE}.")
        if not self.experiments:
            raise ExperimentError(
                f"{self.id}: experiments {self.experiments!r}. A campaign needs at least one."
            )
        twice = [name for name, times in Counter(e.id for e in self.experiments).items() if times > 1]
        if twice:
            raise ExperimentError(f"{self.id}: the id {twice[0]!r} is given to more than one experiment.")
