"""Experiments over parameter sets: every readout and endpoint with the band of what is not known."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any, Final, Unpack

import numpy as np
import pandas as pd

from smaclab.errors import CatalogueError, ExperimentError
from smaclab.experiment.catalogue import Catalogue
from smaclab.infer.compare import compared
from smaclab.infer.ensemble import Ensemble, from_text, read_ensemble
from smaclab.infer.mixing import MET
from smaclab.lab.bench import How, run
from smaclab.lab.door import Source, catalogue_for, own_catalogue
from smaclab.lab.estimates import with_values
from smaclab.lab.folder import fill
from smaclab.lab.result import Result
from smaclab.report import style
from smaclab.report.page import Picture, Section, Table
from smaclab.report.set_bands import SetBand, set_bands

FILE: Final = "ensemble.csv"
"""In `smaclab/infer`: the ensemble that ships."""

LOW: Final = 0.05
HIGH: Final = 0.95
BANDS: Final = "bands.csv"
MOST_PICTURES: Final = 12


def ensemble_from(path: str | PathLike[str] | None = None) -> Ensemble:
    """An ensemble from a file, or the one that ships in the package.

    Raises:
        SmaclabError: the file is not an ensemble.
        ExperimentError: none ships.
    """
    if path is not None:
        return read_ensemble(path)
    file = resources.files("smaclab.infer").joinpath(FILE)
    if not file.is_file():
        raise ExperimentError(
            f"the package holds no {FILE} yet. Make one with `smaclab calibrate --out DIR` and give it with "
            "--ensemble-file DIR/ensemble.csv."
        )
    return from_text(file.read_text(encoding="utf-8"), where=FILE)


def shipped_ensemble() -> Ensemble | None:
    """The ensemble that ships; None where there is none, or it is not of the present model."""
    try:
        found = ensemble_from()
    except ExperimentError:
        return None
    return found if fits(found, own_catalogue()) else None


def refuse_plate_ensemble(file: Path, *, is_plate: bool, parquet: bool) -> None:
    """Say before a run that plates and Parquet have no bands.

    Raises:
        ExperimentError: the file is a plate, or Parquet is asked for.
    """
    if is_plate:
        raise ExperimentError(f"{file}: --ensemble takes an experiment in TOML, not a plate.")
    if parquet:
        raise ExperimentError(f"{file}: --ensemble writes bands.csv; leave --parquet out.")


def catalogues(
    ensemble: Ensemble, number: int, catalogue: Catalogue, *, seed: int = 1
) -> Iterator[Catalogue]:
    """The catalogue once for each of `number` parameter sets, drawn by weight.

    Raises:
        SmaclabError: more sets than there are.
        ExperimentError: the ensemble has a parameter that this model does not.
    """
    for values in ensemble.drawn(number, seed=seed):
        try:
            yield with_values(catalogue, values)
        except CatalogueError as error:
            raise ExperimentError(
                f"the ensemble was made for another version of the model. {error} Calibrate again."
            ) from error


def comparison(files: Sequence[str | PathLike[str]]) -> Table:
    """Ensembles of rival hypotheses on the same evidence, the preferred first, as text.

    Raises:
        SmaclabError: fewer than two, not ensembles, or other evidence.
    """
    found = compared({str(file): read_ensemble(file).provenance for file in files})
    rows = tuple((one.name, f"{one.behind:.1f} ± {one.error:.1f}", one.verdict) for one in found)
    return Table(
        caption="Hypotheses on the same evidence", header=("ensemble", "behind", "verdict"), rows=rows
    )


@dataclass(frozen=True, kw_only=True)
class EnsembleRun:
    """An experiment under the package's own numbers, and under each of some parameter sets."""

    shipped: Result
    sets: tuple[Result, ...]
    ensemble: Ensemble
    draw_seed: int

    def bands(self) -> pd.DataFrame:
        """A row an experiment, readout and time (h): mean over cells, its median and 5 and 95 % over sets.

        Columns: observableId, experimentId, time, unit, shipped, low, median, high, n_sets: the sets in which
        the mean is known.
        """
        blocks = []
        for readout in dict.fromkeys(self.shipped.readouts["observableId"]):
            own = self.shipped.mean(readout)
            means = np.stack([one.mean(readout).to_numpy() for one in self.sets])
            low, middle, high = _quantiles(means)
            unit = self.shipped.readouts.loc[self.shipped.readouts["observableId"] == readout, "unit"].iloc[0]
            for column, name in enumerate(own.columns):
                blocks.append(
                    pd.DataFrame(
                        {
                            "observableId": readout,
                            "experimentId": name,
                            "time": own.index.to_numpy(dtype=float),
                            "unit": unit,
                            "shipped": own[name].to_numpy(dtype=float),
                            "low": low[:, column],
                            "median": middle[:, column],
                            "high": high[:, column],
                            "n_sets": np.isfinite(means[:, :, column]).sum(axis=0),
                        }
                    )
                )
        found = pd.concat(blocks, ignore_index=True)
        return found[found[["shipped", "low"]].notna().any(axis=1)].reset_index(drop=True)

    def alive(self) -> np.ndarray:
        """(5 %, median, 95 % of the sets; experiment), fraction alive at the end."""
        return _quantiles(np.stack([one.fraction_alive().to_numpy(dtype=float) for one in self.sets]))

    def table(self) -> Table:
        """The fraction alive at the end of each experiment with its band, as text."""
        low, middle, high = 100.0 * self.alive()
        own = 100.0 * self.shipped.fraction_alive()
        rows = tuple(
            (
                str(name),
                f"{own.iloc[place]:.0f}",
                f"{middle[place]:.0f}",
                f"{low[place]:.0f} to {high[place]:.0f}",
            )
            for place, name in enumerate(own.index)
        )
        header = ("experiment", "own numbers", "median of sets", "5 to 95 % of sets")
        caption = f"Cells alive (%) over {len(self.sets)} parameter sets"
        return Table(caption=caption, header=header, rows=rows)

    def endpoint_bands(self) -> dict[str, pd.DataFrame]:
        """File name -> the endpoints' table with `_low`, `_median` and `_high` over sets for each number."""
        own = self.shipped.endpoints.files()
        others = [one.endpoints.files() for one in self.sets]
        return {
            f"{name.removesuffix('.csv')}_bands.csv": _over_sets(text, [one[name] for one in others])
            for name, text in own.items()
        }

    def sections(self) -> list[Section]:
        """For the page: a picture a readout."""
        table = self.bands()
        pictures: list[Picture] = []
        for readout, part in list(table.groupby("observableId", sort=False))[:MOST_PICTURES]:
            curves = curves_of(part)
            title = f"{readout} over {len(self.sets)} parameter sets"
            figure = set_bands(curves, title=title, unit=str(part["unit"].iloc[0]))
            svg = style.to_inline_svg(figure, name=f"set-band{len(pictures)}", alt=title)
            pictures.append(Picture(svg=svg, caption=title))
        return [Section(title="What is not known", paragraphs=(self.words(),), pictures=tuple(pictures))]

    def words(self) -> str:
        """What line, band and dots mean, and whether the sets are of this very network."""
        words = (
            f"{len(self.sets)} of the ensemble's {len(self.ensemble.values)} parameter sets, which agree "
            "with the evidence as far as the calibration found. Line: the middle set. Band: nine sets of "
            "ten, of the mean over cells. Dots: the package's own numbers."
        )
        made_on = self.ensemble.provenance.get("network")
        if made_on is not None and made_on != self.shipped.provenance.network:
            words += " The sets were calibrated on another version of the network."
        apart = (self.ensemble.provenance.get("scale_reduction") or {}).get("median")
        if apart is not None and apart > MET:
            words += " The chains that made them have not met: bands are narrower than what is not known."
        return words

    def files(self) -> dict[str, str]:
        """File name -> text of everything a run writes."""
        about = {
            "sets": len(self.sets),
            "draw_seed": self.draw_seed,
            "effective_size": self.ensemble.effective_size,
            **self.ensemble.provenance,
        }
        return {
            **self.shipped.files(page=self.shipped.page(first=self.sections())),
            BANDS: _csv(self.bands()),
            "ensemble.json": json.dumps(about, indent=1, sort_keys=True) + "\n",
            **{name: _csv(table) for name, table in self.endpoint_bands().items()},
        }

    def write(self, folder: str | PathLike[str], *, force: bool = False) -> Path:
        """Write all into a folder, or nothing.

        Raises:
            ExperimentError: the folder holds results and `force` is not set, or it cannot be written.
        """
        return fill(folder, self.files(), force=force)


