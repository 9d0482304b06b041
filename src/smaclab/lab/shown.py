"""A table of numbers that shows itself, in a terminal and, with its picture, in a notebook."""

import hashlib
from abc import ABC, abstractmethod

import pandas as pd
from matplotlib.figure import Figure

from smaclab.report import style


class Shown(ABC):
    """Anything whose faces are a table and a figure."""

    @abstractmethod
    def table(self) -> pd.DataFrame:
        """The numbers."""

    @abstractmethod
    def figure(self) -> Figure:
        """The picture."""

    def __repr__(self) -> str:
        return str(self.table().to_string(index=False))

    def _repr_html_(self) -> str:
        table = self.table().to_html(index=False, na_rep="", border=0, float_format="{:.4g}".format)
        # Pictures of one notebook share their ids, so each needs a name of its own.
        name = "shown-" + hashlib.blake2b(table.encode(), digest_size=6).hexdigest()
        picture = style.to_inline_svg(self.figure(), name=name, alt=type(self).__name__)
        return f"<p>SIMULATED</p>{table}{picture}"
