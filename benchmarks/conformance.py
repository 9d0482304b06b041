"""Our reader of SBML beside the SBML Test Suite: `python -m benchmarks.conformance --suite FOLDER`.

The suite (https://github.com/sbmlteam/sbml-test-suite) is not part of this project; FOLDER is its
`cases/semantic`. Each case is judged by the suite's own rule: |ours - theirs| is at most
absolute + relative * |theirs|, with both numbers from the case's settings. What has been judged stands in a
file, so that a run may be broken off.
"""

import argparse
import csv
import json
import re
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from smaclab.errors import SbmlError, SmaclabError
from smaclab.network.sbml import read_sbml
from smaclab.network.sbml.child import Child
from smaclab.simulate.sbml import SbmlCourse, simulate_model

LIMIT_S = 1200  # of one case, by the clock: a busy machine is no failure
PASSED, FAILED, REFUSED, OTHER = "passed", "failed", "refused", "no time course"
BEYOND = {"AlgebraicRule", "EventWithDelay", "FastReaction", "CSymbolDelay", "CSymbolRateOf"}
"""Tags of what lies outside of both tiers, beside packages and what is not a time course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One case. tier: "core", "rate rules" or "outside"."""

    case: str
    outcome: str
    tier: str
    tags: tuple[str, ...]
    reason: str = ""


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of a case, of its components and of its test, from its description."""
    found = re.findall(r"^(?:componentTags|testTags):(.*)$", text, flags=re.MULTILINE)
    return tuple(sorted({tag.strip() for line in found for tag in line.split(",") if tag.strip()}))


def tier_of(tags: tuple[str, ...], kind: str) -> str:
    """Which tier a case belongs to."""
    if kind != "TimeCourse" or BEYOND & set(tags) or any(":" in tag for tag in tags):
        return "outside"
    return "rate rules" if "RateRule" in tags else "core"


def settings_of(text: str) -> dict[str, str]:
    """The settings of a case, by name."""
    pairs = [line.partition(":") for line in text.splitlines() if ":" in line]
    return {name.strip(): value.strip() for name, _, value in pairs}


def judge(folder: Path, solver: str | None = None) -> Verdict:
    """Read, simulate and compare one case."""
    name = folder.name
    about = (folder / f"{name}-model.m").read_text(encoding="utf-8", errors="replace")
    kind = re.search(r"^testType:\s*(\S+)", about, flags=re.MULTILINE)
    tags = tags_of(about)
    tier = tier_of(tags, kind[1] if kind else "")
    verdict = partial(Verdict, case=name, tier=tier, tags=tags)
    if not kind or kind[1] != "TimeCourse":
        return verdict(outcome=OTHER, reason=kind[1] if kind else "")
    try:
        with _limited():
            outcome, reason = _compared(folder, solver)
        return verdict(outcome=outcome, reason=reason)
    except SmaclabError as letter:
        outcome = REFUSED if isinstance(letter, SbmlError) else FAILED
        return verdict(outcome=outcome, reason=" ".join(str(letter).split()).partition(": ")[2])
    except Exception as error:  # noqa: BLE001 - a bug is a failed case, and the others go on
        return verdict(outcome=FAILED, reason=f"{type(error).__name__}: {error}")


class _limited:
    """A case that takes too long is a failed one."""

    def __enter__(self) -> None:
        def stop(*_: object) -> None:
            raise TimeoutError(f"more than {LIMIT_S} s")

        signal.signal(signal.SIGALRM, stop)
        signal.alarm(LIMIT_S)

    def __exit__(self, *_: object) -> None:
        signal.alarm(0)


@cache
def _child() -> Child:
    """One for all files of this process; a fresh one for each would take longer than most cases.

    It may take as long as a case may: on a busy machine ten seconds by the clock are little.
    """
    return Child(seconds=LIMIT_S)


def _compared(folder: Path, solver: Any) -> tuple[str, str]:
    name = folder.name
    settings = settings_of((folder / f"{name}-settings.txt").read_text(encoding="utf-8"))
    start, duration = float(settings["start"]), float(settings["duration"])
    time = np.linspace(start, start + duration, int(settings["steps"]) + 1)
    model = read_sbml(sorted(folder.glob(f"{name}-sbml-l*.xml"))[-1], _child())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        course = simulate_model(model, time, solver=solver, seconds=LIMIT_S)
    expected = _table(folder / f"{name}-results.csv")
    asked = {key: _listed(settings.get(key, "")) for key in ("variables", "amount", "concentration")}
    absolute, relative = float(settings["absolute"]), float(settings["relative"])
    for variable in asked["variables"]:
        theirs = expected[variable]
        ours = _seen(course, model, variable, asked)
        with np.errstate(invalid="ignore"):
            near = np.abs(ours - theirs) <= absolute + relative * np.abs(theirs)
        near |= (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
        if not near.all():
            first = int(np.argmin(near))
            return FAILED, f"{variable} at {time[first]:g}: {ours[first]:.9g}, expected {theirs[first]:.9g}"
    return PASSED, ""


def _seen(course: SbmlCourse, model: Any, variable: str, asked: dict[str, list[str]]) -> Any:
    """A species as an amount or a concentration, whatever is asked for."""
    if variable in course.amounts and variable in asked["amount"]:
        return course.amounts[variable]
    values = course.values[:, course.ids.index(variable)]
    quantity = model.quantities[variable]
    if variable in asked["concentration"] and quantity.home and not quantity.compartment:
        return values / course.values[:, course.ids.index(quantity.home)]
    return values


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _table(path: Path) -> dict[str, Any]:
    """Columns by name; the first is time, and a variable of the same name comes later and wins."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row]
    numbers = np.array([[float(entry) for entry in row] for row in rows[1:]])
    return {name.strip(): numbers[:, place] for place, name in enumerate(rows[0])}