def curves_of(bands: pd.DataFrame) -> dict[str, SetBand]:
    """Experiment -> what is drawn of it. bands: rows of `EnsembleRun.bands`, of one readout."""
    return {
        str(name): SetBand(
            time_h=one["time"].to_numpy(),
            low=one["low"].to_numpy(),
            middle=one["median"].to_numpy(),
            high=one["high"].to_numpy(),
            shipped=one["shipped"].to_numpy(),
        )
        for name, one in bands.groupby("experimentId", sort=False)
    }


def fits(ensemble: Ensemble, catalogue: Catalogue) -> bool:
    """Whether the catalogue has every number that the ensemble changes."""
    try:
        with_values(catalogue, dict.fromkeys(ensemble.names, 1.0))
    except CatalogueError:
        return False
    return True


def run_ensemble(
    source: Source,
    number: int,
    *,
    ensemble: Ensemble,
    draw_seed: int = 1,
    cells: int | None = None,
    seed: int | None = None,
    **how: Unpack[How],
) -> EnsembleRun:
    """Run an experiment, or a campaign, under `number` parameter sets and under the package's own.

    Args:
        source: A TOML file, a dict, an `Experiment` or a `Campaign`.
        number: of parameter sets.
        ensemble: from `ensemble_from`.
        draw_seed: which of its sets.
        cells: Cells an experiment, instead of what the source says.
        seed: Seed, instead of what the source says; the same cells meet every set.
        **how: see `How`.

    Raises:
        ExperimentError: something is wrong with the source, or the ensemble is of another model.
        SmaclabError: more sets than there are.
    """
    given = how.get("catalogue")
    catalogue = catalogue_for(source) if given is None else given
    known = list(catalogues(ensemble, number, catalogue, seed=draw_seed))
    told = how.pop("progress", None)
    results = []
    for done, one in enumerate((catalogue, *known), start=1):
        results.append(run(source, cells=cells, seed=seed, **(how | {"catalogue": one})))
        if told is not None:
            told(done, number + 1)
    return EnsembleRun(shipped=results[0], sets=tuple(results[1:]), ensemble=ensemble, draw_seed=draw_seed)


