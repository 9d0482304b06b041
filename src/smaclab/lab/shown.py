"""A table of numbers that shows itself, in a terminal and in a notebook."""

from abc import ABC, abstractmethod

import pandas as pd


class Shown(ABC):
    """Anything whose first face is a table."""

    @abstractmethod
    def table(self) -> pd.DataFrame:
        """The numbers."""

    def __repr__(self) -> str:
        return str(self.table().to_string(index=False))

    def _repr_html_(self) -> str:
        return f"<p>SIMULATED</p>{self.table().to_html(index=False, na_rep='', border=0)}"
