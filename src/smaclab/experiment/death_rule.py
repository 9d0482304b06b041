"""When a cell counts as dead, and of what."""

from dataclasses import dataclass

from smaclab.errors import CatalogueError


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathRule:
    """A cell dies of `kind` when `observable` first reaches the value of `threshold_parameter`.

    divided_by: a parameter that divides the threshold: enzymes that cut half as well must be twice as many.
    """

    kind: str
    observable: str
    threshold_parameter: str
    divided_by: str | None = None

    def __post_init__(self) -> None:
        if not (self.kind and self.observable and self.threshold_parameter):
            raise CatalogueError(
                f"A death rule needs a kind, an observable and a threshold: "
                f"{self.kind!r}, {self.observable!r}, {self.threshold_parameter!r}."
            )
