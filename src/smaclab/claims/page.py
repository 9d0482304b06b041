"""The page of claims: each with its sentence, its experiments, what they show, and how to run them."""

from collections.abc import Mapping

from smaclab.analysis.predicate import Judgement
from smaclab.claims.claim import STATUS_WORDS
from smaclab.claims.pictures import claim_figure
from smaclab.claims.verify import Judged, Verdicts, plain_experiment
from smaclab.claims.written import experiment_text
from smaclab.report import style
from smaclab.report.page import Page, Picture, Section, Table, write_page


def line(verdicts: Verdicts) -> str:
    """How many hold, in one line."""
    holds, tested = verdicts.counted()
    narrative = len(verdicts.judged) - tested
    more = f"; {narrative} cannot be tested by simulated cells" if narrative else ""
    return f"{holds} of {tested} claims hold{more}."


def sampled(verdicts: Verdicts) -> str:
    """How many cells an experiment has, and the seed, in one line; "" where nothing was simulated."""
    if verdicts.provenance is None:
        return ""
    cells = sorted({int(one["cells"]) for one in verdicts.provenance.experiments})
    seeds = ", ".join(str(one) for one in verdicts.provenance.seeds)
    return f"{' or '.join(f'{one:,}' for one in cells)} cells an experiment, seed {seeds}."


def summary(verdicts: Verdicts) -> Table:
    """A row a claim: verdict, figure and margin."""
    rows = []
    for one in verdicts.judged:
        decisive = one.decisive
        rows.append(
            (
                one.claim.id,
                "/".join(one.claim.statuses),
                one.verdict,
                "–" if decisive is None else _shown(decisive.value),
                "–" if decisive is None else f"{decisive.margin:+.1f}",
                one.claim.sentence,
            )
        )
    header = ("claim", "status", "verdict", "figure", "margin", "what it says")
    return Table(caption=line(verdicts), header=header, rows=tuple(rows))


def claims_page(verdicts: Verdicts, letters: Mapping[str, str] | None = None) -> str:
    """The page as one self-contained HTML text.

    Args:
        verdicts: of `verify`, with at least one claim that can be tested.
        letters: the hypotheses they were judged under, where not the defaults.
    """
    assert verdicts.provenance is not None
    lead = (
        "What Wu, Tschopp and Lin (Cell 2007, 131:655) report or argue, each as an experiment on "
        f"simulated cells. {line(verdicts)} {sampled(verdicts)} "
        "One parameter set for all; expectations were written first, and "
        "what was changed afterwards is said in the claim's note. "
        "A margin of 1 is one tolerance (a fifth of a ratio, a tenth of the cells) on the right side, a "
        "negative one on the wrong."
    )
    if letters:
        lead += f" Under {', '.join(f'{key} {value}' for key, value in letters.items())}."
    first = Section(title="All verdicts", tables=(summary(verdicts), _by_status(verdicts)))
    sections = [first, *(_section(one, letters or {}) for one in verdicts.judged)]
    return write_page(Page(title="Claims", lead=lead, sections=sections, provenance=verdicts.provenance))


def _by_status(verdicts: Verdicts) -> Table:
    rows = []
    for letter, words in STATUS_WORDS.items():
        holds, tested = verdicts.counted(letter)
        if tested:
            rows.append((f"{letter}, {words}", str(holds), str(tested)))
    return Table(caption="By main status", header=("status", "hold", "tested"), rows=tuple(rows))


def _section(one: Judged, letters: Mapping[str, str]) -> Section:
    claim = one.claim
    paragraphs = [claim.sentence, f"Expected: {claim.expected}. Source: {claim.source}."]
    if claim.is_narrative:
        paragraphs.append(f"Not tested: {claim.narrative}")
    if claim.note:
        paragraphs.append(claim.note)
    if claim.questions:
        paragraphs.append(f"Hangs on {', '.join(claim.questions)}: smaclab hypotheses")
    if not claim.is_narrative:
        paragraphs.append(f"Run it: smaclab verify --claim {claim.id} --out {claim.id.lower()}")
    title = f"{claim.id} ({', '.join(STATUS_WORDS[each] for each in claim.statuses)}): {one.verdict}"
    return Section(
        title=title,
        paragraphs=tuple(paragraphs),
        tables=(_table(one),) if one.judgements else (),
        pictures=_pictures(one),
        listings=tuple(
            (f"the experiment: {name}", experiment_text(plain_experiment(claim, name, letters, one.seed)))
            for name in claim.experiments
        ),
        anchor=claim.id,
    )


def _table(one: Judged) -> Table:
    rows = tuple(
        (
            expectation.status,
            judged.words,
            _shown(judged.value),
            f"{judged.margin:+.1f}",
            "holds" if judged.holds else "fails",
        )
        for expectation, judged in one.arms()
    )
    return Table(
        caption="Expectations", header=("status", "expected", "found", "margin", "verdict"), rows=rows
    )


def _pictures(one: Judged) -> tuple[Picture, ...]:
    figure = claim_figure(one)
    if figure is None or one.decisive is None:
        return ()
    svg = style.to_inline_svg(figure, name=one.claim.id, alt=one.decisive.words)
    return (Picture(svg=svg, caption=_caption(one.decisive), is_wide=True),)


def _caption(judged: Judgement) -> str:
    return f"What decides: {judged.words}. Found: {_shown(judged.value)}."


def _shown(value: float) -> str:
    return "not known" if value != value else f"{value:.3g}"