def _quantiles(values: np.ndarray) -> np.ndarray:
    """(set, ...) -> (3, ...): 5 %, median, 95 %, of the sets that are known; NaN where none is."""
    known = np.isfinite(values)
    filled = np.where(known, values, np.nan)
    found = np.full((3, *values.shape[1:]), np.nan)
    some = known.any(axis=0)
    found[:, some] = np.nanquantile(filled[:, some], [LOW, 0.5, HIGH], axis=0)
    return found


def _over_sets(own: str, others: list[str]) -> pd.DataFrame:
    """Rows stand in the same order in every set's table, since the experiments are the same."""
    table = pd.read_csv(io.StringIO(own))
    numbers = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    read = [pd.read_csv(io.StringIO(one)) for one in others]
    values = np.stack([pd.DataFrame(one, columns=numbers).to_numpy(dtype=float) for one in read])
    low, middle, high = _quantiles(values)
    columns: dict[str, Any] = {}
    for name in table.columns:
        columns[name] = table[name]
        if name in numbers and not name.endswith(("_low", "_high")):
            place = numbers.index(name)
            columns |= {
                f"{name}_set_low": low[:, place],
                f"{name}_set_median": middle[:, place],
                f"{name}_set_high": high[:, place],
            }
    return pd.DataFrame(columns)


def _csv(table: pd.DataFrame) -> str:
    return str(table.to_csv(index=False, na_rep="NaN", lineterminator="\n", float_format="%.6g"))
