"""An activity that `inhibit` can name: a kinase, the proteasome, translation."""

from dataclasses import dataclass

from smaclab.errors import CatalogueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A separately scalable quantity; `parameter` is 1 when nothing inhibits it."""

    name: str
    parameter: str
    description: str
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.parameter.strip():
            raise CatalogueError(
                f"An activity needs a name and a parameter: {self.name!r}, {self.parameter!r}."
            )