# --- all of them --------------------------------------------------------------------------------------


def judged(suite: Path, *, remember: Path | None, solver: str | None, workers: int) -> list[Verdict]:
    """The verdict of every case; those that `remember` holds are not judged again."""
    folders = sorted(one for one in suite.iterdir() if re.fullmatch(r"\d{5}", one.name))
    known: dict[str, Verdict] = {}
    if remember is not None and remember.exists():
        for line in remember.read_text(encoding="utf-8").splitlines():
            found = json.loads(line)
            known[found["case"]] = Verdict(**{**found, "tags": tuple(found["tags"])})
    left = [one for one in folders if one.name not in known]
    with ProcessPoolExecutor(workers) as pool:
        for verdict in pool.map(partial(judge, solver=solver), left, chunksize=4):
            known[verdict.case] = verdict
            if remember is not None:
                with remember.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(verdict)) + "\n")
    return [known[one.name] for one in folders]


def page(verdicts: list[Verdict]) -> str:
    """The page of conformance, as Markdown."""
    return "\n".join(_lines(verdicts)) + "\n"


def _lines(verdicts: list[Verdict]) -> Iterator[str]:
    outcomes = (PASSED, FAILED, REFUSED, OTHER)
    yield "# Conformance: SBML in, judged by the SBML Test Suite"
    yield ""
    yield "Made by `python -m benchmarks.conformance --suite FOLDER --write docs/conformance.md`."
    yield f"{len(verdicts)} semantic cases, each in its highest level and version. A case passes when each"
    yield "value is within the suite's own tolerances. How to use it: [sbml.md](sbml.md)."
    yield ""
    yield "The suite (LGPL 2.1) is no part of this project. What is: a case of our own, with its solution in"
    yield "closed form, for every tag below that passes, in `tests/simulate/sbml/test_by_tag.py`; any run of"
    yield "the tests checks those. `SBML_TEST_SUITE=FOLDER pytest -m slow tests/benchmarks` runs the suite."
    yield ""
    yield "| tier | cases | " + " | ".join(outcomes) + " |"
    yield "|---|" + "---|" * (len(outcomes) + 1)
    for tier in ("core", "rate rules", "outside"):
        several = [one for one in verdicts if one.tier == tier]
        count = Counter(one.outcome for one in several)
        yield f"| {tier} | {len(several)} | " + " | ".join(str(count[one]) for one in outcomes) + " |"
    yield ""
    yield "`core`: reactions, rate laws, assignment rules, initial assignments, function definitions,"
    yield "compartments, events without delay. `rate rules`: those with rate rules. `outside`: algebraic"
    yield "rules, delays, fast reactions, `rateOf`, packages, and what is no time course."
    yield ""
    yield "## Failed"
    yield ""
    failed = [one for one in verdicts if one.outcome == FAILED]
    yield from (f"- {one.case} ({one.tier}): {one.reason}" for one in failed)
    if not failed:
        yield "None."
    yield ""
    yield "## Refused, by reason"
    yield ""
    reasons: dict[str, list[str]] = {}
    for one in verdicts:
        if one.outcome == REFUSED:
            reasons.setdefault(_reason(one.reason), []).append(one.case)
    for reason, cases in sorted(reasons.items(), key=lambda item: -len(item[1])):
        yield f"- **{reason}** ({len(cases)}): {', '.join(cases)}"
    yield ""
    yield "## By tag"
    yield ""
    yield "| tag | cases | " + " | ".join(outcomes) + " |"
    yield "|---|" + "---|" * (len(outcomes) + 1)
    for tag in sorted({tag for one in verdicts for tag in one.tags}):
        several = [one for one in verdicts if tag in one.tags]
        count = Counter(one.outcome for one in several)
        yield f"| {tag} | {len(several)} | " + " | ".join(str(count[one]) for one in outcomes) + " |"


def _reason(letter: str) -> str:
    """What is refused, without where and remedy."""
    found = re.search(
        r"an event with a delay|an algebraic rule|rateOf|a delay|a fast reaction|the package '\w+'", letter
    )
    return found[0] if found else letter


def main() -> None:
    """Judge all cases and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--suite", type=Path, required=True, help="the suite's cases/semantic")
    parser.add_argument("--write", type=Path, help="the page to write; the screen by default")
    parser.add_argument("--remember", type=Path, help="file of verdicts: a second run goes on from there")
    parser.add_argument("--solver", choices=("compiled", "stepwise"), help="for all cases that it can follow")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    verdicts = judged(given.suite, remember=given.remember, solver=given.solver, workers=given.workers)
    text = page(verdicts)
    if given.write is None:
        sys.stdout.write(text)
    else:
        given.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
