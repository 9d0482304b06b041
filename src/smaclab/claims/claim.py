"""A finding: a sentence, its source, the experiments that test it and what they are expected to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from smaclab.analysis.predicate import Predicate
from smaclab.errors import CatalogueError

Status = Literal["E", "H", "O", "D", "B"]
STATUS_WORDS: Final[Mapping[str, str]] = {
    "E": "established",
    "H": "hypothesis",
    "O": "open",
    "D": "disputed",
    "B": "background",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One predicate, and the status of what it says: a claim of mixed status is judged arm by arm.

    written: the predicate's table as it stands in the file.
    """

    predicate: Predicate
    status: Status
    written: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row of the paper.

    id: C01 to C90.
    sentence: what is claimed.
    expected: what should be seen, in words, written down before a result was looked at.
    source: where it stands.
    statuses: of its arms, the main one first.
    experiments: name -> what a person would write, without id and readouts.
    expectations: what the experiments shall show; empty for a narrative claim.
    narrative: why no simulation of cells can test it; "" where one can.
    questions: ids of the open questions that it hangs on.
    note: what a reader of the verdict should know: a mechanism-level reason where it fails.
    """

    id: str
    sentence: str
    expected: str
    source: str
    statuses: tuple[Status, ...]
    experiments: Mapping[str, Mapping[str, Any]]
    expectations: tuple[Expectation, ...]
    narrative: str = ""
    questions: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        strange = [one for one in self.statuses if one not in get_args(Status)]
        if strange or not self.statuses:
            raise CatalogueError(
                f"{self.id}: status {self.statuses!r}. Letters: {', '.join(get_args(Status))}."
            )
        if bool(self.narrative) == bool(self.expectations):
            raise CatalogueError(
                f"{self.id}: give expectations, or the reason why there are none (narrative)."
            )
        named = {one.experiment for each in self.expectations for one in each.predicate.quantities()}
        if missing := sorted(named - set(self.experiments)):
            raise CatalogueError(
                f"{self.id}: no experiment {missing[0]!r}. It has: {', '.join(self.experiments)}."
            )
        if unused := sorted(set(self.experiments) - named):
            raise CatalogueError(f"{self.id}: nothing is expected of experiment {unused[0]!r}.")

    @property
    def is_narrative(self) -> bool:
        """Whether no simulation can test it."""
        return bool(self.narrative)

    def readouts(self, experiment: str) -> tuple[str, ...]:
        """What has to be looked at in one experiment, each once."""
        quantities = [one for each in self.expectations for one in each.predicate.quantities()]
        return tuple(dict.fromkeys(one.readout for one in quantities if one.experiment == experiment))
