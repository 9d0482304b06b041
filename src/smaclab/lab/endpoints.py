"""What the page, the folder and the terminal show of a campaign's endpoints."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from smaclab.analysis.dose_series import dose_series, drug_matrices
from smaclab.analysis.estimate import Estimate
from smaclab.analysis.synergy import QUESTIONS
from smaclab.lab.dose_responses import DoseResponses, dose_responses
from smaclab.lab.endpoint_values import ALIVE, label_of
from smaclab.lab.sisters import Sisters, sisters_of
from smaclab.lab.synergies import Synergies, synergies
from smaclab.report import style
from smaclab.report.dose_curves import words
from smaclab.report.page import Picture, Section, Table
from smaclab.report.sections import Material

MOST_FITS = 200
"""Beyond this many curves only viability is fitted: a page with more of them opens slowly and is not read."""

MOST_PANELS = 12
"""Pictures in a section; the rest stands in its table."""

DOSE_TITLE: Final = "How much it takes"
SYNERGY_TITLE: Final = "Together and apart"


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """Endpoints of a campaign, ready to be shown.

    dose: viability first, then the other readouts; empty where there is no series.
    synergy: None where there is no matrix. sisters: None where there are none.
    """

    dose: tuple[DoseResponses, ...] = ()
    synergy: Synergies | None = None
    sisters: Sisters | None = None

    def tables(self) -> tuple[Table, ...]:
        """As text: the dose-response of viability, the synergy scores, sisters."""
        found = [dose_table(self.dose[:1])] if self.dose else []
        found += [synergy_table(self.synergy)] if self.synergy else []
        return tuple(found + ([self.sisters.shown()] if self.sisters else []))

    def files(self) -> dict[str, str]:
        """File name -> text."""
        files = {}
        if self.dose:
            files["dose_response.csv"] = _csv(
                pd.concat([one.table() for one in self.dose], ignore_index=True)
            )
        if self.synergy:
            files["synergy.csv"] = _csv(self.synergy.table())
            files["synergy_wells.csv"] = _csv(self.synergy.wells())
        if self.sisters:
            files["sisters.csv"] = _csv(self.sisters.table())
        return files

    def sections(self) -> list[Section]:
        """For the page: matrices with their maps, dose curves, sisters."""
        found = [_synergy_section(self.synergy)] if self.synergy else []
        found += [_dose_section(self.dose)] if self.dose else []
        return found + ([self.sisters.section()] if self.sisters else [])


def endpoints_of(material: Material) -> Endpoints:
    """Dose-response and synergy of a run, as far as it has series and matrices."""
    series = dose_series(material.experiments)
    others = [str(name) for name in material.readouts["observableId"].unique() if name != ALIVE]
    names = [ALIVE, *others] if len(series) * (1 + len(others)) <= MOST_FITS else [ALIVE]
    dose = tuple(dose_responses(material, readout=name) for name in names) if series else ()
    synergy = synergies(material) if drug_matrices(material.experiments) else None
    return Endpoints(dose=dose, synergy=synergy, sisters=sisters_of(material))


def dose_table(several: tuple[DoseResponses, ...]) -> Table:
    """Top, Bottom, IC50 and HillSlope of every series, in words; narrow enough for a terminal."""
    many = len(several) > 1
    rows = tuple(
        (
            one.drug,
            label_of(one.beside),
            *((each.readout,) if many else ()),
            _said(seen.top),
            _said(seen.bottom),
            words(seen, one.typed_g_per_mol).removeprefix("IC50 "),
            _said(seen.hill_slope),
        )
        for each in several
        for one, seen in zip(each.series, each.responses, strict=True)
    )
    header = ("dose of", "in", *(("readout",) if many else ()), "Top", "Bottom", "IC50", "HillSlope")
    what = (
        "" if many else f" of {several[0].readout}" if several[0].readout != ALIVE else " of cells alive (%)"
    )
    return Table(caption=f"Dose-response{what}, with 95 % intervals", header=header, rows=rows)


def synergy_table(synergy: Synergies) -> Table:
    """The score of every matrix and model, in words."""
    rows = []
    for one, models in zip(synergy.members, synergy.found, strict=True):
        for model, seen in models.items():
            ends = (100.0 * end for end in (seen.score.value, seen.score.low, seen.score.high))
            points = Estimate(**dict(zip(("value", "low", "high"), ends, strict=True)))
            pair = f"{one.drugs[0]} + {one.drugs[1]}"
            rows.append((label_of(one.beside), pair, model, points.words(), QUESTIONS[model]))
    header = ("in", "drugs", "model", "mean excess (points)", "asks")
    return Table(caption="Synergy: % dead beyond what is expected", header=header, rows=tuple(rows))


def _said(one: Estimate) -> str:
    """In words; an estimate without an end on one side may be anything there, so only its limit is told."""
    return one.words() if one.is_closed else one.limits() or one.words()


def _dose_section(dose: tuple[DoseResponses, ...]) -> Section:
    pictures: list[Picture] = []
    for each in dose:
        for drug in dict.fromkeys(one.drug for one in each.series):
            for title, figure in each.panels(drug):
                if len(pictures) < MOST_PANELS:
                    svg = style.to_inline_svg(figure, name=f"dose{len(pictures)}", alt=title)
                    pictures.append(Picture(svg=svg, caption=title))
    return Section(
        title=DOSE_TITLE,
        paragraphs=(
            "A four-parameter logistic curve (Top, Bottom, IC50, HillSlope) on the logarithm of the dose. "
            "Wells without the drug stand left of the break and take part in the fit. Points: means. Bars: "
            "SD. Band: 95 % of the curve. 'Ambiguous': the doses do not bracket the IC50, and its number "
            "should not be passed on.",
            "Intervals of cells alive are by individuals, since the same ones meet every dose. "
            "Those of other readouts are by seeds; with one seed they are only of the scatter around the "
            "curve.",
        ),
        tables=(dose_table(dose),),
        pictures=tuple(pictures),
    )


def _synergy_section(synergy: Synergies) -> Section:
    pictures: list[Picture] = []
    for number, one in enumerate(synergy.members):
        if len(pictures) >= MOST_PANELS:
            break
        title = synergy.matrix_title(number)
        svg = style.to_inline_svg(synergy.matrix(number=number), name=f"matrix{number}", alt=title)
        pictures.append(Picture(svg=svg, caption=f"{title}: the mean over {len(one.seeds)} seed(s)."))
        told = f"Beyond Bliss, {label_of(one.beside)}"
        svg = style.to_inline_svg(synergy.figure("Bliss", number=number), name=f"map{number}", alt=told)
        pictures.append(Picture(svg=svg, caption=f"{told}: % dead minus what independent drugs would do."))
    return Section(
        title=SYNERGY_TITLE,
        paragraphs=(
            "Four models ask four questions, and may disagree. The score is the mean over wells with both "
            "drugs, in percentage points of cells dead; its interval, where there are two seeds or more, is "
            "a jackknife over seeds. Orange: more than expected. Purple: less.",
        ),
        tables=(synergy_table(synergy),),
        pictures=tuple(pictures),
    )


def _csv(table: pd.DataFrame) -> str:
    """Six digits: an interval is not known finer, and other machines round the rest in other ways."""
    return str(table.to_csv(index=False, na_rep="NaN", lineterminator="\n", float_format="%.6g"))
