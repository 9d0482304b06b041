"""The paper's findings, each one an experiment with a verdict. Stands on `lab`.

claim     a finding: sentence, source, experiments, what they are expected to show
expect    one expectation as it is written
read      the file of claims
verify    all claims as one batch, and their verdicts
page      the page that shows them
separate  which experiment tells the answers to an open question apart
questions the open questions against the claims that hang on them
shipped   the verdicts that ship in the package, for the demo
choose    which claims, under which hypotheses, and where they are written
margins   the established claims as constraints, for calibration
rivals    the answers to open questions on the evidence of the ensemble
over_sets in what fraction of parameter sets each claim holds

The function `verify` is taken from its own file, whose name it has; other names are loaded
when they are first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smaclab.claims.choose import chosen as chosen
    from smaclab.claims.choose import known_questions as known_questions
    from smaclab.claims.choose import read_letters as read_letters
    from smaclab.claims.choose import write as write
    from smaclab.claims.claim import Claim as Claim
    from smaclab.claims.few import with_few_cells as with_few_cells
    from smaclab.claims.margins import findings as findings
    from smaclab.claims.over_sets import verify_sets as verify_sets
    from smaclab.claims.page import claims_page as claims_page
    from smaclab.claims.page import line as line
    from smaclab.claims.page import sampled as sampled
    from smaclab.claims.page import summary as summary
    from smaclab.claims.questions import answer as answer
    from smaclab.claims.questions import separation_table as separation_table
    from smaclab.claims.questions import verdict_table as verdict_table
    from smaclab.claims.read import own_claims as own_claims
    from smaclab.claims.rivals import weigh_answers as weigh_answers
    from smaclab.claims.search import own_grid as own_grid
    from smaclab.claims.separate import own_candidates as own_candidates
    from smaclab.claims.shipped import PAGE as PAGE
    from smaclab.claims.shipped import claims_line as claims_line
    from smaclab.claims.shipped import remember as remember
    from smaclab.claims.shipped import remembered as remembered
    from smaclab.claims.shipped import remembered_page as remembered_page
    from smaclab.claims.verify import Verdicts as Verdicts

_HOMES = {
    "Claim": "claim",
    "Verdicts": "verify",
    "answer": "questions",
    "chosen": "choose",
    "claims_page": "page",
    "findings": "margins",
    "known_questions": "choose",
    "line": "page",
    "PAGE": "shipped",
    "claims_line": "shipped",
    "own_candidates": "separate",
    "own_grid": "search",
    "remember": "shipped",
    "remembered": "shipped",
    "remembered_page": "shipped",
    "own_claims": "read",
    "read_letters": "choose",
    "sampled": "page",
    "separation_table": "questions",
    "summary": "page",
    "verdict_table": "questions",
    "verify_sets": "over_sets",
    "weigh_answers": "rivals",
    "write": "choose",
    "with_few_cells": "few",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"smaclab.claims has no {name!r}. Public names: {', '.join(_HOMES)}.")
    return getattr(importlib.import_module(f"smaclab.claims.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
